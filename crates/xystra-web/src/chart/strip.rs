//! A published number beside a simulated one, on the band where it must lie.

use super::{Scale, Svg};

/// What the drawing shows, all in one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strip {
    /// Where the simulated number must lie; an end may be open.
    pub band: [Option<f64>; 2],
    /// As the paper has it.
    pub published: Option<f64>,
    /// As the model has it.
    pub simulated: f64,
}

const WIDTH: f64 = 180.0;
const HEIGHT: f64 = 24.0;
const MIDDLE: f64 = 12.0;
const INSET: f64 = 8.0;

/// The drawing; a table says the same beside it.
pub fn strip(strip: &Strip) -> String {
    let mut svg = Svg::mark(WIDTH, HEIGHT);
    let known = [strip.band[0], strip.band[1], strip.published, Some(strip.simulated), Some(0.0)];
    let known = known.into_iter().flatten().filter(|value| value.is_finite());
    let (low, high) = known.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
    let x = Scale::new(low, high, INSET, WIDTH - INSET);
    let left = strip.band[0].map_or(0.0, |end| x.at(end));
    let right = strip.band[1].map_or(WIDTH, |end| x.at(end));
    svg.line("base", &[(0.0, MIDDLE), (WIDTH, MIDDLE)]);
    svg.line("zero", &[(x.at(0.0), 5.0), (x.at(0.0), HEIGHT - 5.0)]);
    svg.rect("band", (left, 4.0), ((right - left).max(2.0), HEIGHT - 8.0));
    if let Some(published) = strip.published.filter(|value| value.is_finite()) {
        svg.diamond("said", (x.at(published), MIDDLE), 5.0);
    }
    if strip.simulated.is_finite() {
        svg.circle("found", (x.at(strip.simulated), MIDDLE), 4.5, "");
    }
    svg.finish()
}

#[cfg(test)]
mod tests {
    use super::super::check::is_sound;
    use super::*;

    #[test]
    fn a_miss_lies_beside_the_band() {
        let svg = strip(&Strip { band: [Some(-32.0), Some(-18.0)], published: Some(-25.0), simulated: -5.0 });
        is_sound(&svg);
        let (x, wide) = (super::super::check::numbers(&svg, "x"), super::super::check::numbers(&svg, "width"));
        let found = super::super::check::numbers(&svg, "cx");
        assert!(found[0] > x[0] + wide[0], "{svg}");
    }

    #[test]
    fn open_ends_and_nothing_published_are_drawn() {
        is_sound(&strip(&Strip { band: [Some(1.0), None], published: None, simulated: 1.2 }));
        is_sound(&strip(&Strip { band: [None, None], published: Some(f64::NAN), simulated: f64::NAN }));
    }
}
