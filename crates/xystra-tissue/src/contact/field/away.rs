//! Long waves in bins that are far from all of them.

use std::f64::consts::PI;
use std::ops::Range;

use xystra_signal::Bin;

/// How many times shorter than the shortest long wave the waves of far bins are, at least.
const FAR: f64 = 4.0;
/// What a sum of powers may leave out, 1; and the most powers that takes: `FAR^(-2 MOST) < REST`.
const REST: f64 = 1e-14;
const MOST: usize = 12;
/// Bins, or sums, side by side.
const SIDE: usize = 8;

/// A long wave's part in a bin is a factor over `sin^2(q h / 2) - sin^2(k h / 2)`, with q the bin's wave number and h the spacing of points.
/// Where q is much larger than k that is a short sum of powers, so that all long waves together are a few moments.
#[derive(Debug)]
pub(super) struct Away {
    first: usize,
    /// What a long wave gives to each moment, moment after moment: of the real and of the imaginary parts.
    moments: [Vec<f64>; 2],
    /// `sin^2` of the first far bin over that of each far bin.
    ratios: Vec<f64>,
    /// Factor of each far bin, of its real and of its imaginary part.
    factors: [Vec<f64>; 2],
    /// Far bins, and how many moments they take.
    bands: Vec<(Range<usize>, usize)>,
}

impl Away {
    pub(super) fn new(count: usize, window: f64, waves: &[f64]) -> Self {
        let (half, spacing) = (count / 2, window / count as f64);
        let square = |k: f64| (0.5 * k * spacing).sin().powi(2);
        let wave = |j: usize| 2.0 * PI * j as f64 / window;
        let shortest = waves.iter().copied().fold(0.0, f64::max);
        let first = (1..=half).find(|&j| wave(j) >= FAR * shortest).unwrap_or(half + 1);
        let scale = square(wave(first));
        let mut moments = [Vec::new(), Vec::new()];
        let mut gains: Vec<f64> = waves.iter().map(|k| -0.5 * (0.5 * k * window).sin() / scale).collect();
        for _ in 0..MOST {
            moments[0].extend(gains.iter().zip(waves).map(|(gain, k)| gain * (k * spacing).sin()));
            moments[1].extend(&gains);
            gains.iter_mut().zip(waves).for_each(|(gain, &k)| *gain *= square(k) / scale);
        }
        let ratios: Vec<f64> = (first..=half).map(|j| scale / square(wave(j))).collect();
        let slopes = ratios.iter().zip(first..).map(|(ratio, j)| ratio * (wave(j) * spacing).sin()).collect();
        let bands = bands(&ratios, first, square(shortest) / scale);
        Self { first, moments, factors: [ratios.clone(), slopes], ratios, bands }
    }

    /// The first far bin.
    pub(super) fn first(&self) -> usize {
        self.first
    }

    /// Adds the long waves' real (0) or imaginary (1) parts to that part of the far bins.
    pub(super) fn add(&self, part: usize, long: &[f64], bins: &mut [Bin]) {
        let gains = self.moments[part].chunks_exact(long.len());
        let moments: Vec<f64> = gains.map(|gains| product(gains, long)).collect();
        let bins = bins.get_mut(self.first..).unwrap_or_default();
        for (band, count) in &self.bands {
            let (ratios, factors) = (&self.ratios[band.clone()], &self.factors[part][band.clone()]);
            add(&moments[..*count], ratios, factors, part, &mut bins[band.clone()]);
        }
    }
}

/// The sum of products; some sums side by side.
pub(super) fn product(a: &[f64], b: &[f64]) -> f64 {
    let (a, a_rest) = a.as_chunks::<SIDE>();
    let (b, b_rest) = b.as_chunks::<SIDE>();
    let mut sums = [0.0; SIDE];
    for (a, b) in a.iter().zip(b) {
        for i in 0..SIDE {
            sums[i] += a[i] * b[i];
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f64>() + rest
}

/// Bands of doubling wave number with the moments they need, where `share` is the largest power's base in the first bin.
fn bands(ratios: &[f64], first: usize, share: f64) -> Vec<(Range<usize>, usize)> {
    let (mut bands, mut start) = (Vec::new(), 0);
    while start < ratios.len() {
        let end = (2 * start + first).min(ratios.len());
        let need = (1..MOST).find(|&n| (share * ratios[start]).powi(i32::try_from(n).unwrap_or(i32::MAX)) < REST);
        bands.push((start..end, need.unwrap_or(MOST)));
        start = end;
    }
    bands
}

/// Adds `factor * sum of moment ratio^n` to a part of each bin.
fn add(moments: &[f64], ratios: &[f64], factors: &[f64], part: usize, bins: &mut [Bin]) {
    let blocks = ratios.chunks(SIDE).zip(factors.chunks(SIDE)).zip(bins.chunks_mut(SIDE));
    for ((ratios, factors), bins) in blocks {
        let (mut x, mut sums) = ([0.0; SIDE], [0.0; SIDE]);
        x[..ratios.len()].copy_from_slice(ratios);
        for moment in moments.iter().rev() {
            sums = std::array::from_fn(|i| sums[i] * x[i] + moment);
        }
        bins.iter_mut().zip(factors).zip(sums).for_each(|((bin, factor), sum)| bin[part] += factor * sum);
    }
}
