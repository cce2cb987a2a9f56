//! The second factor: a code from an app beside the password. It counts once a code has confirmed it.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use xystra_care::FieldError;
use xystra_store::second_factor::SecondFactor;

use crate::app::App;
use crate::auth::tries::{check_password, of_code, take};
use crate::auth::{Cookie, Visitor, renew, set_cookie, totp};
use crate::error::{WebError, page, refused_page};
use crate::form::{Form, Posted};
use crate::frame::{Frame, Nav};
use crate::pages::door::code::fits;
use crate::qr::qr;

#[derive(Template)]
#[template(path = "settings/second_factor.html")]
struct Page {
    frame: Frame,
    form: Form,
    /// Is it asked for?
    on: bool,
    codes_left: i64,
    /// The secret that waits for its first code.
    waiting: Option<Waiting>,
    /// Recovery codes, shown once.
    codes: Vec<String>,
}

struct Waiting {
    code: Option<String>,
    key: String,
}

impl Page {
    async fn of(app: &App, visitor: &Visitor, form: Form) -> Result<Self, WebError> {
        let known = app.store().second_factor(&visitor.scope).await?;
        let on = known.as_ref().is_some_and(|known| known.step.is_some());
        Ok(Self {
            frame: visitor.frame("Second factor", Nav::Practice),
            form,
            on,
            codes_left: known.as_ref().map_or(0, |known| known.codes_left),
            waiting: known.filter(|_| !on).map(|known| waiting(&known, visitor)),
            codes: Vec::new(),
        })
    }
}

fn waiting(known: &SecondFactor, visitor: &Visitor) -> Waiting {
    let address = totp::address(&known.secret, &visitor.account.login);
    Waiting { code: qr(&address, "QR code for an authenticator app"), key: totp::groups(&known.secret) }
}

/// `GET /settings/second-factor`.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, WebError> {
    page(&Page::of(&app, &visitor, Form::new()).await?)
}

/// `POST /settings/second-factor`: makes a secret, for somebody who knows the password.
pub(super) async fn begin(State(app): State<App>, visitor: Visitor, posted: Posted) -> Result<Response, WebError> {
    if let Some(message) = check_password(&app, &visitor, posted.form.exact("current")).await? {
        return refused(&app, &visitor, "current", message).await;
    }
    app.store().begin_second_factor(&visitor.scope, &totp::new_secret()).await?;
    Ok(Redirect::to("/settings/second-factor").into_response())
}

/// `POST /settings/second-factor/confirm`: the first code. Every browser is signed out; this one gets a new secret, and the page
/// shows the recovery codes this once.
pub(super) async fn confirm(
    State(app): State<App>,
    headers: HeaderMap,
    mut visitor: Visitor,
    posted: Posted,
) -> Result<Response, WebError> {
    let known = app.store().second_factor(&visitor.scope).await?.filter(|known| known.step.is_none());
    let secret = known.ok_or(WebError::NotFound)?.secret;
    if let Some(message) = take(&app, &of_code(&visitor.account), visitor.now).await? {
        return refused(&app, &visitor, "code", message).await;
    }
    let Some(step) = totp::step_of(&secret, posted.form.get("code"), visitor.now) else {
        return refused(&app, &visitor, "code", WRONG.to_owned()).await;
    };
    let codes = totp::new_codes();
    let hashes: Vec<String> = codes.iter().map(|code| totp::hash_of(code)).collect();
    app.store().confirm_second_factor(&visitor.scope, step, &hashes, visitor.now).await?;
    app.store().forgive(&of_code(&visitor.account)).await?;
    visitor.token = renew(&app, &visitor, &headers).await?;
    let cookie = set_cookie(Cookie::SignIn, &visitor.token, app.secure());
    let shown = Page { codes, ..Page::of(&app, &visitor, Form::new()).await? };
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), page(&shown)?).into_response())
}

/// What to do about a code that does not fit.
const WRONG: &str = "this code does not fit: wait for the next one, and see that the clock of your device is right";

/// `POST /settings/second-factor/off`: for somebody who knows the password and has a code.
pub(super) async fn turn_off(
    State(app): State<App>,
    headers: HeaderMap,
    visitor: Visitor,
    posted: Posted,
) -> Result<Response, WebError> {
    if let Some(message) = check_password(&app, &visitor, posted.form.exact("current")).await? {
        return refused(&app, &visitor, "current", message).await;
    }
    if let Some(message) = take(&app, &of_code(&visitor.account), visitor.now).await? {
        return refused(&app, &visitor, "code", message).await;
    }
    if !fits(&app, &visitor.scope, posted.form.get("code"), visitor.now).await? {
        return refused(&app, &visitor, "code", WRONG.to_owned()).await;
    }
    app.store().forgive(&of_code(&visitor.account)).await?;
    app.store().turn_off_second_factor(&visitor.scope, visitor.account.id, visitor.now).await?;
    let token = renew(&app, &visitor, &headers).await?;
    let cookie = set_cookie(Cookie::SignIn, &token, app.secure());
    Ok((AppendHeaders([(SET_COOKIE, cookie)]), Redirect::to("/settings/second-factor")).into_response())
}

async fn refused(app: &App, visitor: &Visitor, field: &str, message: String) -> Result<Response, WebError> {
    let form = Form::new().refused(vec![FieldError::new(field, message)]);
    refused_page(&Page::of(app, visitor, form).await?)
}
