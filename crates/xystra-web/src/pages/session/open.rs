//! Opening a session, or saying why it may not begin and what opens it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use xystra_care::id::EpisodeId;
use xystra_care::session::Session;
use xystra_care::{Record, Refusal};
use xystra_catalog::advice::{Action, Context, Rule};
use xystra_catalog::catalog;
use xystra_store::entries::About;
use xystra_store::{Batch, Saved};

use super::case::speaking;
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::form::Posted;
use crate::frame::{Frame, Nav};
use crate::show::capital;

/// Why the session may not begin, and the way to what opens it.
#[derive(Template)]
#[template(path = "session/refused.html")]
struct RefusedPage {
    frame: Frame,
    client: String,
    title: String,
    says: String,
    why: String,
    opens: String,
    button: &'static str,
    back: String,
}

/// Opens a session under the plan in force; the one that is open already is gone on with.
pub(super) async fn open(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    if let Some(open) = record.open_session() {
        return Ok(Redirect::to(&format!("/sessions/{}", open.thread)).into_response());
    }
    if let Some(rule) = speaking(&record, Context::Before, &visitor, visitor.now).into_iter().find(|rule| forbids(rule))
    {
        return refused(&visitor, &record, &Stop::Rule(rule));
    }
    let session = match opened(&record, &visitor) {
        Ok(session) => session,
        Err(refusal) => return refused(&visitor, &record, &Stop::Refusal(refusal)),
    };
    let mut batch = Batch::once(posted.operation, "");
    let thread = batch.add(About::episode(record.client_id, episode), visitor.now, &session);
    let location = format!("/sessions/{thread}");
    batch.set_location(&location);
    match app.store().save(&visitor.scope, &batch, visitor.now).await? {
        Saved::Now => Ok(Redirect::to(&location).into_response()),
        Saved::Before(location) => Ok(Redirect::to(&location).into_response()),
    }
}

/// The refusals come in the order of the loop, so that the page leads to the first step that is missing.
fn opened(record: &Record, visitor: &Visitor) -> Result<Session, Refusal> {
    if let Err(closed @ Refusal::Closed { .. }) = record.plan() {
        return Err(closed);
    }
    record.consent(visitor.now)?;
    let held = record.held_regions();
    let clearance = record.clearance(catalog(), visitor.now)?;
    let ground = record.ground(&clearance, &held, visitor.now)?;
    let session = Session::open(ground, record.next_number(), visitor.now);
    let planned = &ground.plan.body.draft().applications;
    match planned.iter().find_map(|planned| ground.refuses(&planned.region)) {
        Some(refusal) if session.applications.is_empty() => Err(refusal),
        _ => Ok(session),
    }
}

/// A rule that forbids the whole session; the others warn.
fn forbids(rule: &Rule) -> bool {
    matches!(rule.action, Action::StopAndRefer | Action::DoNotTreat)
}

enum Stop {
    Rule(&'static Rule),
    Refusal(Refusal),
}

fn refused(visitor: &Visitor, record: &Record, stop: &Stop) -> Result<Response, WebError> {
    let back = format!("/episodes/{}", record.episode);
    let (opens, button) = way(stop, record);
    let (says, why) = match stop {
        Stop::Rule(rule) => (rule.says.clone(), format!("{} {}", rule.why, rule.ask)),
        Stop::Refusal(refusal) => (sentence(&refusal.to_string()), String::new()),
    };
    let answer = page(&RefusedPage {
        frame: visitor.frame("No session yet", Nav::Clients),
        client: record.client.body.name.clone(),
        title: record.intake.body.title(catalog()),
        says,
        why,
        opens,
        button,
        back,
    })?;
    Ok((StatusCode::CONFLICT, answer).into_response())
}

/// Where the thing is done that opens the session, and the word on its button.
fn way(stop: &Stop, record: &Record) -> (String, &'static str) {
    let here = |step: &str| format!("/episodes/{}{step}", record.episode);
    match stop {
        Stop::Rule(_) => (here(""), "Go to the episode"),
        Stop::Refusal(refusal) => match refusal {
            Refusal::NotScreened | Refusal::Unanswered { .. } | Refusal::Expired { .. } | Refusal::SomethingNew => {
                (here("/screening"), "Go to the screening")
            }
            Refusal::NoPlan => (here("/plan"), "Make a plan"),
            Refusal::NoConsent => (format!("/clients/{}/consent", record.client_id), "Record the consent"),
            Refusal::Region { .. } => (here("/plan"), "Change the plan"),
            Refusal::DoNotTreat { .. } => (here("/screening"), "Look at the screening"),
            Refusal::Closed { .. } => (format!("/clients/{}", record.client_id), "Go to the client"),
        },
    }
}

/// A fragment as a sentence.
fn sentence(fragment: &str) -> String {
    capital(fragment) + "."
}
