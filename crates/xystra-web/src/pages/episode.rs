//! The episode: the whole loop of one complaint on one page, and what is decided and noted there.

pub(super) mod action;
pub(super) mod chip;
mod close;
mod course;
pub(super) mod dose;
mod finding;
mod head;
mod measure;
mod note;
mod outlook;
mod proposal;
pub(super) mod session;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
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
use crate::pages::outlook::{Brief, brief};
use crate::routes::Routes;
use crate::show::Show;
pub(super) use close::ending;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/episodes/{episode}", show)
        .post("/episodes/{episode}/plan/proposal", proposal::decide)
        .post("/episodes/{episode}/notes", note::add)
        .post("/episodes/{episode}/close", close::close)
        .post("/notes/{thread}/sign", note::sign)
        .post("/notes/{thread}/amend", note::amend)
        .post("/notes/{thread}/addendum", note::addendum)
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
    /// What virtual clients say.
    brief: Brief,
    /// What was observed beside what was published; shown while there is nothing better.
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
    /// How many sessions there are, when not all are shown.
    all_sessions: Option<usize>,
    notes: Vec<note::Row>,
    /// How many notes there are, when not all are shown.
    all_notes: Option<usize>,
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

/// Sessions and notes on the page unless all are wanted.
const LATEST: usize = 30;

/// Which measure the outlook is about, and whether every session and note is wanted: `?all=1`.
#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    measure: String,
    #[serde(default)]
    all: String,
}

impl Wanted {
    /// Every session and note.
    fn everything() -> Self {
        Self { all: "1".to_owned(), ..Self::default() }
    }

    /// How many sessions, and how many notes, are shown.
    fn most(&self) -> usize {
        if self.all.is_empty() { LATEST } else { usize::MAX }
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let forms = Forms::drafted(&app, &visitor, episode).await?;
    page(&Episode::of(&app, &visitor, &record, &wanted, forms).await?)
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
    async fn of(
        app: &App,
        visitor: &Visitor,
        record: &Record,
        wanted: &Wanted,
        forms: Forms,
    ) -> Result<Self, WebError> {
        let show = &visitor.show;
        let facts: Facts = facts(record, catalog(), show.zone(), visitor.now);
        let (sessions, all_sessions) = session::shown(record, wanted.most(), &forms.note);
        let doses = dose::measured(app, visitor, &sessions).await?;
        let (notes, all_notes) = note::shown(record, wanted.most());
        let title = format!("{}, {}", record.intake.body.title(catalog()), record.client.body.name);
        Ok(Self {
            frame: visitor.frame(title, Nav::Clients),
            show: show.clone(),
            path: path(record.episode),
            head: head::head(visitor, record, &facts),
            steps: head::steps(visitor, record, &facts),
            brief: brief(app, visitor, record, &wanted.measure).await?,
            outlook: outlook::card(visitor, record, &wanted.measure),
            no_outlook: outlook::nothing(record),
            course: course::card(visitor, record, &facts),
            proposal: proposal::card(visitor, record, &facts),
            asks: course::asks(record, &facts),
            measures: measure::tiles(visitor, record),
            map: finding::map(record),
            findings: finding::rows(show, record),
            sessions: session::rows(show, record, &sessions, &doses),
            all_sessions,
            notes: note::rows(app, visitor, record, &notes, &forms).await?,
            all_notes,
            closed: close::closed(show, record),
            forms,
        })
    }
}

/// The address of an episode.
fn path(episode: EpisodeId) -> String {
    format!("/episodes/{episode}")
}
