//! Bands of many weighed values.

use crate::answer::Band;

/// Values with their weights, by rising value; those that are no number are left out.
pub(crate) fn sorted(values: impl Iterator<Item = (f64, f64)>) -> Vec<(f64, f64)> {
    let mut all: Vec<(f64, f64)> = values.filter(|(value, weight)| !value.is_nan() && *weight > 0.0).collect();
    all.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    all
}

/// The band of values that were sorted; no numbers where there are none.
pub(super) fn band(at_h: f64, all: &[(f64, f64)]) -> Band {
    let sum = all.iter().map(|(_, weight)| weight).sum();
    let at = |share| quantile(all, sum, share);
    Band { at_h, middle: at(0.5), ninety: [at(0.05), at(0.95)], fifty: [at(0.25), at(0.75)] }
}

/// The least value that a share of the whole weight, `sum`, does not lie above.
pub(crate) fn quantile(all: &[(f64, f64)], sum: f64, share: f64) -> f64 {
    let mut below = 0.0;
    for (value, weight) in all {
        below += weight;
        if below >= share * sum {
            return *value;
        }
    }
    all.last().map_or(f64::NAN, |(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_count_as_so_many_values() {
        let all = sorted([(3.0, 1.0), (f64::NAN, 5.0), (1.0, 2.0), (2.0, 1.0)].into_iter());
        assert_eq!(all, [(1.0, 2.0), (2.0, 1.0), (3.0, 1.0)]);
        for (share, value) in [(0.05, 1.0), (0.5, 1.0), (0.51, 2.0), (0.95, 3.0)] {
            assert!((quantile(&all, 4.0, share) - value).abs() < 1e-12, "{share}");
        }
    }

    #[test]
    fn half_lie_within_the_inner_band() {
        let found = band(1.0, &sorted((0..1000).map(|k| (f64::from(k), 1.0))));
        assert!((found.middle - 499.0).abs() <= 1.0 && (found.fifty[1] - found.fifty[0] - 500.0).abs() <= 2.0);
        assert!((found.ninety[1] - found.ninety[0] - 900.0).abs() <= 2.0);
    }
}
