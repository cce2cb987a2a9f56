//! What must be known of many subjects to measure an endpoint on them.

use crate::error::Error;
use crate::study::endpoint::Endpoint;
use crate::study::statistics::{mean, variance};

/// The subjects of a study's arms, few or many.
pub trait Crowd {
    /// An arm's subjects when an endpoint looks at them.
    fn sample(&self, endpoint: &Endpoint, arm: &str, when: Look) -> Result<Sample, Error>;

    /// The hours that an endpoint looks at in an arm, and the mean level of the arm's subjects at each, in the quantity's unit or in that of its
    /// baseline.
    fn curve(&self, endpoint: &Endpoint, arm: &str) -> Result<(Vec<f64>, Vec<f64>), Error>;
}

/// At which of an endpoint's times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Its `at` or `over`.
    Then,
    /// Its `by_at`.
    ByThen,
}

/// One arm's subjects, in the endpoint's unit where that is a level.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// The quantity when looked at.
    pub values: Moments,
    /// At entry.
    pub before: Moments,
    /// The first less the second.
    pub changes: Moments,
    /// 1 for each subject that passes the endpoint's limit, 0 for the others, or the chance of each.
    pub passing: Moments,
}

/// Mean and variance of some numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moments {
    /// How many.
    pub count: f64,
    /// Not a number for none.
    pub mean: f64,
    /// That of the sample; 0 for one.
    pub variance: f64,
}

impl Moments {
    /// Those of a list.
    pub fn of(values: &[f64]) -> Self {
        Self { count: values.len() as f64, mean: mean(values), variance: variance(values) }
    }
}
