//! One of several small drawings: a choice with its bands, and stopping beside it, on the same axes.

use super::ribbon::{self, Ribbon};
use super::{Anchor, Scale, Svg, nice_step};
use crate::show::number;

/// What the drawing shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Beside {
    /// What the picture says in words.
    pub finding: String,
    /// The choice; empty where it is what all are held against.
    pub choice: Vec<Ribbon>,
    /// What it is held against.
    pub against: Vec<Ribbon>,
    /// Ends of the scale of values, the same in every drawing of a row.
    pub values: (f64, f64),
    /// Sessions to come, weeks.
    pub sessions: Vec<f64>,
    /// From where the change counts.
    pub counts: Option<f64>,
}

const WIDTH: f64 = 344.0;
const HEIGHT: f64 = 176.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 336.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 138.0;

/// The drawing.
pub fn beside(beside: &Beside) -> String {
    let mut svg = Svg::image("chart multi", WIDTH, HEIGHT, &beside.finding);
    let [choice, against] =
        [&beside.choice, &beside.against].map(|band| band.iter().copied().filter(Ribbon::is_sound).collect::<Vec<_>>());
    let (x, y) = (weeks(&choice, &against), Scale::new(beside.values.0, beside.values.1, BOTTOM, TOP));
    grid(&mut svg, beside, &x, &y);
    if choice.is_empty() {
        ribbon::area(&mut svg, "n90", &against, (&x, &y), |at| at.ninety);
    }
    ribbon::area(&mut svg, "p90", &choice, (&x, &y), |at| at.ninety);
    ribbon::area(&mut svg, "p50", &choice, (&x, &y), |at| at.fifty);
    for edge in [0, 1] {
        svg.line("n-edge", &ribbon::line(&against, &x, &y, |at| at.ninety[edge]));
    }
    if let Some(counts) = beside.counts {
        svg.line("mic", &[(LEFT, y.at(counts)), (RIGHT, y.at(counts))]);
    }
    svg.line("nl", &ribbon::line(&against, &x, &y, |at| at.middle));
    svg.line("pl", &ribbon::line(&choice, &x, &y, |at| at.middle));
    let rug = beside.sessions.iter().map(|at| x.at(*at)).map(|x| [(x, BOTTOM + 3.0), (x, BOTTOM + 10.0)]);
    svg.strokes("rug", rug);
    svg.finish()
}

/// Round ends that hold all these bands.
pub fn ends<'a>(bands: impl IntoIterator<Item = &'a [Ribbon]>, also: impl IntoIterator<Item = f64>) -> (f64, f64) {
    let ninety = bands.into_iter().flatten().filter(|at| at.is_sound()).flat_map(|at| at.ninety);
    let all = ninety.chain(also);
    let (low, high) = all.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    if low > high {
        return (0.0, 1.0);
    }
    let step = nice_step((high - low).max(1.0), 4.0);
    let low = (low / step + 1e-6).floor() * step;
    (low, ((high / step - 1e-6).ceil() * step).max(low + step))
}

fn weeks(choice: &[Ribbon], against: &[Ribbon]) -> Scale {
    let weeks = choice.iter().chain(against).map(|at| at.weeks);
    let (low, high) = weeks.fold((f64::MAX, f64::MIN), |(low, high), at| (low.min(at), high.max(at)));
    if low < high { Scale::new(low, high, LEFT, RIGHT) } else { Scale::new(0.0, 1.0, LEFT, RIGHT) }
}

fn grid(svg: &mut Svg, beside: &Beside, x: &Scale, y: &Scale) {
    for value in y.ticks(nice_step(beside.values.1 - beside.values.0, 4.0)) {
        svg.line("grid-ln", &[(LEFT, y.at(value)), (RIGHT, y.at(value))]);
        svg.text("al", (LEFT - 7.0, y.at(value) + 4.5), Anchor::End, &number(value, 2));
    }
    svg.line("axis", &[(LEFT, BOTTOM), (RIGHT, BOTTOM)]);
    let first = x.ticks(1.0).first().copied().unwrap_or_default();
    for week in x.ticks(nice_step(x.high() - first, 5.0)) {
        svg.text("al", (x.at(week), BOTTOM + 26.0), Anchor::Middle, &number(week, 1));
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::is_sound;
    use super::*;

    fn band(fall: f64) -> Vec<Ribbon> {
        let at = |n: i32| (f64::from(n), 6.0 - fall * f64::from(n));
        let ribbon = |(weeks, middle): (f64, f64)| Ribbon {
            weeks,
            middle,
            fifty: [middle - 0.5, middle + 0.5],
            ninety: [middle - 1.5, middle + 1.5],
        };
        (3..12).map(at).map(ribbon).collect()
    }

    fn lighter() -> Beside {
        Beside {
            finding: "Lighter".into(),
            choice: band(0.3),
            against: band(0.1),
            values: (0.0, 8.0),
            sessions: vec![3.5, 4.0],
            counts: Some(4.0),
        }
    }

    #[test]
    fn the_choice_and_stopping_stand_on_the_same_axes() {
        let svg = beside(&lighter());
        is_sound(&svg);
        for (class, times) in [("pl", 1), ("nl", 1), ("p90", 1), ("p50", 1), ("n-edge", 2), ("rug", 1), ("mic", 1)] {
            assert_eq!(svg.matches(&format!("class=\"{class}\"")).count(), times, "{class}");
        }
    }

    #[test]
    fn the_ends_hold_every_band() {
        let (low, high) = ends([band(0.3).as_slice(), band(0.1).as_slice()], [9.2]);
        assert!(low <= 1.2 && high >= 9.2, "{low} to {high}");
        assert_eq!(ends([[].as_slice()], []), (0.0, 1.0));
    }

    #[test]
    fn nothing_to_draw_still_makes_a_picture() {
        let none = Beside { choice: Vec::new(), against: Vec::new(), sessions: Vec::new(), counts: None, ..lighter() };
        let mut odd = lighter();
        odd.choice[1].middle = f64::NAN;
        for case in [none, odd] {
            is_sound(&beside(&case));
        }
    }
}
