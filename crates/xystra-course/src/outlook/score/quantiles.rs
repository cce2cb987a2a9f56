//! Five quantiles of what would be measured, and how far a value lies from them.

use xystra_cohort::answer::Band;

/// Standard normal quantiles at 75 and 95 %.
const Z_75: f64 = 0.674_489_750_196_081_7;
const Z_95: f64 = 1.644_853_626_951_472_2;

/// The middle, and the ends within which a half and nine of ten lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Quantiles {
    middle: f64,
    fifty: [f64; 2],
    ninety: [f64; 2],
}

impl Quantiles {
    pub(super) fn of(band: &Band) -> Self {
        Self { middle: band.middle, fifty: band.fifty, ninety: band.ninety }
    }

    pub(super) fn normal(mean: f64, deviation: f64) -> Self {
        let ends = |z: f64| [mean - z * deviation, mean + z * deviation];
        Self { middle: mean, fifty: ends(Z_75), ninety: ends(Z_95) }
    }

    /// Weighted interval score: the absolute error when all quantiles fall together, and for a normal distribution within 15 % of the
    /// continuous ranked probability score.
    pub(super) fn error(&self, value: f64) -> f64 {
        let missed = 0.5 * (value - self.middle).abs();
        (missed + interval(self.fifty, 0.5, value) + interval(self.ninety, 0.1, value)) / 2.5
    }
}

/// Half of `alpha` times the interval score of an interval that `alpha` of all values should miss.
fn interval([low, high]: [f64; 2], alpha: f64, value: f64) -> f64 {
    0.5 * alpha * (high - low) + (low - value).max(0.0) + (value - high).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_has_its_absolute_error() {
        assert!((Quantiles::normal(3.0, 0.0).error(5.0) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn near_the_continuous_score_of_a_normal() {
        // The score of N(0, 1) at z is z (2 Phi(z) - 1) + 2 phi(z) - 1/sqrt(pi); five quantiles come within 15 %.
        for (z, score) in [(0.0, 0.2337), (1.0, 0.6024), (2.0, 1.4528), (4.0, 3.4357)] {
            let ours = Quantiles::normal(0.0, 1.0).error(z);
            assert!((ours / score - 1.0).abs() < 0.15, "{z}: {ours}");
        }
    }

    #[test]
    fn of_two_that_are_right_the_sharper_errs_less() {
        assert!(Quantiles::normal(0.0, 1.0).error(0.5) < Quantiles::normal(0.0, 4.0).error(0.5));
        assert!(Quantiles::normal(0.0, 0.1).error(3.0) > Quantiles::normal(0.0, 1.0).error(3.0));
    }
}
