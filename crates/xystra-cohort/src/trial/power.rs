//! How likely a real trial of a given size is to find an effect.

use crate::draw::{normal_below, quantile};

/// Chance that a two-sided 5 % t-test of `size` people in each arm finds a standardised difference `smd`.
///
/// The noncentral t distribution by its normal approximation (Abramowitz and Stegun 1964, 26.7.10), good to about 0.005 from 10 people an arm.
pub(super) fn power(smd: f64, size: u32) -> f64 {
    let freedom = 2.0 * f64::from(size) - 2.0;
    let shift = smd * (f64::from(size) / 2.0).sqrt();
    let critical = critical(freedom);
    let below = |t: f64, shift: f64| {
        normal_below((t * (1.0 - 0.25 / freedom) - shift) / (1.0 + t * t / (2.0 * freedom)).sqrt())
    };
    1.0 - below(critical, shift) + below(-critical, shift)
}

/// The 97.5 % quantile of Student's t (Abramowitz and Stegun 1964, 26.7.5).
fn critical(freedom: f64) -> f64 {
    let z = quantile(0.975);
    let (z3, z5, z7) = (z.powi(3), z.powi(5), z.powi(7));
    let first = (z3 + z) / 4.0;
    let second = (5.0 * z5 + 16.0 * z3 + 3.0 * z) / 96.0;
    let third = (3.0 * z7 + 19.0 * z5 + 17.0 * z3 - 15.0 * z) / 384.0;
    z + first / freedom + second / freedom.powi(2) + third / freedom.powi(3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn critical_values_are_those_of_the_table() {
        for (freedom, wanted) in [(18.0, 2.1009), (38.0, 2.0244), (98.0, 1.9845), (398.0, 1.9659)] {
            assert!((critical(freedom) - wanted).abs() < 2e-4, "{freedom}: {}", critical(freedom));
        }
    }

    #[test]
    fn power_is_that_of_cohens_tables() {
        // Cohen 1988, table 2.3.5: two-sided 5 %, d = 0.5.
        for (size, wanted) in [(10, 0.18), (20, 0.33), (30, 0.47), (50, 0.70), (100, 0.94)] {
            assert!((power(0.5, size) - wanted).abs() < 0.01, "{size}: {}", power(0.5, size));
        }
    }

    #[test]
    fn nothing_is_found_in_one_of_twenty() {
        for size in [10, 30, 200] {
            assert!((power(0.0, size) - 0.05).abs() < 0.001, "{size}: {}", power(0.0, size));
        }
    }
}
