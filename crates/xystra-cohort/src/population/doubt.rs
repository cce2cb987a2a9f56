//! What the studies leave open about one parameter.

use xystra_tissue::fit::Bounded;
use xystra_tissue::library::{Calibrated, Prior};

/// A parameter that nobody knows exactly: between the bounds of its prior, in the scale of the calibration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Doubt {
    /// Its place among the parameters.
    pub(super) place: usize,
    bounded: Bounded,
    middle: f64,
    deviation: f64,
}

/// Standard normal quantile of the ends between which a calibration puts nine of ten.
const Z_90: f64 = 1.645;

impl Doubt {
    /// As the calibration has it; as the prior has it where no study spoke.
    pub(super) fn of(place: usize, prior: &Prior, calibrated: Option<&Calibrated>) -> Self {
        let bounded = Bounded::new(prior.value, prior.low, prior.high);
        let (middle, deviation) = calibrated.map_or((0.0, 1.0), |one| {
            let [low, high] = [one.low, one.high].map(|end| bounded.unknown(end));
            (bounded.unknown(one.value), (high - low) / (2.0 * Z_90))
        });
        Self { place, bounded, middle, deviation }
    }

    /// The value at `z` standard deviations from the middle.
    pub(super) fn value(&self, z: f64) -> f64 {
        self.bounded.value(self.middle + self.deviation * z)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xystra_tissue::library;

    #[test]
    fn nine_of_ten_lie_where_the_calibration_says() {
        let group = &library().calibrations[0];
        for one in &group.values {
            let doubt = Doubt::of(0, library().prior(&one.id).unwrap(), Some(one));
            for (z, wanted) in [(-Z_90, one.low), (0.0, one.value), (Z_90, one.high)] {
                assert!((doubt.value(z) / wanted - 1.0).abs() < 0.01, "{} at {z}: {} {wanted}", one.id, doubt.value(z));
            }
        }
    }

    #[test]
    fn without_studies_the_prior_speaks() {
        let prior = library().prior("alignment_signal").unwrap();
        let doubt = Doubt::of(0, prior, None);
        assert!((doubt.value(0.0) - prior.value).abs() < 1e-9);
        assert!(doubt.value(9.0) <= prior.high && doubt.value(-9.0) >= prior.low);
    }
}
