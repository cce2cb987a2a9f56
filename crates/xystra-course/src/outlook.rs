//! What was observed, beside what happens without treatment. No forecast: this crate has no model of tissue.
//!
//! The published course is shown relative to this client's own start: the published share of what was wrong at the
//! beginning, applied to what was wrong with this client. As published, a group that began at 6.4 would lie above a
//! client who began at 4 whatever either did, so that every client who came early would look helped. The scaling is ours;
//! [`Natural::derived`] says so, and [`Natural::published`] keeps the numbers as they were read.

pub mod asked;
pub mod case;
pub mod choices;
mod compute;
mod foretold;
mod natural;
pub mod score;
mod sentence;
mod spoken;
mod what_if;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use xystra_care::Record;
use xystra_care::entry::hours_between;
use xystra_care::outcome::{ImportantChange, Series, series};
use xystra_catalog::condition::{Condition, NaturalCourse};
use xystra_catalog::measure::Measure;
use xystra_catalog::{Catalog, Status};

pub use asked::{Asked, ask};
pub use compute::{Depth, KeptClients, Made, compute};
pub use foretold::Foretold;
pub use natural::Natural;
pub use score::{Scored, Scores, Summary};
pub use spoken::{Spoken, ahead_h, spoken, verdict_words};
pub use what_if::{Thought, what_if};

/// Fewer observations than this say nothing (ours): only the points are shown.
pub const MIN_OBSERVATIONS: usize = 3;

/// The observed course of one measure, and the natural course beside it.
#[derive(Debug, Clone)]
pub struct Outlook {
    /// The measure.
    pub measure: &'static Measure,
    /// What it is called in this condition, side included.
    pub label: String,
    /// Unit of every value here.
    pub unit: String,
    /// Mean of what was measured before the first session; else the first value.
    pub baseline: f64,
    /// What was measured, oldest first; at least one.
    pub points: Vec<Observed>,
    /// The published course that fits this client, when there are observations enough to set beside it.
    pub natural: Option<Natural>,
    /// The change that counts to a person.
    pub important: Option<ImportantChange>,
    /// The value from which the change counts.
    pub counts_from: Option<f64>,
    /// What a client may read: what changed, and what can be said about the treatment's part.
    pub sentence: String,
    /// How many observations it rests on.
    pub observations: usize,
    /// Is anything known about this condition without treatment?
    pub known: bool,
    /// What the catalog says about that.
    pub says: String,
    /// Where that comes from.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}

/// One observation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observed {
    /// When.
    pub at: Timestamp,
    /// Weeks since the first observation of this measure.
    pub weeks: f64,
    /// In the measure's unit.
    pub value: f64,
}

impl Outlook {
    /// Too few observations to say anything?
    pub fn too_few(&self) -> bool {
        self.observations < MIN_OBSERVATIONS
    }

    /// Change since the baseline in the measure's unit, negative when the value fell.
    pub fn change(&self) -> f64 {
        self.points.last().map_or(0.0, |last| last.value - self.baseline)
    }
}

/// The outlook on the main measure: the first of the condition's measures that has a value.
pub fn outlook(record: &Record, catalog: &'static Catalog, zone: &TimeZone) -> Option<Outlook> {
    outlooks(record, catalog, zone).into_iter().next()
}

/// The name of a series in a case and in an address: "nprs", "ankle-dorsiflexion.left".
pub fn key(series: &Series<'_>) -> String {
    match series.side {
        Some(side) => format!("{}.{}", series.measure.id, side.word()),
        None => series.measure.id.clone(),
    }
}

/// One outlook for each measure with a value, in the condition's order, and each side that the complaint is on;
/// `zone` dates the first observation.
pub fn outlooks(record: &Record, catalog: &'static Catalog, zone: &TimeZone) -> Vec<Outlook> {
    let Some(condition) = catalog.condition(&record.intake.body.condition) else { return Vec::new() };
    let all = series(record, Some(condition)).into_iter();
    let concerned = all.filter(|one| one.concerns(record.intake.body.side));
    concerned.map(|one| of_series(&one, record, condition, zone)).collect()
}

fn of_series(series: &Series<'_>, record: &Record, condition: &Condition, zone: &TimeZone) -> Outlook {
    let points = observed(series);
    let onset_weeks = points.first().and_then(|first| weeks_since_onset(record, first.at, zone));
    let course = &condition.natural_course;
    let mut outlook = without_comparison(series, points, course);
    if !outlook.too_few() {
        outlook.natural = natural::fitting(course, series, onset_weeks);
    }
    outlook.sentence = sentence::of(&outlook);
    outlook
}

fn without_comparison(series: &Series<'_>, points: Vec<Observed>, course: &NaturalCourse) -> Outlook {
    Outlook {
        measure: series.measure,
        label: series.label.clone(),
        unit: series.measure.unit.clone(),
        baseline: series.baseline,
        observations: points.len(),
        points,
        natural: None,
        important: series.important.clone(),
        counts_from: series.counts_from(),
        sentence: String::new(),
        known: course.known,
        says: course.says.clone(),
        source: course.source.clone(),
        status: course.status,
    }
}

fn observed(series: &Series<'_>) -> Vec<Observed> {
    let Some(first) = series.points.first().map(|entry| entry.happened_at) else { return Vec::new() };
    let weeks = |at| hours_between(first, at) / (7.0 * 24.0);
    series
        .points
        .iter()
        .map(|entry| Observed { at: entry.happened_at, weeks: weeks(entry.happened_at), value: entry.body.value })
        .collect()
}

fn weeks_since_onset(record: &Record, first: Timestamp, zone: &TimeZone) -> Option<f64> {
    record.intake.body.weeks_since_onset(first.to_zoned(zone.clone()).date())
}
