//! The studies that share one set of parameters.

use crate::error::Error;
use crate::library::Library;
use crate::study::Study;
use crate::study::calibrate::target::{Target, targets};

/// The studies of one group of tissues with what they found.
#[derive(Debug, Clone)]
pub(crate) struct Group<'a> {
    /// Its name, such as `human`.
    pub(crate) id: String,
    pub(super) library: &'a Library,
    /// Its studies that may calibrate and have something verified.
    pub(crate) studies: Vec<&'a Study>,
    /// Verified findings of each.
    pub(super) targets: Vec<Vec<Target>>,
}

/// Names of the groups that have studies to be calibrated on, in the order of the tissues.
pub fn groups(library: &Library, studies: &[Study]) -> Vec<String> {
    let mut named = Vec::new();
    for tissue in &library.tissues {
        let id = &tissue.calibration;
        let found = || Group::new(library, studies, id).is_ok_and(|group| !group.studies.is_empty());
        if !named.contains(id) && found() {
            named.push(id.clone());
        }
    }
    named
}

impl<'a> Group<'a> {
    /// The group with this name.
    pub(crate) fn new(library: &'a Library, studies: &'a [Study], id: &str) -> Result<Self, Error> {
        let mut group = Self { id: id.to_owned(), library, studies: Vec::new(), targets: Vec::new() };
        for study in studies.iter().filter(|study| study.about.calibrates) {
            let targets = targets(study)?;
            if library.tissue(&study.about.tissue)?.calibration == id && !targets.is_empty() {
                group.studies.push(study);
                group.targets.push(targets);
            }
        }
        Ok(group)
    }

    /// How many findings there are.
    pub(crate) fn endpoints(&self) -> usize {
        self.targets.iter().map(Vec::len).sum()
    }

    /// The values that stand before a study's subjects: priors, then `found`, then those of its tissue and condition, then `fixed`.
    pub(super) fn values<'b>(
        &'b self,
        study: &Study,
        found: impl Iterator<Item = (&'b str, f64)>,
        fixed: &[(&'b str, f64)],
    ) -> Result<Vec<(&'b str, f64)>, Error> {
        let (tissue, condition) =
            (self.library.tissue(&study.about.tissue)?, self.library.condition(&study.about.condition)?);
        let priors = self.library.priors.iter().map(|prior| (prior.id.as_str(), prior.value));
        let presets = tissue.values.iter().chain(&condition.values).map(|(id, value)| (id.as_str(), *value));
        Ok(priors.chain(found).chain(presets).chain(fixed.iter().copied()).collect())
    }
}
