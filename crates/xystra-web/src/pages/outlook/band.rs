//! One measure with its band: the drawing, and the same as a table.

use xystra_care::Record;
use xystra_care::entry::Entry;
use xystra_care::measurement::Measurement;
use xystra_catalog::measure::Kind;
use xystra_cohort::answer::{Ahead, Band};

use super::told::{Seen, Told, WEEK_H, expected, nearest, ribbons};
use super::words;
use crate::chart::{self, Counts, Dot};
use crate::show::{Show, number};

/// A choice with its bands at some days.
pub(in crate::pages) struct Table {
    /// What the columns compare: the choice, and nothing.
    pub(in crate::pages) rows: Vec<Row>,
    /// Day and value.
    pub(in crate::pages) observed: Vec<(String, String)>,
}

/// One day of the table.
pub(in crate::pages) struct Row {
    pub(in crate::pages) day: String,
    pub(in crate::pages) middle: String,
    pub(in crate::pages) fifty: String,
    pub(in crate::pages) ninety: String,
    /// Without treatment: middle and where nine of ten lie.
    pub(in crate::pages) without: Option<[String; 2]>,
}

/// The drawing, wide and narrow, of one choice beside the client never treated.
pub(in crate::pages::outlook) fn drawing(
    told: &Told<'_>,
    seen: &Seen<'_>,
    choice: &str,
    says: &str,
    record: &Record,
    show: &Show,
) -> String {
    chart::outlook(&drawn(told, seen, choice, says, record, show))
}

/// The drawing for the client: what was measured, and the band.
pub(in crate::pages::outlook) fn plain(told: &Told<'_>, seen: &Seen<'_>, says: &str, show: &Show) -> String {
    let first = seen.said.ahead.first().map(|ahead| ahead.choice.as_str()).unwrap_or_default();
    chart::outlook(&chart::Outlook {
        finding: format!("{}. {says}", seen.series.label),
        ends: ends(seen),
        points: dots(told, seen, show),
        so_far: ribbons(&seen.said.so_far),
        ahead: chart::Ahead { label: "Likely".to_owned(), ..ahead(seen, first, told.foretold.now_h) },
        beside: chart::Ahead::default(),
        counts: None,
        sessions: (Vec::new(), Vec::new()),
        today: told.foretold.now_h / WEEK_H,
    })
}

/// The drawing of a plan that somebody thinks up, beside stopping now.
pub(in crate::pages::outlook) fn against_stopping(
    told: &Told<'_>,
    seen: &Seen<'_>,
    set: &Ahead,
    (says, sessions_h): (&str, &[f64]),
    record: &Record,
    show: &Show,
) -> String {
    let now_h = told.foretold.now_h;
    let mut drawn = drawn(told, seen, super::choices::AGAINST, says, record, show);
    drawn.beside = std::mem::replace(&mut drawn.ahead, named("what-if", &set.bands, now_h));
    drawn.sessions.1 = sessions_h.iter().map(|at_h| at_h / WEEK_H).collect();
    chart::outlook(&drawn)
}

fn drawn(told: &Told<'_>, seen: &Seen<'_>, choice: &str, says: &str, record: &Record, show: &Show) -> chart::Outlook {
    let done = record.finished_sessions();
    let week = |at| told.hours(at) / WEEK_H;
    chart::Outlook {
        finding: format!("{}. {says} The numbers are in the table below.", seen.series.label),
        ends: ends(seen),
        points: dots(told, seen, show),
        so_far: ribbons(&seen.said.so_far),
        ahead: ahead(seen, choice, told.foretold.now_h),
        beside: ahead(seen, "untreated", f64::NEG_INFINITY),
        counts: counts(seen),
        sessions: (done.iter().map(|session| week(session.body.started_at)).collect(), told.to_come(choice)),
        today: told.foretold.now_h / WEEK_H,
    }
}

/// A score is drawn on its own scale; an angle or a length over its own range.
fn ends(seen: &Seen<'_>) -> Option<(f64, f64)> {
    let measure = seen.series.measure;
    matches!(measure.kind, Kind::Score | Kind::Activities).then_some((measure.min, measure.max))
}

