//! How a level becomes what somebody answers: in steps, within the scale, and zero when there is nothing worth a number.

use super::Natural;
use crate::draw::normal_below;

/// A question with answers on 0-10.
///
/// Whoever is asked first says whether there is any pain at all: "none" has the chance that level and error together lie below `gate`. Otherwise
/// the answer is the level with its error, in steps, on the scale. A gate at half a step is an ordinary censored normal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question {
    /// Answers come in steps of this, points of 10.
    pub step: f64,
    /// Below this there is none, points of 10.
    pub gate: f64,
    /// Share of answers that have nothing to do with the level.
    pub outliers: f64,
}

impl Question {
    /// How many answers there are: 11 in whole points.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count from 1 to a thousand or so")]
    pub fn answers(&self) -> usize {
        (10.0 / self.step).round() as usize + 1
    }

    /// The place of an answer of 0-10 among them.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 0 and bounded by the answers"
    )]
    pub fn place(&self, value: f64) -> usize {
        ((value / self.step).round().max(0.0) as usize).min(self.answers() - 1)
    }

    /// The answer at a place, 0-10.
    pub fn value(&self, place: usize) -> f64 {
        place as f64 * self.step
    }

    /// The chance of the answer at a place.
    pub fn chance(&self, one: &Natural, hours: f64, place: usize) -> f64 {
        let asked = Asked::of(self, one, hours);
        let chance = if place == 0 { asked.none } else { asked.share(self, place) };
        self.doubted(chance)
    }

    /// The chances of all answers; they add up to 1.
    pub fn chances(&self, one: &Natural, hours: f64) -> Vec<f64> {
        let asked = Asked::of(self, one, hours);
        let some = (1..self.answers()).map(|place| asked.share(self, place));
        std::iter::once(asked.none).chain(some).map(|chance| self.doubted(chance)).collect()
    }

    fn doubted(&self, chance: f64) -> f64 {
        (1.0 - self.outliers) * chance + self.outliers / self.answers() as f64
    }
}

/// One person asked at one time.
struct Asked {
    level: f64,
    noise: f64,
    /// Chance of "none".
    none: f64,
    /// Chance of a number, by the chance that level and error lie above half a step.
    rest: f64,
}

impl Asked {
    fn of(question: &Question, one: &Natural, hours: f64) -> Self {
        let (level, noise) = (one.level(hours), one.noise);
        let above = |edge: f64| normal_below((level - edge) / noise);
        let half = 0.5 * question.step;
        let some = above(question.gate.max(half));
        Self { level, noise, none: 1.0 - some, rest: some / above(half).max(f64::MIN_POSITIVE) }
    }

    /// The chance of an answer above zero. Tails on the level's own side, so that small ones do not cancel.
    fn share(&self, question: &Question, place: usize) -> f64 {
        let edge = |at: f64| ((at * question.step) - self.level) / self.noise;
        let (low, high) = (edge(place as f64 - 0.5), edge(place as f64 + 0.5));
        let is_last = place + 1 == question.answers();
        let between = match is_last {
            true => normal_below(-low),
            false if low > 0.0 => normal_below(-low) - normal_below(-high),
            false => normal_below(high) - normal_below(low),
        };
        self.rest * between
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: Question = Question { step: 1.0, gate: 1.0, outliers: 0.02 };

    #[test]
    fn chances_are_those_of_each_answer_and_add_up() {
        for (entry, noise) in [(0.0, 0.3), (0.4, 2.0), (6.0, 1.0), (10.0, 0.5)] {
            let one = Natural { entry, rate_per_h: 0.001, plateau: 0.5, noise };
            for question in [WHOLE, Question { gate: 0.0, ..WHOLE }, Question { step: 0.1, ..WHOLE }] {
                let chances = question.chances(&one, 100.0);
                assert_eq!(chances.len(), question.answers());
                assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{entry} {noise} {question:?}");
                for (place, chance) in chances.iter().enumerate() {
                    assert!((question.chance(&one, 100.0, place) - chance).abs() < 1e-12);
                }
            }
        }
    }

    #[test]
    fn a_gate_makes_more_zeros_and_leaves_the_rest_in_proportion() {
        let one = Natural { entry: 2.0, rate_per_h: 0.0, plateau: 1.0, noise: 1.0 };
        let plain = Question { gate: 0.0, outliers: 0.0, ..WHOLE }.chances(&one, 0.0);
        let gated = Question { outliers: 0.0, ..WHOLE }.chances(&one, 0.0);
        assert!((plain[0] - normal_below(-1.5)).abs() < 1e-12 && (gated[0] - normal_below(-1.0)).abs() < 1e-12);
        assert!((gated[3] / gated[1] - plain[3] / plain[1]).abs() < 1e-9);
    }

    #[test]
    fn values_have_places() {
        let tenths = Question { step: 0.1, ..WHOLE };
        assert_eq!((tenths.answers(), tenths.place(7.3), tenths.place(11.0)), (101, 73, 100));
        assert!((tenths.value(73) - 7.3).abs() < 1e-12);
    }
}
