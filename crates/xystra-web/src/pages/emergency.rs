//! Emergency access: somebody whose role it is not for reads one client's record, says why, and the owner is told.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use uuid::Uuid;
use xystra_care::FieldError;
use xystra_care::id::ClientId;
use xystra_store::emergency::{Emergency, OPEN_FOR};
use xystra_store::people::Person;

use super::clients;
use crate::app::App;
use crate::auth::Visitor;
use crate::drafts::local;
use crate::error::{WebError, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::routes::Routes;

/// Fewest characters of a reason.
const SHORTEST_REASON: usize = 10;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new().post("/emergencies", open).post("/emergencies/{emergency}/seen", see)
}

/// The refusal with the way through it.
#[derive(Template)]
#[template(path = "people/emergency.html")]
struct Ask {
    frame: Frame,
    form: Form,
    minutes: i64,
}

impl Ask {
    fn of(visitor: &Visitor, form: Form) -> Self {
        Self { frame: visitor.frame("Not for your role", Nav::None), form, minutes: OPEN_FOR.as_secs() / 60 }
    }
}

/// Answers in place of the page at `back`, which is about one client.
pub(crate) fn ask(visitor: &Visitor, client: ClientId, back: &str) -> Response {
    let form = Form::new().with("client", client).with("back", back);
    match Ask::of(visitor, form).render() {
        Ok(html) => (StatusCode::FORBIDDEN, Html(html)).into_response(),
        Err(error) => WebError::from(error).into_response(),
    }
}

/// `POST /emergencies`: opens the record of `client` and goes back to the page that was refused.
async fn open(State(app): State<App>, visitor: Visitor, posted: Posted) -> Result<Response, WebError> {
    let form = posted.form;
    let client: ClientId = form.get("client").parse().map_err(|_| WebError::NotFound)?;
    let back = local(form.get("back")).to_owned();
    let (open, _) = app.store().in_emergency(&visitor.scope, visitor.now).await?;
    if visitor.account.role.treats() || open.contains(&client) {
        return Ok(Redirect::to(&back).into_response());
    }
    if form.get("reason").chars().count() < SHORTEST_REASON {
        let error = FieldError::new("reason", "say in a sentence what the emergency is: the owner reads it");
        return refused_page(&Ask::of(&visitor, form.refused(vec![error])));
    }
    app.store().open_emergency(&visitor.scope, client, form.get("reason"), visitor.now).await?;
    Ok(Redirect::to(&back).into_response())
}

/// `POST /emergencies/{emergency}/seen`.
async fn see(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    _posted: Posted,
) -> Result<Response, WebError> {
    app.store().see_emergency(&visitor.scope, id, visitor.now).await?;
    Ok(Redirect::to("/settings/people?saved=seen").into_response())
}

/// A record that was opened, as the owner reads of it.
pub(super) struct Opened {
    pub(super) id: Uuid,
    pub(super) client_id: ClientId,
    pub(super) client: String,
    pub(super) who: String,
    pub(super) reason: String,
    pub(super) when: String,
    /// Until when it is open; `None` when it has closed.
    pub(super) until: Option<String>,
}

impl Opened {
    /// Those that no owner has looked at.
    pub(super) async fn unseen(app: &App, visitor: &Visitor) -> Result<Vec<Self>, WebError> {
        let people = app.store().people(&visitor.scope).await?;
        let mut opened = Vec::new();
        for emergency in app.store().unseen_emergencies(&visitor.scope).await? {
            let client = clients::load(app, visitor, emergency.client).await.ok();
            let client = client.map_or_else(|| emergency.client.to_string(), |entry| entry.body.name);
            opened.push(Self::of(visitor, &people, emergency, client));
        }
        Ok(opened)
    }

    fn of(visitor: &Visitor, people: &[Person], emergency: Emergency, client: String) -> Self {
        let person = people.iter().find(|person| person.account.id == emergency.account);
        let is_open = emergency.ends_at > visitor.now;
        Self {
            id: emergency.id,
            client_id: emergency.client,
            client,
            who: person.map_or_else(|| emergency.account.to_string(), |person| person.account.name.clone()),
            reason: emergency.reason,
            when: visitor.show.moment(emergency.at),
            until: is_open.then(|| visitor.show.time(emergency.ends_at)),
        }
    }
}
