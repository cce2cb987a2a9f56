//! Measurements: the baseline and every later one, and the history of what was measured.

mod amend;
mod method;
mod read;
mod sheet;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use xystra_care::id::{EpisodeId, ThreadId};
use xystra_care::measurement::Measurement;
use xystra_care::{Entry, Record};
use xystra_catalog::catalog;
use xystra_catalog::measure::Measure;
use xystra_store::Batch;

use super::keep::{Whose, keep};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::routes::Routes;
use crate::show::{Show, number};
use sheet::Block;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/episodes/{episode}/measurements", show)
        .post("/episodes/{episode}/measurements", save)
        .get("/measurements/{thread}/amend", amend::show)
        .post("/measurements/{thread}/amend", amend::save)
        .get("/measurements/{thread}/strike", amend::ask)
        .post("/measurements/{thread}/strike", amend::strike)
}

#[derive(Template)]
#[template(path = "measurements/page.html")]
struct Page {
    frame: Frame,
    form: Form,
    show: Show,
    whose: Whose,
    blocks: Vec<Block>,
    /// Measures that can be added to the sheet.
    others: Vec<&'static Measure>,
    taken: Vec<Taken>,
    /// Where the page itself is.
    back: String,
}

impl Page {
    fn of(visitor: &Visitor, record: &Record, form: Form) -> Self {
        let blocks = sheet::blocks(record, &form, &visitor.show);
        let on_sheet = |id: &str| blocks.iter().flat_map(|block| &block.rows).any(|row| row.measure.id == id);
        let newest = record.measurements.iter().rev().filter(|entry| !entry.struck);
        Self {
            frame: visitor.frame("Measurements", Nav::Clients),
            show: visitor.show.clone(),
            whose: Whose::of(record),
            others: catalog().measures.iter().filter(|measure| !on_sheet(&measure.id)).collect(),
            blocks,
            taken: newest.filter_map(|entry| Taken::of(entry, record, &visitor.show)).collect(),
            back: format!("/episodes/{}/measurements", record.episode),
            form,
        }
    }
}

/// One line of the history.
struct Taken {
    thread: ThreadId,
    what: String,
    value: String,
    /// The client's own activities, each with its score.
    parts: String,
    how: String,
    when: String,
    /// When it was written down, if that was another day.
    written: Option<String>,
    version: u32,
}

impl Taken {
    fn of(entry: &Entry<Measurement>, record: &Record, show: &Show) -> Option<Self> {
        let taken = &entry.body;
        let measure = catalog().measure(&taken.measure)?;
        let parts = taken.activities.iter().map(|(activity, score)| format!("{activity} {}", number(*score, 1)));
        Some(Self {
            thread: entry.thread,
            what: sheet::label(measure, taken.side, record),
            value: format!("{} {}", number(taken.value, 1), measure.unit),
            parts: parts.collect::<Vec<_>>().join(" · "),
            how: method::words(&taken.method),
            when: show.date(entry.happened_at),
            written: entry.is_back_dated().then(|| show.date(entry.recorded_at)),
            version: entry.version,
        })
    }
}

async fn show(State(app): State<App>, visitor: Visitor, Path(episode): Path<EpisodeId>) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let form = Form::new().with("at", visitor.show.input_moment(visitor.now));
    let form = method::as_last_time(form, &record, &visitor.account.name);
    let form = form.or_draft(&app, &visitor, key(episode)).await?;
    page(&Page::of(&visitor, &record, form))
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    if !posted.form.get("more").is_empty() {
        return page(&Page::of(&visitor, &record, with_another(posted.form).keyed(key(episode))));
    }
    let blocks = sheet::blocks(&record, &posted.form, &visitor.show);
    let (at, taken) = match read::sheet(&posted.form, &blocks, &visitor) {
        Ok(taken) => taken,
        Err(errors) => {
            let form = posted.form.refused(errors).keyed(key(episode));
            return refused_page(&Page::of(&visitor, &record, form));
        }
    };
    let location = format!("/episodes/{episode}/measurements#taken");
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(key(episode));
    for measurement in &taken {
        batch.add(Whose::of(&record).about(), at, measurement);
    }
    keep(&app, &visitor, &batch, &location).await
}

/// The same form with one more measure on its sheet.
fn with_another(form: Form) -> Form {
    let another = form.get("another").to_owned();
    let form = form.set("another", "");
    if another.is_empty() { form } else { form.with("also", another) }
}

fn key(episode: EpisodeId) -> String {
    format!("measurements:{episode}")
}
