//! Erasing a client for good: what goes, what stays, the client's name to confirm it, and the proof.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use jiff::Timestamp;
use xystra_care::client::Client;
use xystra_care::id::ClientId;
use xystra_care::keeping::kept_until;
use xystra_care::merge::Merge;
use xystra_care::{Entry, FieldError};
use xystra_store::erase::Count;
use xystra_store::journal::Row;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::show::Show;

/// Asks before a client is erased.
#[derive(Template)]
#[template(path = "clients/erase.html")]
struct Ask {
    frame: Frame,
    form: Form,
    show: Show,
    now: Timestamp,
    id: ClientId,
    name: String,
    /// Names of records that were merged into this one, which go with it.
    merged: Vec<String>,
    rows: Vec<Count>,
    /// Until when the practice keeps the record, while that day has not come.
    keep_until: Option<String>,
    keep_years: u16,
    oldest_backup: Option<Timestamp>,
    overwrites: bool,
}

/// Says that a client was erased, and how to prove it.
#[derive(Template)]
#[template(path = "clients/erased.html")]
struct Proof {
    frame: Frame,
    show: Show,
    row: Row,
    /// Right after it was done: how much went, and whether the file holds it no more.
    done: Option<Done>,
    oldest_backup: Option<Timestamp>,
}

struct Done {
    rows: Vec<Count>,
    copies: usize,
    overwritten: bool,
    overwrites: bool,
}

/// `GET /clients/{client}/erase`: asks, or shows the proof when it was done before.
pub(super) async fn ask(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
) -> Result<Response, WebError> {
    match name_of(&app, &visitor, id).await? {
        Some(name) => page(&Ask::load(&app, &visitor, id, name, Form::new()).await?),
        None => prove(&app, &visitor, id).await,
    }
}

/// `POST /clients/{client}/erase`: erases, if the name fits.
pub(super) async fn erase(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let Some(name) = name_of(&app, &visitor, id).await? else { return prove(&app, &visitor, id).await };
    if posted.form.get("name").trim() != name.trim() {
        let error = FieldError::new("name", format!("nothing was erased: type the name as it stands here, {name}"));
        return refused_page(&Ask::load(&app, &visitor, id, name, posted.form.refused(vec![error])).await?);
    }
    let store = app.store();
    let oldest_backup = store.oldest_backup(&visitor.scope).await?;
    let erased = store.erase_client(&visitor.scope, id, visitor.now).await?;
    let overwrites = store.overwrites();
    let done = Done { rows: erased.rows, copies: erased.copies, overwritten: erased.overwritten, overwrites };
    page(&Proof::of(&visitor, erased.proof, Some(done), oldest_backup))
}

async fn prove(app: &App, visitor: &Visitor, id: ClientId) -> Result<Response, WebError> {
    let proof = app.store().erasure_of(&visitor.scope, id).await?.ok_or(WebError::NotFound)?;
    page(&Proof::of(visitor, proof, None, app.store().oldest_backup(&visitor.scope).await?))
}

/// The client's name, in force or struck out; the record that it was merged into is where it is erased.
async fn name_of(app: &App, visitor: &Visitor, id: ClientId) -> Result<Option<String>, WebError> {
    let known: Vec<Entry<Client>> = app.store().of_client(&visitor.scope, id).await?;
    Ok(known.last().map(|entry| entry.body.name.clone()))
}

impl Ask {
    async fn load(app: &App, visitor: &Visitor, id: ClientId, name: String, form: Form) -> Result<Self, WebError> {
        let (store, scope) = (app.store(), &visitor.scope);
        let known: Vec<Entry<Client>> = store.of_client(scope, id).await?;
        let born = known.last().and_then(|entry| entry.body.born);
        let merges: Vec<Entry<Merge>> = store.of_client(scope, id).await?;
        let last = store.written_about(scope, id).await?;
        let until = last.map(|last| kept_until(&visitor.practice, last, born)).filter(|day| *day >= visitor.today());
        Ok(Self {
            frame: visitor.frame("Erase a client", Nav::Clients),
            form,
            show: visitor.show.clone(),
            now: visitor.now,
            id,
            name,
            merged: merges.into_iter().filter(|entry| !entry.struck).map(|entry| entry.body.name).collect(),
            rows: store.would_erase(scope, id).await?,
            keep_until: until.map(|day| visitor.show.day(day)),
            keep_years: visitor.practice.keep_years,
            oldest_backup: store.oldest_backup(scope).await?,
            overwrites: store.overwrites(),
        })
    }
}

impl Proof {
    fn of(visitor: &Visitor, row: Row, done: Option<Done>, oldest_backup: Option<Timestamp>) -> Self {
        let frame = visitor.frame("Proof of erasure", Nav::Clients);
        Self { frame, show: visitor.show.clone(), row, done, oldest_backup }
    }
}

/// A table in words.
fn word(table: &str) -> &str {
    match table {
        "entry" => "Entries, every version of each",
        "recording" => "Recordings of instruments",
        "recording_part" => "Parts that the recordings were kept in",
        "derived" => "Doses computed from recordings",
        "draft" => "Forms that were still being typed",
        "link" => "Links that were made for the client",
        "emergency" => "Reasons given in an emergency",
        "client" => "Words to find the client by",
        "operation" => "Notes that a form was posted",
        "job" => "Work that waited to be done",
        other => other,
    }
}
