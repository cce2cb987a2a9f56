//! Puts a label where it covers least.

use super::layout::Layout;

/// Height of a line of text.
pub(in crate::chart) const LINE: f64 = 17.0;

/// Where a label's first line stands.
pub(in crate::chart) struct Label {
    pub(in crate::chart) x: f64,
    pub(in crate::chart) y: f64,
}

/// About how wide a text of 13 px is.
pub(in crate::chart) fn width(text: &str) -> f64 {
    text.chars().count() as f64 * 6.6
}

/// In one line or two, each short enough to stand beside the plot.
pub(in crate::chart) fn wrapped(label: &str) -> Vec<String> {
    const MOST: usize = 15;
    let mut breaks = label.char_indices().filter(|(at, letter)| *letter == ' ' && *at <= MOST).map(|(at, _)| at);
    match breaks.next_back().filter(|_| label.chars().count() > MOST) {
        Some(at) => vec![label[..at].to_owned(), label[at + 1..].to_owned()],
        None => vec![label.to_owned()],
    }
}

/// Points along a line, close enough that no label overlooks it.
pub(in crate::chart) fn along(line: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let between = |pair: &[(f64, f64)]| {
        let (from, to) = (pair[0], pair[1]);
        (0..=20).map(move |n| {
            let share = f64::from(n) / 20.0;
            (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share)
        })
    };
    line.windows(2).flat_map(between).collect()
}

/// Above or below a line at `y`, at its ends or beside an obstacle: where the fewest marks are.
pub(in crate::chart) fn freest(y: f64, words: &[String; 2], layout: &Layout, marks: &[(f64, f64)]) -> Label {
    let wide = words.iter().map(|line| width(line)).fold(0.0, f64::max);
    let covered = |(is_above, from): &(bool, f64)| {
        let (top, bottom) = if *is_above { (y - HIGH, y) } else { (y, y + HIGH) };
        let inside = |(x, y): &&(f64, f64)| (from - 8.0..=from + wide + 8.0).contains(x) && (top..=bottom).contains(y);
        let outside = top < layout.top || bottom > layout.bottom;
        marks.iter().filter(inside).count() + if outside { 1000 } else { 0 }
    };
    let places = starts(wide, layout, marks).into_iter().flat_map(|from| [(true, from), (false, from)]);
    let (is_above, x) = places.min_by_key(covered).unwrap_or((true, layout.left));
    let y = if is_above { y - LINE - 8.0 } else { y + LINE };
    Label { x, y: y.clamp(layout.top + 12.0, layout.bottom - LINE - 4.0) }
}

/// Height of two lines and the room between them and the line that they name.
const HIGH: f64 = 2.0 * LINE + 8.0;

/// Where a label of that width may begin: at the right end, the left end, or just right of a mark.
fn starts(wide: f64, layout: &Layout, marks: &[(f64, f64)]) -> Vec<f64> {
    let last = (layout.right - wide - 2.0).max(layout.left);
    let beside = marks.iter().map(|(x, _)| x + 9.0).filter(|x| (layout.left..last).contains(x));
    [last, layout.left + 6.0].into_iter().chain(beside).collect()
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn a_long_label_takes_two_lines() {
        assert_eq!(wrapped("Left untreated"), ["Left untreated"]);
        assert_eq!(wrapped("Given a placebo or sham"), ["Given a placebo", "or sham"]);
        assert_eq!(wrapped("Given another treatment"), ["Given another", "treatment"]);
    }
}
