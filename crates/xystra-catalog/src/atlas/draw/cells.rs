//! The cells of one view.

use std::fmt::Write;

use super::{Drawing, Mark, Mode, escape, full_label};
use crate::atlas::cell::{Cell, Sensitive};
use crate::atlas::shape::Outline;
use crate::atlas::{Atlas, RegionId, View};

/// Every cell of the view, in body coordinates.
pub(super) fn view(atlas: &Atlas, view: View, drawing: &Drawing<'_>) -> String {
    atlas.cells().iter().filter(|cell| cell.view() == view).map(|cell| element(cell, drawing)).collect()
}

/// A ring round each selected cell, to be drawn over all cells so that no neighbour hides it.
pub(super) fn rings(atlas: &Atlas, view: View, drawing: &Drawing<'_>) -> String {
    let selected = drawing.marks.iter().filter(|(id, _)| id.view() == view && shown(id, drawing).selected);
    selected.filter_map(|(id, _)| atlas.cell(id)).map(ring).collect()
}

/// A path through the points, with moves relative to the point before: two thirds of the size.
pub(super) fn path(outline: &Outline, closed: bool) -> String {
    let tenths = outline.0.iter().map(|[x, y]| [(x * 10.0).round(), (y * 10.0).round()]);
    let mut d = String::new();
    let mut before = [0.0, 0.0];
    for (at, [x, y]) in tenths.enumerate() {
        let lead = match at {
            0 => "M",
            1 => "l",
            _ => " ",
        };
        let _ = write!(d, "{lead}{} {}", (x - before[0]) / 10.0, (y - before[1]) / 10.0);
        before = [x, y];
    }
    d + if closed { "z" } else { "" }
}

fn ring(cell: &Cell) -> String {
    format!(r#"<path class="bm-ring" d="{}"/>"#, path(&cell.outline, true))
}

fn element(cell: &Cell, drawing: &Drawing<'_>) -> String {
    let mark = shown(&cell.id, drawing);
    let class = classes(cell, mark);
    let shape = shape(cell, mark, drawing.id_prefix);
    let label = escape(&full_label(cell, mark));
    match drawing.mode {
        Mode::Plain => format!(r#"<g class="{class}">{shape}</g>"#),
        Mode::Links(address) => {
            let href = escape(&address(&cell.id));
            format!(r#"<a href="{href}" class="{class}" aria-label="{label}">{shape}</a>"#)
        }
        Mode::Choices { name } => {
            let checked = drawing.marks.get(&cell.id).is_some_and(|mark| mark.selected);
            let choice = choice(cell, &label, checked, name, drawing.id_prefix);
            format!(r#"<g class="{class}">{shape}{choice}</g>"#)
        }
    }
}

/// The cell's mark; in a form the checkbox alone says whether it is selected.
fn shown(id: &RegionId, drawing: &Drawing<'_>) -> Mark {
    let mark = drawing.marks.get(id).copied().unwrap_or_default();
    let selected = mark.selected && !matches!(drawing.mode, Mode::Choices { .. });
    Mark { selected, ..mark }
}

fn classes(cell: &Cell, mark: Mark) -> String {
    let care = cell.sensitive().map(|class| match class {
        Sensitive::NoStrokes => "is-no",
        Sensitive::Light => "is-care",
    });
    let state = |on: bool, name| on.then_some(name);
    let states = [
        Some("bm-cell"),
        care,
        state(mark.finding, "is-finding"),
        state(mark.treated, "is-treated"),
        state(mark.selected, "is-selected"),
    ];
    states.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The cell's ground, and over it a hatch for each thing to be said about it.
fn shape(cell: &Cell, mark: Mark, prefix: &str) -> String {
    let d = path(&cell.outline, true);
    let title = escape(&full_label(cell, mark));
    let mut out = format!(r#"<path class="bm-base" d="{d}"><title>{title}</title></path>"#);
    for hatch in hatches(cell, mark) {
        let _ = write!(out, r#"<path class="bm-hatch" d="{d}" fill="url(#{prefix}-{hatch})"/>"#);
    }
    out
}

fn hatches(cell: &Cell, mark: Mark) -> impl Iterator<Item = &'static str> {
    let care = cell.sensitive().map(|class| match class {
        Sensitive::NoStrokes => "no",
        Sensitive::Light => "care",
    });
    let finding = mark.finding.then_some(if mark.treated { "find-treated" } else { "find" });
    [finding, care].into_iter().flatten()
}

/// A checkbox that fills the cell's box and is clipped to its outline, so that what is drawn is what is hit.
/// The clip stands on a group of its own: browsers differ on where a clipped `foreignObject` begins.
fn choice(cell: &Cell, label: &str, checked: bool, name: &str, prefix: &str) -> String {
    let [low, high] = cell.outline.bounds();
    let (id, name) = (&cell.id, escape(name));
    let (width, height) = (high[0] - low[0], high[1] - low[1]);
    let checked = if checked { " checked" } else { "" };
    let d = path(&cell.outline, true);
    format!(
        r#"<clipPath id="{prefix}-{id}"><path d="{d}"/></clipPath><g clip-path="url(#{prefix}-{id})"><foreignObject x="{:.1}" y="{:.1}" width="{width:.1}" height="{height:.1}"><input type="checkbox" name="{name}" value="{id}" aria-label="{label}" title="{label}"{checked}></foreignObject></g>"#,
        low[0], low[1]
    )
}
