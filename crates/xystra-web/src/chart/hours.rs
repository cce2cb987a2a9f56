//! The engraved ruler: hours since the last session against the usual window.

use super::{Anchor, Scale, Svg};

/// What the ruler shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hours {
    /// Hours since the last session.
    pub since: f64,
    /// From here on the next session is usual, h.
    pub opens: f64,
    /// Up to here, h; `None` when nobody says.
    pub closes: Option<f64>,
}

const WIDTH: f64 = 184.0;
const HEIGHT: f64 = 48.0;
const LEFT: f64 = 8.0;
const RIGHT: f64 = 176.0;
/// The band's upper and lower edge.
const BAND: (f64, f64) = (12.0, 24.0);
/// Hours beyond the window that are drawn.
const BEYOND_H: f64 = 24.0;

/// The ruler with its pointer.
pub fn hours(hours: &Hours) -> String {
    let end = hours.closes.unwrap_or(hours.opens + 2.0 * BEYOND_H);
    let scale = Scale::new(0.0, end + BEYOND_H, LEFT, RIGHT);
    let mut svg = Svg::image("hours", WIDTH, HEIGHT, &label(hours));
    bands(&mut svg, hours, &scale);
    graduation(&mut svg, hours, &scale);
    let x = scale.at(hours.since);
    svg.path("pt", &format!("M{x:.1} 22l-6 -13a6.5 6.5 0 1112 0z"));
    svg.finish()
}

fn label(hours: &Hours) -> String {
    let since = format!("{:.0} hours since the last session", hours.since.max(0.0));
    match hours.closes {
        Some(closes) => format!("{since}; the window is {:.0} to {closes:.0} hours", hours.opens),
        None => format!("{since}; the window opens at {:.0} hours", hours.opens),
    }
}

fn bands(svg: &mut Svg, hours: &Hours, scale: &Scale) {
    let end = scale.high();
    let closes = hours.closes.unwrap_or(end);
    for (class, from, to) in [("early", 0.0, hours.opens), ("open", hours.opens, closes), ("late", closes, end)] {
        let (from, to) = (scale.at(from), scale.at(to));
        if to > from {
            svg.rect(class, (from, BAND.0), (to - from, BAND.1 - BAND.0));
        }
    }
}

/// A tick each 6 h, a long one each day, numbers where the window opens and closes.
fn graduation(svg: &mut Svg, hours: &Hours, scale: &Scale) {
    let tick = |(n, tick)| {
        let (x, long) = (scale.at(tick), if n % 4 == 0 { 6.0 } else { 3.0 });
        [(x, BAND.1), (x, BAND.1 + long)]
    };
    svg.strokes("tk", scale.ticks(6.0).into_iter().enumerate().map(tick));
    for value in [Some(0.0), Some(hours.opens), hours.closes].into_iter().flatten() {
        svg.text("", (scale.at(value), 44.0), Anchor::Middle, &format!("{value:.0}"));
    }
    svg.text("", (WIDTH - 1.0, 44.0), Anchor::End, "h");
}

#[cfg(test)]
mod tests {
    use super::super::check::is_sound;
    use super::*;

    #[test]
    fn the_ruler_says_where_the_client_stands() {
        let svg = hours(&Hours { since: 49.2, opens: 48.0, closes: Some(96.0) });
        is_sound(&svg);
        assert!(svg.contains("49 hours since the last session; the window is 48 to 96 hours"));
        let ticks = svg.split("class=\"tk\" d=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("the ticks");
        assert_eq!((ticks.matches('M').count(), ticks.matches('L').count()), (21, 21));
    }

    #[test]
    fn the_pointer_stays_on_the_ruler() {
        for since in [-5.0, 0.0, 400.0, f64::NAN] {
            is_sound(&hours(&Hours { since, opens: 48.0, closes: None }));
        }
        let late = hours(&Hours { since: 400.0, opens: 48.0, closes: Some(96.0) });
        assert!(late.contains(&format!("M{RIGHT:.1} 22")));
    }
}
