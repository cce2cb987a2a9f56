//! The first run: makes the practice and its owner's account.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use xystra_care::FieldError;
use xystra_care::practice::Practice;
use xystra_store::NewOwner;

use super::new_password_errors;
use crate::app::App;
use crate::auth::{Entering, enter, password};
use crate::error::{WebError, page, refused_page};
use crate::form::Form;
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "door/welcome.html")]
struct Welcome<'a> {
    frame: Frame,
    form: Form,
    folder: String,
    folder_note: Option<&'a str>,
    zones: Vec<String>,
    shortest: usize,
}

impl<'a> Welcome<'a> {
    fn of(app: &'a App, headers: &HeaderMap, form: Form) -> Self {
        Self {
            frame: Frame::outside("Welcome", headers),
            form,
            folder: app.store().folder().display().to_string(),
            folder_note: app.folder_note(),
            zones: jiff::tz::db().available().map(|name| name.to_string()).collect(),
            shortest: password::SHORTEST,
        }
    }
}

/// `GET /welcome`.
pub(super) async fn welcome(State(app): State<App>, headers: HeaderMap) -> Result<Response, WebError> {
    if app.store().has_practice().await? {
        return Ok(Redirect::to("/").into_response());
    }
    let zone = jiff::tz::TimeZone::system();
    let form = Form::new().with("time_zone", zone.iana_name().unwrap_or("UTC"));
    page(&Welcome::of(&app, &headers, form))
}

/// `POST /welcome`.
pub(super) async fn found(
    State(app): State<App>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Result<Response, WebError> {
    if app.store().has_practice().await? {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    let form = Form::decode(&body);
    let practice = Practice {
        name: form.get("practice").to_owned(),
        time_zone: form.get("time_zone").to_owned(),
        ..Practice::default()
    };
    let errors = check_owner(&form, &practice);
    if !errors.is_empty() {
        return refused_page(&Welcome::of(&app, &headers, form.refused(errors)));
    }
    let new = NewOwner {
        practice,
        login: form.get("login").to_owned(),
        name: form.get("name").to_owned(),
        password_hash: password::hash(form.exact("password").to_owned()).await,
    };
    let now = app.clock().now();
    let account = app.store().found_practice(&new, now).await?;
    enter(&app, Entering { account: &account, headers: &headers, next: "/", now }).await
}

fn check_owner(form: &Form, practice: &Practice) -> Vec<FieldError> {
    let mut errors = practice.check();
    for error in errors.iter_mut().filter(|error| error.field == "name") {
        "practice".clone_into(&mut error.field);
    }
    for (field, message) in [("name", "your name stands under your notes"), ("login", "choose a name to sign in with")]
    {
        if form.get(field).is_empty() {
            errors.push(FieldError::new(field, message));
        }
    }
    errors.extend(new_password_errors(form, &[form.get("login"), form.get("name"), &practice.name]));
    errors
}
