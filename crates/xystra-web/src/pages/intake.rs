//! Intake: choosing the complaint, then writing it down; later amending it.

mod choose;
mod fields;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use uuid::Uuid;
use xystra_care::Entry;
use xystra_care::client::Client;
use xystra_care::consent::{Consent, in_force};
use xystra_care::id::{ClientId, EpisodeId};
use xystra_care::intake::Intake;
use xystra_catalog::catalog;
use xystra_catalog::condition::Condition;
use xystra_store::Batch;
use xystra_store::entries::About;

use self::choose::Choose;
use self::fields::{ACTIVITIES, CodeGroup, GOALS};
use super::clients::load;
use super::keep::keep;
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::routes::Routes;
use crate::show::Show;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/clients/{client}/episodes/new", begin)
        .post("/clients/{client}/episodes/new", take_in)
        .get("/episodes/{episode}/intake", edit)
        .post("/episodes/{episode}/intake", amend)
}

/// The form of an intake.
#[derive(Template)]
#[template(path = "intake/form.html")]
struct IntakePage {
    frame: Frame,
    form: Form,
    show: Show,
    place: Place,
    condition: &'static Condition,
    codes: Vec<CodeGroup>,
    measures: Vec<(&'static str, String)>,
    version: Option<String>,
}

/// Whose intake it is, and where its pages are.
#[derive(Debug, Clone)]
struct Place {
    client: String,
    /// Where the form is shown and posted.
    here: String,
    /// Where the arrow back leads.
    back: String,
    key: String,
}

/// Which condition was chosen; empty: choose again.
#[derive(Debug, Deserialize)]
struct Wanted {
    condition: Option<String>,
    #[serde(default)]
    find: String,
}

impl Place {
    fn new_for(id: ClientId, client: &Client) -> Self {
        let (here, back) = (format!("/clients/{id}/episodes/new"), format!("/clients/{id}"));
        Self { client: client.name.clone(), here, back, key: format!("intake:{id}") }
    }

    fn of(episode: EpisodeId, client: &Client) -> Self {
        let (here, back) = (format!("/episodes/{episode}/intake"), format!("/episodes/{episode}"));
        Self { client: client.name.clone(), here, back, key: format!("intake:{episode}") }
    }
}

async fn begin(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let client = load(&app, &visitor, id).await?.body;
    let place = Place::new_for(id, &client);
    let form = Form::new().or_draft(&app, &visitor, &place.key).await?;
    show(&visitor, place, form, &wanted)
}

/// The form for the condition asked for or, when none was named, the one in the form; else the choice of conditions.
fn show(visitor: &Visitor, place: Place, form: Form, wanted: &Wanted) -> Result<Response, WebError> {
    let chosen = wanted.condition.as_deref().unwrap_or_else(|| form.get("condition"));
    match catalog().condition(chosen) {
        Some(condition) => page(&IntakePage::new(visitor, place, condition, form)),
        None => page(&Choose::new(visitor, place, wanted.find.trim())),
    }
}

impl IntakePage {
    fn new(visitor: &Visitor, place: Place, condition: &'static Condition, form: Form) -> Self {
        let version = Some(form.get("version").to_owned()).filter(|version| !version.is_empty());
        Self {
            frame: visitor.frame(format!("Intake of {}", place.client), Nav::Clients),
            show: visitor.show.clone(),
            place,
            condition,
            codes: fields::code_groups(condition),
            measures: fields::measures(condition),
            version,
            form,
        }
    }
}

async fn take_in(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let client = load(&app, &visitor, id).await?.body;
    let place = Place::new_for(id, &client);
    let intake = match fields::read(&posted.form, &visitor, None) {
        Ok(intake) => intake,
        Err(errors) => return refuse(&visitor, place, posted.form.refused(errors), None),
    };
    let episode = EpisodeId(Uuid::now_v7());
    let location = after(&app, &visitor, id, episode).await?;
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(place.key);
    batch.add(About::episode(id, episode), visitor.now, &intake);
    keep(&app, &visitor, &batch, &location).await
}

/// The screening, or first the consent where there is none in force.
async fn after(app: &App, visitor: &Visitor, id: ClientId, episode: EpisodeId) -> Result<String, WebError> {
    let consents: Vec<Entry<Consent>> = app.store().of_client(&visitor.scope, id).await?;
    let screening = format!("/episodes/{episode}/screening");
    let agreed = in_force(&consents, visitor.now).is_some();
    Ok(if agreed { screening } else { format!("/clients/{id}/consent?next={screening}") })
}

/// The form again with what is wrong; the choice of conditions when that is what is wrong.
fn refuse(visitor: &Visitor, place: Place, form: Form, version: Option<u32>) -> Result<Response, WebError> {
    let form = form.keyed(&place.key);
    match catalog().condition(form.get("condition")) {
        Some(condition) => {
            let page = IntakePage::new(visitor, place, condition, form);
            refused_page(&IntakePage { version: version.map(|version| version.to_string()), ..page })
        }
        None => refused_page(&Choose::new(visitor, place, "")),
    }
}

async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let place = Place::of(episode, &record.client.body);
    let form = fields::form_of(&record.intake).or_draft(&app, &visitor, &place.key).await?;
    show(&visitor, place, form, &wanted)
}

async fn amend(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let place = Place::of(episode, &record.client.body);
    let old: &Entry<Intake> = &record.intake;
    let intake = match fields::read(&posted.form, &visitor, Some(old)) {
        Ok(intake) => intake,
        Err(errors) => return refuse(&visitor, place, posted.form.refused(errors), Some(old.version)),
    };
    let location = format!("/episodes/{episode}");
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(place.key);
    let about = About::episode(record.client_id, episode);
    batch.amend(old, about, old.happened_at, posted.form.get("reason"), &intake);
    keep(&app, &visitor, &batch, &location).await
}
