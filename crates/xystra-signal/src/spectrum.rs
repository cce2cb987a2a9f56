//! Power spectral density by Welch's method.

mod segments;

use segments::Segments;

/// A one-sided power spectral density.
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrum {
    /// Frequencies in rising order from 0, Hz.
    pub frequency_hz: Vec<f64>,
    /// Power at each of them, the signal's unit squared per Hz.
    pub density: Vec<f64>,
}

/// The density of `signal`, sampled `rate_hz` times a second, from segments of `length` samples: SciPy's
/// `welch(signal, rate_hz, nperseg=length)` (Hann's window, half overlapping, each segment without its mean, averaged).
///
/// A signal shorter than `length` is one segment of its own length, as in SciPy; an empty one has an empty spectrum.
pub fn welch(signal: &[f64], rate_hz: f64, length: usize) -> Spectrum {
    let mut welch = Welch::new(rate_hz, length);
    welch.push(signal);
    welch.finish()
}

/// Power between two frequencies (both included), in the signal's unit squared: the sum of the bins times their distance.
pub fn band_power(density: &[f64], frequency_hz: &[f64], low_hz: f64, high_hz: f64) -> f64 {
    let step_hz = frequency_hz.get(1).copied().unwrap_or(0.0);
    let inside = frequency_hz.iter().zip(density).filter(|(f, _)| (low_hz..=high_hz).contains(f));
    inside.map(|(_, density)| density * step_hz).sum()
}

/// The same for samples that come some at a time, in memory for two segments.
#[derive(Debug, Clone)]
pub struct Welch {
    rate_hz: f64,
    segments: Segments,
    /// Samples that belong to a segment still to come.
    rest: Vec<f64>,
}

impl Welch {
    /// For segments of `length` samples (at least one) of a signal of `rate_hz` samples a second.
    pub fn new(rate_hz: f64, length: usize) -> Self {
        Self { rate_hz, segments: Segments::new(length.max(1)), rest: Vec::new() }
    }

    /// Takes the next samples.
    pub fn push(&mut self, samples: &[f64]) {
        // What was left over is completed by the first new samples; the others are read where they lie.
        let held = self.rest.len();
        let borrowed = samples.len().min(self.segments.missing(held));
        self.rest.extend_from_slice(&samples[..borrowed]);
        let used = self.segments.take(&self.rest);
        if used < held {
            self.rest.drain(..used);
            return;
        }
        let start = used - held;
        let used = start + self.segments.take(&samples[start..]);
        self.rest.clear();
        self.rest.extend_from_slice(&samples[used..]);
    }

    /// The density of all that came.
    pub fn finish(mut self) -> Spectrum {
        if self.segments.is_empty() && self.rest.len() < self.segments.length() {
            self.segments = Segments::new(self.rest.len());
        }
        self.segments.take_last(&self.rest);
        self.segments.spectrum(self.rate_hz)
    }
}
