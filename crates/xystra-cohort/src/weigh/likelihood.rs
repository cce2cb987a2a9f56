//! How likely an observation is if a client's level were what it is.

use crate::case::Scale;
use crate::client::GRADES;
use crate::draw::normal_below;
use crate::numbers::number;

/// No observation is less likely than this: numbers stay numbers.
const LEAST: f64 = 1e-300;

/// How measuring errs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Likelihood {
    outliers: f64,
    misgraded: f64,
}

impl Likelihood {
    pub(crate) fn known() -> Self {
        Self { outliers: number("outliers"), misgraded: number("misgraded") }
    }

    /// Logarithm of the chance, or for a scale without steps of the density, that `value` is written down where the level is `level` and
    /// measurements have a standard deviation of `sd`. The ends of the scale hold all that would lie beyond them; any value may be an outlier.
    pub(crate) fn value(&self, scale: &Scale, value: f64, level: f64, sd: f64) -> f64 {
        let (near, anywhere) = if scale.step > 0.0 {
            (interval(scale, value, level, sd), scale.step / (scale.range() + scale.step))
        } else {
            (density(scale, value, level, sd), 1.0 / scale.range())
        };
        ((1.0 - self.outliers) * near + self.outliers * anywhere).max(LEAST).ln()
    }

    /// Logarithm of the chance of a reaction grade; `chances` are those of each grade or above.
    pub(crate) fn grade(&self, grade: u8, chances: [f64; GRADES]) -> f64 {
        let grade = usize::from(grade).min(GRADES);
        let above = |grade: usize| if grade < GRADES { chances[grade] } else { 0.0 };
        let reached = if grade == 0 { 1.0 } else { chances[grade - 1] };
        let near = (reached - above(grade)).max(0.0);
        ((1.0 - self.misgraded) * near + self.misgraded / (GRADES + 1) as f64).max(LEAST).ln()
    }

    /// The grade that is found, by a number between 0 and 1 and the chances of each grade or above.
    pub(crate) fn graded(&self, chances: [f64; GRADES], luck: f64) -> u8 {
        if luck < self.misgraded {
            return (1..=5).filter(|grade| f64::from(*grade) / 6.0 <= luck / self.misgraded).max().unwrap_or(0);
        }
        let luck = (luck - self.misgraded) / (1.0 - self.misgraded);
        (1..=5).zip(chances).take_while(|(_, chance)| luck < *chance).map(|(grade, _)| grade).last().unwrap_or(0)
    }

    /// What would be written down of a level, by two numbers: one says how far off, `outlier` whether it is an outlier and which.
    pub(crate) fn measured(&self, scale: &Scale, level: f64, off: f64, outlier: f64) -> f64 {
        if outlier < self.outliers {
            return scale.written(scale.least + scale.range() * outlier / self.outliers);
        }
        scale.written(level + off)
    }
}

/// The chance of the interval that is rounded to `value`.
fn interval(scale: &Scale, value: f64, level: f64, sd: f64) -> f64 {
    let half = 0.5 * scale.step;
    let low = if value - half < scale.least { f64::NEG_INFINITY } else { (value - half - level) / sd };
    let high = if value + half > scale.most { f64::INFINITY } else { (value + half - level) / sd };
    between(low, high)
}

fn density(scale: &Scale, value: f64, level: f64, sd: f64) -> f64 {
    let z = (value - level) / sd;
    if value <= scale.least {
        return normal_below(z) / scale.range();
    }
    if value >= scale.most {
        return normal_below(-z) / scale.range();
    }
    (-0.5 * z * z).exp() / (sd * std::f64::consts::TAU.sqrt())
}

/// The chance that a standard normal number lies between two; from the tail that is nearer, so that small ones are not lost.
fn between(low: f64, high: f64) -> f64 {
    if low > 0.0 { normal_below(-low) - normal_below(-high) } else { normal_below(high) - normal_below(low) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIN: Scale = Scale { least: 0.0, most: 10.0, step: 1.0, more_is_better: false };

    #[test]
    fn chances_of_all_values_add_up() {
        for (level, sd) in [(0.1, 1.0), (5.3, 0.7), (9.9, 2.0)] {
            let known = Likelihood::known();
            let sum: f64 = (0..=10).map(|value| known.value(&PAIN, f64::from(value), level, sd).exp()).sum();
            assert!((sum - 1.0).abs() < 1e-9, "{level} {sd} {sum}");
        }
    }

    #[test]
    fn chances_of_all_grades_add_up() {
        let known = Likelihood::known();
        let sum: f64 = (0..=5).map(|grade| known.grade(grade, [0.9, 0.5, 0.2, 0.05, 0.01]).exp()).sum();
        assert!((sum - 1.0).abs() < 1e-12, "{sum}");
    }

    #[test]
    fn a_far_value_is_an_outlier_and_no_proof() {
        let known = Likelihood::known();
        let (near, far) = (known.value(&PAIN, 3.0, 3.0, 0.5), known.value(&PAIN, 9.0, 3.0, 0.5));
        assert!(near - far > 3.0 && near - far < 10.0, "{near} {far}");
    }

    #[test]
    fn the_ends_hold_what_lies_beyond() {
        let known = Likelihood::known();
        assert!(known.value(&PAIN, 0.0, -3.0, 1.0) > known.value(&PAIN, 0.0, 0.0, 1.0));
        assert!((known.measured(&PAIN, 9.0, 4.0, 0.5) - 10.0).abs() < 1e-12);
        assert!((known.measured(&PAIN, 2.6, 0.0, 0.5) - 3.0).abs() < 1e-12);
    }
}
