//! What a group is thought to be before anybody was watched: a few pseudo-people of ours.

use nalgebra::{DMatrix, Matrix4, Vector4};

use super::super::file::{ln_rate_of_weeks, number};
use super::super::level::logit;
use super::{Fit, Question};

/// A pull towards what we would guess, worth a few people.
#[derive(Debug, Clone, PartialEq)]
pub struct Pull {
    /// Pseudo-people behind each covariate's row; the first row is the middle itself.
    pub covariates: Vec<f64>,
    /// Pseudo-people behind the spread.
    pub spread: f64,
    /// The middle they pull to.
    pub mean: [f64; 4],
    /// Standard deviations that they pull to, without correlation.
    pub deviations: [f64; 4],
}

impl Pull {
    /// Ours, for a middle that `entry` (0-10) is near and so many further covariates.
    pub fn ours(entry: f64, further: usize) -> Self {
        let mut covariates = vec![number("pull-middle")];
        covariates.extend(vec![number("pull-group"); further]);
        let rate = ln_rate_of_weeks(number("half-life"));
        Self {
            covariates,
            spread: number("pull-spread"),
            mean: [entry, rate, logit(number("plateau")), number("noise").ln()],
            deviations: [number("entry-sd"), number("rate-sd"), number("plateau-sd"), number("noise-sd")],
        }
    }

    pub(super) fn start(&self) -> Fit {
        let mut effects = DMatrix::zeros(self.covariates.len(), 4);
        effects.row_mut(0).copy_from_slice(&self.mean);
        let factor = Matrix4::from_diagonal(&Vector4::from(self.deviations));
        let question = Question { step: 1.0, gate: 0.0, outliers: 0.0 };
        Fit { effects, factor, question, likelihood: f64::NEG_INFINITY, rounds: 0, nodes: 0 }
    }
}
