//! The force over time, with its strokes, and below it where the tool touched and what the sensor lost.

use xystra_care::practice::ForceUnit;
use xystra_catalog::Range;
use xystra_dose::{Analysis, Interval, IssueKind, Stroke};

use crate::chart::{Anchor, Scale, Svg, nice_step};
use crate::show::number;

/// What is drawn.
pub(super) struct Trace<'a> {
    pub(super) analysis: &'a Analysis,
    /// The planned mean force of a stroke, N.
    pub(super) target_n: Option<Range>,
    pub(super) unit: ForceUnit,
}

/// For which screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    class: &'static str,
    width: f64,
    left: f64,
    plot: f64,
    numbered: usize,
    seconds: f64,
}

/// Wide screens and paper.
pub(super) const WIDE: Size =
    Size { class: "chart trace only-wide", width: 1180.0, left: 76.0, plot: 216.0, numbered: 45, seconds: 9.0 };
/// Phones.
pub(super) const NARROW: Size =
    Size { class: "chart trace only-narrow", width: 390.0, left: 66.0, plot: 180.0, numbered: 12, seconds: 4.0 };

const TOP: f64 = 34.0;
const RIGHT: f64 = 8.0;
const LANE: f64 = 16.0;
const LANE_STEP: f64 = 28.0;
const LANES: [(&str, IssueKind); 3] =
    [("gaps", IssueKind::Gap), ("clipped", IssueKind::Saturated), ("frozen", IssueKind::Frozen)];

/// The picture, and in its name what it shows.
pub(super) fn trace(trace: &Trace<'_>, size: Size) -> String {
    let lanes_at = TOP + size.plot + 40.0;
    let height = lanes_at + 4.0 * LANE_STEP;
    let mut svg = Svg::image(size.class, size.width, height, &trace.finding());
    let x = Scale::new(0.0, trace.analysis.recording.duration_s, size.left, size.width - RIGHT);
    let y = trace.force_scale(size);
    target(&mut svg, trace, x, y);
    axes(&mut svg, trace, size, x, y);
    strokes(&mut svg, trace, size, x, y);
    lanes(&mut svg, trace, size, x, lanes_at);
    svg.finish()
}

impl Trace<'_> {
    /// What the picture shows, in one sentence.
    pub(super) fn finding(&self) -> String {
        let dose = &self.analysis.dose;
        let said = format!(
            "Force over {} s: {} in {}, mean {} {}, largest {} {}",
            number(self.analysis.recording.duration_s, 0),
            plural(dose.strokes, "stroke"),
            plural(self.analysis.bursts, "burst"),
            self.force(dose.mean_force_n),
            self.unit.sign(),
            self.force(dose.peak_force_n),
            self.unit.sign()
        );
        match self.target_n {
            Some(target) => format!("{said}; {} of {} strokes within the target", self.inside(target), dose.strokes),
            None => said,
        }
    }

    /// How many strokes have their mean within the target.
    pub(super) fn inside(&self, target: Range) -> usize {
        self.analysis.strokes.iter().filter(|stroke| beside(stroke, target).is_none()).count()
    }

    fn force(&self, newton: f64) -> String {
        number(self.unit.show(newton), places(self.unit))
    }

    /// From zero to above the largest force, in the practice's unit.
    fn force_scale(&self, size: Size) -> Scale {
        let drawn = self.analysis.trace.points.iter().map(|(_, force)| *force);
        let means = self.analysis.strokes.iter().map(|stroke| stroke.mean_force_n);
        let target = self.target_n.map(|target| target.high);
        let largest = self.unit.show(drawn.chain(means).chain(target).fold(0.0, f64::max));
        let step = nice_step(largest.max(f64::MIN_POSITIVE), 5.0);
        Scale::new(0.0, (largest / step).ceil() * step, TOP + size.plot, TOP)
    }
}

/// Decimals of a force: a tenth of a newton is about a hundredth of a kilogram-force.
pub(super) fn places(unit: ForceUnit) -> usize {
    match unit {
        ForceUnit::Newton => 1,
        ForceUnit::KilogramForce => 2,
    }
}

/// "1 burst", "2 bursts".
pub(super) fn plural(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// "below" or "above" the target; nothing within it.
pub(super) fn beside(stroke: &Stroke, target: Range) -> Option<&'static str> {
    match stroke.mean_force_n {
        mean if mean < target.low => Some("below"),
        mean if mean > target.high => Some("above"),
        _ => None,
    }
}

fn target(svg: &mut Svg, trace: &Trace<'_>, x: Scale, y: Scale) {
    let Some(target) = trace.target_n else { return };
    let (top, bottom) = (y.at(trace.unit.show(target.high)), y.at(trace.unit.show(target.low)));
    let (left, right) = (x.at(0.0), x.at(x.high()));
    svg.rect("tband", (left, top), (right - left, bottom - top));
}

