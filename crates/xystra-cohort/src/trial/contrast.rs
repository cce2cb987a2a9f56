//! Which arms are held against which.

use xystra_tissue::study::arm::{Arm, Comparator};
use xystra_tissue::study::endpoint::{Endpoint, Kind, Of};
use xystra_tissue::study::{Look, Study};

use crate::Error;
use crate::trial::view::{self, CHANGE, PASSING, VALUE, View};

/// One arm held against another at an endpoint's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Contrast {
    /// Place of the endpoint in the study.
    pub(super) endpoint: usize,
    /// The arm.
    pub(super) arm: String,
    /// The one it is held against.
    pub(super) against: String,
}

impl Contrast {
    /// The cells that are compared, in the arm and in the one it is held against.
    pub(super) fn cells(&self, views: &[View], study: &Study) -> Result<[usize; 2], Error> {
        let endpoint = &study.endpoints[self.endpoint];
        let what = match endpoint {
            share if share.is_share() => PASSING,
            change if is_change(change) => CHANGE,
            _ => VALUE,
        };
        let cell = |arm: &str| Ok::<_, Error>(views[view::place(views, endpoint, arm, Look::Then)?].first + what);
        Ok([cell(&self.arm)?, cell(&self.against)?])
    }
}

/// The contrasts of a study: those that its endpoints name; and where an endpoint is about one arm that is treated, that arm against each other.
/// The same question asked twice is one contrast.
pub(super) fn contrasts(study: &Study) -> Vec<Contrast> {
    let mut all: Vec<Contrast> = Vec::new();
    for (place, endpoint) in study.endpoints.iter().enumerate() {
        for (arm, against) in pairs(study, endpoint) {
            let is_same = |other: &Contrast| {
                asks_the_same(&study.endpoints[other.endpoint], endpoint)
                    && other.arm == arm
                    && other.against == against
            };
            if !all.iter().any(is_same) {
                all.push(Contrast { endpoint: place, arm, against });
            }
        }
    }
    all
}

fn pairs(study: &Study, endpoint: &Endpoint) -> Vec<(String, String)> {
    let (Some(arm), true) = (endpoint.arm.as_deref(), endpoint.derive.is_none()) else { return Vec::new() };
    if let Some(against) = &endpoint.against {
        return vec![(arm.to_owned(), against.clone())];
    }
    let is_treated = |one: &&Arm| matches!(one.comparator, Comparator::Treatment | Comparator::OtherTechnique);
    let treated = study.arms.iter().filter(is_treated).any(|one| one.id == arm);
    let others = study.arms.iter().filter(|other| treated && other.id != arm);
    others.map(|other| (arm.to_owned(), other.id.clone())).collect()
}

/// Do two endpoints look at the same thing at the same time?
fn asks_the_same(one: &Endpoint, other: &Endpoint) -> bool {
    let what = |e: &Endpoint| (e.quantity.clone(), e.movement.clone(), e.is_share(), is_change(e), e.unit.clone());
    let when = |e: &Endpoint| (e.at, e.over, e.after);
    let limit = |e: &Endpoint| (e.beyond, e.below, e.above);
    what(one) == what(other) && when(one) == when(other) && limit(one) == limit(other)
}

/// Is it about changes since entry?
pub(super) fn is_change(endpoint: &Endpoint) -> bool {
    endpoint.kind == Kind::Change || endpoint.of == Of::Change
}

#[cfg(test)]
mod tests {
    use super::*;
    use xystra_tissue::study::library::study;

    #[test]
    fn one_treated_arm_is_held_against_the_others() {
        let found = contrasts(study("c13-lee-2016").unwrap());
        let named: Vec<(usize, &str, &str)> =
            found.iter().map(|one| (one.endpoint, one.arm.as_str(), one.against.as_str())).collect();
        assert_eq!(named, [(0, "graston", "exercise"), (2, "graston", "exercise")]);
    }

    #[test]
    fn named_contrasts_are_taken_once() {
        for study in xystra_tissue::study::studies() {
            let found = contrasts(study);
            for (k, one) in found.iter().enumerate() {
                assert!(one.arm != one.against && !found[..k].contains(one), "{}: {one:?}", study.about.id);
            }
        }
    }
}
