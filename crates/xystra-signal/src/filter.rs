//! A filter as a cascade of second-order sections.

mod design;

use crate::error::Error;

/// Part of the largest state at which a forgotten beginning no longer counts.
const FORGOTTEN: f64 = 1e-13;
/// No filter is asked to remember more samples than this; one that would is cut off at `FORGOTTEN` no more.
const LONGEST_MEMORY: usize = 1 << 24;

/// Numerator and denominator of second order, `a[0] = 1`: one row of SciPy's `sos`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Section {
    /// Numerator, of z^0, z^-1, z^-2.
    pub b: [f64; 3],
    /// Denominator, of z^0, z^-1, z^-2.
    pub a: [f64; 3],
}

/// A Butterworth filter: a cascade of [`Section`]s in the order and with the rounding of SciPy's `butter(.., output='sos')`.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    sections: Vec<Section>,
}

impl Filter {
    /// A low-pass of an even `order` that halves the power at `cutoff_hz`, of a signal of `rate_hz` samples a second.
    ///
    /// # Errors
    ///
    /// [`Error::Order`], [`Error::Band`].
    pub fn low_pass(order: usize, cutoff_hz: f64, rate_hz: f64) -> Result<Self, Error> {
        check(order, 0.0, cutoff_hz, rate_hz)?;
        Ok(Self { sections: design::low_pass(order, 2.0 * cutoff_hz / rate_hz) })
    }

    /// A band-pass whose prototype has an even `order` (SciPy's `N`: the filter has twice as many poles), that halves the power
    /// at `low_hz` and `high_hz`.
    ///
    /// # Errors
    ///
    /// [`Error::Order`], [`Error::Band`].
    pub fn band_pass(order: usize, low_hz: f64, high_hz: f64, rate_hz: f64) -> Result<Self, Error> {
        check(order, low_hz, high_hz, rate_hz)?;
        if low_hz <= 0.0 {
            return Err(Error::Band { low_hz, high_hz, rate_hz });
        }
        Ok(Self { sections: design::band_pass(order, 2.0 * low_hz / rate_hz, 2.0 * high_hz / rate_hz) })
    }

    /// The sections in order.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The two delays of each section once a constant 1 has passed for ever: SciPy's `sosfilt_zi`.
    pub fn steady_state(&self) -> Vec<[f64; 2]> {
        let mut level = 1.0;
        let mut delays = Vec::with_capacity(self.sections.len());
        for Section { b, a } in &self.sections {
            let rest = [b[1] - a[1] * b[0], b[2] - a[2] * b[0]];
            let first = (rest[0] + rest[1]) / (a[0] + a[1] + a[2]);
            delays.push([level * first, level * (rest[1] - a[2] * first)]);
            level *= b.iter().sum::<f64>() / a.iter().sum::<f64>();
        }
        delays
    }

    /// Samples that SciPy's `sosfiltfilt` adds at either end.
    pub fn pad(&self) -> usize {
        let none = |of: fn(&Section) -> f64| self.sections.iter().filter(|s| of(s) == 0.0).count();
        3 * (2 * self.sections.len() + 1 - none(|s| s.b[2]).min(none(|s| s.a[2])))
    }

    /// Samples after which any former state has faded to 1e-13 of itself.
    pub fn memory(&self) -> usize {
        let starts = (0..2 * self.sections.len()).map(|i| {
            let mut delays = vec![[0.0; 2]; self.sections.len()];
            delays[i / 2][i % 2] = 1.0;
            delays
        });
        starts.map(|delays| self.fading(delays)).max().unwrap_or(0)
    }

    /// Samples until no more than `FORGOTTEN` is left of `delays` without any input.
    fn fading(&self, mut delays: Vec<[f64; 2]>) -> usize {
        let mut last = 0;
        for i in 0..LONGEST_MEMORY {
            self.step(&mut delays, 0.0);
            let left = delays.iter().flatten().fold(0.0_f64, |most, d| most.max(d.abs()));
            if left > FORGOTTEN {
                last = i;
            } else if i > 2 * last + 16 {
                break;
            }
        }
        last + 1
    }

    /// One sample through the cascade, in direct form II transposed.
    fn step(&self, delays: &mut [[f64; 2]], input: f64) -> f64 {
        self.sections.iter().zip(delays).fold(input, |x, (Section { b, a }, z)| {
            let y = b[0] * x + z[0];
            *z = [b[1] * x - a[1] * y + z[1], b[2] * x - a[2] * y];
            y
        })
    }
}

fn check(order: usize, low_hz: f64, high_hz: f64, rate_hz: f64) -> Result<(), Error> {
    if order == 0 || order > 20 || !order.is_multiple_of(2) {
        return Err(Error::Order(order));
    }
    let rises = 0.0 <= low_hz && low_hz < high_hz && high_hz < rate_hz / 2.0 && rate_hz.is_finite();
    if rises { Ok(()) } else { Err(Error::Band { low_hz, high_hz, rate_hz }) }
}
