//! Where it all comes from.

use askama::Template;
use axum::response::Response;
use xystra_catalog::{Source, catalog};

use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "catalog/sources.html")]
struct Page {
    frame: Frame,
    sources: Vec<&'static Source>,
}

/// `GET /catalog/sources`.
pub(super) async fn show(visitor: Visitor) -> Result<Response, WebError> {
    let mut sources: Vec<&Source> = catalog().sources.values().collect();
    sources.sort_by_key(|source| (source.authors.to_lowercase(), &source.year));
    page(&Page { frame: visitor.frame("Sources", Nav::Catalog), sources })
}

/// A link as people read it: without its protocol.
fn short(link: &str) -> &str {
    link.split_once("://").map_or(link, |(_, rest)| rest.trim_end_matches('/'))
}
