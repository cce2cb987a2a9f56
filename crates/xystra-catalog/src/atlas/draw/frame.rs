//! What stands round the cells: hatches, silhouette, letters and captions.

use std::fmt::Write;

use super::cells::path;
use crate::atlas::{Atlas, Side, View};

/// Size of the drawing, in body units.
pub(super) const WIDTH: u32 = 604;
/// Height of the drawing.
pub(super) const HEIGHT: u32 = 522;
/// Where the crown's y = 0 lies in the drawing.
pub(super) const TOP: f64 = 6.0;

const LETTER_X: f64 = 116.0;
const LETTER_Y: f64 = 26.0;
const CAPTION_Y: f64 = 510.0;
/// Middle of a sole and the line under it, from the midline and the crown.
const SOLE: [f64; 2] = [88.0, 501.0];

/// Where the midline of a view lies in the drawing.
pub(super) fn midline(view: View) -> f64 {
    match view {
        View::Front => 150.0,
        View::Back => 454.0,
    }
}

/// The four hatches. All are lines on nothing: the ground's colour shows through.
pub(super) fn patterns(prefix: &str) -> String {
    let hatch = |name: &str, size: f64, turn: i32, d: &str| {
        format!(
            r#"<pattern id="{prefix}-{name}" width="{size}" height="{size}" patternUnits="userSpaceOnUse" patternTransform="rotate({turn})"><path class="bm-ln-{name}" d="{d}"/></pattern>"#
        )
    };
    format!(
        "<defs>{}{}{}{}</defs>",
        hatch("find", 5.0, 45, "M0 0V5"),
        hatch("find-treated", 5.0, 45, "M0 0V5"),
        hatch("care", 4.0, -45, "M0 0V4"),
        hatch("no", 4.0, -45, "M0 0V4M0 0H4"),
    )
}

/// One view: its cells, the lines over them, letters and captions.
pub(super) fn view(atlas: &Atlas, view: View, prefix: &str, cells: &str) -> String {
    format!(
        r#"<g class="bm-view bm-{view}" transform="translate({} {TOP})">{cells}{}{}</g>"#,
        midline(view),
        lines(atlas, view, prefix),
        words(view)
    )
}

fn lines(atlas: &Atlas, view: View, prefix: &str) -> String {
    let Some(lines) = atlas.lines.get(&view) else { return String::new() };
    let draw = |outlines: &[_]| outlines.iter().map(|line| path(line, false)).collect::<String>();
    let (details, silhouette) = (draw(&lines.details), draw(&lines.silhouette));
    let id = format!("{prefix}-{view}");
    format!(
        r##"<g aria-hidden="true"><g id="{id}"><path class="bm-lines" d="{details}"/><path class="bm-edge" d="{silhouette}"/></g><use href="#{id}" transform="scale(-1 1)"/></g>"##
    )
}

fn words(view: View) -> String {
    let mut out = format!(r#"<g aria-hidden="true"><text class="bm-cap" x="0" y="{CAPTION_Y}">{view}</text>"#);
    for side in Side::ALL {
        let sign = side.on_screen(view);
        let _ = write!(out, r#"<text class="bm-side" x="{}" y="{LETTER_Y}">{}</text>"#, sign * LETTER_X, side.letter());
        if view == View::Back {
            let [x, y] = SOLE;
            let _ = write!(out, r#"<text class="bm-cap" x="{}" y="{y}">{side} sole</text>"#, sign * x);
        }
    }
    out + "</g>"
}
