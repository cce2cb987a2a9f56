//! Claims made for the technique, and where each stands.

use askama::Template;
use axum::response::Response;
use xystra_catalog::catalog;
use xystra_catalog::claim::Claim;

use super::words;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "catalog/claims.html")]
struct Page {
    frame: Frame,
    claims: &'static [Claim],
}

/// `GET /catalog/claims`.
pub(super) async fn show(visitor: Visitor) -> Result<Response, WebError> {
    page(&Page { frame: visitor.frame("Claims", Nav::Catalog), claims: &catalog().claims })
}
