//! The door: the first run, joining, signing in and out, the demonstration's one-time address, light or dark.

pub(super) mod code;
mod join;
mod sign_in;
mod welcome;

use axum::extract::{Path, State};
use axum::http::header::{REFERER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use xystra_care::FieldError;

use crate::app::App;
use crate::auth::{Entering, enter, password};
use crate::drafts::local;
use crate::error::WebError;
use crate::form::Form;
use crate::frame::theme_of;
use crate::routes::Routes;

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/welcome", welcome::welcome)
        .post("/welcome", welcome::found)
        .get("/sign-in", sign_in::show)
        .post("/sign-in", sign_in::sign_in)
        .get("/sign-in/code", code::show)
        .post("/sign-in/code", code::pay)
        .get("/join/{token}", join::show)
        .post("/join/{token}", join::join)
        .post("/sign-out", sign_in::sign_out)
        .get("/demo/{ticket}", demo)
        .post("/theme", theme)
}

/// What is wrong with a new password that was typed twice; `about` is known of the person.
pub(super) fn new_password_errors(form: &Form, about: &[&str]) -> Vec<FieldError> {
    let complaint = password::complaint_of(form.exact("password"), about);
    let mut errors: Vec<_> = complaint.map(|message| FieldError::new("password", message)).into_iter().collect();
    if form.exact("password") != form.exact("again") {
        errors.push(FieldError::new("again", "the two passwords differ"));
    }
    errors
}

/// The address that the demonstration prints: it signs in whoever opens it first.
async fn demo(State(app): State<App>, headers: HeaderMap, Path(ticket): Path<String>) -> Result<Response, WebError> {
    let demo = app.demo().ok_or(WebError::NotFound)?;
    let fits = demo
        .ticket
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
        .take_if(|known| *known == ticket)
        .is_some();
    if !fits {
        return Ok(Redirect::to("/").into_response());
    }
    let now = app.clock().now();
    enter(&app, Entering { account: &demo.account, headers: &headers, next: "/", now }).await
}

/// Light or dark, remembered by the browser for a year.
async fn theme(State(app): State<App>, headers: HeaderMap, body: axum::body::Bytes) -> Response {
    let wanted = match (Form::decode(&body).get("theme"), theme_of(&headers)) {
        ("dark", _) | ("", None | Some("light")) => "dark",
        _ => "light",
    };
    let (name, only) = if app.secure() { ("__Host-theme", "; Secure") } else { ("theme", "") };
    let cookie = format!("{name}={wanted}; Path=/; SameSite=Strict{only}; Max-Age=31536000");
    let back = headers.get(REFERER).and_then(|value| value.to_str().ok()).and_then(path_of).unwrap_or("/");
    let cookie = HeaderValue::from_str(&cookie).expect("two known words");
    (AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to(local(back))).into_response()
}

/// The path within an address of ours.
fn path_of(address: &str) -> Option<&str> {
    let rest = address.split_once("://")?.1;
    rest.find('/').map(|at| &rest[at..])
}

/// Whatever else was asked for.
pub(super) async fn nothing_here() -> WebError {
    WebError::NotFound
}