fn axes(svg: &mut Svg, trace: &Trace<'_>, size: Size, x: Scale, y: Scale) {
    let right = size.width - RIGHT;
    for value in y.ticks(nice_step(y.high(), 5.0)) {
        svg.line("grid-ln", &[(size.left, y.at(value)), (right, y.at(value))]);
        svg.text("al", (size.left - 8.0, y.at(value) + 4.5), Anchor::End, &number(value, 2));
    }
    for value in x.ticks(nice_step(x.high(), size.seconds)) {
        svg.text("al", (x.at(value), TOP + size.plot + 20.0), Anchor::Middle, &number(value, 2));
    }
    svg.text("al", (0.0, TOP - 8.0), Anchor::Start, trace.unit.sign());
    svg.text("al", (0.0, TOP + size.plot + 20.0), Anchor::Start, "seconds");
}

fn strokes(svg: &mut Svg, trace: &Trace<'_>, size: Size, x: Scale, y: Scale) {
    let strokes = &trace.analysis.strokes;
    let every = strokes.len().div_ceil(size.numbered).max(1);
    let classes = |stroke: &Stroke| trace.target_n.and_then(|target| beside(stroke, target)).map_or("", |_| " out");
    for (number, stroke) in (1..).zip(strokes) {
        let (from, to, out) = (x.at(stroke.start_s), x.at(stroke.end_s), classes(stroke));
        svg.rect(&format!("sp{out}"), (from, TOP), (to - from, size.plot));
        if number == 1 || number % every == 0 {
            svg.text(&format!("sn{out}"), (f64::midpoint(from, to), TOP - 8.0), Anchor::Middle, &number.to_string());
        }
    }
    let points: Vec<_> =
        trace.analysis.trace.points.iter().map(|(t, force)| (x.at(*t), y.at(trace.unit.show(*force)))).collect();
    svg.line("tr", &points);
    for stroke in strokes {
        let mean = y.at(trace.unit.show(stroke.mean_force_n));
        svg.line(&format!("mn{}", classes(stroke)), &[(x.at(stroke.start_s), mean), (x.at(stroke.end_s), mean)]);
    }
}

fn lanes(svg: &mut Svg, trace: &Trace<'_>, size: Size, x: Scale, top: f64) {
    lane(svg, size, x, top, "contact", "ln-c", &trace.analysis.trace.contacts);
    for (row, (name, kind)) in (1u8..).zip(LANES) {
        let issues = trace.analysis.recording.issues.iter().filter(|issue| issue.kind == kind);
        let extents: Vec<Interval> = issues.map(|issue| issue.extent).collect();
        let class = if kind == IssueKind::Gap { "ln-g" } else { "ln-f" };
        lane(svg, size, x, top + f64::from(row) * LANE_STEP, name, class, &extents);
    }
}

fn lane(svg: &mut Svg, size: Size, x: Scale, top: f64, name: &str, class: &str, extents: &[Interval]) {
    svg.rect("lane", (size.left, top), (size.width - RIGHT - size.left, LANE));
    svg.text("al", (0.0, top + 13.0), Anchor::Start, name);
    if extents.is_empty() {
        svg.text("al", (size.left + 6.0, top + 13.0), Anchor::Start, "none");
    }
    for extent in extents {
        let (from, to) = (x.at(extent.start_s), x.at(extent.end_s));
        let wide = (to - from).max(1.0).min(size.width - RIGHT - from);
        svg.rect(class, (from, top), (wide, LANE));
    }
}

#[cfg(test)]
mod tests {
    use xystra_dose::{Options, Sweeps, analyse, read};

    use super::*;

    fn analysis() -> Analysis {
        let table = Sweeps::default().to_csv();
        analyse(&read::csv("sweeps.csv", table.as_bytes()).unwrap(), &Options::default()).unwrap()
    }

    #[test]
    fn every_stroke_is_shaded_and_those_outside_the_target_are_marked() {
        let analysis = analysis();
        let drawn =
            Trace { analysis: &analysis, target_n: Some(Range { low: 3.0, high: 3.5 }), unit: ForceUnit::Newton };
        let svg = trace(&drawn, WIDE);
        assert_eq!(svg.matches("class=\"sp").count(), analysis.strokes.len());
        let outside = analysis.strokes.len() - drawn.inside(Range { low: 3.0, high: 3.5 });
        assert!(outside > 0);
        assert_eq!(svg.matches("class=\"sp out\"").count(), outside);
        assert!(svg.contains("aria-label=\"Force over"));
    }

    #[test]
    fn nothing_is_drawn_outside_on_either_screen() {
        let analysis = analysis();
        for (size, unit) in [(WIDE, ForceUnit::Newton), (NARROW, ForceUnit::KilogramForce)] {
            let svg = trace(&Trace { analysis: &analysis, target_n: None, unit }, size);
            assert!(!svg.contains("NaN") && !svg.contains("inf"));
            let xs = svg.split(" x=\"").skip(1).map(|rest| rest.split('"').next().unwrap().parse::<f64>().unwrap());
            assert!(xs.into_iter().all(|x| (0.0..=size.width).contains(&x)));
        }
    }
}
