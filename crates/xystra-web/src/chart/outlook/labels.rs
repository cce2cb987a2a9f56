//! What stands beside the bands.

use super::frame::Frame;
use super::{Ahead, Outlook};
use crate::chart::course::layout::Layout;
use crate::chart::course::place;
use crate::chart::{Anchor, Svg};

/// Names both bands: in the margin at their right end, or above the plot where there is no margin.
pub(super) fn ends(svg: &mut Svg, outlook: &Outlook, frame: &Frame, layout: &Layout) {
    let of = |class, line, ahead: &Ahead| {
        let last = ahead.band.last()?;
        Some(End { class, line, y: frame.y.at(last.middle), label: ahead.label.clone(), value: ahead.end.clone() })
    };
    let ends =
        [of("t-plan", "pl", &outlook.ahead), of("t-none", "nl", &outlook.beside)].into_iter().flatten().collect();
    match layout.beside {
        Some(x) => beside(svg, ends, x, layout),
        None => above(svg, ends, layout),
    }
}

/// "4 sessions done, 3 planned".
pub(super) fn sessions(done: usize, planned: usize) -> String {
    let word = |many: usize| if many == 1 { "session" } else { "sessions" };
    match (done, planned) {
        (0, 0) => String::new(),
        (0, planned) => format!("{planned} {} planned", word(planned)),
        (done, 0) => format!("{done} {} done", word(done)),
        (done, planned) => format!("{done} {} done, {planned} planned", word(done)),
    }
}

/// A name at its place.
struct End {
    class: &'static str,
    /// Class of its line.
    line: &'static str,
    y: f64,
    label: String,
    value: String,
}

impl End {
    fn lines(&self) -> Vec<(&'static str, String)> {
        let name = place::wrapped(&self.label).into_iter().map(|line| (self.class, line));
        name.chain([("al", self.value.clone())]).collect()
    }
}

/// Room between two names.
const APART: f64 = 8.0;

/// In the margin: each at its line's end, pushed down where the one above needs the room.
fn beside(svg: &mut Svg, mut ends: Vec<End>, x: f64, layout: &Layout) {
    ends.sort_by(|a, b| a.y.total_cmp(&b.y));
    let high = |end: &End| end.lines().len() as f64 * place::LINE + APART;
    let mut free = layout.top + 12.0;
    let mut left: f64 = ends.iter().map(high).sum();
    for end in &ends {
        let lowest = layout.bottom + place::LINE - left;
        let top = (end.y - 4.0).min(lowest).max(free);
        for (n, (class, line)) in (0u8..).zip(end.lines()) {
            svg.text(class, (x, top + f64::from(n) * place::LINE), Anchor::Start, &line);
        }
        free = top + high(end);
        left -= high(end);
    }
}

/// One name a line, each behind a piece of its band's line.
fn above(svg: &mut Svg, ends: Vec<End>, layout: &Layout) {
    for (n, end) in (0u8..).zip(ends) {
        let y = 14.0 + f64::from(n) * (place::LINE + 3.0);
        svg.line(end.line, &[(layout.left, y - 4.5), (layout.left + 22.0, y - 4.5)]);
        svg.text(end.class, (layout.left + 30.0, y), Anchor::Start, &format!("{} {}", end.label, end.value));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_are_counted_in_words() {
        let words = [(0, 0), (1, 0), (0, 1), (4, 5)].map(|(done, planned)| sessions(done, planned));
        assert_eq!(words, ["", "1 session done", "1 session planned", "4 sessions done, 5 planned"]);
    }
}
