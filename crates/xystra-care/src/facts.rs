//! The facts that advice is asked about. A fact that is not known is left out.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use xystra_catalog::Catalog;
use xystra_catalog::advice::Value;

use crate::Record;
use crate::entry::hours_between;
use crate::intake::{ComplaintSide, Goal};
use crate::outcome::{Series, series};
use crate::response::SKINS;

/// Facts by key; the keys that rules may use are in [`KEYS`], besides `answer.ITEM`.
pub type Facts = BTreeMap<String, Value>;

/// Every fact with what it means and its unit.
pub const KEYS: &[(&str, &str)] = &[
    ("answer.*", "a screening answer was yes"),
    ("clearance-days-left", "days until the clearance expires"),
    ("condition", "id of the condition"),
    ("discomfort-now", "worst discomfort of the session that is going on, 0-10"),
    (
        "gain-in-changes",
        "largest improvement of any followed measure of the complaint's side, in units of its important change",
    ),
    ("goal-met", "every goal with a target has been reached"),
    ("grade-last", "reaction grade of the last session, 0-5"),
    ("grades-last-3", "reaction grades of the last three sessions, oldest first"),
    ("hours-since-injury", "hours since the end of the day of the injury"),
    ("hours-since-last-session", "hours since the last session was finished"),
    ("plan-gap-hours", "hours the plan leaves between sessions"),
    ("plan-sessions-per-week", "sessions a week in the plan"),
    ("sessions-done", "sessions finished"),
    ("sessions-until-reassess", "sessions left until the plan asks to measure again"),
    (
        "skin-latest",
        "skin as last seen: 0 none, 1 redness, 2 few petechiae, 3 many, 4 bruise, 5 painful bruise, 6 broken",
    ),
    ("soreness-latest", "soreness as last told, 0-10"),
];

/// Gathers what is known at `now`; `zone` turns the day of the injury into an instant.
pub fn facts(record: &Record, catalog: &'static Catalog, zone: &TimeZone, now: Timestamp) -> Facts {
    let mut facts = Facts::new();
    let mut know = |key: &str, value: Option<Value>| {
        facts.extend(value.map(|value| (key.to_owned(), value)));
    };
    know("condition", Some(Value::Word(record.intake.body.condition.clone())));
    know("hours-since-injury", hours_since_injury(record, zone, now).map(Value::Number));
    know("clearance-days-left", clearance_days(record, catalog, now).map(Value::Number));
    know("hours-since-last-session", record.last_session_at().map(|at| Value::Number(hours_between(at, now))));
    know("discomfort-now", discomfort_now(record).map(number));
    know(
        "skin-latest",
        record.latest_skin().and_then(|skin| SKINS.iter().position(|s| *s == skin)).map(|n| Value::Number(n as f64)),
    );
    know("soreness-latest", record.latest_soreness().map(number));
    let sessions = record.finished_sessions();
    know("sessions-done", Some(Value::Number(sessions.len() as f64)));
    let last_three = &sessions[sessions.len().saturating_sub(3)..];
    let grades: Vec<f64> =
        last_three.iter().map(|s| record.grade_of(s).map_or(f64::NAN, |grade| f64::from(grade.value))).collect();
    know("grade-last", grades.last().filter(|grade| grade.is_finite()).map(|grade| Value::Number(*grade)));
    know("grades-last-3", (!grades.is_empty()).then_some(Value::Numbers(grades)));
    if let Some(plan) = record.plan.as_ref().filter(|plan| !plan.struck) {
        know("plan-gap-hours", Some(Value::Number(f64::from(plan.body.draft().gap_hours))));
        know("plan-sessions-per-week", Some(number(plan.body.draft().sessions_per_week)));
        know("sessions-until-reassess", Some(Value::Number(until_reassess(record, plan.body.draft().reassess_after))));
    }
    let series = series(record, catalog.condition(&record.intake.body.condition));
    know("gain-in-changes", largest_gain(&series, record).map(Value::Number));
    know("goal-met", goal_met(&series, record).map(Value::Flag));
    for (item, answer) in
        record.screening.iter().filter(|screening| !screening.struck).flat_map(|screening| &screening.body.answers)
    {
        know(&format!("answer.{item}"), Some(Value::Flag(answer.yes)));
    }
    facts
}

fn number(value: u8) -> Value {
    Value::Number(f64::from(value))
}

/// Counted from the end of the day, since only the day is known: so the first 72 h are never cut short.
fn hours_since_injury(record: &Record, zone: &TimeZone, now: Timestamp) -> Option<f64> {
    let after = record.intake.body.since?.tomorrow().ok()?;
    let end = after.to_zoned(zone.clone()).ok()?.timestamp();
    Some(hours_between(end, now).max(0.0))
}

fn clearance_days(record: &Record, catalog: &'static Catalog, now: Timestamp) -> Option<f64> {
    let clearance = record.clearance(catalog, now).ok()?;
    Some(hours_between(now, clearance.expires_at()) / 24.0)
}

fn discomfort_now(record: &Record) -> Option<u8> {
    record.open_session().and_then(|session| session.body.discomfort)
}

fn until_reassess(record: &Record, after: u8) -> f64 {
    let measured = record.measurements.iter().filter(|entry| !entry.struck).map(|entry| entry.happened_at).max();
    let sessions = record.finished_sessions();
    let since = sessions.iter().filter(|session| measured.is_none_or(|at| session.body.started_at >= at)).count();
    f64::from(after) - since as f64
}

/// Only measures taken again after the first session say anything about change.
fn largest_gain(series: &[Series<'_>], record: &Record) -> Option<f64> {
    let sessions = record.finished_sessions();
    let first = sessions.first()?.body.started_at;
    let side = record.intake.body.side;
    let again = series.iter().filter(|one| one.concerns(side) && one.latest_at().is_some_and(|at| at > first));
    again.filter_map(Series::gain_in_changes).max_by(f64::total_cmp)
}

/// Every goal with a target, in three-valued logic: one that was missed decides, one that was not measured leaves it open.
fn goal_met(series: &[Series<'_>], record: &Record) -> Option<bool> {
    let goals = record.intake.body.goals.iter().filter(|goal| goal.target.is_some());
    let met: Vec<Option<bool>> = goals.map(|goal| is_met(goal, series, record.intake.body.side)).collect();
    match met.as_slice() {
        [] => None,
        met if met.contains(&Some(false)) => Some(false),
        met if met.contains(&None) => None,
        _ => Some(true),
    }
}

/// On the complaint's side; on both sides when it has both.
fn is_met(goal: &Goal, series: &[Series<'_>], side: ComplaintSide) -> Option<bool> {
    let target = goal.target?;
    let of_goal = |one: &&Series<'_>| Some(&one.measure.id) == goal.measure.as_ref() && one.concerns(side);
    let reached = series.iter().filter(of_goal).map(|one| one.measure.better.gain(target, one.latest) >= 0.0);
    reached.reduce(|all, met| all && met)
}
