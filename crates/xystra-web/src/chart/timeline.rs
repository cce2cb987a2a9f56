//! One axis from minutes to months: a logarithm for the first day, weeks at even steps after it.

use super::{Anchor, Svg};

/// Hours at the left end: one minute.
const FIRST_H: f64 = 1.0 / 60.0;
/// Where the logarithm ends.
const DAY_H: f64 = 24.0;
const WEEK_H: f64 = 168.0;
/// What the first day takes of the width.
const DAY_SHARE: f64 = 0.42;

/// The axis of a drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Timeline {
    weeks: f64,
    left: f64,
    right: f64,
}

impl Timeline {
    /// From a minute to `weeks`, between two places of the drawing.
    pub(super) fn new(weeks: f64, left: f64, right: f64) -> Self {
        Self { weeks: weeks.max(1.0), left, right }
    }

    /// The place of a moment, hours; held within the ends.
    pub(super) fn at(&self, hours: f64) -> f64 {
        let share = if hours <= DAY_H {
            DAY_SHARE * (hours.max(FIRST_H) / FIRST_H).ln() / (DAY_H / FIRST_H).ln()
        } else {
            DAY_SHARE + (1.0 - DAY_SHARE) * (hours - DAY_H) / (self.weeks * WEEK_H - DAY_H)
        };
        self.left + share.clamp(0.0, 1.0) * (self.right - self.left)
    }

    /// Ticks hanging from `y`, their words below, and a line where the scale changes from `top` down.
    pub(super) fn draw(&self, svg: &mut Svg, top: f64, y: f64) {
        svg.line("turn", &[(self.at(DAY_H), top), (self.at(DAY_H), y)]);
        let early = [(FIRST_H, Anchor::Start, "1 min"), (1.0, Anchor::Middle, "1 h"), (DAY_H, Anchor::Middle, "1 day")];
        for (hours, anchor, words) in early {
            self.tick(svg, hours, y, anchor, words);
        }
        let step = self.step();
        let weeks = (1u8..=8).map(|n| f64::from(n) * step).take_while(|week| *week < self.weeks - step / 2.0);
        for week in weeks.filter(|week| self.at(week * WEEK_H) > self.at(DAY_H) + 34.0) {
            self.tick(svg, week * WEEK_H, y, Anchor::Middle, &format!("{week:.0}"));
        }
        self.tick(svg, self.weeks * WEEK_H, y, Anchor::End, &format!("{:.0} wk", self.weeks));
    }

    /// Weeks between ticks: at most four of them.
    fn step(&self) -> f64 {
        [1.0, 2.0, 3.0, 4.0, 6.0].into_iter().find(|step| self.weeks / step <= 4.0).unwrap_or(8.0)
    }

    fn tick(&self, svg: &mut Svg, hours: f64, y: f64, anchor: Anchor, words: &str) {
        let x = self.at(hours);
        svg.line("axis", &[(x, y), (x, y + 5.0)]);
        svg.text("al", (x, y + 19.0), anchor, words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_runs_to_the_right_without_a_jump() {
        let line = Timeline::new(12.0, 40.0, 340.0);
        let hours = [0.0, 1.0 / 60.0, 0.5, 1.0, 23.9, 24.1, 168.0, 2016.0, 9999.0];
        let places = hours.map(|h| line.at(h));
        assert!(places.windows(2).all(|pair| pair[0] <= pair[1]), "{places:?}");
        assert!((places[5] - places[4]).abs() < 0.5);
        assert!(
            (places[0] - 40.0).abs() < 1e-9 && (places[7] - 340.0).abs() < 1e-9 && (places[8] - 340.0).abs() < 1e-9
        );
    }
}
