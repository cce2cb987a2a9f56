//! A new password. Whoever changes it must know the old one; everybody is signed out.

use askama::Template;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use xystra_care::FieldError;

use crate::app::App;
use crate::auth::{Visitor, clear_cookie, password};
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "settings/password.html")]
struct Page {
    frame: Frame,
    form: Form,
    shortest: usize,
}

impl Page {
    fn of(visitor: &Visitor, form: Form) -> Self {
        Self { frame: visitor.frame("Password", Nav::Practice), form, shortest: password::SHORTEST }
    }
}

/// `GET /settings/password`.
pub(super) async fn show(visitor: Visitor) -> Result<Response, WebError> {
    page(&Page::of(&visitor, Form::new()))
}

/// `POST /settings/password`.
pub(super) async fn change(State(app): State<App>, visitor: Visitor, posted: Posted) -> Result<Response, WebError> {
    let mut errors = complaints(&posted.form);
    errors.extend(check_current(&app, &visitor, posted.form.get("current")).await);
    if !errors.is_empty() {
        return refused_page(&Page::of(&visitor, Form::new().refused(errors)));
    }
    let hash = password::hash(posted.form.get("password").to_owned()).await;
    app.store().set_password(&visitor.scope, &hash, visitor.now).await?;
    Ok((AppendHeaders([(SET_COOKIE, clear_cookie())]), Redirect::to("/sign-in?said=password-changed")).into_response())
}

fn complaints(form: &Form) -> Vec<FieldError> {
    let mut errors: Vec<FieldError> = password::complaint(form.get("password"))
        .map(|message| FieldError::new("password", message))
        .into_iter()
        .collect();
    if form.get("password") != form.get("again") {
        errors.push(FieldError::new("again", "the two passwords differ"));
    }
    errors
}

/// Guessing here is slowed as it is at the door.
async fn check_current(app: &App, visitor: &Visitor, typed: &str) -> Option<FieldError> {
    let login = &visitor.account.login;
    if let Some(seconds) = app.limiter().wait(login, visitor.now) {
        return Some(FieldError::new("current", format!("too many tries: wait {seconds} seconds and try again")));
    }
    if password::verify(typed.to_owned(), Some(visitor.account.password_hash.clone())).await {
        app.limiter().succeeded(login);
        return None;
    }
    app.limiter().failed(login, visitor.now);
    Some(FieldError::new("current", "this is not your password now: try again"))
}
