//! The tools in the practice's hands: each one of a kind in the catalog, with its own sizes.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use xystra_care::id::ThreadId;
use xystra_care::practice::Tool;
use xystra_care::{Entry, FieldError};
use xystra_catalog::catalog;
use xystra_store::entries::About;
use xystra_store::{Batch, Saved};

use super::Said;
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted, Reader};
use crate::frame::{Frame, Nav};
use crate::show::{Show, number};

/// Under which key the draft of a new tool is kept.
const NEW: &str = "tool:new";
/// Where a save leads.
const BACK: &str = "/settings/tools?saved=tool";

#[derive(Template)]
#[template(path = "settings/tools.html")]
struct List {
    frame: Frame,
    form: Form,
    show: Show,
    saved: bool,
    tools: Vec<Entry<Tool>>,
    instruments: Vec<(&'static str, &'static str)>,
}

impl List {
    async fn of(app: &App, visitor: &Visitor, form: Form, saved: bool) -> Result<Self, WebError> {
        let mut tools: Vec<Entry<Tool>> = app.store().of_practice(&visitor.scope).await?;
        tools.retain(|tool| !tool.struck);
        tools.sort_by_key(|tool| (tool.body.retired, tool.body.name.to_lowercase()));
        Ok(Self {
            frame: visitor.frame("Tools", Nav::Practice),
            form,
            show: visitor.show.clone(),
            saved,
            tools,
            instruments: instruments(),
        })
    }
}

#[derive(Template)]
#[template(path = "settings/tool.html")]
struct Edit {
    frame: Frame,
    form: Form,
    show: Show,
    thread: ThreadId,
    name: String,
    /// From which version the change starts.
    version: String,
    instruments: Vec<(&'static str, &'static str)>,
}

impl Edit {
    fn of(visitor: &Visitor, tool: &Entry<Tool>, version: String, form: Form) -> Self {
        Self {
            frame: visitor.frame(&tool.body.name, Nav::Practice),
            form,
            show: visitor.show.clone(),
            thread: tool.thread,
            name: tool.body.name.clone(),
            version,
            instruments: instruments(),
        }
    }
}

/// `GET /settings/tools`.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(said): Query<Said>,
) -> Result<Response, WebError> {
    let form = Form::new().or_draft(&app, &visitor, NEW).await?;
    page(&List::of(&app, &visitor, form, said.saved.is_some()).await?)
}

/// `POST /settings/tools`.
pub(super) async fn add(State(app): State<App>, visitor: Visitor, posted: Posted) -> Result<Response, WebError> {
    match read(&posted.form, &visitor) {
        Ok(tool) => {
            let mut batch = Batch::once(posted.operation, BACK).and_forget_draft(NEW);
            batch.add(About::default(), visitor.now, &tool);
            save(&app, &visitor, &batch).await
        }
        Err(errors) => {
            let form = posted.form.refused(errors).keyed(NEW);
            refused_page(&List::of(&app, &visitor, form, false).await?)
        }
    }
}

/// `GET /settings/tools/{thread}`.
pub(super) async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
) -> Result<Response, WebError> {
    let tool = app.store().thread::<Tool>(&visitor.scope, thread).await?;
    let form = form_of(&tool).or_draft(&app, &visitor, draft(thread)).await?;
    let version = form.get("version").to_owned();
    page(&Edit::of(&visitor, &tool, version, form))
}

/// `POST /settings/tools/{thread}`.
pub(super) async fn amend(
    State(app): State<App>,
    visitor: Visitor,
    Path(thread): Path<ThreadId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let old = app.store().thread::<Tool>(&visitor.scope, thread).await?;
    match read_amendment(&posted.form, &visitor, old.version) {
        Ok((tool, reason)) => {
            let mut batch = Batch::once(posted.operation, BACK).and_forget_draft(draft(thread));
            batch.amend(&old, About::default(), visitor.now, &reason, &tool);
            save(&app, &visitor, &batch).await
        }
        Err(errors) => {
            let form = posted.form.refused(errors).keyed(draft(thread));
            refused_page(&Edit::of(&visitor, &old, old.version.to_string(), form))
        }
    }
}

async fn save(app: &App, visitor: &Visitor, batch: &Batch) -> Result<Response, WebError> {
    let saved = app.store().save(&visitor.scope, batch, visitor.now).await?;
    Ok(match saved {
        Saved::Now => Redirect::to(BACK),
        Saved::Before(location) => Redirect::to(&location),
    }
    .into_response())
}

fn draft(thread: ThreadId) -> String {
    format!("tool:{thread}")
}

/// Every kind of instrument by id and name.
fn instruments() -> Vec<(&'static str, &'static str)> {
    catalog().instruments.iter().map(|one| (one.id.as_str(), one.name.as_str())).collect()
}

fn form_of(tool: &Entry<Tool>) -> Form {
    let tick = |on: bool| on.then_some("yes");
    let body = &tool.body;
    Form::new()
        .with("version", tool.version)
        .with("tool_name", &body.name)
        .with("instrument", &body.instrument)
        .with_some("mass_g", body.mass_g)
        .with_some("radius_mm", body.radius_mm)
        .with_some("length_mm", body.length_mm)
        .with_some("instrumented", tick(body.instrumented))
        .with_some("calibrated", body.calibrated)
        .with_some("retired", tick(body.retired))
}

fn read(form: &Form, visitor: &Visitor) -> Result<Tool, Vec<FieldError>> {
    let mut reader = form.reader(visitor.show.zone());
    let tool = tool_of(&mut reader, visitor);
    let errors = reader.errors();
    if errors.is_empty() { Ok(tool) } else { Err(errors) }
}

/// A change starts from the version that was shown, and needs its reason.
fn read_amendment(form: &Form, visitor: &Visitor, version: u32) -> Result<(Tool, String), Vec<FieldError>> {
    let mut reader = form.reader(visitor.show.zone());
    reader.same_version(version);
    let tool = tool_of(&mut reader, visitor);
    let reason = reader.text("reason");
    if reason.is_empty() {
        reader.wrong("reason", "say in a few words why this is changed: the old version stays in the history");
    }
    let errors = reader.errors();
    if errors.is_empty() { Ok((tool, reason)) } else { Err(errors) }
}

fn tool_of(reader: &mut Reader<'_>, visitor: &Visitor) -> Tool {
    let tool = Tool {
        name: reader.text("tool_name"),
        instrument: reader.text("instrument"),
        mass_g: reader.number("mass_g"),
        radius_mm: reader.number("radius_mm"),
        length_mm: reader.number("length_mm"),
        instrumented: reader.ticked("instrumented"),
        calibrated: reader.date("calibrated"),
        retired: reader.ticked("retired"),
    };
    if catalog().instrument(&tool.instrument).is_none() {
        reader.wrong("instrument", "choose which kind of instrument it is");
    }
    if let Some(day) = tool.calibrated.filter(|day| *day > visitor.today()) {
        reader.wrong("calibrated", format!("{day} lies ahead: enter the day of the last calibration"));
    }
    reader.and(tool.check());
    tool
}

/// "GT-1".
fn instrument_name(id: &str) -> &str {
    catalog().instrument(id).map_or(id, |one| &one.name)
}

/// "120 g", or a dash for what nobody measured.
fn size(value: Option<f64>, unit: &str) -> String {
    value.map_or_else(|| "\u{2013}".to_owned(), |value| format!("{} {unit}", number(value, 1)))
}
