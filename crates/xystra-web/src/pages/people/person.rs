//! One of the people: their role, their browsers, and whether they may come in.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;
use xystra_care::FieldError;
use xystra_care::id::AccountId;
use xystra_care::role::Role;
use xystra_store::account::Device;
use xystra_store::people::Person;

use super::{Made, serves};
use crate::app::App;
use crate::auth::{Token, Visitor, tries};
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::show::Show;

#[derive(Template)]
#[template(path = "people/person.html")]
struct Page {
    frame: Frame,
    form: Form,
    show: Show,
    now: Timestamp,
    person: Person,
    is_me: bool,
    devices: Vec<Device>,
    made: Option<Made>,
    saved: Option<&'static str>,
}

impl Page {
    async fn of(app: &App, visitor: &Visitor, id: AccountId, form: Form) -> Result<Self, WebError> {
        let person = app.store().person(&visitor.scope, id).await?;
        Ok(Self {
            frame: visitor.frame(person.account.name.clone(), Nav::Practice),
            form: if form.get("role").is_empty() { form.with("role", person.account.role.word()) } else { form },
            show: visitor.show.clone(),
            now: visitor.now,
            is_me: id == visitor.account.id,
            devices: app.store().devices(&visitor.scope, id, visitor.now).await?,
            person,
            made: None,
            saved: None,
        })
    }
}

impl Page {
    /// The address of one change.
    fn at(&self, change: &str) -> String {
        format!("/settings/people/{}/{change}", self.person.account.id)
    }
}

/// What was done a moment ago.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    saved: Option<String>,
}

fn sentence(saved: &str) -> Option<&'static str> {
    match saved {
        "role" => Some("The role is changed, and every browser of this person was signed out."),
        "disabled" => Some("This person can no longer come in, and was signed out everywhere."),
        "enabled" => Some("This person may come in again."),
        "signed-out" => Some("Every browser of this person was signed out."),
        "second-factor" => Some("The second factor is off: the password alone opens the door."),
        _ => None,
    }
}

/// `GET /settings/people/{account}`.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<AccountId>,
    Query(said): Query<Said>,
) -> Result<Response, WebError> {
    let saved = said.saved.as_deref().and_then(sentence);
    page(&Page { saved, ..Page::of(&app, &visitor, id, Form::new()).await? })
}

/// `POST /settings/people/{account}/role`.
pub(super) async fn set_role(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<AccountId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let Some(role) = Role::of_word(posted.form.get("role")) else {
        let error = FieldError::new("role", "choose what they may do");
        return refused_page(&Page::of(&app, &visitor, id, posted.form.refused(vec![error])).await?);
    };
    app.store().set_role(&visitor.scope, id, role, visitor.now).await?;
    Ok(back(id, "role"))
}

/// `POST /settings/people/{account}/disable`.
pub(super) async fn disable(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<AccountId>,
    _posted: Posted,
) -> Result<Response, WebError> {
    app.store().disable(&visitor.scope, id, visitor.now).await?;
    Ok(back(id, "disabled"))
}

/// `POST /settings/people/{account}/enable`.
pub(super) async fn enable(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<AccountId>,
    _posted: Posted,
) -> Result<Response, WebError> {
    app.store().enable(&visitor.scope, id, visitor.now).await?;
    Ok(back(id, "enabled"))
}

/// `POST /settings/people/{account}/sign-out`: ends every sign-in of this person but the one that asks.
pub(super) async fn sign_out(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<AccountId>,
    _posted: Posted,
) -> Result<Response, WebError> {
    app.store().person(&visitor.scope, id).await?;
    app.store().end_sign_ins(&visitor.scope, id, Some(&visitor.token.hash()), visitor.now).await?;
    Ok(back(id, "signed-out"))
}

/// `POST /settings/people/{account}/password`: a link to a new password, shown this once; waiting for the next try ends.
pub(super) async fn offer_password(
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Visitor,
    Path(id): Path<AccountId>,
    _posted: Posted,
) -> Result<Response, WebError> {
    let person = app.store().person(&visitor.scope, id).await?;
    let (token, ends_at) = (Token::new(), visitor.now + serves());
    app.store().offer_password(&visitor.scope, &person.account, &token.hash(), ends_at, visitor.now).await?;
    app.store().forgive(&tries::of_password(&person.account.login)).await?;
    let made = Made::of(&app, &headers, &token, &person.account.name, visitor.show.moment(ends_at));
    page(&Page { made: Some(made), ..Page::of(&app, &visitor, id, Form::new()).await? })
}

/// `POST /settings/people/{account}/second-factor`: for somebody who lost the device and the codes.
pub(super) async fn turn_off_second_factor(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<AccountId>,
    _posted: Posted,
) -> Result<Response, WebError> {
    app.store().turn_off_second_factor(&visitor.scope, id, visitor.now).await?;
    Ok(back(id, "second-factor"))
}

fn back(id: AccountId, saved: &str) -> Response {
    Redirect::to(&format!("/settings/people/{id}?saved={saved}")).into_response()
}
