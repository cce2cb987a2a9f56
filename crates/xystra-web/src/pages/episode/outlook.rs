//! The outlook, first cut: what was observed beside what happens without treatment, in one sentence and a chart.

use xystra_care::Record;
use xystra_care::entry::hours_between;
use xystra_care::outcome::{Series, series};
use xystra_catalog::measure::Kind;
use xystra_catalog::{Status, catalog};
use xystra_course::outlook::{MIN_OBSERVATIONS, Observed, Outlook, outlooks};

use crate::auth::Visitor;
use crate::chart::{Counts, Course, Dot, Natural, course};
use crate::show::{Show, capital, number};

/// What the card shows.
pub(super) struct Card {
    pub(super) label: String,
    pub(super) unit: String,
    pub(super) sentence: String,
    /// The chart, wide and narrow.
    pub(super) chart: String,
    /// "8 observations".
    pub(super) caption: String,
    /// The least change that counts, and where that comes from.
    pub(super) important: Option<Said>,
    /// What is known without treatment.
    pub(super) natural: Said,
    /// How the drawn course was derived; empty without one.
    pub(super) derived: String,
    /// Day and value.
    pub(super) observed: Vec<(String, String)>,
    /// Week and value.
    pub(super) without: Vec<(String, String)>,
    pub(super) switch: Vec<Choice>,
}

/// A statement of the catalog with its source.
pub(super) struct Said {
    pub(super) text: String,
    /// Key into the references.
    pub(super) source: String,
    /// "Ikonen 2022".
    pub(super) cite: String,
    pub(super) is_verified: bool,
}

/// A measure to look at.
pub(super) struct Choice {
    pub(super) label: String,
    pub(super) href: String,
    pub(super) is_shown: bool,
}

/// The outlook on the measure that was asked for, or on the main one.
pub(super) fn card(visitor: &Visitor, record: &Record, wanted: &str) -> Option<Card> {
    let outlooks = outlooks(record, catalog(), visitor.show.zone());
    let condition = catalog().condition(&record.intake.body.condition);
    let keys: Vec<String> = series(record, condition).iter().map(key).collect();
    let shown = keys.iter().position(|key| key == wanted).unwrap_or(0);
    let outlook = outlooks.get(shown)?;
    let choice = |(at, (outlook, key)): (usize, (&Outlook, &String))| Choice {
        label: outlook.label.clone(),
        href: format!("/episodes/{}?measure={key}#outlook", record.episode),
        is_shown: at == shown,
    };
    let switch: Vec<Choice> = outlooks.iter().zip(&keys).enumerate().map(choice).collect();
    Some(Card { switch: if switch.len() > 1 { switch } else { Vec::new() }, ..of(visitor, record, outlook) })
}

/// What is said when nothing was measured yet.
pub(super) fn nothing(record: &Record) -> String {
    let condition = catalog().condition(&record.intake.body.condition);
    let known = condition.map(|condition| condition.natural_course.says.as_str()).unwrap_or_default();
    format!("Nothing was measured yet, so there is nothing to compare. {known}").trim().to_owned()
}

/// The name of a series in an address: "nprs", "ankle-dorsiflexion.left".
pub(super) fn key(series: &Series<'_>) -> String {
    match series.side {
        Some(side) => format!("{}.{}", series.measure.id, side.word()),
        None => series.measure.id.clone(),
    }
}

fn of(visitor: &Visitor, record: &Record, outlook: &Outlook) -> Card {
    let show = &visitor.show;
    let value = |value: f64| number(value, 1);
    let without = outlook.natural.iter().flat_map(|natural| &natural.points);
    Card {
        label: outlook.label.clone(),
        unit: outlook.unit.clone(),
        sentence: outlook.sentence.clone(),
        chart: course(&drawn(visitor, record, outlook)),
        caption: caption(outlook),
        important: outlook.important.as_ref().map(|important| {
            said(&format!("{} {}", value(important.value), outlook.unit), &important.source, important.status)
        }),
        natural: natural_words(outlook),
        derived: outlook.natural.as_ref().map(|natural| natural.derived.clone()).unwrap_or_default(),
        observed: outlook.points.iter().map(|point| (show.date(point.at), value(point.value))).collect(),
        without: without.map(|point| (number(point.weeks, 1), value(point.value))).collect(),
        switch: Vec::new(),
    }
}

fn caption(outlook: &Outlook) -> String {
    let many = outlook.observations;
    let observations = if many == 1 { "1 observation".to_owned() } else { format!("{many} observations") };
    if outlook.too_few() {
        return format!("{observations}; nothing is said from fewer than {MIN_OBSERVATIONS}.");
    }
    format!("{observations} of this client. Nothing here is a forecast.")
}

/// The published course with its group, or what the catalog says where none is drawn.
fn natural_words(outlook: &Outlook) -> Said {
    match &outlook.natural {
        Some(natural) => {
            let text = format!("{}: people {}.", capital(natural.arm_words), natural.who);
            said(&text, &natural.source, natural.status)
        }
        None => said(&outlook.says, &outlook.source, outlook.status),
    }
}

fn said(text: &str, source: &str, status: Status) -> Said {
    let cite = catalog().source(source).map_or_else(|| source.to_owned(), xystra_catalog::Source::short);
    Said { text: text.to_owned(), source: source.to_owned(), cite, is_verified: status == Status::Verified }
}

fn drawn(visitor: &Visitor, record: &Record, outlook: &Outlook) -> Course {
    let first = outlook.points.first().map_or(visitor.now, |point| point.at);
    let weeks = |at| hours_between(first, at) / (7.0 * 24.0);
    let is_score = matches!(outlook.measure.kind, Kind::Score | Kind::Activities);
    Course {
        finding: format!("{}. {} The numbers are in the table below.", outlook.label, outlook.sentence),
        floor: is_score.then_some(outlook.measure.min),
        points: outlook.points.iter().map(|point| dot(&visitor.show, outlook, point)).collect(),
        natural: outlook.natural.as_ref().map(|natural| Natural {
            points: natural.points.iter().map(|point| (point.weeks, point.value)).collect(),
            label: capital(natural.arm_words),
        }),
        counts: counts(outlook),
        sessions: record.finished_sessions().iter().map(|session| weeks(session.body.started_at)).collect(),
        today: weeks(visitor.now),
    }
}

fn dot(show: &Show, outlook: &Outlook, point: &Observed) -> Dot {
    let title = format!("{}: {} {}", show.date(point.at), number(point.value, 1), outlook.unit);
    Dot { weeks: point.weeks, value: point.value, title }
}

fn counts(outlook: &Outlook) -> Option<Counts> {
    let important = outlook.important.as_ref()?;
    let first = format!("{} {} better than baseline,", number(important.value, 1), outlook.unit);
    Some(Counts { value: outlook.counts_from?, words: [first, "the least change that counts".to_owned()] })
}
