//! The measures: what is asked or measured, how much change counts, how much of it is error.

use askama::Template;
use axum::response::Response;
use xystra_catalog::atlas::atlas;
use xystra_catalog::catalog;
use xystra_catalog::measure::{Kind, Measure};

use super::words;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "catalog/measures.html")]
struct Page {
    frame: Frame,
    groups: Vec<Group>,
}

/// Measures that stand together.
struct Group {
    name: String,
    /// Key within the page.
    anchor: String,
    measures: Vec<&'static Measure>,
}

/// `GET /catalog/measures`.
pub(super) async fn show(visitor: Visitor) -> Result<Response, WebError> {
    page(&Page { frame: visitor.frame("Measures", Nav::Catalog), groups: groups() })
}

/// In the catalog's order; a group stands where its first measure does.
fn groups() -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for measure in &catalog().measures {
        let name = group_name(measure);
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.measures.push(measure),
            None => groups.push(Group { anchor: anchor(&name), name, measures: vec![measure] }),
        }
    }
    groups
}

fn group_name(measure: &Measure) -> String {
    match (measure.kind, measure.joint.as_deref()) {
        (Kind::Motion, Some(joint)) => {
            let joint = atlas().group(joint).map_or(joint, |group| &group.name);
            format!("Movement: {joint}")
        }
        (Kind::Motion, None) => "Movement".to_owned(),
        (Kind::Score | Kind::Activities, _) => "Scores and questionnaires".to_owned(),
        (Kind::Force | Kind::Length | Kind::Count, _) => "Force, length and count".to_owned(),
    }
}

fn anchor(name: &str) -> String {
    let letters = name.to_lowercase().replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
    letters.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}
