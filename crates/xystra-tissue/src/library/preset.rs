//! Which tissue, and what is the matter with it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::Error;

/// A tissue: where it lies, and what replaces parameters for it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tissue {
    /// Stable key.
    pub id: String,
    /// In words.
    pub name: String,
    /// `human`, `rat`, `rabbit`.
    pub species: String,
    /// Key of the calibrated parameters it takes.
    pub calibration: String,
    /// Key of the layers it lies in.
    pub stack: String,
    /// The layer whose strain its cells feel.
    pub layer: String,
    /// Parameters by id.
    #[serde(default)]
    pub values: BTreeMap<String, f64>,
}

/// What is the matter.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Stable key.
    pub id: String,
    /// In words.
    pub name: String,
    /// Parameters by id.
    pub values: BTreeMap<String, f64>,
    /// The injury it began with, if it began with one.
    #[serde(default)]
    pub injury: Option<Injury>,
}

/// An injury.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Injury {
    /// Microtrauma done, 1.
    pub severity: f64,
    /// Share of the collagen and its order that is lost, 0-1.
    pub loss: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Presets {
    pub(super) tissue: Vec<Tissue>,
    pub(super) condition: Vec<Condition>,
}

pub(super) fn parse(file: &str, text: &str) -> Result<Presets, Error> {
    toml::from_str(text).map_err(|e| Error::File { file: file.to_owned(), what: e.to_string() })
}
