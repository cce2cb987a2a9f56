//! A new password. Whoever changes it must know the old one; every other browser is signed out.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use xystra_care::FieldError;

use super::Said;
use crate::app::App;
use crate::auth::tries::check_password;
use crate::auth::{Cookie, Visitor, password, renew, set_cookie};
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::pages::door::new_password_errors;

#[derive(Template)]
#[template(path = "settings/password.html")]
struct Page {
    frame: Frame,
    form: Form,
    saved: bool,
    shortest: usize,
}

impl Page {
    fn of(visitor: &Visitor, form: Form, saved: bool) -> Self {
        Self { frame: visitor.frame("Password", Nav::Practice), form, saved, shortest: password::SHORTEST }
    }
}

/// `GET /settings/password`.
pub(super) async fn show(visitor: Visitor, Query(said): Query<Said>) -> Result<Response, WebError> {
    page(&Page::of(&visitor, Form::new(), said.saved.is_some()))
}

/// `POST /settings/password`.
pub(super) async fn change(
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Visitor,
    posted: Posted,
) -> Result<Response, WebError> {
    let about = [visitor.account.login.as_str(), &visitor.account.name, &visitor.practice.name];
    let mut errors = new_password_errors(&posted.form, &about);
    let complaint = check_password(&app, &visitor, posted.form.exact("current")).await?;
    errors.extend(complaint.map(|message| FieldError::new("current", message)));
    if !errors.is_empty() {
        return refused_page(&Page::of(&visitor, Form::new().refused(errors), false));
    }
    let hash = password::hash(posted.form.exact("password").to_owned()).await;
    app.store().set_password(&visitor.scope, &hash, visitor.now).await?;
    let token = renew(&app, &visitor, &headers).await?;
    let cookie = set_cookie(Cookie::SignIn, &token, app.secure());
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to("/settings/password?saved=password")).into_response())
}
