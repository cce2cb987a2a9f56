//! The episode: the whole loop of one complaint on one page, and what is decided and noted there.

pub(super) mod action;
pub(super) mod chip;
mod close;
mod course;
mod dose;
mod finding;
mod head;
mod measure;
mod note;
mod outlook;
mod proposal;
mod session;

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;
use xystra_care::Record;
use xystra_care::facts::{Facts, facts};
use xystra_care::id::EpisodeId;
use xystra_catalog::catalog;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::form::Form;
use crate::frame::{Frame, Nav};
use crate::show::Show;
pub(super) use close::ending;

/// The way to the pages of this module.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/episodes/{episode}", get(show))
        .route("/episodes/{episode}/plan/proposal", post(proposal::decide))
        .route("/episodes/{episode}/notes", post(note::add))
        .route("/episodes/{episode}/close", post(close::close))
        .route("/notes/{thread}/sign", post(note::sign))
        .route("/notes/{thread}/amend", post(note::amend))
        .route("/notes/{thread}/addendum", post(note::addendum))
}

/// Everything about one complaint.
#[derive(Template)]
#[template(path = "episode/episode.html")]
struct Episode {
    frame: Frame,
    show: Show,
    /// The address of this page.
    path: String,
    head: head::Head,
    steps: Vec<head::Step>,
    outlook: Option<outlook::Card>,
    /// Said when there is nothing to look out on.
    no_outlook: String,
    course: Option<course::Card>,
    proposal: Option<proposal::Card>,
    asks: Vec<course::Ask>,
    measures: Vec<measure::Tile>,
    map: String,
    findings: Vec<finding::Row>,
    sessions: Vec<session::Row>,
    notes: Vec<note::Row>,
    forms: Forms,
    closed: Option<close::Closed>,
}

/// The forms of the page, as they were typed.
#[derive(Debug, Default)]
struct Forms {
    /// A new note.
    note: Form,
    /// A decision on the proposal.
    proposal: Form,
    /// The end of the episode.
    close: Form,
    /// A change of, or an addendum to, one note: its thread and the form.
    of_note: Option<(String, Form)>,
}

/// Which measure the outlook is about.
#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    measure: String,
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let forms = Forms::drafted(&app, &visitor, episode).await?;
    page(&Episode::of(&app, &visitor, &record, &wanted.measure, forms).await?)
}

impl Forms {
    /// The forms as their drafts have them.
    async fn drafted(app: &App, visitor: &Visitor, episode: EpisodeId) -> Result<Self, WebError> {
        Ok(Self {
            note: Form::new().or_draft(app, visitor, note::key(episode)).await?,
            close: Form::new().or_draft(app, visitor, close::key(episode)).await?,
            ..Self::default()
        })
    }
}

impl Episode {
    async fn of(app: &App, visitor: &Visitor, record: &Record, measure: &str, forms: Forms) -> Result<Self, WebError> {
        let show = &visitor.show;
        let facts: Facts = facts(record, catalog(), show.zone(), visitor.now);
        let doses = dose::measured(app, visitor, record).await?;
        let title = format!("{}, {}", record.intake.body.title(catalog()), record.client.body.name);
        Ok(Self {
            frame: visitor.frame(title, Nav::Clients),
            show: show.clone(),
            path: path(record.episode),
            head: head::head(visitor, record, &facts),
            steps: head::steps(visitor, record, &facts),
            outlook: outlook::card(visitor, record, measure),
            no_outlook: outlook::nothing(record),
            course: course::card(visitor, record, &facts),
            proposal: proposal::card(visitor, record, &facts),
            asks: course::asks(record, &facts),
            measures: measure::tiles(visitor, record),
            map: finding::map(record),
            findings: finding::rows(show, record),
            sessions: session::rows(show, record, &doses),
            notes: note::rows(app, visitor, record, &forms).await?,
            closed: close::closed(show, record),
            forms,
        })
    }
}

/// The address of an episode.
fn path(episode: EpisodeId) -> String {
    format!("/episodes/{episode}")
}
