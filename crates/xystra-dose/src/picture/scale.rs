//! From values to places.

/// A straight scale from values to places on one axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// Values from `low` to `high` lie from `from` to `to`.
    pub fn new(low: f64, high: f64, from: f64, to: f64) -> Self {
        Self { low, high, from, to }
    }

    /// The place of a value, held within the ends.
    pub fn at(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
        self.from + share * (self.to - self.from)
    }

    /// Multiples of `step` within the scale.
    pub fn ticks(&self, step: f64) -> Vec<f64> {
        let first = (self.low / step - 1e-9).ceil();
        let steps = (0u16..100).map(|n| (first + f64::from(n)) * step);
        steps.take_while(|value| *value <= self.high + step * 1e-9).collect()
    }

    /// The largest value.
    pub fn high(&self) -> f64 {
        self.high
    }
}

/// 1, 2 or 5 times a power of ten, so that `span` has about `about` steps, never more.
pub fn nice_step(span: f64, about: f64) -> f64 {
    let rough = span / about;
    if !rough.is_finite() || rough <= 0.0 {
        return 1.0;
    }
    let power = 10f64.powf(rough.log10().floor());
    let nice = [1.0, 2.0, 5.0].into_iter().find(|step| step * power >= rough * (1.0 - 1e-9));
    nice.unwrap_or(10.0) * power
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "round numbers come out exactly")]

    use super::*;

    #[test]
    fn steps_are_round() {
        assert_eq!([10.0, 8.0, 100.0, 1.2].map(|span| nice_step(span, 5.0)), [2.0, 2.0, 20.0, 0.5]);
        assert_eq!((nice_step(0.0, 5.0), nice_step(f64::NAN, 5.0)), (1.0, 1.0));
    }

    #[test]
    fn ticks_are_multiples_within_the_ends() {
        assert_eq!(Scale::new(0.0, 8.0, 0.0, 1.0).ticks(2.0), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(Scale::new(35.0, 61.0, 0.0, 1.0).ticks(10.0), [40.0, 50.0, 60.0]);
    }

    #[test]
    fn a_value_outside_stays_at_the_end() {
        let scale = Scale::new(0.0, 10.0, 100.0, 0.0);
        assert_eq!((scale.at(5.0), scale.at(12.0), scale.at(-3.0)), (50.0, 0.0, 100.0));
        assert_eq!(Scale::new(3.0, 3.0, 0.0, 9.0).at(3.0), 0.0);
    }
}
