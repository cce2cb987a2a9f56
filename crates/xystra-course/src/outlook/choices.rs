//! What could be done from now on: the plan in force, ways to change it, and stopping. Rules come first: what may not be treated is in
//! none of them.

mod allowed;
mod schedule;
mod variant;

use serde::{Deserialize, Serialize};
use xystra_care::Record;
use xystra_care::facts::Facts;
use xystra_care::plan::{Draft, Plan, Planned, Target};
use xystra_care::session::{Application, Force};
use xystra_catalog::Catalog;
use xystra_cohort::case::{self, Choice, Session};
use xystra_dose::Provenance;

use super::case::place::Place;
use super::case::{Known, belief, home, stroke};
use schedule::Timetable;

pub use allowed::allowed;
pub(crate) use schedule::times_h;

/// A choice as people see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    /// Key of the choice: `continue`, `lighter`, `more-often`, `fewer`, `other-instrument`, `break`, `stop`.
    pub id: String,
    /// What it means: "Lighter: one step less force on every region".
    pub says: String,
    /// The plan it would become; none for going on, which changes nothing, and for stopping, which is no plan.
    pub draft: Option<Draft>,
    /// When its sessions would begin, hours from entry.
    pub sessions_h: Vec<f64>,
    /// Chance that its next session leaves a bruise or worse, 0-1, once the virtual clients were asked.
    #[serde(default)]
    pub bruise: Option<f64>,
}

/// The choices of a record: going on first, stopping last; only stopping, when nothing may be treated or there is no plan.
pub fn choices(record: &Record, known: &Known, facts: &Facts, catalog: &'static Catalog) -> Vec<(Offer, Choice)> {
    let stop = made("stop", "No more sessions", None, Vec::new());
    let Some(allowed) = allowed(record, facts, catalog, known.as_of) else { return vec![stop] };
    let plan = |draft: &Draft| sessions(record, known, draft, catalog);
    let going_on = made("continue", "Go on as planned", None, plan(&allowed.draft));
    let is_over = going_on.1.sessions.is_empty();
    let variants = variant::variants(&allowed.draft, record.finished_sessions().len(), catalog);
    let sound = |draft: &Draft| Plan::new(draft.clone(), &allowed.clearance, catalog).is_ok();
    let others = variants.into_iter().filter(|one| !is_over && sound(&one.draft)).map(|one| {
        let sessions = plan(&one.draft);
        made(one.id, &one.says, Some(one.draft), sessions)
    });
    let ways = [going_on].into_iter().filter(|_| !is_over).chain(others);
    ways.chain([stop]).collect()
}

fn made(id: &str, says: &str, draft: Option<Draft>, sessions: Vec<Session>) -> (Offer, Choice) {
    let sessions_h = sessions.iter().map(|session| session.at_h).collect();
    let offer = Offer { id: id.to_owned(), says: says.to_owned(), draft, sessions_h, bruise: None };
    (offer, Choice { id: id.to_owned(), sessions })
}

/// The sessions to come under a plan.
pub fn sessions(record: &Record, known: &Known, draft: &Draft, catalog: &Catalog) -> Vec<Session> {
    let timetable = Timetable::of(record, known, draft);
    let place = Place::of(record, catalog);
    let here = draft.applications.iter().filter(|planned| place.holds(&planned.region));
    let strokes: Vec<case::Strokes> = here.filter_map(|planned| strokes(planned, catalog)).collect();
    let session = |(at_h, since_h): (f64, f64)| Session {
        at_h,
        strokes: strokes.clone(),
        belief: belief(),
        exercise_h: home::to_come(record, since_h),
    };
    timetable.sessions().into_iter().map(session).collect()
}

/// A planned force is known as far as its band or range goes.
fn strokes(planned: &Planned, catalog: &Catalog) -> Option<case::Strokes> {
    let application = Application { done: true, ..Application::planned(planned) };
    let strokes = stroke::strokes(&application, None, catalog)?;
    match (planned.target, application.force) {
        (Target::Newton { low, high }, Force::Guessed) => {
            let force = case::Force { newton: f64::midpoint(low, high), low, high, provenance: Provenance::Banded };
            Some(case::Strokes { force, ..strokes })
        }
        _ => Some(strokes),
    }
}
