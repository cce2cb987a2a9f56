//! Signing in and out. An unknown name, a wrong password and an account that was disabled get the same answer in the same time.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;
use xystra_care::FieldError;
use xystra_store::account::Login;
use xystra_store::{Account, Scope};

use crate::app::App;
use crate::auth::{Address, Cookie, Entering, Visitor, clear_cookie, enter, enter_half, password, tries};
use crate::drafts::local;
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "door/sign_in.html")]
struct Page {
    frame: Frame,
    form: Form,
    /// What was done a moment ago, if anything.
    said: Option<&'static str>,
}

/// Where somebody wanted to go.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    next: Option<String>,
    /// What was done a moment ago.
    said: Option<String>,
}

/// `GET /sign-in`.
pub(super) async fn show(
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    if !app.store().has_practice().await? {
        return Ok(Redirect::to("/welcome").into_response());
    }
    let form = Form::new().with("next", wanted.next.as_deref().unwrap_or("/"));
    let said = wanted.said.as_deref().and_then(sentence);
    page(&Page { frame: Frame::outside("Sign in", &headers), form, said })
}

fn sentence(said: &str) -> Option<&'static str> {
    match said {
        "password-changed" => {
            Some("The password is changed, and every browser was signed out. Sign in with the new one.")
        }
        "joined" => Some("You belong to the practice now. Sign in with the name and password that you chose."),
        _ => None,
    }
}

/// `POST /sign-in`.
pub(super) async fn sign_in(
    State(app): State<App>,
    address: Address,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Result<Response, WebError> {
    let (form, now) = (Form::decode(&body), app.clock().now());
    let next = local(form.get("next")).to_owned();
    match try_password(&app, address, &form, now).await? {
        Ok(account) => {
            let entering = Entering { account: &account, headers: &headers, next: &next, now };
            let owes = app.store().second_factor(&Scope::of(&account)).await?.is_some_and(|known| known.step.is_some());
            if owes { enter_half(&app, entering).await } else { enter(&app, entering).await }
        }
        Err(message) => {
            let form = form.refused(vec![FieldError::new("login", message)]);
            refused_page(&Page { frame: Frame::outside("Sign in", &headers), form, said: None })
        }
    }
}

/// Whose name and password these are, or what to say.
async fn try_password(
    app: &App,
    address: Address,
    form: &Form,
    now: Timestamp,
) -> Result<Result<Account, String>, WebError> {
    let what = tries::of_password(form.get("login"));
    if let Some(seconds) = app.addresses().wait(address, now) {
        return Ok(Err(tries::too_many(seconds)));
    }
    if let Some(message) = tries::take(app, &what, now).await? {
        return Ok(Err(message));
    }
    let known = app.store().login(form.get("login")).await?;
    let hash = known.as_ref().map(|known| known.account.password_hash.clone());
    let right = password::verify(form.exact("password").to_owned(), hash).await;
    match known {
        Some(Login { account, may_enter: true }) if right => {
            app.store().forgive(&what).await?;
            Ok(Ok(account))
        }
        known => {
            app.addresses().failed(address, now);
            let scope = known.map(|known| Scope::of(&known.account));
            app.store().sign_in_failed(&what, scope.as_ref(), now).await?;
            Ok(Err("name or password do not fit: try again".to_owned()))
        }
    }
}

/// `POST /sign-out`.
pub(super) async fn sign_out(State(app): State<App>, visitor: Visitor, _posted: Posted) -> Result<Response, WebError> {
    app.store().sign_out(&visitor.scope, &visitor.token.hash(), visitor.now).await?;
    let gone = clear_cookie(Cookie::SignIn, app.secure());
    Ok((AppendHeaders([(SET_COOKIE, gone)]), Redirect::to("/sign-in")).into_response())
}
