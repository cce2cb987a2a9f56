//! Means with their standard errors.

use crate::study::crowd::Moments;

/// A number with its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Its standard error from the simulated subjects, as if each arm were a group of its own.
    pub se: f64,
}

impl Estimate {
    /// The mean of subjects.
    pub(super) fn of(moments: Moments) -> Self {
        Self { value: moments.mean, se: (moments.variance / moments.count.max(1.0)).sqrt() }
    }

    /// Less another group.
    pub(super) fn less(self, other: Self) -> Self {
        Self { value: self.value - other.value, se: self.se.hypot(other.se) }
    }

    /// By another group.
    pub(super) fn by(self, other: Self) -> Self {
        let value = self.value / other.value;
        let se = (self.se / other.value).hypot(value * other.se / other.value);
        Self { value, se }
    }

    /// By a number.
    pub(super) fn over(self, divisor: f64) -> Self {
        self.times(1.0 / divisor)
    }

    /// Times a number.
    pub(super) fn times(self, factor: f64) -> Self {
        Self { value: self.value * factor, se: self.se * factor.abs() }
    }
}

/// Mean; not a number for none.
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Variance of the sample; 0 for one.
pub(super) fn variance(values: &[f64]) -> f64 {
    let middle = mean(values);
    let squares: f64 = values.iter().map(|value| (value - middle).powi(2)).sum();
    if values.len() < 2 { 0.0 } else { squares / (values.len() - 1) as f64 }
}

/// Chance of each to be above 0 when a few numbers stand for many like them: each is a small cloud, and all clouds together keep mean and variance
/// of the numbers (Jones 1991). So a share changes smoothly with the parameters that move the numbers.
pub(super) fn chances(values: &[f64]) -> Vec<f64> {
    let (middle, spread) = (mean(values), variance(values).sqrt());
    // Silverman's width for numbers that are nearly normal.
    let width = (1.06 * (values.len() as f64).powf(-0.2)).min(0.95);
    let chance = |value: &f64| {
        let drawn_in = middle + (value - middle) * (1.0 - width * width).sqrt();
        let logit = std::f64::consts::PI / 3f64.sqrt() * drawn_in / (width * spread).max(f64::MIN_POSITIVE);
        1.0 / (1.0 + (-logit).exp())
    };
    values.iter().map(chance).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_numbers_give_the_share_of_many() {
        // Middles of 8 slices of a normal distribution; 30.85 % of it lie above half a standard deviation.
        let middles = [-1.534_1, -0.887_1, -0.488_8, -0.157_3, 0.157_3, 0.488_8, 0.887_1, 1.534_1];
        let above = |limit: f64| mean(&chances(&middles.map(|z| z - limit)));
        assert!((above(0.0) - 0.5).abs() < 1e-9 && (above(0.5) - 0.3085).abs() < 0.02, "{}", above(0.5));
        assert!(above(0.5) < above(0.499));
        assert_eq!(chances(&[1.0, 1.0]), [1.0, 1.0]);
    }

    #[test]
    fn errors_add_in_squares() {
        let (one, other) = (Estimate { value: 6.0, se: 3.0 }, Estimate { value: 2.0, se: 4.0 });
        assert_eq!(one.less(other), Estimate { value: 4.0, se: 5.0 });
        assert!((Estimate { value: 6.0, se: 0.6 }.by(Estimate { value: 2.0, se: 0.0 }).se - 0.3).abs() < 1e-12);
        assert!((Estimate::of(Moments::of(&[1.0, 3.0])).se - 1.0).abs() < 1e-12);
    }
}
