//! Consent: the text, who agreed to it and how, and withdrawing it.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use xystra_care::consent::{Consent, How, in_force};
use xystra_care::id::{ClientId, ThreadId};
use xystra_care::{Entry, FieldError};
use xystra_catalog::catalog;
use xystra_catalog::consent::ConsentText;
use xystra_store::Batch;
use xystra_store::entries::About;

use super::clients::load;
use super::keep::keep;
use crate::app::App;
use crate::auth::Visitor;
use crate::drafts::local;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::routes::Routes;
use crate::show::Show;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/clients/{client}/consent", show)
        .post("/clients/{client}/consent", agree)
        .post("/clients/{client}/consent/{thread}/withdraw", withdraw)
}

#[derive(Template)]
#[template(path = "consent/page.html")]
struct ConsentPage {
    frame: Frame,
    form: Form,
    show: Show,
    id: ClientId,
    name: String,
    here: String,
    text: Option<&'static ConsentText>,
    /// Since when the text is the one to agree to.
    since: String,
    given: Vec<Given>,
    is_given: bool,
    /// Younger than 18, or somebody else decides: a guardian agrees as well.
    ask_guardian: bool,
}

/// One consent that was given.
struct Given {
    thread: ThreadId,
    text_version: u32,
    when: String,
    how: &'static str,
    guardian: String,
    regions: String,
    author: String,
    withdrawn: Option<String>,
    in_force: bool,
}

/// Where the person goes on afterwards.
#[derive(Debug, Deserialize)]
struct Wanted {
    next: Option<String>,
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let client = load(&app, &visitor, id).await?;
    let form = Form::new().with_some("next", wanted.next).with("guardian", &client.body.guardian.name);
    let form = form.or_draft(&app, &visitor, key(id)).await?;
    page(&ConsentPage::load(&app, &visitor, id, form).await?)
}

async fn agree(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
    posted: Posted,
) -> Result<Response, WebError> {
    load(&app, &visitor, id).await?;
    let consent = match read(&posted.form, &visitor) {
        Ok(consent) => consent,
        Err(errors) => {
            let form = posted.form.refused(errors).keyed(key(id));
            return refused_page(&ConsentPage::load(&app, &visitor, id, form).await?);
        }
    };
    let next = posted.form.get("next");
    let location = if next.is_empty() { format!("/clients/{id}") } else { local(next).to_owned() };
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(key(id));
    batch.add(About::client(id), visitor.now, &consent);
    keep(&app, &visitor, &batch, &location).await
}

async fn withdraw(
    State(app): State<App>,
    visitor: Visitor,
    Path((id, thread)): Path<(ClientId, ThreadId)>,
    posted: Posted,
) -> Result<Response, WebError> {
    load(&app, &visitor, id).await?;
    let given: Vec<Entry<Consent>> = app.store().of_client(&visitor.scope, id).await?;
    let old = given.into_iter().find(|entry| entry.thread == thread).ok_or(WebError::NotFound)?;
    let here = format!("/clients/{id}/consent");
    let mut batch = Batch::once(posted.operation, &here);
    if old.body.withdrawn_at.is_none() {
        let body = Consent { withdrawn_at: Some(visitor.now), ..old.body.clone() };
        batch.amend(&old, About::client(id), old.happened_at, "withdrawn by the client", &body);
    }
    keep(&app, &visitor, &batch, &here).await
}

fn key(id: ClientId) -> String {
    format!("consent:{id}")
}

fn since(text: &ConsentText, show: &Show) -> String {
    text.since.parse().map_or_else(|_| text.since.clone(), |day| show.birthday(day))
}

fn read(form: &Form, visitor: &Visitor) -> Result<Consent, Vec<FieldError>> {
    let mut reader = form.reader(visitor.show.zone());
    let how = reader.choice::<How>("how");
    let how = reader.need("how", how, "say how consent was given: in words or on paper");
    let text_version = reader.whole::<u32>("text_version");
    let text_version = reader.need("text_version", text_version, "open the page again: the text is missing");
    if text_version.is_some_and(|seen| catalog().consent_text().is_none_or(|text| text.version != seen)) {
        reader.wrong("text_version", "the text has changed since this page was opened: go through it again");
    }
    if !reader.ticked("agreed") {
        reader.wrong("agreed", "tick that the client agrees; without a clear yes nothing is recorded");
    }
    let (regions, guardian) = (reader.text("regions"), reader.text("guardian"));
    match (how, text_version, reader.errors()) {
        (Some(how), Some(text_version), errors) if errors.is_empty() => {
            Ok(Consent { text_version, regions, guardian, how, withdrawn_at: None })
        }
        (_, _, errors) => Err(errors),
    }
}

impl ConsentPage {
    async fn load(app: &App, visitor: &Visitor, id: ClientId, form: Form) -> Result<Self, WebError> {
        let client = load(app, visitor, id).await?.body;
        let entries: Vec<Entry<Consent>> = app.store().of_client(&visitor.scope, id).await?;
        let now_in_force = in_force(&entries, visitor.now).map(|entry| entry.thread);
        let given = entries.iter().rev().filter(|entry| !entry.struck);
        Ok(Self {
            frame: visitor.frame(format!("Consent of {}", client.name), Nav::Clients),
            form,
            show: visitor.show.clone(),
            id,
            here: format!("/clients/{id}/consent"),
            text: catalog().consent_text(),
            since: catalog().consent_text().map(|text| since(text, &visitor.show)).unwrap_or_default(),
            given: given.map(|entry| Given::of(entry, now_in_force, &visitor.show)).collect(),
            is_given: now_in_force.is_some(),
            ask_guardian: client.age(visitor.today()).is_some_and(|age| age < 18) || !client.guardian.is_empty(),
            name: client.name,
        })
    }
}

impl Given {
    fn of(entry: &Entry<Consent>, in_force: Option<ThreadId>, show: &Show) -> Self {
        let consent = &entry.body;
        Self {
            thread: entry.thread,
            text_version: consent.text_version,
            when: show.moment(entry.happened_at),
            how: match consent.how {
                How::Spoken => "in words",
                How::Paper => "on paper",
            },
            guardian: consent.guardian.clone(),
            regions: consent.regions.clone(),
            author: entry.author.name.clone(),
            withdrawn: consent.withdrawn_at.map(|at| show.moment(at)),
            in_force: in_force == Some(entry.thread),
        }
    }
}
