//! Windowed segments, transformed two at a time and added up.

// What is not inlined into the dispatch is compiled without the vector instructions.
#![allow(clippy::inline_always)]

use std::f64::consts::TAU;
use std::fmt;
use std::sync::Arc;

use pulp::{Arch, Simd, WithSimd};
use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner};

use crate::spectrum::Spectrum;

/// Numbers that are added side by side.
const WIDTH: usize = 32;

/// The sum of the segments' powers so far.
///
/// Two real segments are the real and imaginary part of one complex transform Z. Only the sum of their powers is wanted, which is
/// `(|Z[k]|² + |Z[n-k]|²) / 2`: so `|Z|²` is added up, and folded once at the end.
#[derive(Clone)]
pub(super) struct Segments {
    arch: Arch,
    transform: Arc<dyn Fft<f64>>,
    window: Vec<f64>,
    pair: Vec<Complex<f64>>,
    scratch: Vec<Complex<f64>>,
    power: Vec<f64>,
    count: usize,
}

impl Segments {
    pub(super) fn new(length: usize) -> Self {
        let transform = FftPlanner::new().plan_fft_forward(length);
        let zero = Complex::new(0.0, 0.0);
        Self {
            arch: Arch::new(),
            window: hann(length),
            pair: vec![zero; length],
            scratch: vec![zero; transform.get_inplace_scratch_len()],
            power: vec![0.0; length],
            count: 0,
            transform,
        }
    }

    pub(super) fn length(&self) -> usize {
        self.window.len()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Takes as many pairs of segments as `samples` begin with, and says how many samples are done with.
    pub(super) fn take(&mut self, samples: &[f64]) -> usize {
        let (length, hop) = (self.length(), self.hop());
        let mut at = 0;
        while samples.len() - at >= length + hop {
            self.add(&samples[at..at + length], &samples[at + hop..at + hop + length]);
            self.count += 2;
            at += 2 * hop;
        }
        at
    }

    /// Samples that must follow `held` ones, so that every pair of segments that begins in these is whole.
    pub(super) fn missing(&self, held: usize) -> usize {
        let (length, hop) = (self.length(), self.hop());
        match held.div_ceil(2 * hop) {
            0 => 0,
            pairs => (pairs - 1) * 2 * hop + length + hop - held,
        }
    }

    /// Takes the last segment, when `samples` still hold a whole one.
    pub(super) fn take_last(&mut self, samples: &[f64]) {
        if samples.len() >= self.length() && !samples.is_empty() {
            let nothing = vec![0.0; self.length()];
            self.add(&samples[..self.length()], &nothing);
            self.count += 1;
        }
    }

    /// The mean power as a one-sided density.
    pub(super) fn spectrum(&self, rate_hz: f64) -> Spectrum {
        let length = self.length();
        let bins = if length == 0 { 0 } else { length / 2 + 1 };
        let scale = 1.0 / (rate_hz * self.window.iter().map(|w| w * w).sum::<f64>() * self.count as f64);
        let density = (0..bins).map(|k| {
            let folded = f64::midpoint(self.power[k], self.power[(length - k) % length]);
            let sides = if k == 0 || 2 * k == length { 1.0 } else { 2.0 };
            sides * scale * folded
        });
        Spectrum {
            density: density.collect(),
            frequency_hz: (0..bins).map(|k| k as f64 * rate_hz / length as f64).collect(),
        }
    }

    /// From the start of a segment to that of the next one.
    fn hop(&self) -> usize {
        self.length() - self.length() / 2
    }

    fn add(&mut self, first: &[f64], second: &[f64]) {
        let Self { arch, transform, window, pair, scratch, power, .. } = self;
        arch.dispatch(Weigh { pair, window, first, second });
        transform.process_with_scratch(pair, scratch);
        arch.dispatch(Gather { power, pair });
    }
}

impl fmt::Debug for Segments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Segments").field("length", &self.length()).field("count", &self.count).finish_non_exhaustive()
    }
}

/// Hann's window of one period.
fn hann(length: usize) -> Vec<f64> {
    if length == 1 {
        return vec![1.0];
    }
    (0..length).map(|i| 0.5 - 0.5 * (TAU * i as f64 / length as f64).cos()).collect()
}

/// Two segments without their means, under the window, as one complex signal.
struct Weigh<'a> {
    pair: &'a mut [Complex<f64>],
    window: &'a [f64],
    first: &'a [f64],
    second: &'a [f64],
}

impl WithSimd for Weigh<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let (mean_1, mean_2) = (mean(self.first), mean(self.second));
        for (((z, w), x), y) in self.pair.iter_mut().zip(self.window).zip(self.first).zip(self.second) {
            *z = Complex::new((x - mean_1) * w, (y - mean_2) * w);
        }
    }
}

/// The squares of a transform onto those before.
struct Gather<'a> {
    power: &'a mut [f64],
    pair: &'a [Complex<f64>],
}

impl WithSimd for Gather<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for (power, z) in self.power.iter_mut().zip(self.pair) {
            *power += z.re * z.re + z.im * z.im;
        }
    }
}

#[inline(always)]
fn mean(samples: &[f64]) -> f64 {
    let (wide, rest) = samples.as_chunks::<WIDTH>();
    let mut sums = [0.0; WIDTH];
    for part in wide {
        for (sum, sample) in sums.iter_mut().zip(part) {
            *sum += sample;
        }
    }
    (sums.iter().sum::<f64>() + rest.iter().sum::<f64>()) / samples.len() as f64
}
