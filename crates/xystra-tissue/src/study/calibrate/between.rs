//! How far studies of one quantity lie apart beyond their standard errors.

use std::collections::BTreeMap;

use crate::error::Error;
use crate::library::Prior;
use crate::study::assumption::assumption;
use crate::study::calibrate::group::Group;
use crate::study::calibrate::target::Target;

/// Deviations between studies, by the key of their scale.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Between {
    deviations: BTreeMap<String, f64>,
}

/// A number of some study, with what the model says in its place.
struct Found<'a> {
    study: usize,
    target: &'a Target,
    simulated: f64,
}

impl Between {
    /// What is assumed before anything was compared.
    pub(crate) fn assumed(group: &Group) -> Result<Self, Error> {
        let targets = group.targets.iter().flatten();
        let one = |target: &Target| Ok((target.scale.key.clone(), assumption(target.scale.assumption)?.value));
        Ok(Self { deviations: targets.map(one).collect::<Result<_, Error>>()? })
    }

    /// The method of moments: for a quantity of several studies the deviation at which its squared residuals are 1 in the mean, within
    /// the bounds of the assumption. `simulated` holds the model's answers by study and endpoint.
    pub(crate) fn estimated(&self, group: &Group, simulated: &[Vec<f64>]) -> Result<Self, Error> {
        let mut next = self.clone();
        for (key, deviation) in &mut next.deviations {
            let found = found(group, simulated, key);
            let several = found.iter().any(|one| one.study != found[0].study);
            if several {
                *deviation = moment(&found, assumption(found[0].target.scale.assumption)?);
            }
        }
        Ok(next)
    }

    /// The deviation that a target's residual takes.
    pub(super) fn of(&self, target: &Target) -> f64 {
        self.deviations.get(&target.scale.key).copied().unwrap_or(0.0)
    }

    /// All of them by quantity.
    pub(crate) fn by_quantity(&self) -> &BTreeMap<String, f64> {
        &self.deviations
    }
}

fn found<'a>(group: &'a Group, simulated: &[Vec<f64>], key: &str) -> Vec<Found<'a>> {
    let mut found = Vec::new();
    for (study, (targets, answers)) in group.targets.iter().zip(simulated).enumerate() {
        let numbers = targets.iter().filter(|target| target.is_number() && target.scale.key == key);
        found.extend(numbers.map(|target| Found { study, target, simulated: answers[target.endpoint] }));
    }
    found
}

/// Halvings of the bounds: well below anything that matters.
const HALVINGS: usize = 40;

/// The deviation at which squared residuals are 1 in the mean; they fall as it rises.
fn moment(found: &[Found], bounds: &Prior) -> f64 {
    let mean = |between: f64| {
        let squares = found.iter().map(|one| one.target.residual(one.simulated, between).powi(2));
        squares.sum::<f64>() / found.len() as f64
    };
    let (mut low, mut high) = (bounds.low, bounds.high);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if mean(middle) > 1.0 { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}
