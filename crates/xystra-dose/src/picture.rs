//! The picture of a recording, as SVG: force over time with its strokes, and a strip that shows where the tool touched and what was
//! wrong.
//!
//! On a page it carries classes only, so that it follows the page's theme; in a file of its own it brings its colours, light and
//! dark.

mod lane;
mod look;
mod scale;
mod style;
mod svg;

pub use look::{Look, Unit};
pub use scale::{Scale, nice_step};
pub use svg::{Anchor, Svg};

use crate::analysis::Analysis;
use crate::picture::lane::{LANE_STEP, lanes};
use crate::quality::is_synthetic;
use crate::stroke::Stroke;

/// The picture of `analysis`, and in its name what it shows.
pub fn trace(analysis: &Analysis, look: &Look) -> String {
    let lanes = lanes(analysis);
    let lanes_at = look.bottom() + 40.0;
    let height = lanes_at + lanes.len() as f64 * LANE_STEP + look.foot();
    let mut svg = open(analysis, look, height);
    let frame = Frame::of(analysis, look);
    target(&mut svg, look, &frame);
    axes(&mut svg, look, &frame);
    strokes(&mut svg, analysis, look, &frame);
    for (lane, top) in lanes.iter().zip((0..).map(|row| lanes_at + f64::from(row) * LANE_STEP)) {
        lane.draw(&mut svg, look, frame.x, top);
    }
    if look.is_alone {
        key(&mut svg, look, height - 22.0);
    }
    svg.finish()
}

/// What the picture shows, in one sentence.
pub fn finding(analysis: &Analysis, look: &Look) -> String {
    let dose = &analysis.dose;
    let said = format!(
        "Force over {} s: {} in {}, mean {} {sign}, largest {} {sign}",
        number(analysis.recording.duration_s, 0),
        plural(analysis.strokes.len(), "stroke"),
        plural(analysis.bursts, "burst"),
        look.force(dose.mean_force_n.value),
        look.force(dose.peak_force_n.value),
        sign = look.unit.sign,
    );
    match look.target_n {
        Some(target_n) => {
            let inside = analysis.strokes.iter().filter(|stroke| beside(stroke, target_n).is_none()).count();
            format!("{said}; {inside} of {} strokes within the target", analysis.strokes.len())
        }
        None => said,
    }
}

/// "below" or "above" the target of a stroke's mean force (least and most, N); nothing within it.
pub fn beside(stroke: &Stroke, target_n: (f64, f64)) -> Option<&'static str> {
    match stroke.mean_force_n {
        mean if mean < target_n.0 => Some("below"),
        mean if mean > target_n.1 => Some("above"),
        _ => None,
    }
}

/// "1 burst", "2 bursts".
pub fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// A number with at most `places` decimals, a true minus and no idle zeros.
pub fn number(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let text = if text == "-0" { "0" } else { text };
    text.replace('-', "\u{2212}")
}

