//! The body map and what was found on it.

mod amend;
pub(super) mod words;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use jiff::tz::TimeZone;
use serde::Deserialize;
use xystra_care::finding::Finding;
use xystra_care::id::{EpisodeId, ThreadId};
use xystra_care::{Entry, FieldError, Record};
use xystra_catalog::atlas::{Cell, RegionId, Sensitive, atlas};
use xystra_store::Batch;

use super::keep::{Whose, keep};
use super::regions::{self, Group};
use crate::app::App;
use crate::auth::Visitor;
use crate::bodymap;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::routes::Routes;
use crate::show::{Show, capital};

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/episodes/{episode}/findings", show)
        .post("/episodes/{episode}/findings", add)
        .get("/findings/{thread}/amend", amend::show)
        .post("/findings/{thread}/amend", amend::save)
        .get("/findings/{thread}/strike", amend::ask)
        .post("/findings/{thread}/strike", amend::strike)
}

#[derive(Template)]
#[template(path = "findings/page.html")]
struct Page {
    frame: Frame,
    form: Form,
    show: Show,
    whose: Whose,
    map: String,
    chosen: Option<&'static Cell>,
    usual: Vec<&'static Cell>,
    regions: Vec<Group>,
    findings: Vec<Row>,
    /// Where the page itself is.
    back: String,
}

impl Page {
    fn of(visitor: &Visitor, record: &Record, form: Form) -> Self {
        let chosen = form.get("region").parse().ok().and_then(|region| atlas().cell(&region));
        Self {
            frame: visitor.frame("Findings", Nav::Clients),
            show: visitor.show.clone(),
            whose: Whose::of(record),
            map: map(record, chosen),
            chosen,
            usual: regions::usual(record),
            regions: regions::groups(record),
            findings: record.current_findings().map(|entry| Row::of(entry, &visitor.show)).collect(),
            back: format!("/episodes/{}/findings", record.episode),
            form,
        }
    }
}

/// One line of the table.
struct Row {
    thread: ThreadId,
    region: String,
    kind: &'static str,
    severity: u8,
    depth: &'static str,
    how: &'static str,
    remark: String,
    when: String,
    version: u32,
}

impl Row {
    fn of(entry: &Entry<Finding>, show: &Show) -> Self {
        let finding = &entry.body;
        Self {
            thread: entry.thread,
            region: label(&finding.region),
            kind: words::kind(finding.kind),
            severity: finding.severity,
            depth: words::depth(finding.depth),
            how: words::how(finding.how),
            remark: finding.remark.clone(),
            when: show.short(entry.happened_at),
            version: entry.version,
        }
    }
}

/// Which region the map was asked for.
#[derive(Debug, Deserialize)]
struct Wanted {
    region: Option<String>,
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let last = record.findings.last().map(|finding| finding.body.how);
    let form = Form::new().with_some_word("how", last.as_ref()).or_draft(&app, &visitor, key(episode)).await?;
    let form = match wanted.region {
        Some(region) => form.set("region", region),
        None => form,
    };
    page(&Page::of(&visitor, &record, form))
}

async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let finding = match read(&posted.form, visitor.show.zone()) {
        Ok(finding) => finding,
        Err(errors) => {
            let form = posted.form.refused(errors).keyed(key(episode));
            return refused_page(&Page::of(&visitor, &record, form));
        }
    };
    let location = format!("/episodes/{episode}/findings#found");
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(key(episode));
    batch.add(Whose::of(&record).about(), visitor.now, &finding);
    keep(&app, &visitor, &batch, &location).await
}

fn key(episode: EpisodeId) -> String {
    format!("finding:{episode}")
}

/// The finding that was typed, or what is wrong with it.
fn read(form: &Form, zone: &TimeZone) -> Result<Finding, Vec<FieldError>> {
    let mut read = form.reader(zone);
    let region: Option<RegionId> = read.choice("region");
    let region = read.need("region", region, "choose a region on the body map");
    let kind = read.choice("kind");
    let kind = read.need("kind", kind, "say what was found");
    let severity = read.whole("severity");
    let severity = read.need("severity", severity, "say how much: 1 slight, 2 moderate or 3 marked");
    let depth = read.choice("depth");
    let how = read.choice("how");
    let how = read.need("how", how, "say how it was found");
    let (Some(region), Some(kind), Some(severity), Some(how)) = (region, kind, severity, how) else {
        return Err(read.errors());
    };
    let finding = Finding { region, kind, severity, depth, how, remark: read.text("remark") };
    read.and(finding.check());
    let errors = read.errors();
    if errors.is_empty() { Ok(finding) } else { Err(errors) }
}

/// The map with every region a link to the form about it.
fn map(record: &Record, chosen: Option<&Cell>) -> String {
    let mut marks = bodymap::marks(record);
    if let Some(cell) = chosen {
        marks.entry(cell.id.clone()).or_default().selected = true;
    }
    bodymap::links(&marks, "Findings", &|region| format!("?region={region}#add"))
}

/// The label in a table: "Left outer elbow (back view)".
fn label(region: &RegionId) -> String {
    capital(&xystra_care::finding::label(region))
}
