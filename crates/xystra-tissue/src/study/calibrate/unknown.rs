//! A parameter that the calibration may move.

use crate::fit::{Bounded, Fitted};
use crate::library::{Calibrated, Prior};

/// A parameter as a standard normal number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unknown<'a> {
    pub(crate) prior: &'a Prior,
    bounded: Bounded,
}

/// Standard normal quantile below which 95 % lie.
const Z_90: f64 = 1.645;
/// Digits that are written.
const DIGITS: i32 = 5;

impl<'a> Unknown<'a> {
    pub(crate) fn new(prior: &'a Prior) -> Self {
        Self { prior, bounded: Bounded::new(prior.value, prior.low, prior.high) }
    }

    /// The value at `unknown` standard deviations from the prior's middle.
    pub(crate) fn at(&self, unknown: f64) -> (&'a str, f64) {
        (&self.prior.id, self.bounded.value(unknown))
    }

    /// What was found about it, `index` being its place among the fitted.
    pub(crate) fn calibrated(&self, fitted: &Fitted, index: usize) -> Calibrated {
        let (unknown, deviation) = (fitted.unknowns[index], fitted.deviations[index]);
        let at = |place: f64| rounded(self.bounded.value(place));
        Calibrated {
            id: self.prior.id.clone(),
            value: at(unknown),
            low: at(unknown - Z_90 * deviation),
            high: at(unknown + Z_90 * deviation),
            learnt: ((1.0 - deviation * deviation).clamp(0.0, 1.0) * 1000.0).round() / 1000.0,
        }
    }
}

/// To a few digits, so that files stay readable.
pub(crate) fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a power of ten of a finite number")]
    let places = DIGITS - 1 - value.abs().log10().floor() as i32;
    let text = format!("{value:.*}", usize::try_from(places.max(0)).unwrap_or(0));
    text.parse().unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_kept_whatever_the_size() {
        let shown = [0.000_123_456_7, 123.456_78, -0.5, 0.0].map(|value| rounded(value).to_string());
        assert_eq!(shown, ["0.00012346", "123.46", "-0.5", "0"]);
    }
}
