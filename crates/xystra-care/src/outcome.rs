//! How the client is doing: each followed measure as a series against the change that counts.

use std::collections::BTreeMap;

use jiff::Timestamp;
use xystra_catalog::Status;
use xystra_catalog::atlas::Side;
use xystra_catalog::condition::Condition;
use xystra_catalog::measure::Measure;

use crate::Record;
use crate::entry::Entry;
use crate::intake::ComplaintSide;
use crate::measurement::Measurement;

/// One measure of one side, in order of time. It has at least one point.
#[derive(Debug, Clone)]
pub struct Series<'a> {
    /// The catalog's measure.
    pub measure: &'static Measure,
    /// What to call it in this condition, side included.
    pub label: String,
    /// The side, for a measure that has one.
    pub side: Option<Side>,
    /// Every value, oldest first.
    pub points: Vec<&'a Entry<Measurement>>,
    /// Mean of what was measured before the first session; else the first value.
    pub baseline: f64,
    /// How many values the baseline is the mean of.
    pub baseline_count: usize,
    /// The last value.
    pub latest: f64,
    /// The change that counts, in the measure's unit, if one is known.
    pub important: Option<ImportantChange>,
    /// Why the values may not be comparable.
    pub warnings: Vec<&'static str>,
}

/// The change that counts to a person.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportantChange {
    /// In the measure's unit.
    pub value: f64,
    /// Key into the references.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}

impl Series<'_> {
    /// Change since the baseline, positive when it is an improvement.
    pub fn gain(&self) -> f64 {
        self.measure.better.gain(self.baseline, self.latest)
    }

    /// The gain in units of the change that counts.
    pub fn gain_in_changes(&self) -> Option<f64> {
        self.important.as_ref().map(|important| self.gain() / important.value)
    }

    /// The value from which the change counts.
    pub fn counts_from(&self) -> Option<f64> {
        let value = self.important.as_ref()?.value;
        Some(self.baseline + self.measure.better.gain(0.0, value))
    }

    /// Does it speak of the complaint? The sound side of a one-sided complaint is only there to compare.
    pub fn concerns(&self, complaint: ComplaintSide) -> bool {
        match (self.side, complaint.single()) {
            (Some(side), Some(complaint)) => side == complaint,
            _ => true,
        }
    }

    /// When the last value was taken.
    pub fn latest_at(&self) -> Option<Timestamp> {
        self.points.last().map(|entry| entry.happened_at)
    }
}

/// Place in the condition's list, measure, side.
type Key<'a> = (usize, &'a str, Option<Side>);

/// The series of a record: the condition's measures in the catalog's order, then any others.
pub fn series<'a>(record: &'a Record, condition: Option<&Condition>) -> Vec<Series<'a>> {
    let mut grouped: BTreeMap<Key<'_>, Vec<&Entry<Measurement>>> = BTreeMap::new();
    for entry in record.measurements.iter().filter(|entry| !entry.struck) {
        let place = place_of(&entry.body.measure, condition);
        grouped.entry((place, &entry.body.measure, entry.body.side)).or_default().push(entry);
    }
    let first_session = record.finished_sessions().first().map(|session| session.body.started_at);
    grouped
        .into_iter()
        .filter_map(|((_, id, side), points)| one_series(id, side, points, condition, first_session))
        .collect()
}

fn place_of(measure: &str, condition: Option<&Condition>) -> usize {
    let followed = condition.map(|condition| condition.measures.as_slice()).unwrap_or_default();
    followed.iter().position(|follow| follow.measure == measure).unwrap_or(followed.len())
}

fn one_series<'a>(
    id: &str,
    side: Option<Side>,
    mut points: Vec<&'a Entry<Measurement>>,
    condition: Option<&Condition>,
    first_session: Option<Timestamp>,
) -> Option<Series<'a>> {
    let measure = xystra_catalog::catalog().measure(id)?;
    points.sort_by_key(|entry| entry.happened_at);
    let before: Vec<f64> = points
        .iter()
        .filter(|entry| first_session.is_none_or(|first| entry.happened_at <= first))
        .map(|entry| entry.body.value)
        .collect();
    let first = points.first()?;
    let (baseline, baseline_count) = match before.len() {
        0 => (first.body.value, 1),
        _ if first_session.is_none() => (first.body.value, 1),
        count => (before.iter().sum::<f64>() / count as f64, count),
    };
    Some(Series {
        label: label_of(measure, side, condition),
        important: important_change(measure, condition),
        warnings: warnings(&points),
        latest: points.last()?.body.value,
        measure,
        side,
        points,
        baseline,
        baseline_count,
    })
}

fn label_of(measure: &Measure, side: Option<Side>, condition: Option<&Condition>) -> String {
    let follow = condition.and_then(|condition| condition.measures.iter().find(|follow| follow.measure == measure.id));
    let name = follow.and_then(|follow| follow.label.as_deref()).unwrap_or(&measure.name);
    match side {
        Some(Side::Left) => format!("{name}, left"),
        Some(Side::Right) => format!("{name}, right"),
        None => name.to_owned(),
    }
}

/// The condition's own value first, then the measure's first.
pub fn important_change(measure: &Measure, condition: Option<&Condition>) -> Option<ImportantChange> {
    let follow = condition.and_then(|condition| condition.measures.iter().find(|follow| follow.measure == measure.id));
    let own = follow.and_then(|follow| {
        Some(ImportantChange { value: follow.change?, source: follow.source.clone()?, status: follow.status? })
    });
    own.or_else(|| {
        let change = measure.change.first()?;
        Some(ImportantChange { value: change.value, source: change.source.clone(), status: change.status })
    })
}

fn warnings(points: &[&Entry<Measurement>]) -> Vec<&'static str> {
    let mut warnings: Vec<_> =
        points.windows(2).filter_map(|pair| pair[0].body.method.differs(&pair[1].body.method)).collect();
    warnings.sort_unstable();
    warnings.dedup();
    warnings
}
