//! Puts a label where it covers least.

use super::Anchor;
use super::layout::Layout;

/// Height of a line of text.
pub(super) const LINE: f64 = 17.0;

/// Where a label's first line stands.
pub(super) struct Label {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) anchor: Anchor,
}

/// About how wide a text of 13 px is.
pub(super) fn width(text: &str) -> f64 {
    text.chars().count() as f64 * 6.6
}

/// Points along a line, close enough that no label overlooks it.
pub(super) fn along(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let between = |pair: &[(f64, f64)]| {
        let (from, to) = (pair[0], pair[1]);
        (0..=20).map(move |n| {
            let share = f64::from(n) / 20.0;
            (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
        })
    };
    line.windows(2).flat_map(between).collect()
}

/// Above or below a line at `y`, at its right or left end: where the fewest marks are.
pub(super) fn freest(y: f64, words: &[String; 2], layout: &Layout, marks: &[(f64, f64)]) -> Label {
    let wide = words.iter().map(|line| width(line)).fold(0.0, f64::max);
    let places = [true, false].into_iter().flat_map(|above| [true, false].map(|right| (above, right)));
    let fits =
        |above: bool| if above { y - 2.0 * LINE - 8.0 >= layout.top } else { y + 2.0 * LINE + 4.0 <= layout.bottom };
    let covered = |(above, right): &(bool, bool)| {
        let (top, bottom) = if *above { (y - 2.0 * LINE - 8.0, y) } else { (y, y + 2.0 * LINE + 4.0) };
        let (from, to) = if *right { (layout.right - wide, layout.right) } else { (layout.left, layout.left + wide) };
        let inside = |(x, y): &&(f64, f64)| (from - 8.0..=to + 8.0).contains(x) && (top..=bottom).contains(y);
        marks.iter().filter(inside).count() + if fits(*above) { 0 } else { 1000 }
    };
    let (above, right) = places.min_by_key(covered).unwrap_or((true, true));
    let (x, anchor) = if right { (layout.right - 2.0, Anchor::End) } else { (layout.left + 6.0, Anchor::Start) };
    let y = if above { y - LINE - 8.0 } else { y + LINE };
    Label { x, y: y.clamp(layout.top + 12.0, layout.bottom - LINE - 4.0), anchor }
}
