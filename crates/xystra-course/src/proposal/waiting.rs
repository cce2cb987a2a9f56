//! Which rules still wait for somebody to decide.

use xystra_care::Record;
use xystra_care::advice::{Advice, advise};
use xystra_care::decision::Decision;
use xystra_care::entry::Entry;
use xystra_care::facts::Facts;
use xystra_care::session::Session;
use xystra_catalog::Catalog;
use xystra_catalog::advice::{Action, Comparison, Context, Rule, Value};

/// The rules that speak before a session or about the course, less those already decided on the same evidence.
pub(crate) fn waiting(record: &Record, facts: &Facts, catalog: &'static Catalog) -> Vec<&'static Rule> {
    let advice = [Context::Before, Context::Course].into_iter().flat_map(|context| advise(facts, catalog, context));
    let speaking = advice.filter(Advice::speaks).map(|advice| advice.rule);
    speaking.filter(|rule| !is_decided(record, rule) && is_fresh(record, rule)).collect()
}

/// Accepted or declined since the last finished session.
fn is_decided(record: &Record, rule: &Rule) -> bool {
    let sessions_done = record.finished_sessions().len();
    let last = record.last_session_at();
    record.decisions.iter().filter(|entry| !entry.struck).any(|entry| match &entry.body {
        Decision::Declined { rules, sessions_done: then, .. } => rules.contains(&rule.id) && *then == sessions_done,
        Decision::Accepted { rules, .. } => {
            rules.contains(&rule.id) && last.is_none_or(|last| entry.happened_at >= last)
        }
        Decision::Chosen { .. } | Decision::Closed { .. } => false,
    })
}

/// The same bruises do not lighten the plan twice: one of them must have come under the plan in force.
fn is_fresh(record: &Record, rule: &Rule) -> bool {
    if rule.action != Action::LightenPlan {
        return true;
    }
    let limit = grade_limit(rule);
    let grades = record.finished_sessions().into_iter().filter(|session| under_plan(record, session));
    grades.filter_map(|session| record.grade_of(session)).any(|grade| f64::from(grade.value) >= limit)
}

/// The grade from which the rule counts; any grade when it counts none.
fn grade_limit(rule: &Rule) -> f64 {
    let counts = rule.when.iter().find(|test| test.is == Comparison::CountAtLeast);
    match counts.map(|test| &test.value) {
        Some(Value::Number(limit)) => *limit,
        _ => 0.0,
    }
}

fn under_plan(record: &Record, session: &Entry<Session>) -> bool {
    record.plan().is_ok_and(|plan| session.body.plan == plan.thread && session.body.plan_version == plan.version)
}
