//! Regions to choose from: the ones of the record first, then the whole atlas.

use xystra_care::Record;
use xystra_catalog::atlas::{Cell, RegionId, Side, View, atlas};
use xystra_catalog::catalog;

use crate::show::capital;

/// A heading in a list of regions and what stands under it. No region stands under two headings.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) title: String,
    pub(super) cells: Vec<&'static Cell>,
}

/// Every region: those with findings, those usual for the complaint, then the atlas by view and side.
pub(super) fn groups(record: &Record) -> Vec<Group> {
    let found = record.current_findings().filter_map(|finding| atlas().cell(&finding.body.region)).collect();
    let mut groups = vec![
        Group { title: "With findings".to_owned(), cells: found },
        Group { title: "Usual for this complaint".to_owned(), cells: usual(record) },
    ];
    for (view, side) in View::ALL.into_iter().flat_map(|view| Side::ALL.map(|side| (view, side))) {
        let cells = atlas().cells().iter().filter(|cell| cell.view() == view && cell.side() == side).collect();
        groups.push(Group { title: format!("{} view, {side}", capital(view.word())), cells });
    }
    without_repeats(groups)
}

/// The regions where the complaint is usually charted, on its side.
pub(super) fn usual(record: &Record) -> Vec<&'static Cell> {
    let intake = &record.intake.body;
    let sites = intake.condition_in(catalog()).map(|condition| condition.regions.as_slice()).unwrap_or_default();
    let chosen = Side::ALL.into_iter().filter(|side| intake.side.single().is_none_or(|single| single == *side));
    let ids = sites.iter().flat_map(|site| chosen.clone().map(move |side| format!("{site}.{side}")));
    ids.filter_map(|id| atlas().cell(&id.parse::<RegionId>().ok()?)).collect()
}

/// The label with what the site forbids: "left shin (front view): light strokes only".
pub(super) fn option(cell: &Cell) -> String {
    let label = capital(&cell.label());
    match cell.sensitive() {
        Some(class) => format!("{label}: {}", class.word()),
        None => label,
    }
}

fn without_repeats(mut groups: Vec<Group>) -> Vec<Group> {
    let mut seen = std::collections::BTreeSet::new();
    for group in &mut groups {
        group.cells.retain(|cell| seen.insert(&cell.id));
    }
    groups.retain(|group| !group.cells.is_empty());
    groups
}

#[cfg(test)]
mod tests {
    use xystra_care::finding::Kind;
    use xystra_testkit::{RecordBuilder, SITE};

    use super::*;

    #[test]
    fn every_region_stands_once_and_findings_come_first() {
        let record = RecordBuilder::new("lateral-epicondylitis").found(SITE, Kind::Tenderness).build();
        let groups = groups(&record);
        assert_eq!(groups.iter().map(|group| group.cells.len()).sum::<usize>(), atlas().cells().len());
        assert_eq!(groups[0].cells.iter().map(|cell| cell.id.to_string()).collect::<Vec<_>>(), [SITE]);
        assert!(groups[1].cells.iter().all(|cell| cell.side() == Side::Left));
    }
}
