//! Where somebody is signed in, and how to end it.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::Timestamp;
use xystra_store::account::Device;

use super::Said;
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::form::Posted;
use crate::frame::{Frame, Nav};
use crate::show::Show;

#[derive(Template)]
#[template(path = "settings/devices.html")]
struct Page {
    frame: Frame,
    show: Show,
    now: Timestamp,
    devices: Vec<Device>,
    /// The hash of this browser's own cookie.
    here: String,
    saved: bool,
}

/// `GET /settings/devices`.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Query(said): Query<Said>,
) -> Result<Response, WebError> {
    page(&Page {
        frame: visitor.frame("Devices", Nav::Practice),
        show: visitor.show.clone(),
        now: visitor.now,
        devices: app.store().devices(&visitor.scope, visitor.account.id, visitor.now).await?,
        here: visitor.token.hash(),
        saved: said.saved.is_some(),
    })
}

/// `POST /settings/devices`: ends the sign-in of `device`, or of all others when none is named.
pub(super) async fn end(State(app): State<App>, visitor: Visitor, posted: Posted) -> Result<Response, WebError> {
    let (store, scope, me, now) = (app.store(), &visitor.scope, visitor.account.id, visitor.now);
    match posted.form.get("device") {
        "" => store.end_sign_ins(scope, me, Some(&visitor.token.hash()), now).await?,
        device => store.end_sign_in(scope, me, device, now).await?,
    }
    Ok(Redirect::to("/settings/devices?saved=ended").into_response())
}
