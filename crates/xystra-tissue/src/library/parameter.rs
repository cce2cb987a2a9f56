//! What is known of each parameter before anything was calibrated.

use serde::Deserialize;
use xystra_catalog::Status;

use crate::error::Error;

/// A parameter with its range, unit and source.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prior {
    /// As the equations name it.
    pub id: String,
    /// In words.
    pub name: String,
    /// Unit, `1` for none.
    pub unit: String,
    /// Middle of the prior, in the unit.
    pub value: f64,
    /// Smallest value thought possible.
    pub low: f64,
    /// Largest value thought possible.
    pub high: f64,
    /// Standard deviation of the logarithm between people.
    #[serde(default)]
    pub spread: f64,
    /// May the calibration move it?
    #[serde(default)]
    pub fits: bool,
    /// Key into `data/references.bib`; `xystra` where it is our own.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    parameter: Vec<Prior>,
}

pub(super) fn parse(file: &str, text: &str) -> Result<Vec<Prior>, Error> {
    let wrong = |what: String| Error::File { file: file.to_owned(), what };
    let priors = toml::from_str::<File>(text).map_err(|e| wrong(e.to_string()))?.parameter;
    for prior in &priors {
        if !(prior.low <= prior.value && prior.value <= prior.high && prior.spread >= 0.0) {
            return Err(wrong(format!("{}: value must lie from low to high and spread be 0 or more", prior.id)));
        }
    }
    Ok(priors)
}