/// Where values lie.
struct Frame {
    x: Scale,
    y: Scale,
    /// Seconds in the axis's unit, and its word.
    time: (f64, &'static str),
}

impl Frame {
    fn of(analysis: &Analysis, look: &Look) -> Self {
        let duration_s = analysis.recording.duration_s;
        Self {
            x: Scale::new(0.0, duration_s, look.left, look.right()),
            y: force_scale(analysis, look),
            time: if duration_s > 900.0 { (60.0, "minutes") } else { (1.0, "seconds") },
        }
    }
}

/// From zero to above the largest force, in the unit of the look.
fn force_scale(analysis: &Analysis, look: &Look) -> Scale {
    let drawn = analysis.trace.points.iter().map(|(_, force)| *force);
    let means = analysis.strokes.iter().map(|stroke| stroke.mean_force_n);
    let target = look.target_n.map(|target| target.1);
    let largest = look.unit.show(drawn.chain(means).chain(target).fold(0.0, f64::max));
    let step = nice_step(largest.max(f64::MIN_POSITIVE), 5.0);
    Scale::new(0.0, (largest / step).ceil() * step, look.bottom(), look.top)
}

fn open(analysis: &Analysis, look: &Look, height: f64) -> Svg {
    let finding = finding(analysis, look);
    if !look.is_alone {
        return Svg::image(look.class, look.width, height, &finding);
    }
    let mut svg = Svg::alone(look.width, height, &analysis.recording.file, &finding, style::STYLE);
    let mark = if is_synthetic(&analysis.recording.issues) { ": synthetic, measured on nobody" } else { "" };
    svg.text("head", (look.left, 30.0), Anchor::Start, &format!("{}{mark}", analysis.recording.file));
    svg.text("say", (look.left, 54.0), Anchor::Start, &finding);
    svg
}

fn target(svg: &mut Svg, look: &Look, frame: &Frame) {
    let Some((low, high)) = look.target_n else { return };
    let (top, bottom) = (frame.y.at(look.unit.show(high)), frame.y.at(look.unit.show(low)));
    svg.rect("tband", (look.left, top), (look.right() - look.left, bottom - top));
}

fn axes(svg: &mut Svg, look: &Look, frame: &Frame) {
    for value in frame.y.ticks(nice_step(frame.y.high(), 5.0)) {
        let y = frame.y.at(value);
        svg.line("grid-ln", &[(look.left, y), (look.right(), y)]);
        svg.text("al", (look.left - 8.0, y + 4.5), Anchor::End, &number(value, 2));
    }
    let (unit_s, word) = frame.time;
    let step = nice_step(frame.x.high() / unit_s, look.most_times) * unit_s;
    for value in frame.x.ticks(step) {
        svg.text("al", (frame.x.at(value), look.bottom() + 20.0), Anchor::Middle, &number(value / unit_s, 2));
    }
    svg.text("al", (look.inset(), look.top - 8.0), Anchor::Start, look.unit.sign);
    svg.text("al", (look.inset(), look.bottom() + 20.0), Anchor::Start, word);
}

fn strokes(svg: &mut Svg, analysis: &Analysis, look: &Look, frame: &Frame) {
    let class = |stroke: &Stroke| look.target_n.and_then(|target| beside(stroke, target)).map_or("", |_| " out");
    let every = analysis.strokes.len().div_ceil(look.most_numbers).max(1);
    let seen = seen(&analysis.strokes, frame);
    for (number, stroke) in &seen {
        let (from, to, out) = (frame.x.at(stroke.start_s), frame.x.at(stroke.end_s), class(stroke));
        svg.rect(&format!("sp{out}"), (from, look.top), (to - from, look.bottom() - look.top));
        if *number == 1 || number % every == 0 {
            let middle = f64::midpoint(from, to);
            svg.text(&format!("sn{out}"), (middle, look.top - 8.0), Anchor::Middle, &number.to_string());
        }
    }
    let place = |(t, force): &(f64, f64)| (frame.x.at(*t), frame.y.at(look.unit.show(*force)));
    svg.line("tr", &analysis.trace.points.iter().map(place).collect::<Vec<_>>());
    for (_, stroke) in &seen {
        let mean = frame.y.at(look.unit.show(stroke.mean_force_n));
        let ends = [(frame.x.at(stroke.start_s), mean), (frame.x.at(stroke.end_s), mean)];
        svg.line(&format!("mn{}", class(stroke)), &ends);
    }
}

/// The strokes with their numbers, without those too narrow to be told from the one before: of a day's strokes most would be.
fn seen<'a>(strokes: &'a [Stroke], frame: &Frame) -> Vec<(usize, &'a Stroke)> {
    let mut drawn = f64::NEG_INFINITY;
    let is_seen = |(_, stroke): &(usize, &Stroke)| {
        let to = frame.x.at(stroke.end_s);
        let is_seen = to - drawn >= 0.5;
        drawn = if is_seen { to } else { drawn };
        is_seen
    };
    (1..).zip(strokes).filter(is_seen).collect()
}

