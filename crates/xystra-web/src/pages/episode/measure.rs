//! The measures as tiles: where each stands, its course, and how far it is from the change that counts.

use xystra_care::Record;
use xystra_care::entry::hours_between;
use xystra_care::intake::ComplaintSide;
use xystra_care::outcome::{Series, series};
use xystra_catalog::catalog;
use xystra_catalog::measure::Kind;

use super::outlook::key;
use crate::auth::Visitor;
use crate::chart::{Spark, spark};
use crate::show::{number, signed};

/// One tile.
pub(super) struct Tile {
    pub(super) label: String,
    pub(super) href: String,
    pub(super) value: String,
    pub(super) unit: String,
    /// The sparkline as SVG.
    pub(super) spark: String,
    /// "−1.7"; empty while there is one value only.
    pub(super) change: String,
    /// What the change means.
    pub(super) words: String,
    pub(super) warnings: Vec<&'static str>,
    /// Values, oldest first, with their day.
    pub(super) values: Vec<(String, String)>,
}

/// Every followed measure, in the condition's order.
pub(super) fn tiles(visitor: &Visitor, record: &Record) -> Vec<Tile> {
    let all = series(record, catalog().condition(&record.intake.body.condition));
    all.iter().map(|one| tile(visitor, record, one)).collect()
}

fn tile(visitor: &Visitor, record: &Record, series: &Series<'_>) -> Tile {
    let values = series.points.iter().map(|entry| (visitor.show.date(entry.happened_at), number(entry.body.value, 1)));
    let is_first = series.points.len() == 1;
    Tile {
        label: series.label.clone(),
        href: format!("/episodes/{}?measure={}#outlook", record.episode, key(series)),
        value: number(series.latest, 1),
        unit: unit(series),
        spark: spark(&drawn(series)),
        change: if is_first { String::new() } else { signed(series.latest - series.baseline, 1) },
        words: if is_first { first_value(series) } else { since_baseline(series, record.intake.body.side) },
        warnings: series.warnings.clone(),
        values: values.collect(),
    }
}

/// A score says of how much; everything else has its unit.
fn unit(series: &Series<'_>) -> String {
    match series.measure.kind {
        Kind::Score | Kind::Activities => format!("of {}", number(series.measure.max, 0)),
        Kind::Motion | Kind::Force | Kind::Length | Kind::Count => series.measure.unit.clone(),
    }
}

fn first_value(series: &Series<'_>) -> String {
    match &series.important {
        Some(important) => format!("first value; a change of {} counts", number(important.value, 1)),
        None => "first value; which change counts is not known".to_owned(),
    }
}

fn since_baseline(series: &Series<'_>, side: ComplaintSide) -> String {
    if !series.concerns(side) {
        return "since baseline; the other side, to compare".to_owned();
    }
    let Some(important) = &series.important else {
        return "since baseline; which change counts is not known".to_owned();
    };
    let counts = number(important.value, 1);
    match important.value - series.gain() {
        short if short <= 0.0 => format!("since baseline: the least change that counts ({counts}) is reached"),
        _ if series.gain() < 0.0 => format!("since baseline: worse; a change of {counts} counts"),
        short => format!("since baseline; {} short of the least change that counts ({counts})", number(short, 1)),
    }
}

fn drawn(series: &Series<'_>) -> Spark {
    let first = series.points.first().map(|entry| entry.happened_at);
    let weeks = |at| first.map_or(0.0, |first| hours_between(first, at) / (7.0 * 24.0));
    let values: Vec<String> = series.points.iter().map(|entry| number(entry.body.value, 1)).collect();
    Spark {
        finding: format!("{}: {}", series.label, values.join(", ")),
        points: series.points.iter().map(|entry| (weeks(entry.happened_at), entry.body.value)).collect(),
        baseline: series.baseline,
        counts: series.counts_from().map(|value| (value, format!("counts from {}", number(value, 1)))),
    }
}
