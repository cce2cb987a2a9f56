//! The site that is followed: which tissue and preset stand for it, and which regions belong to it (`data/cohort/sites.toml`).

use std::sync::LazyLock;

use serde::Deserialize;
use xystra_care::Record;
use xystra_care::intake::ComplaintSide;
use xystra_catalog::Catalog;
use xystra_catalog::atlas::{RegionId, atlas};
use xystra_catalog::condition::Condition;

/// Where a complaint sits.
#[derive(Debug)]
pub(crate) struct Place<'a> {
    /// A tissue of `data/tissue/presets.toml`.
    pub(crate) tissue: String,
    /// A condition of the same file.
    pub(crate) preset: String,
    record: &'a Record,
    condition: Option<&'a Condition>,
}

impl<'a> Place<'a> {
    /// The place of a record's complaint.
    pub(crate) fn of(record: &'a Record, catalog: &'a Catalog) -> Self {
        let condition = record.intake.body.condition_in(catalog);
        let site = SITES.condition.iter().find(|site| site.id == record.intake.body.condition);
        let tissue = site.and_then(|site| site.tissue.clone()).or_else(|| by_part(record, condition));
        Self {
            tissue: tissue.unwrap_or_else(|| SITES.fallback.tissue.clone()),
            preset: site.map_or_else(|| SITES.fallback.preset.clone(), |site| site.preset.clone()),
            record,
            condition,
        }
    }

    /// Does a region belong to the complaint? On its side: where the condition is usually treated, where something was found, and
    /// what the plan in force names. Everything, for a condition without usual regions.
    pub(crate) fn holds(&self, region: &RegionId) -> bool {
        on_side(self.record, region)
            && (self.is_usual(region) || is_found(self.record, region) || is_planned(self.record, region))
    }

    fn is_usual(&self, region: &RegionId) -> bool {
        let named = format!("{}.{}", region.site(), region.view().word());
        self.condition.is_none_or(|condition| condition.regions.is_empty() || condition.regions.contains(&named))
    }
}

/// What a measure shows by the file, if anything: `pain`, `threshold` or `function`.
pub(crate) fn shown_by(measure: &str) -> Option<&'static str> {
    let shows = &SITES.shows;
    let lists = [("pain", &shows.pain), ("threshold", &shows.threshold), ("function", &shows.function)];
    lists.into_iter().find(|(_, ids)| ids.iter().any(|id| id == measure)).map(|(word, _)| word)
}

fn on_side(record: &Record, region: &RegionId) -> bool {
    match record.intake.body.side {
        ComplaintSide::Both | ComplaintSide::Middle => true,
        side => side.single() == Some(region.side()),
    }
}

fn is_found(record: &Record, region: &RegionId) -> bool {
    record.current_findings().any(|finding| finding.body.region == *region)
}

fn is_planned(record: &Record, region: &RegionId) -> bool {
    planned(record).any(|planned| planned == region)
}

fn planned(record: &Record) -> impl Iterator<Item = &RegionId> {
    let plan = record.plan.iter().filter(|plan| !plan.struck);
    plan.flat_map(|plan| &plan.body.draft().applications).map(|planned| &planned.region)
}

/// By the part of the body that the plan treats, else where something was found, else where the condition usually sits.
fn by_part(record: &Record, condition: Option<&Condition>) -> Option<String> {
    let found = record.current_findings().map(|finding| &finding.body.region);
    let treated = planned(record).chain(found).map(|region| region.site().to_owned());
    let usual = condition.into_iter().flat_map(|condition| &condition.regions);
    let usual = usual.filter_map(|region| Some(region.split_once('.')?.0.to_owned()));
    let treated: Vec<String> = treated.collect();
    let sites = if treated.is_empty() { usual.collect() } else { treated };
    sites.iter().find_map(|site| tissue_of(site))
}

fn tissue_of(site: &str) -> Option<String> {
    let part = |group: &str| {
        atlas()
            .group(group)
            .is_some_and(|group| group.parts.iter().any(|part| part.sites.iter().any(|one| one == site)))
    };
    SITES.part.iter().find(|one| part(&one.group)).map(|one| one.tissue.clone())
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sites {
    fallback: Fallback,
    part: Vec<Part>,
    condition: Vec<Site>,
    shows: Shows,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fallback {
    tissue: String,
    preset: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    group: String,
    tissue: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Site {
    id: String,
    tissue: Option<String>,
    preset: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Shows {
    pain: Vec<String>,
    threshold: Vec<String>,
    function: Vec<String>,
}

static SITES: LazyLock<Sites> = LazyLock::new(|| {
    let text = include_str!("../../../../../data/cohort/sites.toml");
    toml::from_str(text).expect("data/cohort/sites.toml reads, as a test shows")
});

#[cfg(test)]
mod tests {
    use xystra_catalog::catalog;
    use xystra_tissue::library;

    use super::*;

    #[test]
    fn every_condition_of_the_catalog_has_a_place_and_every_name_is_known() {
        for condition in &catalog().conditions {
            assert!(SITES.condition.iter().any(|site| site.id == condition.id), "{}", condition.id);
        }
        for site in &SITES.condition {
            library().condition(&site.preset).unwrap();
            site.tissue.iter().for_each(|tissue| assert!(library().tissue(tissue).is_ok(), "{tissue}"));
            assert!(catalog().condition(&site.id).is_some(), "{}", site.id);
        }
        for part in &SITES.part {
            library().tissue(&part.tissue).unwrap();
            assert!(atlas().group(&part.group).is_some(), "{}", part.group);
        }
        library().values(&SITES.fallback.tissue, &SITES.fallback.preset).unwrap();
        let Shows { pain, threshold, function } = &SITES.shows;
        for measure in pain.iter().chain(threshold).chain(function) {
            assert!(catalog().measure(measure).is_some(), "{measure}");
        }
    }
}
