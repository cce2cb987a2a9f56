//! Joining the practice, or setting a new password, by a link that serves once.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use jiff::Timestamp;
use xystra_care::FieldError;
use xystra_store::Error;
use xystra_store::invitation::Invitation;

use super::new_password_errors;
use crate::app::App;
use crate::auth::{Token, password, tries};
use crate::error::{WebError, page, refused_page};
use crate::form::Form;
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "door/join.html")]
struct Page {
    frame: Frame,
    form: Form,
    invitation: Invitation,
    shortest: usize,
}

impl Page {
    fn of(headers: &HeaderMap, invitation: Invitation, form: Form) -> Self {
        let title = if invitation.account.is_some() { "New password" } else { "Join the practice" };
        Self { frame: Frame::outside(title, headers), form, invitation, shortest: password::SHORTEST }
    }
}

/// A link that serves no more, or never did.
#[derive(Template)]
#[template(path = "door/spent.html")]
struct Spent {
    frame: Frame,
}

/// `GET /join/{token}`.
pub(super) async fn show(
    State(app): State<App>,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    match app.store().invitation(&Token::given(&token).hash(), app.clock().now()).await? {
        Some(invitation) => page(&Page::of(&headers, invitation, Form::new())),
        None => spent(&headers),
    }
}

/// `POST /join/{token}`.
pub(super) async fn join(
    State(app): State<App>,
    headers: HeaderMap,
    Path(token): Path<String>,
    body: axum::body::Bytes,
) -> Result<Response, WebError> {
    let (form, now) = (Form::decode(&body), app.clock().now());
    let Some(invitation) = app.store().invitation(&Token::given(&token).hash(), now).await? else {
        return spent(&headers);
    };
    let errors = errors(&form, &invitation);
    if !errors.is_empty() {
        return refused_page(&Page::of(&headers, invitation, form.refused(errors)));
    }
    match serve(&app, &invitation, &form, now).await {
        Ok(location) => Ok(Redirect::to(location).into_response()),
        Err(Error::LoginTaken { login }) => {
            let error = FieldError::new("login", format!("{login} is taken: choose another name to sign in with"));
            refused_page(&Page::of(&headers, invitation, form.refused(vec![error])))
        }
        Err(Error::NotFound) => spent(&headers),
        Err(error) => Err(error.into()),
    }
}

fn errors(form: &Form, invitation: &Invitation) -> Vec<FieldError> {
    let mut errors = new_password_errors(form, &[form.get("login"), &invitation.name]);
    if invitation.account.is_none() && form.get("login").is_empty() {
        errors.insert(0, FieldError::new("login", "choose a name to sign in with"));
    }
    errors
}

/// Uses the link; leads to the door, where the new password is asked for.
async fn serve(app: &App, invitation: &Invitation, form: &Form, now: Timestamp) -> Result<&'static str, Error> {
    let hash = password::hash(form.exact("password").to_owned()).await;
    if invitation.account.is_some() {
        let account = app.store().reset_password(invitation, &hash, now).await?;
        app.store().forgive(&tries::of_password(&account.login)).await?;
        return Ok("/sign-in?said=password-changed");
    }
    app.store().join(invitation, form.get("login"), &hash, now).await?;
    Ok("/sign-in?said=joined")
}

fn spent(headers: &HeaderMap) -> Result<Response, WebError> {
    let page = Spent { frame: Frame::outside("This link serves no more", headers) };
    Ok((StatusCode::NOT_FOUND, Html(page.render()?)).into_response())
}
