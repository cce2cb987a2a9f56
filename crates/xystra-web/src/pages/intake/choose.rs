//! Choosing the complaint among those of the catalog.

use askama::Template;
use xystra_catalog::atlas::{RegionId, atlas};
use xystra_catalog::catalog;
use xystra_catalog::condition::Condition;

use super::Place;
use crate::auth::Visitor;
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "intake/choose.html")]
pub(super) struct Choose {
    frame: Frame,
    place: Place,
    find: String,
    parts: Vec<Part>,
}

/// Conditions of one part of the body.
pub(super) struct Part {
    pub(super) name: &'static str,
    pub(super) conditions: Vec<&'static Condition>,
}

/// Parts of the body, each with the atlas groups that make it up.
const PARTS: [(&str, &[&str]); 3] = [
    ("Neck and back", &["head", "neck", "upper-back", "low-back"]),
    ("Shoulder, arm and hand", &["shoulder", "upper-arm", "elbow", "forearm", "wrist-hand", "chest"]),
    ("Hip, leg and foot", &["hip", "thigh", "knee", "lower-leg", "ankle-foot"]),
];

/// Where a condition stands that has no part of its own.
const ANYWHERE: &str = "Anywhere on the body";

impl Choose {
    pub(super) fn new(visitor: &Visitor, place: Place, find: &str) -> Self {
        let matching: Vec<&'static Condition> = catalog().conditions.iter().filter(|one| matches(one, find)).collect();
        let names = PARTS.iter().map(|(name, _)| *name).chain([ANYWHERE]);
        let parts = names.map(|name| {
            let conditions = matching.iter().copied().filter(|condition| part_of(condition) == name).collect();
            Part { name, conditions }
        });
        Self {
            frame: visitor.frame(format!("New complaint of {}", place.client), Nav::Clients),
            place,
            find: find.to_owned(),
            parts: parts.filter(|part| !part.conditions.is_empty()).collect(),
        }
    }
}

/// Does every word occur in one of the condition's names?
fn matches(condition: &Condition, find: &str) -> bool {
    let names = [&condition.name, &condition.plain].into_iter().chain(&condition.also);
    let names = names.cloned().collect::<Vec<_>>().join(" ").to_lowercase();
    find.to_lowercase().split_whitespace().all(|word| names.contains(word))
}

/// The part that holds at least three quarters of the condition's regions.
fn part_of(condition: &Condition) -> &'static str {
    let regions: Vec<RegionId> =
        condition.regions.iter().filter_map(|site| format!("{site}.left").parse().ok()).collect();
    let within = |groups: &[&str], region: &RegionId| {
        groups.iter().any(|id| atlas().group(id).is_some_and(|group| group.contains(region)))
    };
    let mostly = |(_, groups): &&(&str, &[&str])| {
        let inside = regions.iter().filter(|region| within(groups, region)).count();
        !regions.is_empty() && 4 * inside >= 3 * regions.len()
    };
    PARTS.iter().find(mostly).map_or(ANYWHERE, |(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_condition_has_a_place_and_is_found_by_any_of_its_names() {
        let part = |id: &str| part_of(catalog().condition(id).expect("in the catalog"));
        assert_eq!(part("lateral-epicondylitis"), "Shoulder, arm and hand");
        assert_eq!(part("achilles-tendinitis"), "Hip, leg and foot");
        assert_eq!(part("back-pain"), "Neck and back");
        assert_eq!((part("scars"), part("other")), (ANYWHERE, ANYWHERE));
        let elbow = catalog().condition("lateral-epicondylitis").expect("in the catalog");
        assert!(matches(elbow, "Tennis") && matches(elbow, "epicondylitis lateral") && !matches(elbow, "knee"));
    }
}
