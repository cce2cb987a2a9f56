//! What is known of tissue, embedded at build: priors of the parameters, tissues and conditions.

mod calibrated;
mod parameter;
mod preset;

use std::sync::OnceLock;

pub use calibrated::{Calibrated, Calibration};
pub use parameter::Prior;
pub use preset::{Condition, Injury, Tissue};

use crate::error::Error;

/// The files of `data/tissue`, read and checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Library {
    /// Every parameter of the equations.
    pub priors: Vec<Prior>,
    /// What calibrations found.
    pub calibrations: Vec<Calibration>,
    /// What tissue is looked at.
    pub tissues: Vec<Tissue>,
    /// What is the matter with it.
    pub conditions: Vec<Condition>,
}

/// The files of `data/tissue` that decide what the model says, with their texts.
pub fn sources() -> [(&'static str, &'static str); 6] {
    macro_rules! file {
        ($name:literal) => {
            (concat!("data/tissue/", $name), include_str!(concat!("../../../data/tissue/", $name)))
        };
    }
    [
        file!("equations.toml"),
        file!("parameters.toml"),
        file!("presets.toml"),
        file!("calibrated.toml"),
        file!("assumptions.toml"),
        file!("layers.toml"),
    ]
}

/// The library of this build.
///
/// # Panics
/// Never in a build that passed its tests: one of them reads the same text.
pub fn library() -> &'static Library {
    static LIBRARY: OnceLock<Library> = OnceLock::new();
    LIBRARY.get_or_init(|| Library::embedded().expect("data/tissue reads, as a test shows"))
}

impl Library {
    /// Reads the embedded files.
    pub fn embedded() -> Result<Self, Error> {
        let priors =
            parameter::parse("data/tissue/parameters.toml", include_str!("../../../data/tissue/parameters.toml"))?;
        let presets = preset::parse("data/tissue/presets.toml", include_str!("../../../data/tissue/presets.toml"))?;
        let calibrations =
            calibrated::parse("data/tissue/calibrated.toml", include_str!("../../../data/tissue/calibrated.toml"))?;
        Ok(Self { priors, calibrations, tissues: presets.tissue, conditions: presets.condition })
    }

    /// The prior of a parameter.
    pub fn prior(&self, id: &str) -> Result<&Prior, Error> {
        find("parameter", id, &self.priors, |prior| &prior.id)
    }

    /// Values that stand before a person's own: the priors' middles, then what the calibration of the tissue's group found, then
    /// those of the tissue and of the condition. Later ones replace earlier ones of the same id.
    pub fn values(&self, tissue: &str, condition: &str) -> Result<Vec<(&str, f64)>, Error> {
        let (tissue, condition) = (self.tissue(tissue)?, self.condition(condition)?);
        let priors = self.priors.iter().map(|prior| (prior.id.as_str(), prior.value));
        let found = self.calibrations.iter().filter(|group| group.id == tissue.calibration).flat_map(|g| &g.values);
        let presets = tissue.values.iter().chain(&condition.values).map(|(id, value)| (id.as_str(), *value));
        Ok(priors.chain(found.map(|one| (one.id.as_str(), one.value))).chain(presets).collect())
    }

    /// A tissue by its id.
    pub fn tissue(&self, id: &str) -> Result<&Tissue, Error> {
        find("tissue", id, &self.tissues, |tissue| &tissue.id)
    }

    /// A condition by its id.
    pub fn condition(&self, id: &str) -> Result<&Condition, Error> {
        find("condition", id, &self.conditions, |condition| &condition.id)
    }
}

fn find<'a, T>(what: &'static str, key: &str, all: &'a [T], id: impl Fn(&T) -> &String) -> Result<&'a T, Error> {
    let known = || all.iter().map(|one| id(one).as_str()).collect::<Vec<_>>().join(", ");
    all.iter().find(|one| id(one) == key).ok_or_else(|| Error::Unknown { what, key: key.to_owned(), known: known() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_files_read_and_every_source_is_a_reference() {
        let library = Library::embedded().expect("data/tissue reads");
        let known = &xystra_catalog::catalog().sources;
        for prior in &library.priors {
            assert!(prior.source == "xystra" || known.contains_key(&prior.source), "{}: {}", prior.id, prior.source);
        }
    }

    #[test]
    fn presets_name_parameters_within_their_ranges() {
        let library = library();
        let values = library.tissues.iter().map(|t| &t.values).chain(library.conditions.iter().map(|c| &c.values));
        for (id, value) in values.flatten() {
            let prior = library.prior(id).unwrap();
            assert!((prior.low..=prior.high).contains(value), "{id} = {value} is outside its range");
        }
    }

    #[test]
    fn an_unknown_condition_is_answered_with_those_there_are() {
        let error = library().condition("gout").unwrap_err().to_string();
        assert!(error.contains("tennis-elbow"), "{error}");
    }
}
