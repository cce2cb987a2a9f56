//! Coming in: a new secret for the browser each time somebody proves who they are.

use axum::http::HeaderMap;
use axum::http::header::SET_COOKIE;
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use jiff::{SignedDuration, Timestamp};
use xystra_store::{Account, Scope};

use super::{Cookie, Token, Visitor, device_of, set_cookie};
use crate::app::App;
use crate::error::WebError;

/// Minutes in which the code of the second factor has to come.
const HALF_MIN: i64 = 10;

/// Who comes in, by what browser, and where they go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entering<'a> {
    pub(crate) account: &'a Account,
    pub(crate) headers: &'a HeaderMap,
    /// A path of ours.
    pub(crate) next: &'a str,
    pub(crate) now: Timestamp,
}

/// Signs a browser in; a sign-in that it had before ends.
pub(crate) async fn enter(app: &App, entering: Entering<'_>) -> Result<Response, WebError> {
    let Entering { account, headers, next, now } = entering;
    leave_former(app, headers, now).await?;
    let scope = Scope::of(account);
    let hours = app.store().practice(&scope).await?.absolute_h;
    let token = Token::new();
    let ends_at = now + SignedDuration::from_hours(hours.into());
    app.store().sign_in(&scope, &token.hash(), &device_of(headers), ends_at, now).await?;
    Ok((AppendHeaders([(SET_COOKIE, set_cookie(Cookie::SignIn, &token, app.secure()))]), Redirect::to(next))
        .into_response())
}

/// The password was right and a code is owed: the browser gets a secret that opens nothing but the question for it.
pub(crate) async fn enter_half(app: &App, entering: Entering<'_>) -> Result<Response, WebError> {
    let Entering { account, next, now, .. } = entering;
    let token = Token::new();
    let ends_at = now + SignedDuration::from_mins(HALF_MIN);
    app.store().half_sign_in(&Scope::of(account), &token.hash(), ends_at, now).await?;
    let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
    let location = format!("/sign-in/code?next={next}");
    Ok((AppendHeaders([(SET_COOKIE, set_cookie(Cookie::Half, &token, app.secure()))]), Redirect::to(&location))
        .into_response())
}

/// After a change of what somebody signs in with, which ended every sign-in: a new one for this browser, with the old end.
pub(crate) async fn renew(app: &App, visitor: &Visitor, headers: &HeaderMap) -> Result<Token, WebError> {
    let token = Token::new();
    let device = device_of(headers);
    app.store().sign_in(&visitor.scope, &token.hash(), &device, visitor.ends_at, visitor.now).await?;
    Ok(token)
}

async fn leave_former(app: &App, headers: &HeaderMap, now: Timestamp) -> Result<(), WebError> {
    let Some(former) = Token::of(Cookie::SignIn, headers, app.secure()) else { return Ok(()) };
    let hash = former.hash();
    if let Some(known) = app.store().signed_in(&hash).await? {
        app.store().sign_out(&Scope::of(&known.account), &hash, now).await?;
    }
    Ok(())
}
