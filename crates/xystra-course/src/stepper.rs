//! The loop's seven steps, as an episode's page draws them.

use jiff::Timestamp;
use xystra_care::facts::Facts;
use xystra_care::outcome::series;
use xystra_care::plan::Plan;
use xystra_care::screening::{Standing, expiry};
use xystra_care::{Entry, Record, Refusal};
use xystra_catalog::Catalog;

use crate::outlook::MIN_OBSERVATIONS;
use crate::today::{NextStep, checkins_due, next_step};
use crate::words::count;

/// One step of the loop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its name: "Intake" to "Outlook".
    pub name: &'static str,
    /// How far it is.
    pub state: StepState,
    /// A few words: "clear to 12 May", "3 regions", "version 2".
    pub caption: String,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    /// Done.
    Done,
    /// This is where the episode is.
    Now,
    /// It needs somebody's eye.
    Warn,
    /// Not yet.
    Todo,
}

impl StepState {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Now => "now",
            Self::Warn => "needs attention",
            Self::Todo => "to do",
        }
    }
}

/// The seven steps in order; `date` writes a day as the practice does.
pub fn steps(
    record: &Record,
    facts: &Facts,
    catalog: &'static Catalog,
    now: Timestamp,
    date: impl Fn(Timestamp) -> String,
) -> [Step; 7] {
    let mut steps = [
        intake(record, now, &date),
        screening(record, catalog, now, &date),
        findings(record),
        plan(record),
        session(record),
        response(record, now),
        outlook(record, catalog),
    ];
    let here = place(next_step(record, facts, catalog, now)).and_then(|place| steps.get_mut(place));
    if let Some(step) = here.filter(|step| step.state != StepState::Warn) {
        step.state = StepState::Now;
    }
    steps
}

fn place(next: NextStep) -> Option<usize> {
    match next {
        NextStep::Consent => Some(0),
        NextStep::Screening => Some(1),
        NextStep::Findings => Some(2),
        NextStep::Plan => Some(3),
        NextStep::StartSession | NextStep::ContinueSession => Some(4),
        NextStep::CheckSkin => Some(5),
        NextStep::Reassess | NextStep::Discharge => Some(6),
        NextStep::Closed => None,
    }
}

fn step(name: &'static str, state: StepState, caption: impl Into<String>) -> Step {
    Step { name, state, caption: caption.into() }
}

fn intake(record: &Record, now: Timestamp, date: &impl Fn(Timestamp) -> String) -> Step {
    match record.consent(now) {
        Ok(_) => step("Intake", StepState::Done, date(record.intake.happened_at)),
        Err(_) => step("Intake", StepState::Warn, "no consent in force"),
    }
}

fn screening(record: &Record, catalog: &'static Catalog, now: Timestamp, date: &impl Fn(Timestamp) -> String) -> Step {
    let warn = |caption: String| step("Screening", StepState::Warn, caption);
    let expires = || record.screening.as_ref().map(|entry| date(expiry(entry.happened_at))).unwrap_or_default();
    match record.clearance(catalog, now) {
        Ok(clearance) if clearance.assessment().standing() == Standing::Precaution => {
            step("Screening", StepState::Done, format!("precaution, to {}", date(clearance.expires_at())))
        }
        Ok(clearance) => step("Screening", StepState::Done, format!("clear to {}", date(clearance.expires_at()))),
        Err(Refusal::NotScreened) => step("Screening", StepState::Todo, "not yet"),
        Err(Refusal::Unanswered { count: many }) => warn(format!("{} open", count(many, "question"))),
        Err(Refusal::DoNotTreat { .. }) => warn("do not treat".to_owned()),
        Err(Refusal::SomethingNew) => warn("something new".to_owned()),
        Err(_) => warn(format!("expired {}", expires())),
    }
}

fn findings(record: &Record) -> Step {
    let mut regions: Vec<_> = record.current_findings().map(|entry| &entry.body.region).collect();
    regions.sort_unstable();
    regions.dedup();
    match regions.len() {
        0 => step("Findings", StepState::Todo, "none yet"),
        many => step("Findings", StepState::Done, count(many, "region")),
    }
}

fn plan(record: &Record) -> Step {
    match plan_of(record) {
        Some(plan) => step("Plan", StepState::Done, format!("version {}", plan.version)),
        None => step("Plan", StepState::Todo, "none yet"),
    }
}

/// The plan in force, or at the end of a closed episode.
fn plan_of(record: &Record) -> Option<&Entry<Plan>> {
    record.plan.as_ref().filter(|plan| !plan.struck)
}

fn session(record: &Record) -> Step {
    let done = record.finished_sessions().len();
    let planned = plan_of(record).map(|plan| plan.body.sessions() as usize);
    match (record.open_session(), planned) {
        (Some(open), _) => step("Session", StepState::Now, format!("{} is under way", open.body.number)),
        (None, None) => step("Session", StepState::Todo, "after the plan"),
        (None, Some(planned)) if done >= planned => {
            step("Session", StepState::Done, format!("{done} of {planned} done"))
        }
        (None, Some(planned)) => step("Session", StepState::Todo, format!("{} of {planned} is next", done + 1)),
    }
}

/// From this grade on the skin holds a region or stops the course (advice `skin-4`, `skin-5`).
const HOLDING_GRADE: u8 = 4;

fn response(record: &Record, now: Timestamp) -> Step {
    let sessions = record.finished_sessions();
    let Some(last) = sessions.last() else { return step("Response", StepState::Todo, "after a session") };
    match record.grade_of(last) {
        None => step("Response", StepState::Warn, "skin not looked at"),
        Some(grade) if grade.value >= HOLDING_GRADE => {
            step("Response", StepState::Warn, format!("grade {}", grade.value))
        }
        Some(grade) if grade.is_final => step("Response", StepState::Done, format!("grade {}", grade.value)),
        Some(grade) => match checkins_due(record, now).last() {
            Some(due) => {
                step("Response", StepState::Warn, format!("grade {}, ask at {} h", grade.value, due.after_hours))
            }
            None => step("Response", StepState::Done, format!("grade {} so far", grade.value)),
        },
    }
}

fn outlook(record: &Record, catalog: &'static Catalog) -> Step {
    let all = series(record, catalog.condition(&record.intake.body.condition));
    let main = all.iter().find(|one| one.concerns(record.intake.body.side));
    match main.map_or(0, |main| main.points.len()) {
        0 => step("Outlook", StepState::Todo, "nothing measured"),
        many if many < MIN_OBSERVATIONS => step("Outlook", StepState::Todo, "too few to say"),
        many => step("Outlook", StepState::Done, count(many, "observation")),
    }
}
