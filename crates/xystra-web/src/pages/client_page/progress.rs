//! How it is going: each measure from the first value to the latest, in a sentence that promises nothing.

use jiff::Timestamp;
use xystra_care::Record;
use xystra_catalog::catalog;
use xystra_catalog::measure::Kind;
use xystra_course::outlook::{Outlook, outlooks};

use crate::chart::{Course, Dot, Natural, course};
use crate::show::{Show, capital, number};

/// Everything about it.
#[derive(Default)]
pub(in crate::pages) struct Progress {
    pub(super) lines: Vec<Line>,
    pub(super) chart: Option<Chart>,
    /// What can be said of the treatment's part in it.
    pub(super) part: String,
}

/// One measure.
pub(super) struct Line {
    pub(super) label: String,
    /// "7".
    pub(super) first: String,
    /// "4 of 10", "62 degrees".
    pub(super) latest: String,
    /// What the change means; its class and icon say no more than the words.
    pub(super) words: String,
    pub(super) icon: &'static str,
    pub(super) is_first: bool,
}

/// The main measure, drawn.
pub(super) struct Chart {
    pub(super) label: String,
    /// The drawing, wide and narrow.
    pub(super) svg: String,
    pub(super) unit: String,
    /// Day and value.
    pub(super) observed: Vec<(String, String)>,
    /// Week and value.
    pub(super) without: Vec<(String, String)>,
    /// Whose course is drawn beside it; empty for none.
    pub(super) whose: String,
}

/// How this record is going.
pub(super) fn progress(record: &Record, show: &Show, now: Timestamp) -> Progress {
    let outlooks = outlooks(record, catalog(), show.zone());
    let drawn = outlooks.iter().find(|outlook| outlook.points.len() > 1);
    Progress {
        lines: outlooks.iter().map(line).collect(),
        chart: drawn.map(|outlook| chart(outlook, show, now)),
        part: part(drawn),
    }
}

fn line(outlook: &Outlook) -> Line {
    let (words, icon) = change(outlook);
    Line {
        label: label(outlook),
        first: number(outlook.baseline, 1),
        latest: value(outlook, outlook.points.last().map_or(outlook.baseline, |point| point.value)),
        words,
        icon,
        is_first: outlook.points.len() == 1,
    }
}

/// The name without its scale, which stands beside the value, and without what only clinicians call it.
fn label(outlook: &Outlook) -> String {
    let name = outlook.label.strip_suffix(", 0 to 10").unwrap_or(&outlook.label);
    match (name.find(" ("), name.find(')')) {
        (Some(from), Some(to)) if from < to => format!("{}{}", &name[..from], &name[to + 1..]),
        _ => name.to_owned(),
    }
}

/// A score says of how much; everything else has its unit.
fn value(outlook: &Outlook, value: f64) -> String {
    match outlook.measure.kind {
        Kind::Score | Kind::Activities => format!("{} of {}", number(value, 1), number(outlook.measure.max, 0)),
        Kind::Motion | Kind::Force | Kind::Length | Kind::Count => format!("{} {}", number(value, 1), outlook.unit),
    }
}

/// What the change since the start means, and its arrow.
fn change(outlook: &Outlook) -> (String, &'static str) {
    if outlook.points.len() == 1 {
        return ("measured once so far".to_owned(), "ruler");
    }
    let gain = outlook.measure.better.gain(0.0, outlook.change());
    let by = number(gain.abs(), 1);
    let counts = outlook.important.as_ref().map(|important| important.value);
    match counts {
        _ if by == "0" => ("the same as at the start".to_owned(), "next"),
        Some(counts) if gain >= counts => (format!("better by {by}: a change that counts"), "check"),
        Some(counts) if gain <= -counts => (format!("worse by {by}: let us talk about it"), "warn"),
        Some(counts) if gain > 0.0 => (format!("a little better; a change of {} counts", number(counts, 1)), "next"),
        Some(counts) => (format!("a little worse; a change of {} counts", number(counts, 1)), "next"),
        None if gain > 0.0 => (format!("better by {by}; which change counts is not known"), "next"),
        None => (format!("worse by {by}; which change counts is not known"), "next"),
    }
}

/// One client's course alone never shows what the treatment added.
fn part(drawn: Option<&Outlook>) -> String {
    match drawn {
        Some(outlook) if !outlook.too_few() => outlook.sentence.clone(),
        _ => "It is too early to say anything about the treatment’s part in it.".to_owned(),
    }
}

fn chart(outlook: &Outlook, show: &Show, now: Timestamp) -> Chart {
    let first = outlook.points.first().map_or(now, |point| point.at);
    let day = |point: &xystra_course::outlook::Observed| (show.date(point.at), number(point.value, 1));
    let without = outlook.natural.iter().flat_map(|natural| &natural.points);
    let course_drawn = Course {
        finding: format!("{}: {}. The numbers are in the table below.", label(outlook), change(outlook).0),
        floor: matches!(outlook.measure.kind, Kind::Score | Kind::Activities).then_some(outlook.measure.min),
        points: outlook.points.iter().map(|point| dot(point, outlook, show)).collect(),
        natural: outlook.natural.as_ref().map(|natural| Natural {
            points: natural.points.iter().map(|point| (point.weeks, point.value)).collect(),
            label: capital(natural.arm_words),
        }),
        counts: None,
        sessions: Vec::new(),
        today: xystra_care::entry::hours_between(first, now) / (7.0 * 24.0),
    };
    Chart {
        label: label(outlook),
        svg: course(&course_drawn),
        unit: outlook.unit.clone(),
        observed: outlook.points.iter().map(day).collect(),
        without: without.map(|point| (number(point.weeks, 1), number(point.value, 1))).collect(),
        whose: outlook.natural.as_ref().map(|natural| capital(natural.arm_words)).unwrap_or_default(),
    }
}

fn dot(point: &xystra_course::outlook::Observed, outlook: &Outlook, show: &Show) -> Dot {
    Dot {
        weeks: point.weeks,
        value: point.value,
        title: format!("{}: {}", show.date(point.at), value(outlook, point.value)),
    }
}
