//! What clients ask, answered plainly; made to be shown or printed.

use askama::Template;
use axum::response::Response;
use xystra_catalog::catalog;
use xystra_catalog::claim::Question;

use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "catalog/questions.html")]
struct Page {
    frame: Frame,
    questions: &'static [Question],
}

/// `GET /catalog/questions`.
pub(super) async fn show(visitor: Visitor) -> Result<Response, WebError> {
    page(&Page { frame: visitor.frame("What clients ask", Nav::Catalog), questions: &catalog().questions })
}
