//! One drawn subject: its parameters, and what it brings at entry.

use crate::error::Error;
use crate::library::{Tissue, library};
use crate::remodel::Parameters;
use crate::study::Study;
use crate::study::arm::Arm;
use crate::study::draw::Draws;
use crate::study::quantity::{Sense, quantity};
use crate::study::subjects::Baseline;

/// A subject of an arm.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    /// Its parameters, with what it is at entry.
    pub(super) parameters: Parameters,
    /// What was measured at entry, in the quantity's own unit or in the baseline's.
    pub(super) entries: Vec<Entry>,
    /// How hard its strokes are, in standard deviations, for each treatment of the arm.
    pub(super) firmness: Vec<f64>,
}

/// A quantity at entry.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    quantity: String,
    movement: Option<String>,
    /// The level.
    pub(super) value: f64,
    /// Full range in health, for motion.
    normal: Option<f64>,
}

/// Least share of a mean that a drawn level keeps, so that nobody starts at or below nothing.
const LEAST: f64 = 0.05;

/// Draws the subjects of an arm; `base` holds the parameters of the middle person.
pub(super) fn subjects(study: &Study, arm: &Arm, base: &Parameters, draws: Draws) -> Result<Vec<Subject>, Error> {
    let own = study.subjects.values.iter().chain(&arm.values);
    let base = own.into_iter().try_fold(base.clone(), |parameters, (id, value)| parameters.with(id, *value))?;
    let spreads = spreads(draws);
    let baselines = baselines(study, arm);
    let entries: Vec<Vec<Entry>> = baselines.iter().map(|one| entries(one, draws)).collect::<Result<_, _>>()?;
    let firmness: Vec<Vec<f64>> = (0..arm.treatment.len()).map(|_| draws.normal("force")).collect();
    let subject = |i: usize| {
        let parameters = varied(&base, &spreads, i)?;
        let entries: Vec<Entry> = entries.iter().map(|all| all[i].clone()).collect();
        let firmness = firmness.iter().map(|all| all[i]).collect();
        let subject = Subject { parameters, entries, firmness };
        subject.entered()
    };
    (0..draws.size()).map(subject).collect()
}

/// The tissue of a study.
pub(super) fn tissue(study: &Study) -> Result<&'static Tissue, Error> {
    library().tissue(&study.about.tissue)
}

impl Subject {
    /// The level of a quantity at entry.
    pub(super) fn entry(&self, quantity: &str, movement: Option<&str>) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.quantity == quantity && entry.movement.as_deref() == movement)
    }

    /// Its parameters when this movement is looked at.
    pub(super) fn moving(&self, movement: Option<&str>) -> Result<Parameters, Error> {
        let Some(entry) = self.entry("motion", movement) else { return Ok(self.parameters.clone()) };
        let Some(normal) = entry.normal else { return Ok(self.parameters.clone()) };
        self.parameters.clone().with("motion_range", normal)?.with("deficit", deficit(entry.value, normal))
    }

    fn entered(mut self) -> Result<Self, Error> {
        if let Some(pain) = self.entry("pain", None) {
            let pain = pain.value;
            self.parameters.set("pain_entry", pain)?;
        }
        Ok(self)
    }
}

/// Each parameter that differs between people, with its factor for each subject and its range.
fn spreads(draws: Draws) -> Vec<(&'static str, Vec<f64>, [f64; 2])> {
    let varying = library().priors.iter().filter(|prior| prior.spread > 0.0);
    let factors = |spread: f64, id: &str| draws.normal(id).into_iter().map(|z| (spread * z).exp()).collect();
    varying.map(|one| (one.id.as_str(), factors(one.spread, &one.id), [one.low, one.high])).collect()
}

fn varied(base: &Parameters, spreads: &[(&str, Vec<f64>, [f64; 2])], i: usize) -> Result<Parameters, Error> {
    spreads.iter().try_fold(base.clone(), |parameters, (id, factors, [low, high])| {
        let middle = parameters.get(id)?;
        // The middle itself may lie outside the prior's range when a calibration put it there.
        parameters.with(id, (middle * factors[i]).clamp(low.min(middle), high.max(middle)))
    })
}

/// Baselines of an arm: its own before those of all subjects.
pub fn baselines<'a>(study: &'a Study, arm: &'a Arm) -> Vec<&'a Baseline> {
    let own = &arm.baseline;
    let is_own = |one: &Baseline| own.iter().any(|other| other.is_of(&one.quantity, one.movement.as_deref()));
    own.iter().chain(study.subjects.baseline.iter().filter(|one| !is_own(one))).collect()
}

fn entries(baseline: &Baseline, draws: Draws) -> Result<Vec<Entry>, Error> {
    let entry = |z| {
        let (quantity, movement) = (baseline.quantity.clone(), baseline.movement.clone());
        Ok(Entry { quantity, movement, value: level(baseline, z)?, normal: baseline.normal })
    };
    draws.normal(&baseline.quantity).into_iter().map(entry).collect()
}

/// The level at entry of a subject at `z` standard deviations, in the quantity's own unit or in the baseline's.
pub fn level(baseline: &Baseline, z: f64) -> Result<f64, Error> {
    let known = quantity(&baseline.quantity)?;
    let unit = baseline.unit.as_deref().unwrap_or(&known.unit);
    let factor = known.factor(unit).unwrap_or(1.0);
    let mean = baseline.mean.or(baseline.normal).unwrap_or(0.0);
    let level = (mean + baseline.sd * z) / factor;
    let least = if known.sense() == Sense::Gained { level } else { LEAST * mean / factor };
    Ok(if known.unit == "0-10" { level.clamp(0.0, 10.0) } else { level.max(least) })
}

/// Share of a movement's full range in health, degrees, that is missing at a level, at most four fifths.
pub fn deficit(level: f64, normal: f64) -> f64 {
    (1.0 - level / normal).clamp(0.0, 0.8)
}
