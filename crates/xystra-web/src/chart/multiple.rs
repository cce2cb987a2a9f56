//! One of several small drawings on the same axis of time: a quantity with treatment and without.

use super::thin::thinned;
use super::timeline::Timeline;
use super::{Anchor, Scale, Svg, nice_step};
use crate::show::number;

/// What the drawing shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Multiple {
    /// What the picture says in words.
    pub finding: String,
    /// Hours and value with treatment, in order of time.
    pub with: Vec<(f64, f64)>,
    /// The same without.
    pub without: Vec<(f64, f64)>,
    /// The least span that the scale shows, so that nothing tiny looks large.
    pub least: (f64, f64),
    /// When sessions are, hours.
    pub sessions: Vec<f64>,
    /// How long, weeks.
    pub weeks: f64,
}

const WIDTH: f64 = 344.0;
const HEIGHT: f64 = 176.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 338.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 138.0;
/// Where the sessions stand.
const RUG: (f64, f64) = (BOTTOM + 4.0, 6.0);
/// Points nearer to the line than this are not written.
const FINE: f64 = 0.35;

/// The drawing.
pub fn multiple(multiple: &Multiple) -> String {
    let mut svg = Svg::image("chart multi", WIDTH, HEIGHT, &multiple.finding);
    let (y, step) = multiple.values();
    let time = Timeline::new(multiple.weeks, LEFT, RIGHT);
    let places = |line: &[(f64, f64)]| {
        let sound = line.iter().filter(|(hours, value)| hours.is_finite() && value.is_finite());
        thinned(&sound.map(|(hours, value)| (time.at(*hours), y.at(*value))).collect::<Vec<_>>(), FINE)
    };
    let (with, without) = (places(&multiple.with), places(&multiple.without));
    grid(&mut svg, &y, step);
    time.draw(&mut svg, TOP, BOTTOM + 14.0);
    between(&mut svg, &with, &without);
    svg.line("nl", &without);
    svg.line("pl", &with);
    svg.strokes("rug", multiple.sessions.iter().map(|at| time.at(*at)).map(|x| [(x, RUG.0), (x, RUG.0 + RUG.1)]));
    svg.finish()
}

impl Multiple {
    /// From bottom to top, on round ends, and the step between lines.
    fn values(&self) -> (Scale, f64) {
        let values = self.with.iter().chain(&self.without).map(|(_, value)| *value).filter(|value| value.is_finite());
        let (low, high) = values.fold(self.least, |(low, high), value| (low.min(value), high.max(value)));
        let step = nice_step(high - low, 4.0);
        let (low, high) = ((low / step + 1e-6).floor() * step, (high / step - 1e-6).ceil() * step);
        (Scale::new(low, high, BOTTOM, TOP), step)
    }
}

fn grid(svg: &mut Svg, y: &Scale, step: f64) {
    for value in y.ticks(step) {
        svg.line("grid-ln", &[(LEFT, y.at(value)), (RIGHT, y.at(value))]);
        svg.text("al", (LEFT - 7.0, y.at(value) + 4.5), Anchor::End, &number(value, 3));
    }
}

/// What treatment changes, as an area.
fn between(svg: &mut Svg, with: &[(f64, f64)], without: &[(f64, f64)]) {
    let around = with.iter().chain(without.iter().rev());
    let d: Vec<String> = around.map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
    if d.len() > 3 {
        svg.path("p90", &format!("M{}z", d.join("L")));
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::is_sound;
    use super::*;

    fn falling() -> Multiple {
        let line = |fall: f64| (0..50).map(|n| f64::from(n) * 40.0).map(|h| (h, 6.0 - fall * h)).collect();
        Multiple {
            finding: "Pain falls".into(),
            with: line(0.002),
            without: line(0.001),
            least: (0.0, 10.0),
            sessions: vec![0.0, 72.0],
            weeks: 12.0,
        }
    }

    #[test]
    fn both_courses_and_the_sessions_are_drawn() {
        let svg = multiple(&falling());
        is_sound(&svg);
        for class in ["\"pl\"", "\"nl\"", "\"p90\"", "\"rug\""] {
            assert_eq!(svg.matches(&format!("class={class}")).count(), 1, "{class}");
        }
        assert!(svg.contains(">1 min</text>") && svg.contains(">12 wk</text>"));
    }

    #[test]
    fn odd_values_still_make_a_picture() {
        let none = Multiple { with: Vec::new(), without: Vec::new(), sessions: Vec::new(), ..falling() };
        let odd = Multiple { with: vec![(0.0, f64::NAN), (f64::INFINITY, 1.0), (3.0, 2.0)], ..falling() };
        for case in [none, odd] {
            is_sound(&multiple(&case));
        }
    }
}
