//! A quantity with its doubt.

use serde::{Deserialize, Serialize};

/// Standard deviations from the middle to the ends of a 90 % interval of a normal distribution.
pub const SIGMAS_90: f64 = 1.644_853_626_951_472_2;

/// A value with the ends of its 90 % interval, in the unit of its field: narrow when measured, the band's when banded, the
/// published clinicians' when guessed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The single best value.
    pub value: f64,
    /// 5 % of the distribution lie below.
    pub low: f64,
    /// 5 % of the distribution lie above.
    pub high: f64,
}

impl Estimate {
    /// A value with its ends. Ends on the wrong side of the value are moved to it.
    pub fn new(value: f64, low: f64, high: f64) -> Self {
        Self { value, low: low.min(value), high: high.max(value) }
    }

    /// A value without doubt.
    pub fn exact(value: f64) -> Self {
        Self { value, low: value, high: value }
    }

    /// A normal distribution by its standard deviation.
    pub fn normal(value: f64, deviation: f64) -> Self {
        Self::new(value, value - SIGMAS_90 * deviation, value + SIGMAS_90 * deviation)
    }

    /// The same in another unit: `factor` of the new unit to one of the old. A negative factor swaps the ends.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        let (a, b) = (self.low * factor, self.high * factor);
        Self { value: self.value * factor, low: a.min(b), high: a.max(b) }
    }

    /// The same with ends no lower than `least`.
    #[must_use]
    pub fn at_least(self, least: f64) -> Self {
        Self { value: self.value.max(least), low: self.low.max(least), high: self.high.max(least) }
    }

    /// The product of two independent positive quantities: relative widths add in squares.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let value = self.value * other.value;
        let end =
            |a: f64, b: f64| (a.max(f64::MIN_POSITIVE).ln().powi(2) + b.max(f64::MIN_POSITIVE).ln().powi(2)).sqrt();
        let below = end(self.low / self.value, other.low / other.value);
        let above = end(self.high / self.value, other.high / other.value);
        Self::new(value, value * (-below).exp(), value * above.exp())
    }

    /// Does the interval hold `truth`?
    pub fn covers(&self, truth: f64) -> bool {
        (self.low..=self.high).contains(&truth)
    }

    /// Width of the interval.
    pub fn width(&self) -> f64 {
        self.high - self.low
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_normal_interval_holds_nine_tenths() {
        let estimate = Estimate::normal(10.0, 2.0);
        assert!((estimate.width() - 6.579_414_5).abs() < 1e-6);
        assert!(estimate.covers(6.8) && !estimate.covers(6.7));
    }

    #[test]
    fn a_product_is_as_wide_as_its_parts_together() {
        let (three, four) = (Estimate::new(10.0, 5.0, 20.0), Estimate::new(2.0, 2.0, 2.0));
        let product = three.times(four);
        assert!((product.low - 10.0).abs() < 1e-9 && (product.high - 40.0).abs() < 1e-9);
        let both = three.times(three);
        assert!(both.high > 200.0 && both.high < 400.0);
    }

    #[test]
    fn a_negative_factor_swaps_the_ends() {
        assert_eq!(Estimate::new(2.0, 1.0, 4.0).scaled(-1.0), Estimate { value: -2.0, low: -4.0, high: -1.0 });
    }
}
