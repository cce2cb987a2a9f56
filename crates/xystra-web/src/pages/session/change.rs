//! What the session's buttons do.

use jiff::Timestamp;
use xystra_care::FieldError;
use xystra_care::session::{Application, Force, Session};
use xystra_catalog::atlas::RegionId;

use super::case::Case;
use crate::form::Form;

/// A button of the session's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Button {
    /// Keep what was typed.
    Save,
    /// Keep it and end the session.
    Finish,
    /// Every region was done as planned.
    All,
    /// The applications of the last session again.
    Same,
    /// One more region.
    More,
    /// The session never was.
    Strike,
}

impl Button {
    /// The button of this name; the form's own way of sending is to save.
    pub(super) fn of(name: &str) -> Self {
        match name {
            "finish" => Self::Finish,
            "all" => Self::All,
            "same" => Self::Same,
            "more" => Self::More,
            "strike" => Self::Strike,
            _ => Self::Save,
        }
    }
}

/// Changes the session as the button says, or says what is missing for it.
pub(super) fn press(
    button: Button,
    session: &mut Session,
    form: &Form,
    case: &Case,
    now: Timestamp,
) -> Vec<FieldError> {
    match button {
        Button::Finish => session.finished_at = session.finished_at.or(Some(now)),
        Button::All => session.applications.iter_mut().for_each(|application| application.done = true),
        Button::Same => return same(session, case),
        Button::More => return more(session, form, case),
        Button::Save | Button::Strike => {}
    }
    Vec::new()
}

/// The last session's applications, none done yet, without those that may not be treated now.
fn same(session: &mut Session, case: &Case) -> Vec<FieldError> {
    let Some(last) = case.last() else {
        return vec![FieldError::new("do", "there is no finished session before this one")];
    };
    let allowed = last.body.done().filter(|done| case.refuses(&done.region).is_none());
    session.applications = allowed.map(|done| again(done, case)).collect();
    Vec::new()
}

/// A force measured then says nothing about today.
fn again(done: &Application, case: &Case) -> Application {
    let force = match done.force {
        Force::Measured(_) => {
            case.planned(&done.region).map_or(Force::Guessed, |planned| Application::planned(planned).force)
        }
        known => known,
    };
    Application { force, strokes: None, done: false, ..done.clone() }
}

fn more(session: &mut Session, form: &Form, case: &Case) -> Vec<FieldError> {
    let wrong = |message: String| vec![FieldError::new("more_region", message)];
    let Ok(region) = form.get("more_region").parse::<RegionId>() else {
        return wrong("choose the region to add".to_owned());
    };
    if session.applications.iter().any(|application| application.region == region) {
        return wrong("this region is in the list already".to_owned());
    }
    if let Some(refusal) = case.refuses(&region) {
        return wrong(refusal.to_string());
    }
    session.applications.push(new_application(region, session.applications.last(), case));
    Vec::new()
}

/// As planned where the plan knows the region; else with what was used last, and a force that nobody named.
fn new_application(region: RegionId, before: Option<&Application>, case: &Case) -> Application {
    if let Some(planned) = case.planned(&region) {
        return Application::planned(planned);
    }
    let used = before.map(|used| (used.instrument.clone(), used.stroke.clone(), used.emollient.clone()));
    let (instrument, stroke, emollient) = used.unwrap_or_default();
    Application {
        region,
        instrument,
        tool: String::new(),
        edge: String::new(),
        stroke,
        direction: None,
        emollient,
        force: Force::Guessed,
        minutes: None,
        strokes: None,
        done: false,
    }
}
