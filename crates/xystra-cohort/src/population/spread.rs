//! How one parameter differs between people.

use xystra_tissue::library::Prior;

/// A parameter whose logarithm is normal between people, held within its prior's range.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spread {
    /// Its place among the parameters.
    pub(super) place: usize,
    log_sd: f64,
    low: f64,
    high: f64,
}

impl Spread {
    pub(super) fn of(place: usize, prior: &Prior) -> Self {
        Self { place, log_sd: prior.spread, low: prior.low, high: prior.high }
    }

    /// The value of a person at `z` standard deviations where the middle person has `middle`. A middle outside the range, where a condition
    /// or a study put it there, stands.
    pub(super) fn value(&self, middle: f64, z: f64) -> f64 {
        (middle * (self.log_sd * z).exp()).clamp(self.low.min(middle), self.high.max(middle))
    }
}
