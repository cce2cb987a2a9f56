//! Hour 0 of a case, and the hour it speaks of.

use jiff::{SignedDuration, Timestamp};
use xystra_care::Record;

/// Hours of a week.
const WEEK_H: i64 = 168;

/// The first visit: the intake, or what was measured or done before it was written down.
pub(crate) fn entry(record: &Record) -> Timestamp {
    let measured = record.measurements.iter().filter(|entry| !entry.struck).map(|entry| entry.happened_at);
    let done = record.finished_sessions().into_iter().map(|session| session.body.started_at);
    measured.chain(done).fold(record.intake.happened_at, Timestamp::min)
}

/// When anything was last said that counts, or as many whole weeks later as have passed without news: a silent record is looked at
/// again once a week, and a closed one never.
pub(crate) fn as_of(record: &Record, now: Timestamp) -> Timestamp {
    let last = last_said(record);
    if record.closed().is_some() {
        return last;
    }
    let weeks = now.duration_since(last).as_hours().max(0) / WEEK_H;
    last.checked_add(SignedDuration::from_hours(weeks * WEEK_H)).unwrap_or(last)
}

/// When anything that counts was last said of the client.
pub fn last_said(record: &Record) -> Timestamp {
    news(record).fold(entry(record), Timestamp::max)
}

fn news(record: &Record) -> impl Iterator<Item = Timestamp> {
    let measured = record.measurements.iter().filter(|entry| !entry.struck).map(|entry| entry.happened_at);
    let done = record.finished_sessions().into_iter().filter_map(|session| session.body.finished_at);
    let told = record.checkins.iter().filter(|entry| !entry.struck).map(|entry| entry.body.at);
    let planned = record.plan.iter().filter(|entry| !entry.struck).map(|entry| entry.happened_at);
    measured.chain(done).chain(told).chain(planned)
}
