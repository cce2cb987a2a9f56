//! Gains and losses with their doubt, one below the other on one scale: before the client's own measurements and after them.

use super::{Anchor, Scale, Svg, nice_step};
use crate::show::{number, signed};

/// What the drawing shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervals {
    /// What the picture says in words.
    pub finding: String,
    /// From the top.
    pub rows: Vec<Row>,
    /// What lies at the left and at the right of zero: "worse", "better".
    pub sides: [&'static str; 2],
    /// A change that counts, at both sides of zero, if one is known.
    pub counts: Option<f64>,
}

/// One name with its intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What is drawn.
    pub name: String,
    /// One below the other.
    pub marks: Vec<Mark>,
}

/// One interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// Is it what the client's own measurements left?
    pub is_after: bool,
    /// Mean.
    pub mean: f64,
    /// Nine of ten lie within.
    pub ninety: [f64; 2],
    /// Chance of exactly nothing, drawn as a spike at zero.
    pub none: f64,
}

const WIDTH: f64 = 344.0;
const LEFT: f64 = 124.0;
const RIGHT: f64 = 336.0;
const TOP: f64 = 22.0;
/// Height of an interval, and of the room between rows.
const MARK: f64 = 26.0;
const GAP: f64 = 12.0;
/// Height of a spike that is certain.
const SPIKE: f64 = 22.0;

/// The drawing.
pub fn intervals(intervals: &Intervals) -> String {
    let rows: Vec<f64> = intervals.rows.iter().map(|row| MARK * row.marks.len() as f64 + GAP).collect();
    let bottom = TOP + rows.iter().sum::<f64>();
    let mut svg = Svg::image("chart intervals", WIDTH, bottom + 22.0, &intervals.finding);
    let (scale, step) = intervals.scale();
    ground(&mut svg, intervals, &scale, step, bottom);
    let mut top = TOP;
    for (row, high) in intervals.rows.iter().zip(rows) {
        svg.text("at", (0.0, top + (high - GAP) / 2.0 + 4.5), Anchor::Start, &row.name);
        for (n, mark) in (0u8..).zip(&row.marks).filter(|(_, mark)| mark.is_sound()) {
            draw(&mut svg, *mark, &scale, top + MARK * (f64::from(n) + 0.5));
        }
        top += high;
    }
    svg.finish()
}

impl Mark {
    /// Is every part of it a number?
    fn is_sound(&self) -> bool {
        [self.mean, self.ninety[0], self.ninety[1], self.none].iter().all(|part| part.is_finite())
    }
}

impl Intervals {
    /// Both ways as far as the longest interval, zero always within, at least one unit; and the step between lines.
    fn scale(&self) -> (Scale, f64) {
        let ends =
            self.rows.iter().flat_map(|row| &row.marks).flat_map(|mark| [mark.ninety[0], mark.ninety[1], mark.mean]);
        let ends = ends.filter(|end| end.is_finite());
        let (low, high) = ends.fold((-0.5_f64, 0.5_f64), |(low, high), end| (low.min(end), high.max(end)));
        let step = nice_step(high - low, 5.0);
        (Scale::new((low / step).floor() * step, (high / step).ceil() * step, LEFT, RIGHT), step)
    }
}

fn ground(svg: &mut Svg, intervals: &Intervals, scale: &Scale, step: f64, bottom: f64) {
    for value in scale.ticks(step) {
        svg.line("grid-ln", &[(scale.at(value), TOP - 4.0), (scale.at(value), bottom)]);
        svg.text("al", (scale.at(value), bottom + 16.0), Anchor::Middle, &signed(value, 2));
    }
    let zero = scale.at(0.0);
    let [left, right] = intervals.sides;
    svg.text("al", (zero - 7.0, 12.0), Anchor::End, &format!("\u{2190} {left}"));
    svg.text("al", (zero + 7.0, 12.0), Anchor::Start, &format!("{right} \u{2192}"));
    for counts in intervals.counts.into_iter().flat_map(|counts| [-counts, counts]) {
        let x = scale.at(counts);
        if x > LEFT && x < RIGHT {
            svg.line("mic", &[(x, TOP - 4.0), (x, bottom)]);
        }
    }
    svg.line("axis", &[(zero, TOP - 4.0), (zero, bottom)]);
}

fn draw(svg: &mut Svg, mark: Mark, scale: &Scale, middle: f64) {
    let which = if mark.is_after { "is-after" } else { "is-before" };
    let [low, high] = mark.ninety.map(|end| scale.at(end));
    svg.line(&format!("iv {which}"), &[(low, middle), (high, middle)]);
    let ends = [low, high].map(|x| [(x, middle - 4.0), (x, middle + 4.0)]);
    svg.strokes(&format!("iv-end {which}"), ends);
    if mark.none > 0.005 {
        let high = (SPIKE * mark.none.min(1.0)).max(2.0);
        svg.rect(&format!("iv-spike {which}"), (scale.at(0.0) - 3.0, middle - high / 2.0), (6.0, high));
    }
    svg.circle(&format!("iv-mean {which}"), (scale.at(mark.mean), middle), 5.0, &number(mark.mean, 2));
}

#[cfg(test)]
mod tests {
    use super::super::check::is_sound;
    use super::*;

    fn gain() -> Intervals {
        let before = Mark { is_after: false, mean: 0.6, ninety: [-0.4, 2.1], none: 0.3 };
        let after = Mark { is_after: true, mean: 0.4, ninety: [-0.3, 1.4], none: 0.0 };
        Intervals {
            finding: "Treatment so far: 0.4 points".into(),
            rows: vec![Row { name: "So far".into(), marks: vec![before, after] }],
            sides: ["worse", "better"],
            counts: Some(2.0),
        }
    }

    #[test]
    fn each_interval_has_its_mean_and_a_spike_only_where_nothing_is_possible() {
        let svg = intervals(&gain());
        is_sound(&svg);
        for (mark, times) in
            [("class=\"iv is-", 2), ("iv-mean", 2), ("iv-spike is-before", 1), ("iv-spike is-after", 0)]
        {
            assert_eq!(svg.matches(mark).count(), times, "{mark}");
        }
        assert_eq!(svg.matches("class=\"mic\"").count(), 1, "the other side is off the drawing");
    }

    #[test]
    fn odd_numbers_still_make_a_picture() {
        let mut odd = gain();
        odd.rows[0].marks[0] = Mark { is_after: true, mean: f64::NAN, ninety: [f64::NEG_INFINITY, 1.0], none: 7.0 };
        is_sound(&intervals(&odd));
        is_sound(&intervals(&Intervals { rows: Vec::new(), ..gain() }));
    }
}