fn dots(told: &Told<'_>, seen: &Seen<'_>, show: &Show) -> Vec<Dot> {
    let of = |entry: &&Entry<Measurement>| Dot {
        weeks: told.hours(entry.happened_at) / WEEK_H,
        value: entry.body.value,
        title: format!("{}: {} {}", show.date(entry.happened_at), number(entry.body.value, 1), seen.unit()),
    };
    seen.series.points.iter().map(of).collect()
}

fn ahead(seen: &Seen<'_>, choice: &str, from_h: f64) -> chart::Ahead {
    seen.ahead(choice).map(|ahead| named(choice, &ahead.bands, from_h)).unwrap_or_default()
}

fn named(choice: &str, bands: &[Band], from_h: f64) -> chart::Ahead {
    let bands: Vec<Band> = bands.iter().copied().filter(|band| band.at_h >= from_h).collect();
    let end = bands.last().map(expected).unwrap_or_default();
    chart::Ahead { label: words::choice(choice).to_owned(), end, band: ribbons(&bands) }
}

/// From where the change since the first level counts.
pub(in crate::pages::outlook) fn counts_from(seen: &Seen<'_>) -> Option<f64> {
    let (first, important) = (seen.said.so_far.first()?.middle, seen.important()?);
    Some(first + important * seen.gain(0.0, 1.0))
}

fn counts(seen: &Seen<'_>) -> Option<Counts> {
    let first = format!("{} {} better than at entry,", number(seen.important()?, 1), seen.unit());
    Some(Counts { value: counts_from(seen)?, words: [first, "the least change that counts".to_owned()] })
}

/// Days of the table, at most.
const MOST_ROWS: usize = 6;

/// The same as the drawing.
pub(in crate::pages::outlook) fn table(told: &Told<'_>, seen: &Seen<'_>, choice: &str, show: &Show) -> Table {
    let bands = seen.ahead(choice).map(|ahead| ahead.bands.as_slice()).unwrap_or_default();
    let without = seen.ahead("untreated").map(|ahead| ahead.bands.as_slice()).unwrap_or_default();
    let row = |band: &Band| Row {
        day: told.day(show, band.at_h),
        middle: number(band.middle, 1),
        fifty: between(band.fifty),
        ninety: between(band.ninety),
        without: nearest(without, band.at_h).map(|band| [number(band.middle, 1), between(band.ninety)]),
    };
    Table { rows: some(bands).into_iter().map(row).collect(), observed: observed(seen, show) }
}

/// Day and value of everything that was measured.
fn observed(seen: &Seen<'_>, show: &Show) -> Vec<(String, String)> {
    let points = seen.series.points.iter();
    points.map(|entry| (show.date(entry.happened_at), number(entry.body.value, 1))).collect()
}

/// "1.5 to 4".
pub(in crate::pages::outlook) fn between([low, high]: [f64; 2]) -> String {
    format!("{} to {}", number(low, 1), number(high, 1))
}

/// A few bands, evenly apart, the first and the last among them.
fn some(bands: &[Band]) -> Vec<&Band> {
    let step = bands.len().saturating_sub(1).div_ceil(MOST_ROWS - 1).max(1);
    let last = bands.len().checked_sub(1);
    bands.iter().enumerate().filter(|(n, _)| n % step == 0 || Some(*n) == last).map(|(_, band)| band).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_few_days_and_always_the_last() {
        let band = |n: u32| Band { at_h: f64::from(n), middle: 0.0, ninety: [0.0; 2], fifty: [0.0; 2] };
        for many in [0, 1, 2, 6, 7, 57] {
            let bands: Vec<Band> = (0..many).map(band).collect();
            let some = some(&bands);
            assert!(some.len() <= MOST_ROWS + 1, "{many}: {}", some.len());
            assert_eq!(some.last().map(|band| band.at_h), bands.last().map(|band| band.at_h));
        }
    }
}
