//! Values that a calibration found.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// What one calibration found: one set of values for a species and tissue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// The group of tissues, as [`Tissue::calibration`](super::Tissue) names it.
    pub id: String,
    /// Seed of the virtual subjects.
    pub seed: u64,
    /// Version of the program that wrote it.
    pub version: String,
    /// Ids of the studies that it was fitted to.
    pub studies: Vec<String>,
    /// Endpoints that were counted: verified and with a number.
    pub endpoints: usize,
    /// Sum of squared residuals and prior deviations at the end.
    pub cost: f64,
    /// Effective number of parameters.
    pub freedom: f64,
    /// What the studies leave open together: two parameters and the correlation of their distribution after the studies, where it is 0.1 or more
    /// either way. It holds in the scale of the fit, in which each parameter is normal between its bounds.
    #[serde(default)]
    pub correlations: Vec<(String, String, f64)>,
    /// Standard deviation between studies by quantity; the unit is that of `between-...` in data/tissue/assumptions.toml.
    #[serde(default)]
    pub between: BTreeMap<String, f64>,
    /// The values.
    #[serde(rename = "parameter", default)]
    pub values: Vec<Calibrated>,
}

/// One calibrated parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibrated {
    /// As the equations name it.
    pub id: String,
    /// The value, in the prior's unit.
    pub value: f64,
    /// 5 % of the distribution after the studies lie below.
    pub low: f64,
    /// 5 % lie above.
    pub high: f64,
    /// How much of the prior's freedom the studies took away, 0 none to 1 all.
    pub learnt: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    group: Vec<Calibration>,
}

pub(super) fn parse(file: &str, text: &str) -> Result<Vec<Calibration>, Error> {
    let read = toml::from_str::<File>(text);
    read.map(|file| file.group).map_err(|e| Error::File { file: file.to_owned(), what: e.to_string() })
}
