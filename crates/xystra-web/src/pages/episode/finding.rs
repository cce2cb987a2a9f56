//! Findings: the body map, and the same as a table.

use xystra_care::Record;
use xystra_care::entry::Entry;
use xystra_care::finding::{Finding, label};

use crate::bodymap;
use crate::pages::findings::words;
use crate::show::{Show, capital};

/// One line of the table; its place is its number on the map.
pub(super) struct Row {
    pub(super) region: String,
    /// "Tender, deep fascia".
    pub(super) what: String,
    /// "2 of 3".
    pub(super) severity: String,
    pub(super) how: String,
    pub(super) remark: String,
}

/// The map: findings hatched and numbered, what was treated last solid.
pub(super) fn map(record: &Record) -> String {
    bodymap::picture(&bodymap::marks(record), "Findings and treated regions")
}

/// Every finding in force, in the map's order.
pub(super) fn rows(show: &Show, record: &Record) -> Vec<Row> {
    record.current_findings().map(|entry| row(show, entry)).collect()
}

fn row(show: &Show, entry: &Entry<Finding>) -> Row {
    let finding = &entry.body;
    let depth = words::depth(finding.depth).to_lowercase();
    let kind = words::kind(finding.kind);
    let version =
        (entry.version > 1).then(|| format!(", version {} of {}", entry.version, show.short(entry.recorded_at)));
    Row {
        region: capital(&label(&finding.region)),
        what: if depth.is_empty() { kind.to_owned() } else { format!("{kind}, {depth}") },
        severity: format!("{} of 3", finding.severity),
        how: format!("{}{}", words::how(finding.how), version.unwrap_or_default()),
        remark: finding.remark.clone(),
    }
}
