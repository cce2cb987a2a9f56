//! Writing down who a client is, and amending it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use uuid::Uuid;
use xystra_care::client::{Client, Contact};
use xystra_care::id::ClientId;
use xystra_care::{Entry, FieldError};
use xystra_store::Batch;
use xystra_store::entries::About;

use super::load;
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted, Reader};
use crate::frame::{Frame, Nav};
use crate::pages::keep::keep;
use crate::show::Show;

/// The key of the draft of a client who is not written down yet.
const NEW: &str = "client:new";

#[derive(Template)]
#[template(path = "clients/edit.html")]
struct Edit {
    frame: Frame,
    form: Form,
    show: Show,
    /// Who is amended, and from which version; `None` for a new client.
    of: Option<(ClientId, String)>,
}

impl Edit {
    fn new(visitor: &Visitor, form: Form) -> Self {
        Self { frame: visitor.frame("New client", Nav::Clients), form, show: visitor.show.clone(), of: None }
    }

    fn amend(visitor: &Visitor, id: ClientId, version: String, form: Form) -> Self {
        let frame = visitor.frame("Change who this is", Nav::Clients);
        Self { frame, form, show: visitor.show.clone(), of: Some((id, version)) }
    }
}

pub(super) async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, WebError> {
    let form = Form::new().or_draft(&app, &visitor, NEW).await?;
    page(&Edit::new(&visitor, form))
}

pub(super) async fn add(State(app): State<App>, visitor: Visitor, posted: Posted) -> Result<Response, WebError> {
    let (client, errors) = read(&posted.form, &visitor, None);
    if !errors.is_empty() {
        return refused_page(&Edit::new(&visitor, posted.form.refused(errors).keyed(NEW)));
    }
    let id = ClientId(Uuid::now_v7());
    let location = format!("/clients/{id}");
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(NEW);
    batch.add(About::client(id), visitor.now, &client);
    keep(&app, &visitor, &batch, &location).await
}

pub(super) async fn edit(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
) -> Result<Response, WebError> {
    let client = load(&app, &visitor, id).await?;
    let form = form_of(&client).or_draft(&app, &visitor, key(id)).await?;
    let version = form.get("version").to_owned();
    page(&Edit::amend(&visitor, id, version, form))
}

pub(super) async fn amend(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let old = load(&app, &visitor, id).await?;
    let (client, errors) = read(&posted.form, &visitor, Some(&old));
    if !errors.is_empty() {
        let form = posted.form.refused(errors).keyed(key(id));
        return refused_page(&Edit::amend(&visitor, id, old.version.to_string(), form));
    }
    let location = format!("/clients/{id}");
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(key(id));
    batch.amend(&old, About::client(id), visitor.now, posted.form.get("reason"), &client);
    keep(&app, &visitor, &batch, &location).await
}

/// Strikes out a client who was written down twice; one with a complaint or a consent stays.
pub(super) async fn strike(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<ClientId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let client = load(&app, &visitor, id).await?;
    if !is_bare(&app, &visitor, id).await? {
        return Ok(Redirect::to(&format!("/clients/{id}")).into_response());
    }
    let mut batch = Batch::once(posted.operation, "/clients");
    batch.strike(&client, About::client(id), "written down twice");
    keep(&app, &visitor, &batch, "/clients").await
}

/// Is there nothing about this client but who they are?
async fn is_bare(app: &App, visitor: &Visitor, id: ClientId) -> Result<bool, WebError> {
    let consents = app.store().of_client::<xystra_care::consent::Consent>(&visitor.scope, id).await?;
    let booked = app.store().of_client::<xystra_care::appointment::Appointment>(&visitor.scope, id).await?;
    let episodes = app.store().records_of_client(&visitor.scope, id).await?;
    Ok(consents.is_empty() && booked.is_empty() && episodes.is_empty())
}

fn key(id: ClientId) -> String {
    format!("client:{id}")
}

fn form_of(entry: &Entry<Client>) -> Form {
    let client = &entry.body;
    Form::new()
        .with("version", entry.version)
        .with("name", &client.name)
        .with_some("born", client.born)
        .with_some_word("handed", client.handed.as_ref())
        .with_some_word("skin", client.skin.as_ref())
        .with("phone", &client.phone)
        .with("email", &client.email)
        .with("address", &client.address)
        .with("emergency_name", &client.emergency.name)
        .with("emergency_reach", &client.emergency.reach)
        .with("referrer_name", &client.referrer.name)
        .with("referrer_reach", &client.referrer.reach)
        .with("guardian_name", &client.guardian.name)
        .with("guardian_reach", &client.guardian.reach)
        .with("medicines", client.medicines.join("\n"))
        .with("allergies", client.allergies.join("\n"))
        .with("remarks", &client.remarks)
}

/// The client as typed, and what is wrong; `old` when it is an amendment.
fn read(form: &Form, visitor: &Visitor, old: Option<&Entry<Client>>) -> (Client, Vec<FieldError>) {
    let mut reader = form.reader(visitor.show.zone());
    let client = Client {
        name: reader.text("name"),
        born: reader.date("born"),
        handed: reader.choice("handed"),
        skin: reader.choice("skin"),
        phone: reader.text("phone"),
        email: reader.text("email"),
        address: reader.text("address"),
        emergency: contact(&reader, "emergency"),
        referrer: contact(&reader, "referrer"),
        guardian: contact(&reader, "guardian"),
        medicines: reader.lines("medicines"),
        allergies: reader.lines("allergies"),
        remarks: reader.text("remarks"),
        synthetic: old.is_some_and(|old| old.body.synthetic),
    };
    reader.and(client.check(visitor.today()));
    if let Some(old) = old {
        reader.same_version(old.version);
        if form.get("reason").is_empty() {
            reader.wrong("reason", "say in a few words why this is changed: the old version stays in the history");
        }
    }
    (client, reader.errors())
}

fn contact(reader: &Reader<'_>, who: &str) -> Contact {
    Contact { name: reader.text(&format!("{who}_name")), reach: reader.text(&format!("{who}_reach")) }
}