/// What the lines mean, below the picture.
fn key(svg: &mut Svg, look: &Look, y: f64) {
    let target = look.target_n.map(|(low, high)| {
        let band = format!("target {} to {} {}", look.force(low), look.force(high), look.unit.sign);
        [("mn out", "mean outside the target".to_owned()), ("tkey", band)]
    });
    let force = [("tr", "resultant force".to_owned()), ("mn", "mean normal force of a stroke".to_owned())];
    let mut x = look.left;
    for (class, words) in force.into_iter().chain(target.into_iter().flatten()) {
        svg.line(class, &[(x, y - 4.5), (x + 28.0, y - 4.5)]);
        svg.text("al", (x + 36.0, y), Anchor::Start, &words);
        x += 36.0 + 7.2 * words.len() as f64 + 28.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{self, Reading};
    use crate::{Options, Sweeps, analyse};

    fn analysis() -> Analysis {
        let table = Sweeps::default().to_csv();
        let recording = read::whole("sweeps & co.csv", table.as_bytes(), &Reading::default()).unwrap();
        analyse(&recording, &Options::default()).unwrap()
    }

    #[test]
    fn every_stroke_is_shaded_and_those_outside_the_target_are_marked() {
        let analysis = analysis();
        let look = Look { target_n: Some((3.0, 3.5)), ..Look::WIDE };
        let svg = trace(&analysis, &look);
        assert_eq!(svg.matches("class=\"sp").count(), analysis.strokes.len());
        let outside = analysis.strokes.iter().filter(|stroke| beside(stroke, (3.0, 3.5)).is_some()).count();
        assert!(outside > 0);
        assert_eq!(svg.matches("class=\"sp out\"").count(), outside);
        assert!(svg.contains("aria-label=\"Force over"));
    }

    #[test]
    fn nothing_is_drawn_outside_whatever_the_look() {
        let analysis = analysis();
        let unit = Unit { sign: "kgf", newtons: 9.806_65, places: 2 };
        for look in [Look::WIDE, Look { unit, ..Look::NARROW }, Look { target_n: Some((1.0, 9.0)), ..Look::ALONE }] {
            svg::check::is_sound(&trace(&analysis, &look));
        }
    }

    #[test]
    fn every_picture_has_its_quality_strip() {
        let svg = trace(&analysis(), &Look::NARROW);
        for lane in ["contact", "gaps", "saturated", "frozen"] {
            assert!(svg.contains(&format!(">{lane}</text>")), "{lane}");
        }
        assert_eq!(svg.matches(">none</text>").count(), 3);
    }

    #[test]
    fn alone_it_brings_colours_for_light_and_dark_and_says_what_it_shows() {
        let svg = trace(&analysis(), &Look::ALONE);
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
        assert!(svg.contains("prefers-color-scheme:dark"));
        assert!(svg.contains(">sweeps &amp; co.csv: synthetic, measured on nobody</text>"));
        assert!(svg.contains("<title id=\"title\">sweeps &amp; co.csv</title><desc id=\"desc\">Force over"));
        assert!(!trace(&analysis(), &Look::WIDE).contains("<style>"));
    }

    #[test]
    fn a_days_strokes_are_not_drawn_on_top_of_each_other() {
        let mut analysis = analysis();
        let first = analysis.strokes[0];
        let at = |i: u32| Stroke { start_s: 3.0 * f64::from(i), end_s: 3.0 * f64::from(i) + 2.0, ..first };
        analysis.strokes = (0..28_800).map(at).collect();
        analysis.recording.duration_s = 86_400.0;
        let svg = trace(&analysis, &Look::WIDE);
        assert!(svg.matches("class=\"sp").count() < 2500);
        assert!(svg.contains(">minutes</text>"));
    }
}
