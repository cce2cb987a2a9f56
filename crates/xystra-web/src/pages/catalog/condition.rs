//! One complaint: what it is, how it goes by itself, what trials found, how it is followed and treated.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use xystra_care::outcome::{ImportantChange, important_change};
use xystra_catalog::atlas::draw::Mark;
use xystra_catalog::atlas::{Cell, RegionId, Side, View, atlas};
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
    regions: Vec<(View, String)>,
    curves: Vec<CurveTable>,
    map: String,
}

/// A measure as this condition uses it.
struct Followed {
    measure: &'static Measure,
    label: &'static str,
    important: Option<ImportantChange>,
}

/// Published courses that were measured in the same weeks.
struct CurveTable {
    name: &'static str,
    curves: Vec<&'static Curve>,
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
        curves: curve_tables(condition),
        map: bodymap::picture(&marks, "Usual regions"),
        condition,
    })
}

/// The usual regions on both sides.
fn cells(condition: &Condition) -> Vec<&'static Cell> {
    let both = |site: &String| Side::ALL.map(|side| format!("{site}.{side}").parse::<RegionId>());
    condition.regions.iter().flat_map(both).filter_map(|id| atlas().cell(&id.ok()?)).collect()
}

/// The names seen in each view, once for both sides.
fn names(cells: &[&Cell]) -> Vec<(View, String)> {
    let seen_from = |view: View| {
        let mut names: Vec<&str> =
            cells.iter().filter(|cell| cell.view() == view).map(|cell| cell.name.as_str()).collect();
        names.dedup();
        (view, names.join(", "))
    };
    View::ALL.map(seen_from).into_iter().filter(|(_, names)| !names.is_empty()).collect()
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

/// Courses of one measure in the same weeks share a table.
fn curve_tables(condition: &'static Condition) -> Vec<CurveTable> {
    let mut tables: Vec<CurveTable> = Vec::new();
    for curve in &condition.natural_course.curves {
        match tables.iter_mut().find(|table| table.curves.iter().all(|other| is_beside(curve, other))) {
            Some(table) => table.curves.push(curve),
            None => tables.push(CurveTable { name: measure_name(&curve.measure), curves: vec![curve] }),
        }
    }
    tables
}

fn is_beside(one: &Curve, other: &Curve) -> bool {
    let weeks = |curve: &Curve| curve.points.iter().map(|point| point.weeks).collect::<Vec<_>>();
    one.measure == other.measure && weeks(one) == weeks(other)
}

fn measure_name(id: &'static str) -> &'static str {
    catalog().measure(id).map_or(id, |measure| &measure.name)
}
