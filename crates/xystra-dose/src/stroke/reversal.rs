//! Strokes to and fro: where the motion reverses.

use std::ops::Range;

use crate::constants::{REVERSAL, REVERSAL_SHARE};
use crate::stroke::path::Path;

/// Samples at which the motion along its main axis turns back.
pub(super) fn cuts(path: &Path, part: Range<usize>) -> Vec<usize> {
    let (axes, _) = path.axes(part.clone());
    let along: Vec<f64> = path.about_middle(part.clone(), axes).iter().map(|p| p[0]).collect();
    let extent_m =
        along.iter().copied().fold(f64::NEG_INFINITY, f64::max) - along.iter().copied().fold(f64::INFINITY, f64::min);
    turning_points(&along, REVERSAL.value.max(REVERSAL_SHARE.value * extent_m))
        .into_iter()
        .map(|i| part.start + i)
        .collect()
}

/// Inner extremes from which `values` come back by at least `back`, having come as far to them.
pub(super) fn turning_points(values: &[f64], back: f64) -> Vec<usize> {
    let mut points = Vec::new();
    let (mut low, mut high) = (0, 0);
    let mut rising: Option<bool> = None;
    for (i, value) in values.iter().enumerate() {
        low = if *value < values[low] { i } else { low };
        high = if *value > values[high] { i } else { high };
        let (fell, rose) = (values[high] - value >= back, value - values[low] >= back);
        match rising {
            Some(true) if fell => points.push(high),
            Some(false) if rose => points.push(low),
            None if fell || rose => {}
            _ => continue,
        }
        rising = Some(rose && rising != Some(true));
        (low, high) = (i, i);
    }
    points
}

#[cfg(test)]
mod tests {
    use super::turning_points;

    #[test]
    fn small_steps_back_are_no_reversal() {
        let values = [0.0, 1.0, 2.0, 1.8, 3.0, 2.0, 1.0, 0.0, 0.1, 0.0, 1.0, 2.0];
        assert_eq!(turning_points(&values, 0.5), [4, 7]);
        assert!(turning_points(&[0.0, 0.4, 0.0, 0.4], 0.5).is_empty());
    }
}
