//! The course: how many sessions, when the next one is usual, and what has to be seen first.

use jiff::{SignedDuration, Timestamp};
use xystra_care::Record;
use xystra_care::advice::{Advice, Outcome, advise, ask};
use xystra_care::facts::Facts;
use xystra_catalog::advice::{Action, Context, Rule, Value};
use xystra_catalog::catalog;
use xystra_course::today::{Visit, visit};

use crate::auth::Visitor;
use crate::chart::{Hours, hours};
use crate::pages::response::skin_words;

/// What the card shows.
pub(super) struct Card {
    pub(super) version: u32,
    /// Sessions done, and of the plan in all.
    pub(super) done: u32,
    pub(super) planned: u32,
    /// "Wed 11 March 2026 to Fri 13 March 2026"; empty before the first session.
    pub(super) window: String,
    /// "48 to 96 h after Mon 9 March 2026, 08:30".
    pub(super) after: String,
    /// The ruler as SVG.
    pub(super) ruler: String,
    pub(super) checks: Vec<Check>,
    /// Rules that warn before the next session, and are no proposal.
    pub(super) warnings: Vec<&'static Rule>,
}

/// One thing to see before the next session.
pub(super) struct Check {
    /// Colour class of the verdict.
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
    pub(super) text: String,
}

/// A rule that could speak if it knew more.
pub(super) struct Ask {
    pub(super) rule: &'static str,
    pub(super) text: &'static str,
}

/// Facts of which each has a line of its own.
const CHECKED: [&str; 3] = ["skin-latest", "soreness-latest", "sessions-until-reassess"];

/// The course of the plan in force.
pub(super) fn card(visitor: &Visitor, record: &Record, facts: &Facts) -> Option<Card> {
    let plan = record.plan.as_ref()?;
    let visit = visit(record, facts, catalog(), visitor.now, None);
    Some(Card {
        version: plan.version,
        done: u32::try_from(record.finished_sessions().len()).unwrap_or(u32::MAX),
        planned: plan.body.sessions(),
        window: window(visitor, record, &visit),
        after: after(visitor, record, &visit),
        ruler: ruler(&visit),
        checks: checks(record, facts),
        warnings: warnings(facts),
    })
}

impl Card {
    /// Every session of the course: `d` done, `n` next, empty to come.
    pub(super) fn pips(&self) -> impl Iterator<Item = &'static str> {
        let (done, planned) = (self.done, self.planned);
        (0..planned.max(done)).map(move |n| match n.cmp(&done) {
            std::cmp::Ordering::Less => "d",
            std::cmp::Ordering::Equal => "n",
            std::cmp::Ordering::Greater => "",
        })
    }
}

fn window(visitor: &Visitor, record: &Record, visit: &Visit) -> String {
    let Some(last) = record.last_session_at() else { return String::new() };
    let day = |hours: f64| plus(last, hours).map(|at| visitor.show.date(at)).unwrap_or_default();
    let opens = day(visit.window.opens_h);
    match visit.window.closes_h.map(day) {
        Some(closes) if closes != opens => format!("{opens} to {closes}"),
        Some(_) => opens,
        None => format!("from {opens}"),
    }
}

fn after(visitor: &Visitor, record: &Record, visit: &Visit) -> String {
    let Some(last) = record.last_session_at() else {
        return "The first session has no waiting time.".to_owned();
    };
    let last = visitor.show.moment(last);
    match visit.window.closes_h {
        Some(closes) => format!("{:.0} to {closes:.0} h after {last}.", visit.window.opens_h),
        None => format!("From {:.0} h after {last}, as planned.", visit.window.opens_h),
    }
}

fn plus(at: Timestamp, hours: f64) -> Option<Timestamp> {
    at.checked_add(SignedDuration::try_from_secs_f64(hours * 3600.0).ok()?).ok()
}

fn ruler(visit: &Visit) -> String {
    let window = visit.window;
    let ruler = visit.hours_since_last.map(|since| Hours { since, opens: window.opens_h, closes: window.closes_h });
    ruler.map(|ruler| hours(&ruler)).unwrap_or_default()
}

/// Skin, soreness and the next measurement, each as its rules see it.
fn checks(record: &Record, facts: &Facts) -> Vec<Check> {
    let skin = record.latest_skin().map(|skin| format!("Skin: {}", skin_words(skin)));
    let soreness = record.latest_soreness().map(|soreness| format!("Soreness {soreness} of 10"));
    let values = [skin, soreness, until_reassess(facts)];
    let after_a_session = !record.finished_sessions().is_empty();
    let lines = CHECKED.iter().zip(values).filter(|_| after_a_session);
    lines.filter_map(|(fact, value)| check(fact, value, facts)).collect()
}

fn until_reassess(facts: &Facts) -> Option<String> {
    match facts.get("sessions-until-reassess") {
        Some(Value::Number(left)) if *left >= 2.0 => Some(format!("Measure again after {left:.0} more sessions")),
        Some(Value::Number(left)) if *left >= 1.0 => Some("Measure again after one more session".to_owned()),
        _ => None,
    }
}

/// The gravest word of the rules about one fact: what a rule says, what it asks for, or the value that pleases them all.
fn check(fact: &str, value: Option<String>, facts: &Facts) -> Option<Check> {
    let about = catalog().advice.iter().filter(|rule| rule.context == Context::Before);
    let about: Vec<_> = about
        .filter(|rule| rule.when.iter().any(|test| test.fact == fact))
        .map(|rule| (rule, ask(rule, facts)))
        .collect();
    let speaks = about.iter().find(|(_, outcome)| *outcome == Outcome::Speaks);
    if let Some((rule, _)) = speaks {
        let (class, icon) =
            if rule.action == Action::Reassess { ("is-precaution", "ruler") } else { ("is-stop", "stop") };
        return Some(Check { class, icon, text: rule.says.clone() });
    }
    let missing = about
        .iter()
        .find(|(_, outcome)| matches!(outcome, Outcome::Asks(missing) if missing.iter().any(|name| name == fact)));
    match (missing, value) {
        (Some((rule, _)), None) => Some(Check { class: "is-precaution", icon: "question", text: rule.ask.clone() }),
        (_, Some(text)) => Some(Check { class: "is-clear", icon: "check", text }),
        (None, None) => None,
    }
}

/// What the rules say before a session that no check and no proposal says.
fn warnings(facts: &Facts) -> Vec<&'static Rule> {
    let speaking =
        advise(facts, catalog(), Context::Before).into_iter().filter(Advice::speaks).map(|advice| advice.rule);
    let own_line = |rule: &Rule| rule.when.iter().any(|test| CHECKED.contains(&test.fact.as_str()));
    let warns = |rule: &Rule| matches!(rule.action, Action::Warn | Action::LimitTechnique | Action::DoNotTreat);
    speaking.filter(|rule| warns(rule) && !own_line(rule)).collect()
}

/// What the rules would need to know, each question once; nothing before the first session, when everything is open.
pub(super) fn asks(record: &Record, facts: &Facts) -> Vec<Ask> {
    if record.finished_sessions().is_empty() || record.closed().is_some() {
        return Vec::new();
    }
    let mut asks: Vec<Ask> = Vec::new();
    for advice in [Context::Before, Context::Course].into_iter().flat_map(|context| advise(facts, catalog(), context)) {
        let own_line = advice.rule.when.iter().any(|test| CHECKED.contains(&test.fact.as_str()));
        if !advice.speaks() && !own_line && !asks.iter().any(|ask| ask.text == advice.rule.ask) {
            asks.push(Ask { rule: &advice.rule.id, text: &advice.rule.ask });
        }
    }
    asks
}
