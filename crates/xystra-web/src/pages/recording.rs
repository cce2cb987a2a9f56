//! Recordings: what a tool measured, stroke by stroke, and how far it can be trusted.

mod dose;
mod page;
mod table;
mod trace;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use xystra_care::client::Client;
use xystra_care::id::RecordingId;
use xystra_care::session::Session;
use xystra_care::{Entry, FieldError};
use xystra_dose::{Dose, Options, Tare};
use xystra_store::recording::Recording;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page as draw};
use crate::form::Form;
use crate::frame::{Frame, Nav};
use crate::pages::session::plan_of;
use crate::routes::Routes;
use crate::show::Show;
pub(in crate::pages) use dose::{analysed, dose_of, keep_dose, known_dose};
use page::{Place, RecordingPage};

/// Most recordings on the list.
const LISTED: u32 = 100;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/recordings", list)
        .get("/recordings/{recording}", show)
        .get("/recordings/{recording}/strokes.csv", strokes)
}

#[derive(Template)]
#[template(path = "recording/list.html")]
struct List {
    frame: Frame,
    show: Show,
    lines: Vec<Line>,
}

/// One recording on the list.
struct Line {
    recording: Recording,
    client: String,
    session: Entry<Session>,
    dose: Option<Dose>,
}

async fn list(State(app): State<App>, visitor: Visitor) -> Result<Response, WebError> {
    let mut lines = Vec::new();
    for recording in app.store().recordings(&visitor.scope, LISTED).await? {
        lines.push(Line {
            client: client_of(&app, &visitor, &recording).await?,
            session: app.store().thread(&visitor.scope, recording.session).await?,
            dose: known_dose(&app, &visitor, &recording).await?,
            recording,
        });
    }
    draw(&List { frame: visitor.frame("Recordings", Nav::Recordings), show: visitor.show.clone(), lines })
}

impl List {
    /// A force in the practice's unit.
    fn force(&self, newton: f64) -> String {
        let unit = self.show.force_unit();
        format!("{} {}", crate::show::number(unit.show(newton), trace::places(unit)), unit.sign())
    }
}

async fn client_of(app: &App, visitor: &Visitor, recording: &Recording) -> Result<String, WebError> {
    let entries: Vec<Entry<Client>> = app.store().of_client(&visitor.scope, recording.client).await?;
    Ok(entries.into_iter().next_back().map(|entry| entry.body.name).unwrap_or_default())
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<RecordingId>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let recording = app.store().recording(&visitor.scope, id).await?;
    let bytes = app.store().recording_bytes(&visitor.scope, id).await?;
    let form = Form::decode(query.unwrap_or_default().as_bytes());
    let (options, mut errors) = options(&form, &visitor);
    let (bytes, mut analysis) = analysed(&recording.name, bytes, options).await;
    if let (Err(error), true) = (&analysis, options != Options::default()) {
        errors.push(FieldError::new("from", format!("{error}; below is the whole recording")));
        (_, analysis) = analysed(&recording.name, bytes, Options::default()).await;
    } else if let (Ok(analysis), true) = (&analysis, options == Options::default()) {
        keep_dose(&app, &visitor, &recording, &analysis.dose).await?;
    }
    let record = app.store().record(&visitor.scope, recording.episode).await?;
    let session = app.store().thread::<Session>(&visitor.scope, recording.session).await?;
    let plan = plan_of(&app, &visitor, &record, &session.body).await?;
    let place = Place { client: record.client.body.name.clone(), session, plan };
    draw(&RecordingPage::of(&visitor, place, recording, form.refused(errors), options, analysis))
}

async fn strokes(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<RecordingId>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let recording = app.store().recording(&visitor.scope, id).await?;
    let bytes = app.store().recording_bytes(&visitor.scope, id).await?;
    let form = Form::decode(query.unwrap_or_default().as_bytes());
    let (options, _) = options(&form, &visitor);
    let (_, analysis) = analysed(&recording.name, bytes, options).await;
    let Ok(analysis) = analysis else { return Err(WebError::NotFound) };
    let name = format!("attachment; filename=\"{}\"", table::file_name(&recording.name));
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, table::csv(&recording.name, &analysis)).into_response())
}

/// The window and tare that the address asks for.
fn options(form: &Form, visitor: &Visitor) -> (Options, Vec<FieldError>) {
    let mut reader = form.reader(visitor.show.zone());
    let (from_s, to_s) = (reader.number("from"), reader.number("to"));
    let tare = reader.choice::<Tare>("tare").unwrap_or_default();
    (Options { from_s, to_s, tare }, reader.errors())
}
