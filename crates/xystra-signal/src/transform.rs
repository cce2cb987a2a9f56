//! Discrete Fourier transforms of real samples.

mod halves;
mod plane;

use std::fmt;
use std::sync::Arc;

use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner};

use halves::Halves;
pub use plane::PlaneTransform;

/// One complex number of a spectrum: real part, imaginary part.
pub type Bin = [f64; 2];

/// The transform of a fixed number of real samples, planned once and used often.
///
/// Two neighbours are the real and imaginary part of one complex number, so that a transform of half the length does.
#[derive(Clone)]
pub struct Transform {
    forward: Arc<dyn Fft<f64>>,
    backward: Arc<dyn Fft<f64>>,
    halves: Halves,
    packed: Vec<Complex<f64>>,
    scratch: Vec<Complex<f64>>,
}

impl Transform {
    /// For `length` samples; an odd length is rounded up to the next even one.
    pub fn new(length: usize) -> Self {
        let half = length.div_ceil(2).max(1);
        let mut planner = FftPlanner::new();
        let (forward, backward) = (planner.plan_fft_forward(half), planner.plan_fft_inverse(half));
        let scratch = forward.get_inplace_scratch_len().max(backward.get_inplace_scratch_len());
        let zero = Complex::new(0.0, 0.0);
        Self { forward, backward, halves: Halves::new(half), packed: vec![zero; half], scratch: vec![zero; scratch] }
    }

    /// Samples that are transformed.
    pub fn length(&self) -> usize {
        2 * self.packed.len()
    }

    /// Complex numbers of a spectrum, from the mean up to half the rate: `length / 2 + 1`.
    pub fn bins(&self) -> usize {
        self.packed.len() + 1
    }

    /// The spectrum of `samples` (as many as [`Self::length`]): NumPy's `rfft`.
    pub fn forward(&mut self, samples: &[f64], spectrum: &mut [Bin]) {
        self.transform(samples);
        self.halves.unpack(&self.packed, spectrum);
    }

    /// The samples of a `spectrum` (as many as [`Self::bins`]): NumPy's `irfft`.
    pub fn inverse(&mut self, spectrum: &[Bin], samples: &mut [f64]) {
        self.halves.pack(spectrum, &mut self.packed);
        self.restore(samples);
    }

    /// Each bin of the spectrum of `samples` times a real gain, and back: the circular convolution with an even kernel.
    /// As many gains as [`Self::bins`].
    pub fn filter(&mut self, gains: &[f64], samples: &[f64], out: &mut [f64]) {
        self.transform(samples);
        self.halves.scale(gains, &mut self.packed);
        self.restore(out);
    }

    fn transform(&mut self, samples: &[f64]) {
        for (z, pair) in self.packed.iter_mut().zip(samples.chunks_exact(2)) {
            *z = Complex::new(pair[0], pair[1]);
        }
        self.forward.process_with_scratch(&mut self.packed, &mut self.scratch);
    }

    fn restore(&mut self, samples: &mut [f64]) {
        self.backward.process_with_scratch(&mut self.packed, &mut self.scratch);
        let scale = 1.0 / self.packed.len() as f64;
        for (z, pair) in self.packed.iter().zip(samples.chunks_exact_mut(2)) {
            (pair[0], pair[1]) = (z.re * scale, z.im * scale);
        }
    }
}

impl fmt::Debug for Transform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transform").field("length", &self.length()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    fn samples(length: usize) -> Vec<f64> {
        (0..length).map(|i| ((i * i) as f64 * 0.37).sin() + 0.2 * i as f64).collect()
    }

    #[test]
    fn a_spectrum_is_the_sum_it_stands_for() {
        for length in [2, 4, 6, 10, 64, 90] {
            let x = samples(length);
            let mut plan = Transform::new(length);
            let mut spectrum = vec![[0.0; 2]; plan.bins()];
            plan.forward(&x, &mut spectrum);
            for (k, bin) in spectrum.iter().enumerate() {
                let angle = |i: usize| -TAU * (i * k % length) as f64 / length as f64;
                let re: f64 = x.iter().enumerate().map(|(i, x)| x * angle(i).cos()).sum();
                let im: f64 = x.iter().enumerate().map(|(i, x)| x * angle(i).sin()).sum();
                assert!((bin[0] - re).abs() < 1e-9 && (bin[1] - im).abs() < 1e-9, "{length} {k} {bin:?} {re} {im}");
            }
        }
    }

    #[test]
    fn the_inverse_gives_the_samples_back() {
        for length in [2, 4, 6, 64, 4096] {
            let x = samples(length);
            let mut plan = Transform::new(length);
            let (mut spectrum, mut back) = (vec![[0.0; 2]; plan.bins()], vec![0.0; length]);
            plan.forward(&x, &mut spectrum);
            plan.inverse(&spectrum, &mut back);
            assert!(x.iter().zip(&back).all(|(a, b)| (a - b).abs() < 1e-10 * length as f64), "{length}");
        }
    }

    #[test]
    fn a_filter_is_forward_gain_and_inverse() {
        for length in [2, 4, 6, 12, 256] {
            let x = samples(length);
            let mut plan = Transform::new(length);
            let gains: Vec<f64> = (0..plan.bins()).map(|k| 1.0 / (1.0 + k as f64) - 0.3).collect();
            let (mut spectrum, mut want, mut got) = (vec![[0.0; 2]; plan.bins()], vec![0.0; length], vec![0.0; length]);
            plan.forward(&x, &mut spectrum);
            for (bin, gain) in spectrum.iter_mut().zip(&gains) {
                *bin = [bin[0] * gain, bin[1] * gain];
            }
            plan.inverse(&spectrum, &mut want);
            plan.filter(&gains, &x, &mut got);
            assert!(want.iter().zip(&got).all(|(a, b)| (a - b).abs() < 1e-10 * length as f64), "{length}");
        }
    }
}
