//! What a forecast must beat: three simple ones, with spreads as honest as the first half allows.

use super::trial::{Client, Trial};
use crate::draw::normal_below;
use crate::natural::Question;

/// So many of an arm are enough for a mean of its own.
const OWN: usize = 10;
/// So many are needed for a spread at all.
pub(super) const LEAST: usize = 3;

/// What the first half did between what is given and a horizon.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rivals {
    /// Arm, last value before, value at the horizon.
    seen: Vec<(usize, f64, f64)>,
    question: Question,
}

impl Rivals {
    /// Of the first half, those with an answer at both; none if they are too few. `given`: the horizon whose value is the last known.
    pub(super) fn of(trial: &Trial, given: Option<usize>, horizon: usize, question: Question) -> Option<Self> {
        let last = |one: &Client| given.map_or_else(|| one.entry(), |at| one.at(&trial.horizons, at));
        let both = |one: &Client| Some((one.arm, last(one)?.value, one.at(&trial.horizons, horizon)?.value));
        let seen: Vec<(usize, f64, f64)> = trial.first.iter().filter_map(both).collect();
        (seen.len() >= LEAST).then_some(Self { seen, question })
    }

    /// The last value stays, with the usual size of a change as spread.
    pub(super) fn last_value(&self, last: f64) -> Vec<f64> {
        let square = self.seen.iter().map(|(_, from, to)| (to - from) * (to - from)).sum::<f64>();
        self.normal(last, (square / self.seen.len() as f64).sqrt())
    }

    /// The last value changes as the mean of the arm did, with the spread of changes about it.
    pub(super) fn mean_change(&self, arm: usize, last: f64) -> Vec<f64> {
        let change = |(_, from, to): &(usize, f64, f64)| to - from;
        let mean = |those: &[&(usize, f64, f64)]| those.iter().map(|one| change(one)).sum::<f64>() / those.len() as f64;
        let middle = mean(&self.alike(arm));
        let overall = mean(&self.seen.iter().collect::<Vec<_>>());
        let count = self.seen.len() as f64;
        let square = self.seen.iter().map(|one| (change(one) - overall) * (change(one) - overall)).sum::<f64>();
        self.normal(last + middle, (square / (count - 1.0) * (1.0 + 1.0 / count)).sqrt())
    }

    /// Whatever the arm answered at that time, as often.
    pub(super) fn group(&self, arm: usize) -> Vec<f64> {
        let those = self.alike(arm);
        let mut chances = vec![0.0; self.question.answers()];
        for (_, _, to) in &those {
            chances[self.question.place(*to)] += 1.0 / those.len() as f64;
        }
        chances
    }

    /// The arm if it is large enough, else all.
    fn alike(&self, arm: usize) -> Vec<&(usize, f64, f64)> {
        let own: Vec<&(usize, f64, f64)> = self.seen.iter().filter(|one| one.0 == arm).collect();
        if own.len() >= OWN { own } else { self.seen.iter().collect() }
    }

    fn normal(&self, mean: f64, deviation: f64) -> Vec<f64> {
        let last = self.question.answers() - 1;
        let deviation = deviation.max(0.25 * self.question.step);
        let below = |place: usize| normal_below(((place as f64 + 0.5) * self.question.step - mean) / deviation);
        let up_to = |place: usize| if place == last { 1.0 } else { below(place) };
        (0..=last).map(|place| up_to(place) - if place == 0 { 0.0 } else { below(place - 1) }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rivals_say_what_the_first_half_did() {
        let question = Question { step: 1.0, gate: 0.0, outliers: 0.0 };
        let rivals = Rivals { seen: vec![(0, 6.0, 2.0), (0, 8.0, 4.0), (0, 5.0, 1.0), (0, 4.0, 0.0)], question };
        let mean = |chances: &[f64]| chances.iter().enumerate().map(|(i, chance)| i as f64 * chance).sum::<f64>();
        assert!((mean(&rivals.last_value(5.0)) - 5.0).abs() < 0.2, "spread of 4 on both sides");
        assert!((mean(&rivals.mean_change(0, 9.0)) - 5.0).abs() < 0.01, "everybody fell by four");
        assert_eq!(rivals.group(0)[4].to_bits(), 0.25f64.to_bits());
    }
}
