//! Strokes when only force is known: where it drops between two crests.

use std::ops::Range;

use crate::constants::{CLOSE_DROP, CREST_LEAST, MINIMUM_DROP, SMOOTH_CREST};
use crate::vector::{moving_mean, samples};

/// Samples in `part` of the minima between strokes, and how many cuts were nearly made or nearly not.
///
/// A minimum parts two strokes when the smoothed force lies below both neighbouring crests by 40 % of the lower one.
pub(super) fn cuts(departure_n: &[f64], step_s: f64, part: Range<usize>) -> (Vec<usize>, usize) {
    let raw: Vec<_> = departure_n[part.clone()].iter().map(|n| [*n, 0.0, 0.0]).collect();
    let smooth: Vec<f64> = moving_mean(&raw, samples(SMOOTH_CREST.value / 2.0, step_s)).iter().map(|v| v[0]).collect();
    let cuts = minima(&smooth, MINIMUM_DROP.value);
    let close = CLOSE_DROP.value;
    let many = minima(&smooth, MINIMUM_DROP.value - close).len() - minima(&smooth, MINIMUM_DROP.value + close).len();
    (cuts.into_iter().map(|i| part.start + i).collect(), many)
}

fn minima(force_n: &[f64], drop: f64) -> Vec<usize> {
    let least_n = CREST_LEAST.value * force_n.iter().copied().fold(0.0, f64::max);
    let is_drop = |crest_n: f64, trough_n: f64| crest_n > least_n && crest_n - trough_n >= drop * crest_n;
    let mut minima = Vec::new();
    let (mut crest, mut trough) = (0, None::<usize>);
    for (i, n) in force_n.iter().enumerate() {
        match trough {
            None if *n >= force_n[crest] => crest = i,
            None if is_drop(force_n[crest], *n) => trough = Some(i),
            Some(low) if *n <= force_n[low] => trough = Some(i),
            Some(low) if is_drop(*n, force_n[low]) => {
                minima.push(low);
                (crest, trough) = (i, None);
            }
            _ => {}
        }
    }
    minima
}

#[cfg(test)]
mod tests {
    use super::minima;

    #[test]
    fn a_deep_drop_parts_and_a_shallow_one_does_not() {
        assert_eq!(minima(&[0.0, 5.0, 2.0, 1.5, 4.0, 5.0, 0.5], 0.4), [3]);
        assert!(minima(&[0.0, 5.0, 4.0, 5.0, 3.5, 5.0, 0.0], 0.4).is_empty());
    }
}
