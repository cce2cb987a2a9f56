//! What is known, to look up: complaints, measures, instruments, screening, advice, claims, the body map and sources.

mod advice;
mod body;
mod claims;
mod condition;
mod instruments;
mod measures;
mod questions;
mod screening;
mod sources;
pub(super) mod words;

use askama::Template;
use axum::extract::Query;
use axum::response::Response;
use serde::Deserialize;
use xystra_catalog::catalog;
use xystra_catalog::condition::Condition;

use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use crate::routes::Routes;

pub(super) use instruments::trademarks;

/// Every page of the catalog: its address and what it is called.
pub(super) const PAGES: &[(&str, &str)] = &[
    ("/catalog", "Complaints"),
    ("/catalog/measures", "Measures"),
    ("/catalog/instruments", "Instruments"),
    ("/catalog/screening", "Screening"),
    ("/catalog/advice", "Advice"),
    ("/catalog/claims", "Claims"),
    ("/catalog/questions", "Questions"),
    ("/catalog/atlas", "Body map"),
    ("/catalog/sources", "Sources"),
];

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/catalog", entrance)
        .get("/catalog/conditions/{id}", condition::show)
        .get("/catalog/measures", measures::show)
        .get("/catalog/instruments", instruments::show)
        .get("/catalog/screening", screening::show)
        .get("/catalog/advice", advice::show)
        .get("/catalog/claims", claims::show)
        .get("/catalog/questions", questions::show)
        .get("/catalog/atlas", body::show)
        .get("/catalog/sources", sources::show)
}

#[derive(Template)]
#[template(path = "catalog/entrance.html")]
struct Entrance {
    frame: Frame,
    find: String,
    conditions: Vec<&'static Condition>,
}

/// What somebody looks for.
#[derive(Debug, Deserialize)]
struct Wanted {
    #[serde(default)]
    find: String,
}

async fn entrance(visitor: Visitor, Query(wanted): Query<Wanted>) -> Result<Response, WebError> {
    let find = wanted.find.trim().to_owned();
    let conditions = catalog().conditions.iter().filter(|condition| is_found(condition, &find)).collect();
    page(&Entrance { frame: visitor.frame("Catalog", Nav::Catalog), find, conditions })
}

/// Does every word stand in one of its names, its summary or its codes?
fn is_found(condition: &Condition, find: &str) -> bool {
    let mut text = [&condition.plain, &condition.name, &condition.summary.text].map(String::as_str).join(" ");
    let codes = condition.codes.iter().map(|code| &code.code);
    for more in condition.also.iter().chain(codes) {
        text.push(' ');
        text.push_str(more);
    }
    let text = text.to_lowercase();
    find.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_condition_is_found_by_any_of_its_names_or_codes() {
        let elbow = catalog().condition("lateral-epicondylitis").expect("a catalog entry");
        for find in ["", "tennis", "Lateral epi", "m77.1", "gripping pain"] {
            assert!(is_found(elbow, find), "{find}");
        }
        assert!(!is_found(elbow, "tennis heel"));
    }
}
