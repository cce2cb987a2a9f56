//! The chart's axes.

use super::Outlook;
use crate::chart::course::layout::Layout;
use crate::chart::{Anchor, Scale, Svg, nice_step};
use crate::show::number;

/// Where values and weeks lie.
pub(super) struct Frame {
    pub(super) x: Scale,
    pub(super) y: Scale,
    /// First and last week drawn.
    pub(super) first: f64,
    pub(super) last: f64,
    values: (f64, f64),
}

/// Weeks that are drawn, at least.
const SHORTEST_WEEKS: f64 = 4.0;

impl Frame {
    pub(super) fn of(outlook: &Outlook, layout: &Layout) -> Self {
        let (first, last) = weeks(outlook);
        let values = values(outlook);
        Self {
            x: Scale::new(first, last, layout.left, layout.right),
            y: Scale::new(values.0, values.1, layout.bottom, layout.top),
            first,
            last,
            values,
        }
    }

    /// The place of a value at a week.
    pub(super) fn at(&self, weeks: f64, value: f64) -> (f64, f64) {
        (self.x.at(weeks), self.y.at(value))
    }

    /// Lines for values, ticks for weeks.
    pub(super) fn grid(&self, svg: &mut Svg, layout: &Layout) {
        for value in self.y.ticks(nice_step(self.values.1 - self.values.0, 5.0)) {
            let y = self.y.at(value);
            svg.line("grid-ln", &[(layout.left, y), (layout.right, y)]);
            svg.text("al", (layout.left - 8.0, y + 4.5), Anchor::End, &number(value, 2));
        }
        svg.line("axis", &[(layout.left, layout.bottom), (layout.right, layout.bottom)]);
        for week in self.x.ticks(nice_step(self.last - self.first, layout.most_weeks)) {
            let x = self.x.at(week);
            svg.line("axis", &[(x, layout.bottom), (x, layout.bottom + 6.0)]);
            svg.text("al", (x, layout.bottom + 21.0), Anchor::Middle, &number(week, 1));
        }
        let (words, at, anchor) = layout.week_title;
        svg.text("al", at, anchor, words);
    }
}

fn weeks(outlook: &Outlook) -> (f64, f64) {
    let bands = outlook.ahead.band.iter().chain(&outlook.beside.band).chain(&outlook.so_far).map(|at| at.weeks);
    let seen = outlook.points.iter().map(|dot| dot.weeks);
    let last = bands.chain(seen.clone()).fold(SHORTEST_WEEKS, f64::max);
    (seen.fold(0.0, f64::min), last)
}

/// From bottom to top, on round ends and never beyond the scale's own.
fn values(outlook: &Outlook) -> (f64, f64) {
    let bands = outlook.ahead.band.iter().chain(&outlook.beside.band).chain(&outlook.so_far);
    let bands = bands.flat_map(|at| at.ninety);
    let seen = outlook.points.iter().map(|dot| dot.value).chain(outlook.counts.iter().map(|counts| counts.value));
    let all = bands.chain(seen).chain(outlook.ends.map(|(least, _)| least));
    let (low, high) = all.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    if low > high {
        return outlook.ends.unwrap_or((0.0, 1.0));
    }
    let step = nice_step((high - low).max(1.0), 5.0);
    let low = outlook.ends.map_or((low / step).floor() * step, |(least, _)| least);
    let high = ((high / step - 1e-6).ceil() * step).max(low + step);
    (low, outlook.ends.map_or(high, |(_, most)| high.min(most.max(low + step))))
}

#[cfg(test)]
mod tests {
    use super::super::tests::elbow;
    use super::*;

    #[test]
    fn a_score_begins_at_its_floor_and_an_angle_does_not() {
        assert_eq!(values(&elbow()), (0.0, 8.0));
        let none = super::super::Ahead::default;
        let angle = Outlook { ends: None, ahead: none(), beside: none(), ..elbow() };
        let (low, high) = values(&angle);
        assert!(low > 0.0 && high > 6.9, "{low} to {high}");
    }

    #[test]
    fn the_last_week_is_that_of_the_bands() {
        assert_eq!(weeks(&elbow()), (0.0, 12.0));
    }
}
