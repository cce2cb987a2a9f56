//! Single samples that lie far off: no tool shakes so.

use crate::constants::TEXTURE_SPIKE;
use crate::vector::{median, median_of_three};

/// For normal values the median distance from their middle is this share of their standard deviation.
const MEDIAN_SHARE: f64 = 0.6745;

/// `values` with each such sample put to the median of itself and its neighbours. How far is far goes by the distances of
/// samples from the middle of their neighbours in the same stretch of `size` samples, so that a rough place is no spike.
pub(super) fn without_spikes(values: &[f64], size: usize) -> Vec<f64> {
    let smooth = median_of_three(values);
    let off = distances(values);
    let limits = off.chunks(size).flat_map(|stretch| std::iter::repeat_n(limit(stretch), stretch.len()));
    let kept = values.iter().zip(&smooth).zip(&off).zip(limits);
    kept.map(|(((value, smooth), off), limit)| if *off > limit { *smooth } else { *value }).collect()
}

/// Distance of each sample from the middle of its neighbours; none at the ends.
fn distances(values: &[f64]) -> Vec<f64> {
    let inner = values.windows(3).map(|w| (w[1] - f64::midpoint(w[0], w[2])).abs());
    let ends = values.len().min(1);
    std::iter::repeat_n(0.0, ends).chain(inner).chain(std::iter::repeat_n(0.0, ends)).take(values.len()).collect()
}

fn limit(stretch: &[f64]) -> f64 {
    TEXTURE_SPIKE.value * median(stretch.to_vec()) / MEDIAN_SHARE
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixty samples that go up and down, three times as far in their last third.
    fn shaking() -> Vec<f64> {
        let level = |i: u32| if i < 40 { 1.0 } else { 3.0 };
        (0..60).map(|i| level(i) * (2.4 * f64::from(i)).sin()).collect()
    }

    #[test]
    fn a_spike_goes_and_shaking_stays() {
        let mut spoiled = shaking();
        assert_eq!(without_spikes(&spoiled, 20), shaking());
        spoiled[25] = 500.0;
        let mended = without_spikes(&spoiled, 20);
        assert!(mended.iter().all(|x| x.abs() <= 3.0), "{mended:?}");
        // Its neighbours may lose a little, since the spike is what they are held against.
        assert_eq!([&mended[..24], &mended[27..]], [&shaking()[..24], &shaking()[27..]]);
    }

    #[test]
    fn a_still_channel_loses_its_spike_too() {
        let mut still = vec![0.5; 30];
        still[7] = 90.0;
        assert_eq!(without_spikes(&still, 20), vec![0.5; 30]);
        assert_eq!(without_spikes(&[1.0], 20), [1.0]);
        assert!(without_spikes(&[], 20).is_empty());
    }
}
