//! The sheet to fill in: each measure of the complaint, with what it was last time and which change counts.

use xystra_care::Record;
use xystra_care::measurement::Measurement;
use xystra_care::outcome::{Series, important_change, series};
use xystra_catalog::atlas::Side;
use xystra_catalog::condition::Condition;
use xystra_catalog::measure::{Kind, Measure};
use xystra_catalog::{Status, catalog};

use super::method::Fields;
use crate::form::Form;
use crate::show::{Show, number};

/// Measures that are taken the same way.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) title: &'static str,
    pub(super) key: &'static str,
    /// How it was measured; what the client says has no method.
    pub(super) method: Option<Fields>,
    pub(super) rows: Vec<Row>,
}

/// One measure.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) measure: &'static Measure,
    pub(super) label: String,
    pub(super) inputs: Vec<Input>,
    /// "usual 0–80 degrees (AAOS), unverified".
    pub(super) usual: Option<String>,
    /// "a change counts from 2.3 points".
    pub(super) counts: Option<String>,
    /// Where ticked sentences of a questionnaire are posted.
    pub(super) ticks: String,
    /// Where it is posted that every sentence was asked.
    pub(super) asked: String,
}

/// One value of a measure: of a side, or of one of the client's own activities.
#[derive(Debug)]
pub(super) struct Input {
    pub(super) field: String,
    pub(super) label: String,
    pub(super) side: Option<Side>,
    /// "last 6, 11 Mar".
    pub(super) last: Option<String>,
}

impl Row {
    /// Is it answered by one of the eleven numbers from 0 to 10?
    pub(super) fn is_scale(&self) -> bool {
        let whole = self.measure.step >= 1.0 || self.measure.kind == Kind::Activities;
        whole && (self.measure.min..=self.measure.max) == (0.0..=10.0)
    }
}

const SAID: &str = "said";
pub(super) const MOTION: &str = "motion";
pub(super) const OTHER: &str = "other";

/// The block that a kind of measure stands in.
pub(super) fn block_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Score | Kind::Activities => SAID,
        Kind::Motion => MOTION,
        Kind::Force | Kind::Length | Kind::Count => OTHER,
    }
}

/// The complaint's measures in the catalog's order, those measured before, and those that were added.
pub(super) fn blocks(record: &Record, form: &Form, show: &Show) -> Vec<Block> {
    let condition = record.intake.body.condition_in(catalog());
    let known = series(record, condition);
    let rows = |key: &str| {
        let wanted = measures(record, form).into_iter().filter(|measure| block_of(measure.kind) == key);
        wanted.map(|measure| row(measure, record, condition, &known, show)).collect()
    };
    let titles = [(SAID, "What the client says"), (MOTION, "Movements"), (OTHER, "Strength, pressure and size")];
    let method = |key: &str| (key != SAID).then(|| Fields::of(key));
    let blocks = titles.map(|(key, title)| Block { title, key, method: method(key), rows: rows(key) });
    blocks.into_iter().filter(|block| !block.rows.is_empty()).collect()
}

/// What to call a measure in this complaint, with its side.
pub(super) fn label(measure: &Measure, side: Option<Side>, record: &Record) -> String {
    let condition = record.intake.body.condition_in(catalog());
    let name = name(measure, condition);
    side.map_or_else(|| name.to_owned(), |side| format!("{name}, {side}"))
}

fn measures(record: &Record, form: &Form) -> Vec<&'static Measure> {
    let condition = record.intake.body.condition_in(catalog());
    let usual = condition.map(|condition| condition.measures.as_slice()).unwrap_or_default();
    let before = record.measurements.iter().filter(|entry| !entry.struck).map(|entry| entry.body.measure.as_str());
    let ids = usual.iter().map(|follow| follow.measure.as_str()).chain(before).chain(form.all("also"));
    let mut measures: Vec<&'static Measure> = Vec::new();
    for measure in ids.filter_map(|id| catalog().measure(id)) {
        if !measures.iter().any(|known| known.id == measure.id) {
            measures.push(measure);
        }
    }
    measures
}

fn row(
    measure: &'static Measure,
    record: &Record,
    condition: Option<&Condition>,
    known: &[Series<'_>],
    show: &Show,
) -> Row {
    let inputs = if measure.kind == Kind::Activities {
        activities(measure, record, show)
    } else if measure.sided {
        Side::ALL.map(|side| input(measure, Some(side), record, known, show)).into()
    } else {
        vec![input(measure, None, record, known, show)]
    };
    Row {
        label: name(measure, condition).to_owned(),
        inputs,
        usual: usual(measure),
        counts: counts(measure, condition),
        ticks: format!("ticks_{}", measure.id),
        asked: format!("asked_{}", measure.id),
        measure,
    }
}

fn name<'a>(measure: &'a Measure, condition: Option<&'a Condition>) -> &'a str {
    let follow = condition.and_then(|condition| condition.measures.iter().find(|follow| follow.measure == measure.id));
    follow.and_then(|follow| follow.label.as_deref()).unwrap_or(&measure.name)
}

fn input(measure: &Measure, side: Option<Side>, record: &Record, known: &[Series<'_>], show: &Show) -> Input {
    let series = known.iter().find(|series| series.measure.id == measure.id && series.side == side);
    let last = series.and_then(|series| Some(last(series.latest, series.latest_at()?, show)));
    let (field, label) = match side {
        Some(side) => (format!("m_{}_{side}", measure.id), side_label(side, record)),
        None => (format!("m_{}", measure.id), "Value".to_owned()),
    };
    Input { field, label, side, last }
}

/// The complaint's side is named, so that the other is not taken for it.
fn side_label(side: Side, record: &Record) -> String {
    let affected = record.intake.body.side.single() == Some(side);
    format!("{}{}", crate::show::capital(side.word()), if affected { ", affected" } else { "" })
}

fn activities(measure: &Measure, record: &Record, show: &Show) -> Vec<Input> {
    let of_measure = |taken: &Measurement| taken.measure == measure.id;
    let before = record.measurements.iter().rev().find(|entry| !entry.struck && of_measure(&entry.body));
    let last = |activity: &str| {
        let entry = before?;
        let (_, score) = entry.body.activities.iter().find(|(known, _)| known == activity)?;
        Some(last(*score, entry.happened_at, show))
    };
    let named = record.intake.body.activities.iter().enumerate();
    let input = |(n, activity): (usize, &String)| Input {
        field: format!("m_{}_{n}", measure.id),
        label: activity.clone(),
        side: None,
        last: last(activity),
    };
    named.map(input).collect()
}

fn last(value: f64, at: jiff::Timestamp, show: &Show) -> String {
    format!("last {}, {}", number(value, 1), show.short(at))
}

fn usual(measure: &Measure) -> Option<String> {
    let usual = measure.usual.first()?;
    let (low, high) = (number(usual.range.low, 1), number(usual.range.high, 1));
    let range = if low == high { low } else { format!("{low}–{high}") };
    Some(format!("usual {range} {} ({}){}", measure.unit, usual.reference, doubt(usual.status)))
}

fn counts(measure: &Measure, condition: Option<&Condition>) -> Option<String> {
    let change = important_change(measure, condition)?;
    Some(format!("a change counts from {} {}{}", number(change.value, 1), measure.unit, doubt(change.status)))
}

fn doubt(status: Status) -> &'static str {
    match status {
        Status::Verified => "",
        Status::Unverified => ", unverified",
    }
}
