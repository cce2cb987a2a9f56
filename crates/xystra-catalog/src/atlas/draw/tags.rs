//! Numbered tags beside the body, each on a line to its cell.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Mark, frame};
use crate::atlas::shape::Outline;
use crate::atlas::{Atlas, Cell, RegionId, View};

const RADIUS: f64 = 12.0;
/// Room kept free about a tag.
const CLEAR: f64 = RADIUS + 4.0;
/// Tags lie within this distance of the midline, below the letters and above the captions.
const FIELD: [f64; 4] = [-134.0, 134.0, 40.0, 478.0];
/// Distance between two places that are tried.
const STEP: f64 = 6.0;

/// An outline in its box, which tells soonest that it is out of reach.
type Boxed<'a> = ([[f64; 2]; 2], &'a Outline);

/// All tags, in drawing coordinates.
pub(super) fn tags(atlas: &Atlas, marks: &BTreeMap<RegionId, Mark>) -> String {
    let groups = View::ALL.map(|view| in_view(atlas, view, marks));
    format!(r#"<g class="bm-tags" aria-hidden="true">{}</g>"#, groups.concat())
}

fn in_view(atlas: &Atlas, view: View, marks: &BTreeMap<RegionId, Mark>) -> String {
    let outlines = atlas.cells().iter().filter(|cell| cell.view() == view).map(|cell| &cell.outline);
    let body: Vec<Boxed<'_>> = outlines.map(|outline| (outline.bounds(), outline)).collect();
    let mut taken = Vec::new();
    let mut out = String::new();
    for (cell, number) in numbered(atlas, view, marks) {
        let target = cell.outline.centre();
        if let Some(place) = free_place(target, &body, &taken) {
            taken.push(place);
            out += &tag(view, number, place, target);
        }
    }
    out
}

fn numbered<'a>(atlas: &'a Atlas, view: View, marks: &BTreeMap<RegionId, Mark>) -> Vec<(&'a Cell, u8)> {
    let number = |id| Some((atlas.cell(id)?, marks.get(id)?.number?));
    let mut all: Vec<_> = marks.keys().filter(|id| id.view() == view).filter_map(number).collect();
    all.sort_by_key(|(_, number)| *number);
    all
}

/// The place nearest the target that neither the body nor another tag needs.
fn free_place(target: [f64; 2], body: &[Boxed<'_>], taken: &[[f64; 2]]) -> Option<[f64; 2]> {
    let mut places = places();
    places.sort_by(|a, b| distance(*a, target).total_cmp(&distance(*b, target)));
    let apart = |place: [f64; 2]| taken.iter().all(|other| distance(*other, place) > 2.0 * CLEAR);
    places.into_iter().find(|place| apart(*place) && is_clear(*place, body))
}

fn places() -> Vec<[f64; 2]> {
    let [left, right, top, bottom] = FIELD;
    let (columns, rows) = (steps(left, right), steps(top, bottom));
    let at = |column, row| [left + STEP * f64::from(column), top + STEP * f64::from(row)];
    (0..=columns).flat_map(|column| (0..=rows).map(move |row| at(column, row))).collect()
}

#[expect(clippy::cast_possible_truncation, reason = "the field is a few hundred units wide")]
fn steps(from: f64, to: f64) -> i32 {
    ((to - from) / STEP) as i32
}

/// Do the tag's middle and twelve points about it lie off the body?
fn is_clear([x, y]: [f64; 2], body: &[Boxed<'_>]) -> bool {
    let on_ring = |hour: i32| {
        let angle = f64::from(hour) * std::f64::consts::TAU / 12.0;
        [x + CLEAR * angle.cos(), y + CLEAR * angle.sin()]
    };
    let points: Vec<_> = (0..12).map(on_ring).chain([[x, y]]).collect();
    let near = |[low, high]: [[f64; 2]; 2]| {
        low[0] - CLEAR < x && x < high[0] + CLEAR && low[1] - CLEAR < y && y < high[1] + CLEAR
    };
    !body.iter().any(|(bounds, cell)| near(*bounds) && points.iter().any(|point| cell.contains(*point)))
}

fn tag(view: View, number: u8, [x, y]: [f64; 2], target: [f64; 2]) -> String {
    let reach = distance([x, y], target).max(RADIUS);
    let start = [0, 1].map(|k| [x, y][k] + (target[k] - [x, y][k]) * RADIUS / reach);
    let mut out = format!(r#"<g class="bm-tag" transform="translate({} {})">"#, frame::midline(view), frame::TOP);
    let _ = write!(out, r#"<path d="M{:.1} {:.1}L{:.1} {:.1}"/>"#, start[0], start[1], target[0], target[1]);
    let _ = write!(out, r#"<circle class="bm-dot" cx="{:.1}" cy="{:.1}" r="2"/>"#, target[0], target[1]);
    let _ = write!(out, r#"<circle cx="{x:.1}" cy="{y:.1}" r="{RADIUS}"/>"#);
    let _ = write!(out, r#"<text x="{x:.1}" y="{y:.1}" dy=".35em">{number}</text></g>"#);
    out
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}
