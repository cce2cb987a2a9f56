//! What everybody is asked before treatment, group by group.

use askama::Template;
use axum::response::Response;
use xystra_catalog::catalog;
use xystra_catalog::screening::Item;

use super::words;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "catalog/screening.html")]
struct Page {
    frame: Frame,
    count: usize,
    groups: Vec<(&'static str, Vec<&'static Item>)>,
}

/// `GET /catalog/screening`.
pub(super) async fn show(visitor: Visitor) -> Result<Response, WebError> {
    let items = &catalog().screening;
    page(&Page { frame: visitor.frame("Screening", Nav::Catalog), count: items.len(), groups: groups(items) })
}

/// In the order in which they are asked.
fn groups(items: &'static [Item]) -> Vec<(&'static str, Vec<&'static Item>)> {
    let mut groups: Vec<(&str, Vec<&Item>)> = Vec::new();
    for item in items {
        match groups.iter_mut().find(|(group, _)| *group == item.group) {
            Some((_, items)) => items.push(item),
            None => groups.push((&item.group, vec![item])),
        }
    }
    groups
}
