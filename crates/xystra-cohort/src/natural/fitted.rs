//! What was fitted on real people and is kept: `data/cohort/natural-neck.toml`, written by `xystra cohort natural`.

use std::sync::OnceLock;

use nalgebra::{DMatrix, Matrix4};
use serde::{Deserialize, Serialize};
use xystra_catalog::Status;

use super::fit::Fit;
use super::neck::{MIDDLE_WEEKS, covariates};
use super::{Prior, Question};

/// A fitted natural course, as its file holds it. Coordinates are those of [`Prior`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fitted {
    /// Condition of `data/catalog/conditions`.
    pub condition: String,
    /// What is known, for a page.
    pub says: String,
    /// Key into `data/references.bib`: whose data.
    pub source: String,
    /// Computed from those data.
    pub status: String,
    /// People it was fitted on.
    pub people: usize,
    /// Answers of theirs that there were.
    pub answers: usize,
    /// Duration at entry of the middle person, weeks.
    pub middle_weeks: f64,
    /// The middle person.
    pub middle: [f64; 4],
    /// What a complaint adds that had lasted e times as long at entry.
    pub duration: [f64; 4],
    /// Lower Cholesky factor of the covariance between people.
    pub factor: [[f64; 4]; 4],
    /// Level below which people say that there is no pain, points of 10.
    pub gate: f64,
    /// Share of answers that have nothing to do with the level.
    pub outliers: f64,
    /// Logarithm of the marginal likelihood.
    pub likelihood: f64,
}

impl Fitted {
    /// A fit with an intercept and the logarithm of the duration, rounded as it is kept.
    pub fn of(fit: &Fit, condition: &str, says: String, people: usize, answers: usize) -> Self {
        let row = |row: usize| [0, 1, 2, 3].map(|column| rounded(fit.effects[(row, column)]));
        Self {
            condition: condition.to_owned(),
            says,
            source: "verwoerd2024".to_owned(),
            status: "verified".to_owned(),
            people,
            answers,
            middle_weeks: MIDDLE_WEEKS,
            middle: row(0),
            duration: row(1),
            factor: [0, 1, 2, 3].map(|row| [0, 1, 2, 3].map(|column| rounded(fit.factor[(row, column)]))),
            gate: fit.question.gate,
            outliers: fit.question.outliers,
            likelihood: (fit.likelihood * 10.0).round() / 10.0,
        }
    }

    /// The natural course of somebody whose complaint had lasted so long.
    pub(super) fn prior(&self, entry_weeks: Option<f64>) -> Prior {
        let [_, late] = covariates(entry_weeks);
        Prior {
            mean: [0, 1, 2, 3].map(|row| self.middle[row] + self.duration[row] * late),
            factor: self.factor,
            gate: self.gate,
            known: true,
            says: self.says.clone(),
            source: self.source.clone(),
            status: if self.status == "verified" { Status::Verified } else { Status::Unverified },
        }
    }

    /// As a fit to go on from, with a cloud of so many people.
    pub(super) fn fit(&self, nodes: usize) -> Fit {
        let rows = [self.middle, self.duration];
        Fit {
            effects: DMatrix::from_fn(2, 4, |row, column| rows[row][column]),
            factor: self.matrix(),
            question: Question { step: 1.0, gate: self.gate, outliers: self.outliers },
            likelihood: self.likelihood,
            rounds: 0,
            nodes,
        }
    }

    /// The factor as a matrix.
    pub fn matrix(&self) -> Matrix4<f64> {
        Matrix4::from_fn(|row, column| self.factor[row][column])
    }

    /// As its file.
    ///
    /// # Errors
    /// A number that TOML cannot hold.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        let head = "# The natural course of a new episode of neck pain in physiotherapy: 603 people (Verwoerd and others 2024, CC BY 4.0).\n\
                    # Written by `xystra cohort natural --data neckpain_603_wide.csv --out data/cohort/natural-neck.toml`; not by hand.\n\
                    # Coordinates: level at entry (0-10), logarithm of the rate per hour, logit of the plateau, logarithm of the standard\n\
                    # deviation of one answer about the course (points of 10). docs/methods/natural-course.md says how.\n\n";
        Ok(head.to_owned() + &toml::to_string(self)?)
    }
}

/// What is kept for a condition, if anything was fitted.
///
/// # Panics
/// Never in a build that passed its tests: one of them reads the same text.
pub fn fitted(condition: &str) -> Option<&'static Fitted> {
    static NECK: OnceLock<Fitted> = OnceLock::new();
    let text = include_str!("../../../../data/cohort/natural-neck.toml");
    let neck = NECK.get_or_init(|| toml::from_str(text).expect("data/cohort/natural-neck.toml reads, as a test shows"));
    (neck.condition == condition).then_some(neck)
}

fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
