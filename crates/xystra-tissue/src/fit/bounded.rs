//! Unknowns between bounds, as standard normal numbers.

/// A quantity between `low` and `high` whose prior has its middle at `value`.
///
/// It is `low` to `high` by a logistic curve, in logarithms when `low` is above 0; a standard deviation of the prior is one unit
/// of the logistic's argument, so that nine of ten lie well within the bounds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounded {
    low: f64,
    high: f64,
    middle: f64,
}

impl Bounded {
    /// Bounds with a middle between them; a middle on a bound is moved a little inside.
    pub fn new(value: f64, low: f64, high: f64) -> Self {
        let bounds = Self { low, high, middle: 0.0 };
        let share =
            ((bounds.scale(value) - bounds.scale(low)) / (bounds.scale(high) - bounds.scale(low))).clamp(0.02, 0.98);
        Self { middle: (share / (1.0 - share)).ln(), ..bounds }
    }

    /// The value at `unknown` standard deviations from the middle.
    pub fn value(&self, unknown: f64) -> f64 {
        let share = 1.0 / (1.0 + (-(self.middle + unknown)).exp());
        let scaled = self.scale(self.low) + share * (self.scale(self.high) - self.scale(self.low));
        if self.low > 0.0 { scaled.exp() } else { scaled }
    }

    /// How many standard deviations from the middle a value lies; one on a bound counts as just inside.
    pub fn unknown(&self, value: f64) -> f64 {
        let share = (self.scale(value) - self.scale(self.low)) / (self.scale(self.high) - self.scale(self.low));
        let share = share.clamp(1e-9, 1.0 - 1e-9);
        (share / (1.0 - share)).ln() - self.middle
    }

    fn scale(&self, value: f64) -> f64 {
        if self.low > 0.0 { value.ln() } else { value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_is_the_value_and_the_bounds_hold() {
        for bounded in [Bounded::new(2.0, 1.0, 8.0), Bounded::new(2.0, 0.0, 8.0)] {
            assert!((bounded.value(0.0) - 2.0).abs() < 1e-12);
            assert!(bounded.value(-30.0) >= bounded.low && bounded.value(30.0) <= bounded.high + 1e-12);
            assert!(bounded.value(1.0) > 2.5 && bounded.value(-1.0) < 1.5);
            assert!((bounded.unknown(bounded.value(1.3)) - 1.3).abs() < 1e-9 && bounded.unknown(8.0) > 15.0);
        }
    }
}
