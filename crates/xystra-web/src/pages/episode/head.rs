//! The head of the page: who, what, since when, whether to treat, and the seven steps.

use xystra_care::Record;
use xystra_care::client::Handed;
use xystra_care::facts::Facts;
use xystra_care::id::{ClientId, EpisodeId};
use xystra_care::intake::{Irritability, Onset};
use xystra_catalog::catalog;
use xystra_course::stepper::{self, StepState};
use xystra_course::today::{Due, visit};

use super::action::{self, Action, last_response};
use super::chip::{self, Chip};
use crate::auth::Visitor;

/// The head of the page.
pub(super) struct Head {
    pub(super) client: String,
    pub(super) client_id: ClientId,
    pub(super) episode: EpisodeId,
    /// "44 · right-handed".
    pub(super) person: String,
    pub(super) title: String,
    /// Since when, how easily stirred up, what for.
    pub(super) line: String,
    pub(super) chip: Chip,
    pub(super) action: Option<Action>,
}

/// One step of the loop.
pub(super) struct Step {
    pub(super) name: &'static str,
    pub(super) href: String,
    /// `done`, `now`, `warn` or `todo`.
    pub(super) class: &'static str,
    /// The drawing in its dot; empty for none.
    pub(super) icon: &'static str,
    pub(super) word: &'static str,
    pub(super) caption: String,
}

/// The head as it stands now.
pub(super) fn head(visitor: &Visitor, record: &Record, facts: &Facts) -> Head {
    let visit = visit(record, facts, catalog(), visitor.now, None);
    Head {
        client: record.client.body.name.clone(),
        client_id: record.client_id,
        episode: record.episode,
        person: person(visitor, record),
        title: record.intake.body.title(catalog()),
        line: line(visitor, record),
        chip: standing(visitor, record, &visit.due),
        action: action::next(record, visit.next, &visit.due),
    }
}

/// A clear client's chip says until when.
fn standing(visitor: &Visitor, record: &Record, due: &Due) -> Chip {
    let chip = chip::of(due, &visitor.show);
    match record.clearance(catalog(), visitor.now) {
        Ok(clearance) if chip.why.is_empty() && due.may_treat() => {
            Chip { why: format!("until {}", visitor.show.date(clearance.expires_at())), ..chip }
        }
        _ => chip,
    }
}

fn person(visitor: &Visitor, record: &Record) -> String {
    let client = &record.client.body;
    let age = client.age(visitor.today()).map(|age| age.to_string());
    let handed = client.handed.map(|handed| {
        match handed {
            Handed::Right => "right-handed",
            Handed::Left => "left-handed",
            Handed::Both => "both hands alike",
        }
        .to_owned()
    });
    [age, handed].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn line(visitor: &Visitor, record: &Record) -> String {
    let intake = &record.intake.body;
    let since = intake.since.map(|since| format!("since {}", visitor.show.day(since)));
    let onset = match intake.onset {
        Onset::Surgery => Some("after surgery"),
        Onset::Immobilisation => Some("after being kept still"),
        Onset::RepeatedStrain => Some("repeated strain"),
        Onset::Injury => Some("after an injury"),
        Onset::NotKnown => None,
    };
    let irritability = intake.irritability.map(|irritability| {
        match irritability {
            Irritability::Low => "irritability low",
            Irritability::Moderate => "irritability moderate",
            Irritability::High => "irritability high",
        }
        .to_owned()
    });
    let goals: Vec<&str> = intake.goals.iter().map(|goal| goal.text.as_str()).filter(|text| !text.is_empty()).collect();
    let goal = (!goals.is_empty()).then(|| format!("goal: {}", goals.join("; ")));
    [since, onset.map(str::to_owned), irritability, goal].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The seven steps, each with its page.
pub(super) fn steps(visitor: &Visitor, record: &Record, facts: &Facts) -> Vec<Step> {
    let steps = stepper::steps(record, facts, catalog(), visitor.now, |at| visitor.show.short(at));
    let hrefs = hrefs(record);
    steps.into_iter().zip(hrefs).map(|(step, href)| of_step(step, href)).collect()
}

fn hrefs(record: &Record) -> [String; 7] {
    let at = |page: &str| format!("/episodes/{}/{page}", record.episode);
    let open = record.open_session().map(|session| format!("/sessions/{}", session.thread));
    [
        at("intake"),
        at("screening"),
        at("findings"),
        at("plan"),
        open.unwrap_or_else(|| "#sessions".to_owned()),
        if record.finished_sessions().is_empty() { "#sessions".to_owned() } else { last_response(record) },
        "#outlook".to_owned(),
    ]
}

fn of_step(step: stepper::Step, href: String) -> Step {
    let (class, icon) = match step.state {
        StepState::Done => ("done", "check"),
        StepState::Now => ("now", ""),
        StepState::Warn => ("warn", "warn"),
        StepState::Todo => ("todo", ""),
    };
    Step { name: step.name, href, class, icon, word: step.state.word(), caption: step.caption }
}
