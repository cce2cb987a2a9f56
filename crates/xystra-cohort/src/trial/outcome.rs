//! What a virtual trial comes to.

use serde::Serialize;

use crate::Error;
use crate::trial::part::Origin;
use crate::trial::sums::Sums;
use crate::trial::{Effect, Finding, Setup, Trial};

/// What a virtual trial comes to: a document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// The study's id.
    pub study: String,
    /// Its title.
    pub title: String,
    /// How many clients, and who.
    #[serde(flatten)]
    pub setup: Setup,
    /// From what it was made.
    #[serde(flatten)]
    pub origin: Origin,
    /// Clients of an arm that could not be simulated, the most of any arm; they are left out.
    pub lost: u64,
    /// One for each endpoint, in the study's order.
    pub endpoints: Vec<Finding>,
    /// Arms against each other.
    pub effects: Vec<Effect>,
}

impl Outcome {
    pub(super) fn of(trial: &Trial, origin: &Origin, sums: &Sums) -> Result<Self, Error> {
        let findings = trial.study.endpoints.iter().map(|endpoint| Finding::of(trial, sums, endpoint));
        let counts = trial.views.iter().map(|view| sums.count(view.first));
        Ok(Self {
            study: trial.study.about.id.clone(),
            title: trial.study.about.title.clone(),
            setup: trial.setup,
            origin: origin.clone(),
            lost: trial.setup.clients - counts.min().unwrap_or(0).min(trial.setup.clients),
            endpoints: findings.collect::<Result<_, _>>()?,
            effects: (0..trial.contrasts.len()).map(|c| Effect::of(trial, sums, c)).collect::<Result<_, _>>()?,
        })
    }
}
