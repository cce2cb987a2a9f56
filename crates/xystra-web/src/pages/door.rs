//! The door: the first run, signing in and out, the demonstration's one-time address, light or dark.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::header::{REFERER, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use xystra_care::FieldError;
use xystra_care::practice::Practice;
use xystra_store::{Account, NewOwner, Scope};

use crate::app::App;
use crate::auth::{ABSOLUTE_H, Token, Visitor, clear_cookie, password, set_cookie};
use crate::drafts::local;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav, theme_of};

/// The way to the pages of this module.
pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/welcome", get(welcome).post(found))
        .route("/sign-in", get(sign_in).post(enter))
        .route("/sign-out", post(leave))
        .route("/demo/{ticket}", get(demo))
        .route("/theme", post(theme))
}

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

async fn welcome(State(app): State<App>, headers: HeaderMap) -> Result<Response, WebError> {
    if app.store().has_practice().await? {
        return Ok(Redirect::to("/").into_response());
    }
    let zone = jiff::tz::TimeZone::system();
    let form = Form::new().with("time_zone", zone.iana_name().unwrap_or("UTC"));
    page(&Welcome::of(&app, &headers, form))
}

async fn found(State(app): State<App>, headers: HeaderMap, body: axum::body::Bytes) -> Result<Response, WebError> {
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
        password_hash: password::hash(form.get("password").to_owned()).await,
    };
    let now = app.clock().now();
    let account = app.store().found_practice(&new, now).await?;
    signed_in(&app, &account, "/", now).await
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
    errors.extend(password::complaint(form.get("password")).map(|message| FieldError::new("password", message)));
    if form.get("password") != form.get("again") {
        errors.push(FieldError::new("again", "the two passwords differ"));
    }
    errors
}

#[derive(Template)]
#[template(path = "door/sign_in.html")]
struct SignIn {
    frame: Frame,
    form: Form,
    /// The password was changed a moment ago, and everybody signed out.
    changed: bool,
}

/// Where somebody wanted to go.
#[derive(Debug, Deserialize)]
struct Wanted {
    next: Option<String>,
    /// `password-changed`: what was done a moment ago.
    said: Option<String>,
}

async fn sign_in(
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    if !app.store().has_practice().await? {
        return Ok(Redirect::to("/welcome").into_response());
    }
    let form = Form::new().with("next", wanted.next.as_deref().unwrap_or("/"));
    let changed = wanted.said.as_deref() == Some("password-changed");
    page(&SignIn { frame: Frame::outside("Sign in", &headers), form, changed })
}

async fn enter(State(app): State<App>, headers: HeaderMap, body: axum::body::Bytes) -> Result<Response, WebError> {
    let form = Form::decode(&body);
    let (login, now) = (form.get("login").to_lowercase(), app.clock().now());
    let refuse = |form: Form, message: String| {
        let form = form.refused(vec![FieldError::new("login", message)]);
        refused_page(&SignIn { frame: Frame::outside("Sign in", &headers), form, changed: false })
    };
    if let Some(seconds) = app.limiter().wait(&login, now) {
        return refuse(form, format!("too many tries: wait {seconds} seconds and try again"));
    }
    let account = app.store().account_by_login(&login).await?;
    let hash = account.as_ref().map(|account| account.password_hash.clone());
    let right = password::verify(form.get("password").to_owned(), hash).await;
    let Some(account) = account.filter(|_| right) else {
        app.limiter().failed(&login, now);
        return refuse(form, "name or password do not fit: try again".to_owned());
    };
    app.limiter().succeeded(&login);
    signed_in(&app, &account, local(form.get("next")), now).await
}

async fn signed_in(app: &App, account: &Account, next: &str, now: Timestamp) -> Result<Response, WebError> {
    let token = Token::new();
    let ends_at = now + SignedDuration::from_hours(ABSOLUTE_H);
    app.store().sign_in(&Scope::of(account), &token.hash(), ends_at, now).await?;
    Ok((AppendHeaders([(SET_COOKIE, set_cookie(&token))]), Redirect::to(next)).into_response())
}

async fn leave(State(app): State<App>, visitor: Visitor, _posted: Posted) -> Result<Response, WebError> {
    app.store().sign_out(&visitor.scope, &visitor.token.hash(), visitor.now).await?;
    Ok((AppendHeaders([(SET_COOKIE, clear_cookie())]), Redirect::to("/sign-in")).into_response())
}

/// The address that the demonstration prints: it signs in whoever opens it first.
async fn demo(State(app): State<App>, Path(ticket): Path<String>) -> Result<Response, WebError> {
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
    signed_in(&app, &demo.account, "/", app.clock().now()).await
}

/// Light or dark, remembered by the browser for a year.
async fn theme(headers: HeaderMap, body: axum::body::Bytes) -> Response {
    let wanted = match (Form::decode(&body).get("theme"), theme_of(&headers)) {
        ("dark", _) | ("", None | Some("light")) => "dark",
        _ => "light",
    };
    let cookie = format!("theme={wanted}; Path=/; SameSite=Strict; Max-Age=31536000");
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
