//! Check-ins that somebody should ask for.

use jiff::Timestamp;
use xystra_care::Record;
use xystra_care::entry::hours_between;
use xystra_care::id::ThreadId;

/// A check-in that has not come yet.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckinDue {
    /// About which session.
    pub session: ThreadId,
    /// Its number.
    pub number: u32,
    /// When it was finished.
    pub finished_at: Timestamp,
    /// Which of the two usual check-ins: 24 or 48 h after.
    pub after_hours: u8,
}

/// One of the two usual check-ins (ours).
struct Usual {
    after_hours: u8,
    /// Asked for from here on, h after the session.
    asked_h: f64,
    /// A check-in counts for it from here on, h; as long as it is asked for.
    counts_h: f64,
    /// No longer asked for, h.
    until_h: f64,
}

const USUAL: [Usual; 2] = [
    Usual { after_hours: 24, asked_h: 18.0, counts_h: 12.0, until_h: 36.0 },
    Usual { after_hours: 48, asked_h: 36.0, counts_h: 36.0, until_h: 72.0 },
];

/// The check-ins to ask for at `now`, one at most for each session.
pub fn checkins_due(record: &Record, now: Timestamp) -> Vec<CheckinDue> {
    let due = record.finished_sessions().into_iter().filter_map(|session| {
        let finished_at = session.body.finished_at?;
        let age = hours_between(finished_at, now);
        let usual = USUAL.iter().find(|usual| (usual.asked_h..usual.until_h).contains(&age))?;
        let counts = |at| (usual.counts_h..usual.until_h).contains(&hours_between(finished_at, at));
        let came = record.checkins_of(session.thread).into_iter().any(|entry| counts(entry.body.at));
        let number = session.body.number;
        (!came).then_some(CheckinDue { session: session.thread, number, finished_at, after_hours: usual.after_hours })
    });
    due.collect()
}
