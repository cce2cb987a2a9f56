//! The natural course of a group fitted to what its people answered: maximum marginal likelihood of the answers that there are.
//!
//! A missing answer adds nothing and takes nothing away: right where, given a person's own answers, staying away has nothing to do with what
//! would have been answered. Expectation-maximisation over a fixed cloud of people; a few pseudo-people of ours keep small groups sane.

mod pull;
mod step;

pub use pull::Pull;

use std::ops::RangeInclusive;

use nalgebra::{DMatrix, Matrix4, Vector4};

use super::cloud::{Cloud, nodes};
use super::file::number;
use super::{Question, Visit};
use crate::Error;

/// A real person, watched.
#[derive(Debug, Clone, PartialEq)]
pub struct Watched {
    /// What moves the middle of people like this one; the first is 1.
    pub covariates: Vec<f64>,
    /// What was answered, in order of time; a missing answer is not here.
    pub visits: Vec<Visit>,
}

/// How long a fit may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// People of the cloud.
    pub nodes: usize,
    /// Rounds at most.
    pub rounds: usize,
}

impl Effort {
    /// For figures that are kept.
    pub const FULL: Self = Self { nodes: 16_384, rounds: 120 };
    /// For a table.
    pub const GOOD: Self = Self { nodes: 4096, rounds: 100 };
}

/// A group's natural course.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// A row for each covariate: what it adds to the four coordinates of [`super::Prior`].
    pub effects: DMatrix<f64>,
    /// Lower Cholesky factor of the covariance between people.
    pub factor: Matrix4<f64>,
    /// How they answered.
    pub question: Question,
    /// Logarithm of the marginal likelihood.
    pub likelihood: f64,
    /// Rounds it took.
    pub rounds: usize,
    /// People of its cloud.
    pub nodes: usize,
}

/// Once the log likelihood has risen by less than this, from one look for the gate to the next, it is enough.
const ENOUGH: f64 = 0.02;
/// Every so many rounds the gate is looked for anew.
const GATE_ROUNDS: usize = 10;
/// The gates that are tried, points of 10: none, and up to three points.
const GATES: RangeInclusive<f64> = 0.0..=3.0;
const GATE_STEP: f64 = 0.5;

/// Fits a group whose answers come in steps of `step` (points of 10). `gate`: below it people say that there is none (points of 10; 0 for an
/// ordinary censored normal); none to take the likeliest.
///
/// # Errors
/// Nobody, or people with unequal numbers of covariates.
pub fn fit(people: &[Watched], step: f64, gate: Option<f64>, pull: &Pull, effort: &Effort) -> Result<Fit, Error> {
    check(people, pull)?;
    let question =
        Question { step, gate: gate.unwrap_or_else(|| number("gate")), outliers: crate::numbers::number("outliers") };
    let start = Fit { question, nodes: effort.nodes, ..pull.start() };
    Ok(start.improved(people, gate.is_none(), pull, effort.rounds))
}

impl Fit {
    /// Goes on from here for so many rounds at most, and gives the likeliest of them: where the cloud is too thin for people who are known well,
    /// rounds may lead away from it. `moves_gate`: looks for a likelier gate now and then.
    #[must_use]
    pub fn improved(self, people: &[Watched], moves_gate: bool, pull: &Pull, rounds: usize) -> Self {
        let nodes = nodes(self.nodes);
        let (mut now, mut best, mut still) = (self.clone(), self, 0);
        best.likelihood = f64::NEG_INFINITY;
        for round in 1..=rounds {
            if moves_gate && round % GATE_ROUNDS == 0 {
                choose_gate(&mut now, people, &nodes);
            }
            let expected = step::expect(&now, people, &nodes);
            (now.likelihood, now.rounds) = (expected.likelihood, round);
            still = if now.likelihood > best.likelihood + ENOUGH { 0 } else { still + 1 };
            if now.likelihood > best.likelihood {
                best = now.clone();
            }
            if still >= GATE_ROUNDS {
                break;
            }
            now = step::maximise(&now, people, &expected, pull);
        }
        best
    }

    /// The middle of people with these covariates, in the coordinates of [`super::Prior`].
    pub fn middle(&self, covariates: &[f64]) -> Vector4<f64> {
        Vector4::from_fn(|column, _| self.effects.column(column).iter().zip(covariates).map(|(b, x)| b * x).sum())
    }

    /// The chances of all answers at each time, for somebody of whom only `given` is known.
    pub fn foretell(&self, covariates: &[f64], given: &[Visit], times_h: &[f64]) -> Vec<Vec<f64>> {
        let cloud = self.cloud(covariates, &nodes(self.nodes));
        let weights = cloud.weights(&self.question, given);
        times_h.iter().map(|at_h| cloud.foretold(&self.question, &weights, *at_h)).collect()
    }

    fn cloud(&self, covariates: &[f64], nodes: &[Vector4<f64>]) -> Cloud {
        Cloud::of(&self.middle(covariates), &self.factor, nodes)
    }
}

fn check(people: &[Watched], pull: &Pull) -> Result<(), Error> {
    let wrong = people.iter().find(|one| one.covariates.len() != pull.covariates.len());
    match (people.is_empty(), wrong) {
        (false, None) => Ok(()),
        _ => Err(Error::Number {
            field: "people to fit".to_owned(),
            value: people.len() as f64,
            must: "1 or more, with equal numbers of covariates",
        }),
    }
}

/// Moves the gate one step to where the answers are likelier.
fn choose_gate(now: &mut Fit, people: &[Watched], nodes: &[Vector4<f64>]) {
    let under = |gate: f64| {
        let other = Fit { question: Question { gate, ..now.question }, ..now.clone() };
        (gate, step::expect(&other, people, nodes).likelihood)
    };
    let near = [-GATE_STEP, 0.0, GATE_STEP].map(|step| now.question.gate + step);
    let tried = near.into_iter().filter(|gate| GATES.contains(gate)).map(under);
    let best = tried.max_by(|a, b| a.1.total_cmp(&b.1)).map_or(now.question.gate, |(gate, _)| gate);
    now.question.gate = best;
}
