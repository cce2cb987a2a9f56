//! Recordings: what a tool measured, stroke by stroke, and how far it can be trusted.

mod dose;
mod earlier;
mod page;
mod part;
mod place;
mod quality;
mod strokes;
mod table;
mod texture;
mod tile;
mod trace;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use xystra_care::client::Client;
use xystra_care::id::RecordingId;
use xystra_care::session::Session;
use xystra_care::{Entry, FieldError};
use xystra_course::dosing::force_words;
use xystra_dose::{Analysis, Dose, Error, Estimate, Options};
use xystra_store::derived::Derived;
use xystra_store::recording::Recording;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page as draw};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::routes::Routes;
use crate::show::Show;
pub(in crate::pages) use dose::{analysed, dose_of, keep_dose, known_dose};
use earlier::Earlier;
use page::{RecordingPage, Shown};
use part::Part;
use place::Place;

/// Most recordings on the list.
const LISTED: u32 = 100;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/recordings", list)
        .get("/recordings/{recording}", show)
        .get("/recordings/{recording}/strokes.csv", strokes)
        .post("/recordings/{recording}/recompute", recompute)
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
    /// A force with its interval, in the practice's unit.
    fn force(&self, force: &Estimate) -> String {
        force_words(*force, self.show.force_unit())
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
    let place = Place::load(&app, &visitor, &recording).await?;
    let form = Form::decode(query.unwrap_or_default().as_bytes());
    let (part, mut errors) = Part::of(&form, &visitor);
    let whole = place.options();
    let (bytes, mut analysis) = analysed(&recording.name, bytes, &recording.reading, part.of_whole(whole)).await;
    if let (Err(error), false) = (&analysis, part.is_whole()) {
        errors.push(FieldError::new("from", format!("{error}; below is the whole recording")));
        (_, analysis) = analysed(&recording.name, bytes, &recording.reading, whole).await;
    }
    let kept = kept(&app, &visitor, &recording, part, &analysis).await?;
    let earlier = Earlier::of(&app, &visitor, &place, &recording).await?;
    let shown = Shown { part, form: form.refused(errors), analysis, kept, earlier };
    draw(&RecordingPage::of(&visitor, &place, recording, shown))
}

/// What was kept before; the first dose of a recording is kept when somebody looks at it.
async fn kept(
    app: &App,
    visitor: &Visitor,
    recording: &Recording,
    part: Part,
    analysis: &Result<Analysis, Error>,
) -> Result<Vec<Derived>, WebError> {
    let kept = app.store().doses_of(&visitor.scope, recording.id).await?;
    if let (Ok(analysis), true, true) = (analysis, part.is_whole(), kept.is_empty()) {
        keep_dose(app, visitor, recording, &analysis.dose).await?;
    }
    Ok(kept)
}

/// Keeps the dose by this program's method beside that of an earlier one.
async fn recompute(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<RecordingId>,
    _posted: Posted,
) -> Result<Response, WebError> {
    let recording = app.store().recording(&visitor.scope, id).await?;
    let bytes = app.store().recording_bytes(&visitor.scope, id).await?;
    let (_, analysis) = analysed(&recording.name, bytes, &recording.reading, Options::default()).await;
    if let Ok(analysis) = analysis {
        keep_dose(&app, &visitor, &recording, &analysis.dose).await?;
        app.store().note(&visitor.scope, "recompute", "recording", &id.to_string(), visitor.now).await?;
    }
    Ok(Redirect::to(&format!("/recordings/{id}")).into_response())
}

async fn strokes(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<RecordingId>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let recording = app.store().recording(&visitor.scope, id).await?;
    let bytes = app.store().recording_bytes(&visitor.scope, id).await?;
    let place = Place::load(&app, &visitor, &recording).await?;
    let form = Form::decode(query.unwrap_or_default().as_bytes());
    let (part, _) = Part::of(&form, &visitor);
    let options = part.of_whole(place.options());
    let (_, analysis) = analysed(&recording.name, bytes, &recording.reading, options).await;
    let Ok(analysis) = analysis else { return Err(WebError::NotFound) };
    let name = format!("attachment; filename=\"{}\"", table::file_name(&recording.name));
    let headers = [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, xystra_dose::table::csv(&recording.name, &analysis.strokes)).into_response())
}
