//! Sums as the subjects of a study, so that endpoints are measured on them as on any others.

use xystra_tissue::study::endpoint::Endpoint;
use xystra_tissue::study::{Crowd, Look, Moments, Sample};

use crate::trial::sums::Sums;
use crate::trial::view::{self, BEFORE, CHANGE, PASSING, VALUE, View};

/// The clients of one world, or of all.
pub(super) struct Tally<'a> {
    pub(super) views: &'a [View<'a>],
    pub(super) sums: &'a Sums,
    pub(super) world: Option<usize>,
}

impl Tally<'_> {
    /// Mean and variance of one cell.
    pub(super) fn moments(&self, cell: usize) -> Moments {
        self.sums.moments(self.world, cell)
    }

    fn view(&self, endpoint: &Endpoint, arm: &str, when: Look) -> Result<&View<'_>, xystra_tissue::Error> {
        let place = view::place(self.views, endpoint, arm, when);
        let none = |_| xystra_tissue::Error::Missing { what: "look", of: format!("{} in {arm}", endpoint.id) };
        Ok(&self.views[place.map_err(none)?])
    }
}

impl Crowd for Tally<'_> {
    fn sample(&self, endpoint: &Endpoint, arm: &str, when: Look) -> Result<Sample, xystra_tissue::Error> {
        let first = self.view(endpoint, arm, when)?.first;
        let [values, before, changes, passing] =
            [VALUE, BEFORE, CHANGE, PASSING].map(|what| self.moments(first + what));
        Ok(Sample { values, before, changes, passing })
    }

    fn curve(&self, endpoint: &Endpoint, arm: &str) -> Result<(Vec<f64>, Vec<f64>), xystra_tissue::Error> {
        let view = self.view(endpoint, arm, Look::Then)?;
        let mean = |point: usize| self.moments(view.first + point).mean;
        Ok((view.hours.clone(), (0..view.width()).map(mean).collect()))
    }
}
