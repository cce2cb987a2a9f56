//! What one endpoint, or one contrast, looks at in one arm.

use xystra_tissue::study::arm::Arm;
use xystra_tissue::study::endpoint::Endpoint;
use xystra_tissue::study::{BEFORE_H, Look, Reading, Study, looked_at, other_hour, timetable};

use crate::Error;
use crate::trial::contrast::Contrast;

/// What one endpoint looks at in one arm.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// The endpoint.
    pub endpoint: &'a Endpoint,
    /// The arm.
    pub arm: &'a Arm,
    /// At which of the endpoint's times.
    pub when: Look,
    /// Those hours, on the clock of the arm's simulation.
    pub hours: Vec<f64>,
    /// When the baseline is taken, h.
    pub(super) entry_h: f64,
    /// How its numbers are read.
    pub(super) reading: Reading<'a>,
    /// Place of its first cell among the numbers of a client.
    pub first: usize,
}

/// Cells of a view without a curve, in this order.
pub const VALUE: usize = 0;
/// At entry.
pub const BEFORE: usize = 1;
/// The first less the second.
pub(super) const CHANGE: usize = 2;
/// 1 for a client that passes the endpoint's limit.
pub(super) const PASSING: usize = 3;
const NUMBERS: usize = 4;

impl<'a> View<'a> {
    fn new(study: &'a Study, endpoint: &'a Endpoint, arm: &str, when: Look) -> Result<Option<Self>, Error> {
        let arm = study.arm(arm)?;
        let hours = match when {
            Look::Then => looked_at(study, endpoint, arm)?,
            Look::ByThen => other_hour(study, endpoint, arm)?.into_iter().collect(),
        };
        let entry_h = timetable(study, arm, BEFORE_H)?.entry_h;
        let view = Self { endpoint, arm, when, hours, entry_h, reading: Reading::of(endpoint)?, first: 0 };
        Ok(Some(view).filter(|view| !view.hours.is_empty()))
    }

    /// Is the whole curve kept?
    pub fn is_curve(&self) -> bool {
        self.endpoint.derive.is_some()
    }

    /// How many cells it has.
    pub fn width(&self) -> usize {
        if self.is_curve() { self.hours.len() } else { NUMBERS }
    }

    /// Writes a client's numbers over `cells` from its levels at the hours and at entry.
    pub(super) fn write(&self, levels: &[f64], before: f64, cells: &mut [f64]) {
        if self.is_curve() {
            cells.copy_from_slice(levels);
            return;
        }
        let (value, before) = (self.reading.number(levels), self.reading.number(&[before]));
        cells[VALUE] = value;
        cells[BEFORE] = before;
        cells[CHANGE] = value - before;
        let passes = f64::from(u8::from(self.reading.margin(value, before) >= 0.0));
        // A client that has no number passes nothing and fails nothing.
        cells[PASSING] = if value.is_finite() { passes } else { f64::NAN };
    }

    fn is_of(&self, endpoint: &Endpoint, arm: &str, when: Look) -> bool {
        self.endpoint.id == endpoint.id && self.arm.id == arm && self.when == when
    }
}

/// The place of a view.
pub(super) fn place(views: &[View], endpoint: &Endpoint, arm: &str, when: Look) -> Result<usize, Error> {
    let known = || views.iter().map(|view| view.endpoint.id.as_str()).collect::<Vec<_>>().join(", ");
    let found = views.iter().position(|view| view.is_of(endpoint, arm, when));
    found.ok_or_else(|| Error::Unknown { what: "endpoint in an arm", key: endpoint.id.clone(), known: known() })
}

/// All views that the endpoints and contrasts of a study need, each once; and how many cells they have together.
pub(super) fn views<'a>(study: &'a Study, contrasts: &[Contrast]) -> Result<(Vec<View<'a>>, usize), Error> {
    let named = study.endpoints.iter().flat_map(|endpoint| endpoint.arms().map(move |arm| (endpoint, arm)));
    let compared = contrasts.iter().flat_map(|one| [&one.arm, &one.against].map(|arm| (one.endpoint, arm.as_str())));
    let compared = compared.map(|(endpoint, arm)| (&study.endpoints[endpoint], arm));
    let (mut all, mut width): (Vec<View>, usize) = (Vec::new(), 0);
    for (endpoint, arm) in named.chain(compared) {
        for when in [Look::Then, Look::ByThen] {
            if all.iter().any(|view| view.is_of(endpoint, arm, when)) {
                continue;
            }
            if let Some(view) = View::new(study, endpoint, arm, when)? {
                width += view.width();
                all.push(View { first: width - view.width(), ..view });
            }
        }
    }
    Ok((all, width))
}
