//! What a clinician sees at the start of the day: who is due, who may be treated, and what is next.

mod checkin;
mod due;
mod next;
mod window;

use jiff::Timestamp;
use xystra_care::Record;
use xystra_care::entry::hours_between;
use xystra_care::facts::Facts;
use xystra_catalog::Catalog;
use xystra_catalog::advice::Rule;

use crate::proposal::propose;

pub use checkin::{CheckinDue, checkins_due};
pub use due::{Due, due};
pub use next::{NextStep, next_step};
pub use window::{Window, window};

/// One client on the day's list.
#[derive(Debug, Clone, PartialEq)]
pub struct Visit {
    /// The booked time, if it is still to come; else now.
    pub at: Timestamp,
    /// The time that was booked, past or to come.
    pub booked: Option<Timestamp>,
    /// How the client stands at that time.
    pub due: Due,
    /// When the last session was finished.
    pub last_session_at: Option<Timestamp>,
    /// Hours since the last session at that time; `None` before the first.
    pub hours_since_last: Option<f64>,
    /// When the next session is usual, in hours since the last.
    pub window: Window,
    /// What to do next, now.
    pub next: NextStep,
}

/// Something that waits for a decision.
#[derive(Debug, Clone, PartialEq)]
pub struct ToDecide {
    /// The rule that asks.
    pub rule: &'static Rule,
    /// What it says.
    pub sentence: String,
}

/// How the record stands for a visit. `facts` are those of `now`.
pub fn visit(
    record: &Record,
    facts: &Facts,
    catalog: &'static Catalog,
    now: Timestamp,
    appointment: Option<Timestamp>,
) -> Visit {
    let at = appointment.map_or(now, |booked| booked.max(now));
    Visit {
        at,
        booked: appointment,
        due: due(record, facts, catalog, at),
        last_session_at: record.last_session_at(),
        hours_since_last: record.last_session_at().map(|last| hours_between(last, at)),
        window: window(record, catalog),
        next: next_step(record, facts, catalog, now),
    }
}

/// What waits for a decision: every rule behind the proposal.
pub fn decisions(record: &Record, facts: &Facts, catalog: &'static Catalog) -> Vec<ToDecide> {
    let rules = propose(record, facts, catalog).map(|proposal| proposal.rules()).unwrap_or_default();
    rules.into_iter().map(|rule| ToDecide { rule, sentence: rule.says.clone() }).collect()
}

impl Visit {
    /// Key to sort the day by: booked visits by their time, then the others, those that waited longest first.
    pub fn order(&self) -> (bool, Timestamp, Option<Timestamp>) {
        (self.booked.is_none(), self.booked.unwrap_or(self.at), self.last_session_at)
    }
}
