//! One round: what each person probably is, then what the group is if they are that.

use std::collections::BTreeMap;

use nalgebra::{DMatrix, DVector, Matrix4, Vector4};

use super::super::cloud::Cloud;
use super::{Fit, Pull, Watched};

/// Shares of a person's weight below this are left out of their moments.
const NEGLIGIBLE: f64 = 1e-10;

/// What the people probably are.
pub(super) struct Expected {
    pub(super) likelihood: f64,
    /// A row a person, in their order.
    means: DMatrix<f64>,
    /// Sum of their own covariances.
    within: Matrix4<f64>,
}

/// What one person probably is.
struct Guess {
    likelihood: f64,
    mean: Vector4<f64>,
    covariance: Matrix4<f64>,
}

/// Weighs the cloud by every person's answers.
pub(super) fn expect(now: &Fit, people: &[Watched], nodes: &[Vector4<f64>]) -> Expected {
    let mut expected = Expected { likelihood: 0.0, means: DMatrix::zeros(people.len(), 4), within: Matrix4::zeros() };
    for group in alike(people) {
        let cloud = now.cloud(&people[group[0]].covariates, nodes);
        let mut answers = Answers { now, cloud: &cloud, known: BTreeMap::new() };
        for i in group {
            let guess = answers.guess(&people[i]);
            expected.likelihood += guess.likelihood;
            expected.means.row_mut(i).copy_from(&guess.mean.transpose());
            expected.within += guess.covariance;
        }
    }
    expected
}

/// The group that makes what was expected likeliest, pulled a little.
pub(super) fn maximise(now: &Fit, people: &[Watched], expected: &Expected, pull: &Pull) -> Fit {
    let rows = people[0].covariates.len();
    let design = DMatrix::from_fn(people.len(), rows, |i, column| people[i].covariates[column]);
    let weight = DMatrix::from_diagonal(&DVector::from_column_slice(&pull.covariates));
    let start = pull.start();
    let left = design.transpose() * &design + &weight;
    let right = design.transpose() * &expected.means + &weight * &start.effects;
    let effects = left.cholesky().map_or_else(|| now.effects.clone(), |left| left.solve(&right));
    let rest = &expected.means - &design * &effects;
    let off = &effects - &start.effects;
    let between = rest.transpose() * &rest + off.transpose() * &weight * &off;
    let pulled = start.factor * start.factor * pull.spread;
    let sum = Matrix4::from_fn(|row, column| between[(row, column)]) + expected.within + pulled;
    let covariance = sum / (people.len() as f64 + pull.spread);
    let factor = covariance.cholesky().map_or(now.factor, |cholesky| cholesky.l());
    Fit { effects, factor, ..now.clone() }
}

/// Places of people with the same covariates.
fn alike(people: &[Watched]) -> impl Iterator<Item = Vec<usize>> {
    let mut groups: BTreeMap<Vec<u64>, Vec<usize>> = BTreeMap::new();
    for (i, one) in people.iter().enumerate() {
        groups.entry(one.covariates.iter().map(|value| value.to_bits()).collect()).or_default().push(i);
    }
    groups.into_values()
}

/// The chances of answers, each computed once for a cloud.
struct Answers<'a> {
    now: &'a Fit,
    cloud: &'a Cloud,
    known: BTreeMap<(u64, usize), Vec<f64>>,
}

impl Answers<'_> {
    fn guess(&mut self, one: &Watched) -> Guess {
        let mut weights = vec![1.0; self.cloud.people.len()];
        for visit in &one.visits {
            let place = self.now.question.place(visit.value);
            let chances = self.chances(visit.at_h, place);
            weights.iter_mut().zip(chances).for_each(|(weight, chance)| *weight *= chance);
        }
        moments(&self.cloud.coordinates, &weights)
    }

    fn chances(&mut self, at_h: f64, place: usize) -> &[f64] {
        let Self { now, cloud, known } = self;
        known.entry((at_h.to_bits(), place)).or_insert_with(|| cloud.chances(&now.question, at_h, place))
    }
}

fn moments(coordinates: &[Vector4<f64>], weights: &[f64]) -> Guess {
    let sum: f64 = weights.iter().sum();
    let least = NEGLIGIBLE * sum;
    let those = || coordinates.iter().zip(weights).filter(|(_, weight)| **weight > least);
    let mean = those().map(|(one, weight)| one * *weight).sum::<Vector4<f64>>() / sum;
    let away = |(one, weight): (&Vector4<f64>, &f64)| (one - mean) * (one - mean).transpose() * *weight;
    let covariance = those().map(away).sum::<Matrix4<f64>>() / sum;
    Guess { likelihood: (sum / weights.len() as f64).ln(), mean, covariance }
}
