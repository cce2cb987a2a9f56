//! What this program is, what it is not, and where it keeps things.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use crate::pages::catalog::trademarks;

#[derive(Template)]
#[template(path = "settings/about.html")]
struct Page<'a> {
    frame: Frame,
    version: &'static str,
    catalog: &'static str,
    schema: i64,
    licence: &'static str,
    folder: String,
    folder_note: Option<&'a str>,
    trademarks: Vec<&'static str>,
}

/// `GET /settings/about`.
pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, WebError> {
    page(&Page {
        frame: visitor.frame("About", Nav::Practice),
        version: env!("CARGO_PKG_VERSION"),
        catalog: xystra_catalog::VERSION,
        schema: app.store().schema(),
        licence: env!("CARGO_PKG_LICENSE"),
        folder: app.store().folder().display().to_string(),
        folder_note: app.folder_note(),
        trademarks: trademarks(),
    })
}
