//! Virtual clients of one course, integrated once and weighed by many records.

use super::course::Course;
use super::lived::{Lived, live};
use super::twist::Twist;
use crate::Error;
use crate::batch::Options;
use crate::case::{Observation, Scale};
use crate::client::{Clients, Model};
use crate::weigh::{Effort, Likelihood, effective, resampled, unweighed, weigh};

/// Clients from the prior who lived a course, with the logarithm of the chance of every value of every observation.
pub(super) struct Bank {
    pub(super) lived: Lived,
    size: usize,
    /// With the measure and the hour of each, by value on its scale, then by client.
    observations: Vec<(Observation, Scale, Vec<Vec<f32>>)>,
}

/// Clients with weights that add up to 1, and how many equally likely ones they are worth.
pub(super) struct Posterior<'a> {
    pub(super) lived: std::borrow::Cow<'a, Lived>,
    pub(super) weights: Vec<f64>,
    pub(super) effective: f64,
}

impl Bank {
    /// # Errors
    /// A course that cannot be meant, or a stop. Scales need steps, and reactions are not known here.
    pub(super) fn of(course: &Course, size: usize, seed: u64, options: &Options<'_>) -> Result<Self, Error> {
        let choice = [course.choice()];
        let model = Model::of(&course.case, &choice, seed)?;
        let clients = unweighed(&model, size);
        let lived = live(&model, course, &clients, &Twist::NONE, options)?;
        let table = |one: &Observation| {
            let scale = model.case.tracks[one.track].scale;
            let values = 0..=place(&scale, scale.most);
            (
                *one,
                scale,
                values.map(|value| chances(&model, &clients, &lived, one, value as f64 * scale.step)).collect(),
            )
        };
        let observations = course.case.observations.iter().map(table).collect();
        Ok(Self { lived, size, observations })
    }

    /// Weighs all of them by some of the observations that the course has.
    pub(super) fn weigh(&self, seen: &[Observation]) -> Posterior<'_> {
        let mut sums = vec![0.0_f32; self.size];
        for one in seen {
            let same = |known: &Observation| known.track == one.track && (known.at_h - one.at_h).abs() < 1e-9;
            let Some((_, scale, table)) = self.observations.iter().find(|(known, ..)| same(known)) else { continue };
            for (sum, ln) in sums.iter_mut().zip(&table[place(scale, one.value)]) {
                *sum += ln;
            }
        }
        let most = sums.iter().copied().filter(|ln| !ln.is_nan()).fold(f32::NEG_INFINITY, f32::max);
        let weight = |ln: &f32| if ln.is_nan() { 0.0 } else { f64::from(ln - most).exp() };
        let mut weights: Vec<f64> = sums.iter().map(weight).collect();
        let sum: f64 = weights.iter().sum();
        for weight in &mut weights {
            *weight /= sum;
        }
        Posterior { lived: std::borrow::Cow::Borrowed(&self.lived), effective: effective(&weights), weights }
    }
}

/// The step of its scale that a value stands on.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some tens of steps from the least value")]
fn place(scale: &Scale, value: f64) -> usize {
    ((value - scale.least) / scale.step).round() as usize
}

#[expect(clippy::cast_possible_truncation, reason = "six digits of a logarithm are enough, and tables are large")]
fn chances(model: &Model<'_>, clients: &Clients, lived: &Lived, one: &Observation, value: f64) -> Vec<f32> {
    let (scale, place, likelihood) = (model.case.tracks[one.track].scale, lived.place(one.at_h), Likelihood::known());
    let chance = |i: usize| {
        let sd = model.noise(one.track, &model.natural(clients.at(i).1));
        likelihood.value(&scale, scale.least + value, lived.treated.at(i, place, one.track), sd)
    };
    (0..clients.len()).map(|i| chance(i) as f32).collect()
}

/// One client weighed by the very method of an outlook, and those who were chosen run on.
pub(super) fn alone<'a>(course: &Course, effort: &Effort<'_>) -> Result<Posterior<'a>, Error> {
    let weighed = weigh(&course.case, effort)?;
    let choice = [course.choice()];
    let model = Model::of(&course.case, &choice, effort.seed)?;
    let chosen = resampled(&weighed, effort.forecast);
    let lived = live(&model, course, &chosen.clients, &Twist::NONE, &effort.options())?;
    let weights = chosen.weights();
    let sum: f64 = weights.iter().sum();
    Ok(Posterior {
        lived: std::borrow::Cow::Owned(lived),
        weights: weights.iter().map(|weight| weight / sum).collect(),
        effective: weighed.weighing().effective,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trust::quantity::{Asked, column};
    use crate::trust::truth::truths;

    fn mean(posterior: &Posterior<'_>, column: usize) -> f64 {
        posterior.weights.iter().enumerate().map(|(i, weight)| weight * posterior.lived.at(i, column)).sum()
    }

    #[test]
    fn a_shared_bank_says_what_weighing_alone_says() {
        let (course, options) = (Course::usual(), Options::default());
        let bank = Bank::of(&course, 20_000, 1, &options).unwrap();
        for truth in truths(&course, &Twist::NONE, 2, 2, &options).unwrap() {
            let shared = bank.weigh(&truth.course.case.observations);
            let own = alone(&truth.course, &Effort { clients: 4_000, forecast: 1_500, ..Effort::quick(7) }).unwrap();
            for asked in [Asked::LevelNow, Asked::LevelStopped, Asked::GainNow] {
                let (a, b) = (mean(&shared, column(0, asked)), mean(&own, column(0, asked)));
                assert!((a - b).abs() < 0.25, "{asked:?}: {a} {b}, worth {} and {}", shared.effective, own.effective);
            }
        }
    }

    #[test]
    fn nothing_seen_weighs_all_alike() {
        let bank = Bank::of(&Course::usual(), 50, 1, &Options::default()).unwrap();
        let posterior = bank.weigh(&[]);
        assert!((posterior.effective - 50.0).abs() < 1e-9);
    }
}
