//! The body map of a record: findings hatched, treated regions solid, numbered as in the table beside it.

use std::collections::BTreeMap;

use xystra_care::Record;
use xystra_catalog::atlas::draw::{Drawing, Mark, Mode, svg};
use xystra_catalog::atlas::{RegionId, atlas};

/// What is marked: findings with their numbers, and regions treated in the last session or planned.
pub(crate) fn marks(record: &Record) -> BTreeMap<RegionId, Mark> {
    let mut marks: BTreeMap<RegionId, Mark> = BTreeMap::new();
    for (number, finding) in (1..).zip(record.current_findings()) {
        let mark = marks.entry(finding.body.region.clone()).or_default();
        mark.finding = true;
        mark.number = mark.number.or(Some(number));
    }
    let treated =
        record.finished_sessions().last().map(|session| session.body.done().map(|done| done.region.clone()).collect());
    let planned = || {
        record
            .plan
            .iter()
            .flat_map(|plan| plan.body.draft().applications.iter().map(|planned| planned.region.clone()))
            .collect()
    };
    let regions: Vec<RegionId> = treated.unwrap_or_else(planned);
    for region in regions {
        marks.entry(region).or_default().treated = true;
    }
    marks
}

/// A map that only shows.
pub(crate) fn picture(marks: &BTreeMap<RegionId, Mark>, title: &str) -> String {
    svg(atlas(), &Drawing { marks, mode: Mode::Plain, title, id_prefix: "map" })
}

/// A map whose regions lead somewhere.
pub(crate) fn links(marks: &BTreeMap<RegionId, Mark>, title: &str, href: &dyn Fn(&RegionId) -> String) -> String {
    svg(atlas(), &Drawing { marks, mode: Mode::Links(href), title, id_prefix: "map" })
}
