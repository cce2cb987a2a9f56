//! One complaint: what it is, how it goes by itself, what trials found, how it is followed and treated.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use xystra_care::outcome::{ImportantChange, important_change};
use xystra_catalog::atlas::draw::Mark;
use xystra_catalog::atlas::{Cell, RegionId, Side, atlas};
use xystra_catalog::catalog;
use xystra_catalog::condition::{Condition, Curve};
use xystra_catalog::measure::Measure;
use xystra_catalog::screening::Item;

use super::words;
use crate::auth::Visitor;
use crate::bodymap;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};

#[derive(Template)]
#[template(path = "catalog/condition.html")]
struct Page {
    frame: Frame,
    condition: &'static Condition,
    trials: Vec<(words::Chip, usize)>,
    follows: Vec<Followed>,
    red_flags: Vec<&'static Item>,
    regions: Vec<String>,
    map: String,
}

/// A measure as this condition uses it.
struct Followed {
    measure: &'static Measure,
    label: &'static str,
    important: Option<ImportantChange>,
}

/// `GET /catalog/conditions/{id}`.
pub(super) async fn show(visitor: Visitor, Path(id): Path<String>) -> Result<Response, WebError> {
    let condition = catalog().condition(&id).ok_or(WebError::NotFound)?;
    let cells = cells(condition);
    let marks: BTreeMap<RegionId, Mark> =
        cells.iter().map(|cell| (cell.id.clone(), Mark { selected: true, ..Mark::default() })).collect();
    let mut red_flags: Vec<&Item> = condition.red_flags.iter().collect();
    red_flags.sort_by_key(|item| std::cmp::Reverse(item.urgency));
    page(&Page {
        frame: visitor.frame(words::capital(&condition.plain), Nav::Catalog),
        trials: trials(condition),
        follows: condition.measures.iter().filter_map(|follow| followed(condition, &follow.measure)).collect(),
        red_flags,
        regions: names(&cells),
        map: bodymap::picture(&marks, "Usual regions"),
        condition,
    })
}

/// The usual regions on both sides.
fn cells(condition: &Condition) -> Vec<&'static Cell> {
    let both = |site: &String| Side::ALL.map(|side| format!("{site}.{side}").parse::<RegionId>());
    condition.regions.iter().flat_map(both).filter_map(|id| atlas().cell(&id.ok()?)).collect()
}

/// "outer elbow (back view)", once for both sides.
fn names(cells: &[&Cell]) -> Vec<String> {
    let mut names: Vec<String> = cells.iter().map(|cell| format!("{} ({} view)", cell.name, cell.view())).collect();
    names.dedup();
    names
}

fn followed(condition: &'static Condition, id: &str) -> Option<Followed> {
    let measure = catalog().measure(id)?;
    let follow = condition.measures.iter().find(|follow| follow.measure == id)?;
    let label = follow.label.as_deref().unwrap_or(&measure.name);
    Some(Followed { measure, label, important: important_change(measure, Some(condition)) })
}

/// How many trials went which way, in the order in which the first of each stands.
fn trials(condition: &Condition) -> Vec<(words::Chip, usize)> {
    let mut counted: Vec<(words::Chip, usize)> = Vec::new();
    for chip in condition.trials.iter().map(|trial| words::trial(&trial.result)) {
        match counted.iter_mut().find(|(known, _)| *known == chip) {
            Some((_, count)) => *count += 1,
            None => counted.push((chip, 1)),
        }
    }
    counted
}

/// "Pain, 0 to 10: lasting under 6 weeks at the first visit".
fn curve_title(curve: &Curve) -> String {
    let name = catalog().measure(&curve.measure).map_or(curve.measure.as_str(), |measure| &measure.name);
    format!("{name}: {}", curve.who)
}
