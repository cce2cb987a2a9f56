//! The one thing to do next.

use jiff::Timestamp;
use xystra_care::Record;
use xystra_care::entry::Entry;
use xystra_care::facts::Facts;
use xystra_care::plan::Plan;
use xystra_catalog::Catalog;
use xystra_catalog::advice::{Action, Context, Rule};

use super::checkin::checkins_due;
use super::due::{Due, due};
use crate::proposal::waiting;

/// What to do next: the button on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// Ask for consent.
    Consent,
    /// Screen, or look at what forbids treatment.
    Screening,
    /// Chart the findings.
    Findings,
    /// Make a plan.
    Plan,
    /// Start a session.
    StartSession,
    /// Go on with the session that is open.
    ContinueSession,
    /// Look at the skin, or ask.
    CheckSkin,
    /// Measure again.
    Reassess,
    /// End the episode.
    Discharge,
    /// Nothing.
    Closed,
}

impl NextStep {
    /// A verb for a button.
    pub fn word(self) -> &'static str {
        match self {
            Self::Consent => "Record consent",
            Self::Screening => "Open screening",
            Self::Findings => "Chart findings",
            Self::Plan => "Make a plan",
            Self::StartSession => "Start session",
            Self::ContinueSession => "Continue session",
            Self::CheckSkin => "Check skin",
            Self::Reassess => "Measure again",
            Self::Discharge => "Discharge",
            Self::Closed => "Closed",
        }
    }
}

/// What to do next at `now`.
pub fn next_step(record: &Record, facts: &Facts, catalog: &'static Catalog, now: Timestamp) -> NextStep {
    match due(record, facts, catalog, now) {
        Due::Closed => NextStep::Closed,
        Due::UnderWay => NextStep::ContinueSession,
        Due::NoConsent => NextStep::Consent,
        Due::ScreeningOpen { .. } | Due::DoNotTreat { .. } => NextStep::Screening,
        Due::NoPlan if record.current_findings().next().is_none() => NextStep::Findings,
        Due::NoPlan => NextStep::Plan,
        Due::Hold { rule: Some(rule), .. } if rule.action == Action::StopAndRefer => NextStep::Discharge,
        Due::Hold { .. } => NextStep::CheckSkin,
        Due::TooEarly { .. } if !checkins_due(record, now).is_empty() => NextStep::CheckSkin,
        Due::TooEarly { .. } | Due::Precaution { .. } | Due::Late | Due::Clear => in_course(record, facts, catalog),
    }
}

/// Goes on with the course, unless it is time to measure or to end.
fn in_course(record: &Record, facts: &Facts, catalog: &'static Catalog) -> NextStep {
    let rules = waiting(record, facts, catalog);
    let measure_now = |rule: &&Rule| rule.action == Action::Reassess && rule.context == Context::Before;
    if rules.iter().any(|rule| rule.action == Action::PlanDischarge) {
        NextStep::Discharge
    } else if rules.iter().any(measure_now) {
        NextStep::Reassess
    } else if record.plan().is_ok_and(|plan| is_done(record, plan)) {
        if is_measured(record) { NextStep::Discharge } else { NextStep::Reassess }
    } else {
        NextStep::StartSession
    }
}

fn is_done(record: &Record, plan: &Entry<Plan>) -> bool {
    record.finished_sessions().len() >= plan.body.sessions() as usize
}

/// Was anything measured after the last session began?
fn is_measured(record: &Record) -> bool {
    let last = record.finished_sessions().last().map(|session| session.body.started_at);
    record.measurements.iter().any(|entry| !entry.struck && last.is_none_or(|last| entry.happened_at >= last))
}
