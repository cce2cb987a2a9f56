//! The code of the second factor, after the password was right. Until it comes nobody is signed in.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use serde::Deserialize;
use xystra_care::FieldError;
use xystra_store::{Account, Scope};

use crate::app::App;
use crate::auth::{Cookie, Entering, Token, clear_cookie, enter, totp, tries};
use crate::drafts::local;
use crate::error::{WebError, page, refused_page};
use crate::form::Form;
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "door/code.html")]
struct Page {
    frame: Frame,
    form: Form,
}

impl Page {
    fn of(headers: &HeaderMap, form: Form) -> Self {
        Self { frame: Frame::outside("Code", headers), form }
    }
}

/// Where somebody wanted to go.
#[derive(Debug, Deserialize)]
pub(super) struct Wanted {
    next: Option<String>,
}

/// `GET /sign-in/code`.
pub(super) async fn show(
    State(app): State<App>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    if debtor(&app, &headers, app.clock().now()).await?.is_none() {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    page(&Page::of(&headers, Form::new().with("next", wanted.next.as_deref().unwrap_or("/"))))
}

/// `POST /sign-in/code`.
pub(super) async fn pay(
    State(app): State<App>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Result<Response, WebError> {
    let (form, now) = (Form::decode(&body), app.clock().now());
    let Some((account, half)) = debtor(&app, &headers, now).await? else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    if let Some(message) = complaint(&app, &account, form.get("code"), now).await? {
        return refused_page(&Page::of(&headers, form.refused(vec![FieldError::new("code", message)])));
    }
    if !app.store().end_half_sign_in(&Scope::of(&account), &half.hash()).await? {
        return Ok(Redirect::to("/sign-in").into_response());
    }
    let next = local(form.get("next"));
    let mut response = enter(&app, Entering { account: &account, headers: &headers, next, now }).await?;
    response.headers_mut().append(SET_COOKIE, clear_cookie(Cookie::Half, app.secure()));
    Ok(response)
}

/// Who knew the password in this browser, within the last minutes.
async fn debtor(app: &App, headers: &HeaderMap, now: Timestamp) -> Result<Option<(Account, Token)>, WebError> {
    let Some(half) = Token::of(Cookie::Half, headers, app.secure()) else { return Ok(None) };
    let account = app.store().half_signed_in(&half.hash(), now).await?;
    Ok(account.map(|account| (account, half)))
}

/// What is wrong with a code, if anything; one that fits is used up.
async fn complaint(app: &App, account: &Account, typed: &str, now: Timestamp) -> Result<Option<String>, WebError> {
    let what = tries::of_code(account);
    if let Some(message) = tries::take(app, &what, now).await? {
        return Ok(Some(message));
    }
    let scope = Scope::of(account);
    if fits(app, &scope, typed, now).await? {
        app.store().forgive(&what).await?;
        return Ok(None);
    }
    app.store().sign_in_failed(&what, Some(&scope), now).await?;
    Ok(Some("this code does not fit, or served before: wait for the next one".to_owned()))
}

/// Is it the code of this half minute, or a recovery code that is left? Either serves once.
pub(in crate::pages) async fn fits(app: &App, scope: &Scope, typed: &str, now: Timestamp) -> Result<bool, WebError> {
    let known = app.store().second_factor(scope).await?;
    let secret = known.filter(|known| known.step.is_some()).map(|known| known.secret);
    if let Some(step) = secret.and_then(|secret| totp::step_of(&secret, typed, now)) {
        return Ok(app.store().use_step(scope, step).await?);
    }
    Ok(app.store().use_code(scope, &totp::hash_of(typed), now).await?)
}
