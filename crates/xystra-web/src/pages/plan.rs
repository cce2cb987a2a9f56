//! The plan: made on a clearance, changed only as a new version with a reason.

mod beside;
mod choices;
mod fields;
pub(super) mod sheet;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use xystra_care::id::EpisodeId;
use xystra_care::plan::{Draft, Plan};
use xystra_care::screening::Clearance;
use xystra_care::{FieldError, Record, Refusal};
use xystra_catalog::atlas::RegionId;
use xystra_catalog::catalog;
use xystra_store::Batch;

use super::keep::{Whose, as_seen, keep, reason_error};
use super::regions::{self, Group};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::routes::Routes;
use crate::show::Show;
use beside::Beside;
use choices::{BASELINES, Options};
use sheet::Version;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new().get("/episodes/{episode}/plan", show).post("/episodes/{episode}/plan", save)
}

#[derive(Template)]
#[template(path = "plan/page.html")]
struct Page {
    frame: Frame,
    form: Form,
    show: Show,
    whose: Whose,
    beside: Beside,
    rows: usize,
    regions: Vec<Group>,
    instruments: Vec<Options>,
    strokes: Options,
    targets: Options,
    /// Version in force; 0 when there is none.
    version: u32,
    versions: Vec<Version>,
    saved: bool,
    /// Where the page itself is.
    back: String,
    button: String,
}

impl Page {
    async fn of(
        app: &App,
        visitor: &Visitor,
        record: &Record,
        clearance: &Clearance,
        form: Form,
    ) -> Result<Self, WebError> {
        let version = record.plan.as_ref().map_or(0, |plan| plan.version);
        Ok(Self {
            frame: visitor.frame("Plan", Nav::Clients),
            show: visitor.show.clone(),
            whose: Whose::of(record),
            beside: Beside::of(record, clearance, visitor),
            rows: fields::rows(&form).max(1),
            regions: regions::groups(record),
            instruments: choices::instruments(app, visitor).await?,
            strokes: choices::strokes(),
            targets: choices::targets(visitor.show.force_unit()),
            versions: sheet::versions(app, visitor, record).await?,
            saved: false,
            back: here(record.episode),
            button: if version == 0 { "Make the plan".to_owned() } else { format!("Keep as version {}", version + 1) },
            version,
            form,
        })
    }
}

/// Which face of the page is asked for.
#[derive(Debug, Deserialize)]
struct Wanted {
    print: Option<String>,
    saved: Option<String>,
    /// What another page would fill in: baseline measurements, and a break.
    baseline: Option<String>,
    pause_after: Option<String>,
    pause_weeks: Option<String>,
}

impl Wanted {
    /// The form with what the address fills in; nothing of it is kept yet.
    fn fill(&self, form: Form) -> Form {
        let fields =
            [("baseline", &self.baseline), ("pause_after", &self.pause_after), ("pause_weeks", &self.pause_weeks)];
        let asked = fields.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
        asked.fold(form, |form, (name, value)| form.set(name, value))
    }
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    if wanted.print.is_some() {
        return sheet::print(&visitor, &record);
    }
    let clearance = match may_plan(&record, &visitor) {
        Ok(clearance) => clearance,
        Err(refusal) => return sheet::refused(&visitor, &record, &refusal),
    };
    let draft = start(&record, &clearance);
    let form = fields::to_form(&draft, visitor.show.force_unit()).or_draft(&app, &visitor, key(episode)).await?;
    let shown = Page::of(&app, &visitor, &record, &clearance, wanted.fill(form)).await?;
    page(&Page { saved: wanted.saved.is_some(), ..shown })
}

async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let clearance = match may_plan(&record, &visitor) {
        Ok(clearance) => clearance,
        Err(refusal) => return sheet::refused(&visitor, &record, &refusal),
    };
    let form = fields::tidy(&posted.form).keyed(key(episode));
    if !posted.form.get("more").is_empty() {
        return page(&Page::of(&app, &visitor, &record, &clearance, fields::with_row(form)).await?);
    }
    let plan = match read(&form, &clearance, &visitor) {
        Ok(plan) => plan,
        Err(errors) => {
            return refused_page(&Page::of(&app, &visitor, &record, &clearance, form.refused(errors)).await?);
        }
    };
    let location = format!("{}?saved", here(episode));
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(key(episode));
    let about = Whose::of(&record).about();
    match &record.plan {
        Some(old) => batch.amend(&as_seen(old.clone(), &form), about, visitor.now, form.get("reason"), &plan),
        None => {
            batch.add(about, visitor.now, &plan);
        }
    }
    keep(&app, &visitor, &batch, &location).await
}

/// The clearance that a plan stands on; a closed episode gets no plan.
fn may_plan(record: &Record, visitor: &Visitor) -> Result<Clearance, Refusal> {
    match record.plan() {
        Err(refusal @ Refusal::Closed { .. }) => Err(refusal),
        _ => record.clearance(catalog(), visitor.now),
    }
}

/// The plan in force, or the complaint's default course where something was found that may be treated.
fn start(record: &Record, clearance: &Clearance) -> Draft {
    if let Ok(plan) = record.plan() {
        return plan.body.draft().clone();
    }
    let mut found: Vec<RegionId> = record.current_findings().map(|finding| finding.body.region.clone()).collect();
    found.sort();
    found.dedup();
    found.retain(|region| clearance.allows(region).is_ok());
    Draft::default_for(&record.intake.body, &found, catalog())
}

/// The plan that was typed, or everything that is wrong with it.
fn read(form: &Form, clearance: &Clearance, visitor: &Visitor) -> Result<Plan, Vec<FieldError>> {
    let first = matches!(form.get("version"), "" | "0");
    let reason = if first { None } else { reason_error(form) };
    let draft = fields::read(form, visitor.show.zone(), visitor.show.force_unit());
    match (draft.and_then(|draft| Plan::new(draft, clearance, catalog())), reason) {
        (Ok(plan), None) => Ok(plan),
        (plan, reason) => Err(plan.err().into_iter().flatten().chain(reason).collect()),
    }
}

fn here(episode: EpisodeId) -> String {
    format!("/episodes/{episode}/plan")
}

fn key(episode: EpisodeId) -> String {
    format!("plan:{episode}")
}
