//! Studies: who was given what, what was found, and what the model makes of it. Papers, plans and virtual trials share one format,
//! described in docs/methods/studies.md.

pub mod arm;
pub mod assumption;
pub mod calibrate;
pub mod compare;
pub mod endpoint;
pub mod foretell;
pub mod kept;
pub mod library;
pub mod quantity;
pub mod schedule;
pub mod subjects;
pub mod time;
pub mod validation;

mod check;
mod crowd;
mod draw;
mod measure;
mod pad;
mod reading;
mod report;
mod run;
mod statistics;
mod strokes;
mod subject;
mod timetable;
mod trial;

pub use crowd::{Crowd, Look, Moments, Sample};
pub use library::studies;
pub use measure::{Measured, measure};
pub use reading::Reading;
pub use report::{Finding, Found, Report};
pub use run::{Plan, plan, run, simulated};
pub use statistics::Estimate;
pub use subject::{baselines, deficit, level};
pub use timetable::{BEFORE_H, Scripted, Timetable, happenings, script, session, timetable};
pub use trial::{looked_at, other_hour};

use serde::Deserialize;

use crate::error::Error;
use crate::library::library;
use crate::remodel::Parameters;
use arm::Arm;
use endpoint::Endpoint;
use subjects::{Baseline, Subjects};

/// A study; without endpoints it is a plan to simulate.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Study {
    /// What it is.
    #[serde(rename = "study")]
    pub about: About,
    /// Who or what is studied.
    #[serde(default)]
    pub subjects: Subjects,
    /// What they are given; at least one.
    #[serde(rename = "arm")]
    pub arms: Vec<Arm>,
    /// What was found.
    #[serde(rename = "endpoint", default)]
    pub endpoints: Vec<Endpoint>,
}

/// What a study is.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// Short key: small letters, digits and hyphens.
    pub id: String,
    /// Title.
    pub title: String,
    /// Where it was published: a key of data/references.bib, or any text.
    #[serde(default)]
    pub source: Option<String>,
    /// Species, for the reader; the model takes it from the tissue.
    #[serde(default)]
    pub species: Option<String>,
    /// A tissue of data/tissue/presets.toml.
    pub tissue: String,
    /// A condition of data/tissue/presets.toml.
    #[serde(default = "healthy")]
    pub condition: String,
    /// How many trials were pooled; 1 for a single study. A pool lies closer to the truth than one study does.
    #[serde(default = "single")]
    pub trials: usize,
    /// How it was designed.
    #[serde(default)]
    pub design: Option<String>,
    /// What a reader should know.
    #[serde(default)]
    pub note: Option<String>,
    /// May the calibration use it? Otherwise it is only shown.
    #[serde(default = "yes")]
    pub calibrates: bool,
}

impl Study {
    /// Reads the text of a study file; `file` is its name for the error.
    pub fn parse(file: &str, text: &str) -> Result<Self, Error> {
        let wrong = |what: String| Error::File { file: file.to_owned(), what };
        let study: Self = toml::from_str(text).map_err(|e| wrong(e.to_string()))?;
        check::check(&study).map_err(wrong)?;
        Ok(study)
    }

    /// Parameters of the middle subject: priors, what was calibrated for the tissue, tissue and condition.
    pub fn parameters(&self) -> Result<Parameters, Error> {
        Parameters::of(library().values(&self.about.tissue, &self.about.condition)?)
    }

    /// The arm with this id.
    pub fn arm(&self, id: &str) -> Result<&Arm, Error> {
        self.arms.iter().find(|arm| arm.id == id).ok_or_else(|| Error::Unknown {
            what: "arm",
            key: id.to_owned(),
            known: self.arms.iter().map(|arm| arm.id.as_str()).collect::<Vec<_>>().join(", "),
        })
    }

    /// Quantities of an arm's subjects at entry: the arm's own before those of all subjects.
    pub fn baselines<'a>(&'a self, arm: &'a Arm) -> impl Iterator<Item = &'a Baseline> {
        arm.baseline.iter().chain(&self.subjects.baseline)
    }

    /// One quantity of an arm's subjects at entry.
    pub fn baseline<'a>(&'a self, arm: &'a Arm, quantity: &str, movement: Option<&str>) -> Option<&'a Baseline> {
        self.baselines(arm).find(|baseline| baseline.is_of(quantity, movement))
    }

    /// How many subjects an arm has; 20 where nothing is said.
    pub fn size(&self, arm: &Arm) -> usize {
        arm.n.or(self.subjects.n).unwrap_or(20)
    }

    /// How many subjects each arm of an endpoint has; arms that are not there count for none.
    pub fn sizes(&self, endpoint: &Endpoint) -> Vec<usize> {
        endpoint.arms().filter_map(|id| self.arms.iter().find(|arm| arm.id == id)).map(|arm| self.size(arm)).collect()
    }
}

fn healthy() -> String {
    "healthy".to_owned()
}

fn single() -> usize {
    1
}

fn yes() -> bool {
    true
}
