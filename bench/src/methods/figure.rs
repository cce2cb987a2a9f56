//! A figure of docs/methods: small charts side by side, with colours of its own.

use anyhow::{Context, Result};
use xystra_dose::picture::{Anchor, Scale, Svg, nice_step, number};

/// One line of a chart.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its class: `a`, `b`, `c` or `d`.
    pub class: &'static str,
    /// Its name, once for the whole figure.
    pub name: String,
    /// Its points.
    pub points: Vec<(f64, f64)>,
}

/// One chart.
#[derive(Debug, Clone)]
pub struct Chart {
    /// What is drawn, with its unit.
    pub title: String,
    /// What lies along it, with its unit.
    pub across: &'static str,
    /// Lines; the values of all decide the scale.
    pub lines: Vec<Line>,
    /// A value that belongs into the scale: that of rest.
    pub rest: f64,
}

const STYLE: &str = "\
svg{color-scheme:light dark;--ground:#fffdf9;--ink:#24211c;--soft:#665e51;--grid:#e6dfd3;--a:#0f6a73;--b:#b3541a;--c:#6b4fa0;--d:#7c5200}\
@media(prefers-color-scheme:dark){svg{--ground:#1c1a17;--ink:#efe9df;--soft:#b3a999;--grid:#3a352e;--a:#5fc3cd;--b:#f09a5c;--c:#b9a0ec;--d:#d8b15a}}\
.ground{fill:var(--ground)}text{font:13px system-ui,sans-serif;fill:var(--ink)}.al{fill:var(--soft);font-size:11px}\
.grid{stroke:var(--grid);fill:none}.a,.b,.c,.d{fill:none;stroke-width:2}.a{stroke:var(--a)}.b{stroke:var(--b);stroke-dasharray:7 3}\
.c{stroke:var(--c);stroke-dasharray:2 3}.d{stroke:var(--d);stroke-dasharray:9 3 2 3}";

const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 190.0;
const COLUMNS: usize = 3;
const HEAD: f64 = 34.0;

/// Writes the charts as one SVG file of docs/methods; `finding` says what they show.
pub fn write(name: &str, finding: &str, charts: &[Chart]) -> Result<()> {
    let file = format!("{}/{name}.svg", super::FOLDER);
    std::fs::write(&file, draw(name, finding, charts) + "\n").context(file)
}

fn draw(name: &str, finding: &str, charts: &[Chart]) -> String {
    let rows = charts.len().div_ceil(COLUMNS);
    let columns = charts.len().min(COLUMNS);
    let mut svg = Svg::alone(WIDTH * columns as f64, HEAD + HEIGHT * rows as f64, name, finding, STYLE);
    key(&mut svg, charts);
    for (n, chart) in charts.iter().enumerate() {
        let at = (WIDTH * (n % COLUMNS) as f64, HEAD + HEIGHT * (n / COLUMNS) as f64);
        chart.draw(&mut svg, at);
    }
    svg.finish()
}

/// Names of the lines, from the chart that has most of them.
fn key(svg: &mut Svg, charts: &[Chart]) {
    let Some(chart) = charts.iter().max_by_key(|chart| chart.lines.len()) else { return };
    let mut x = 46.0;
    for line in chart.lines.iter().filter(|line| !line.name.is_empty()) {
        svg.line(line.class, &[(x, 18.0), (x + 26.0, 18.0)]);
        svg.text("", (x + 32.0, 22.0), Anchor::Start, &line.name);
        x += 56.0 + 7.2 * line.name.len() as f64;
    }
}

impl Chart {
    fn draw(&self, svg: &mut Svg, (left, top): (f64, f64)) {
        let (x, y) = self.scales(left, top);
        svg.text("", (left + 46.0, top + 14.0), Anchor::Start, &self.title);
        for value in y.ticks(nice_step(y.high() - self.low(), 4.0)) {
            svg.line("grid", &[(left + 46.0, y.at(value)), (left + WIDTH - 16.0, y.at(value))]);
            svg.text("al", (left + 40.0, y.at(value) + 4.0), Anchor::End, &number(value, 3));
        }
        for value in x.ticks(nice_step(x.high(), 5.0)) {
            svg.text("al", (x.at(value), top + HEIGHT - 28.0), Anchor::Middle, &number(value, 2));
        }
        svg.text("al", (left + WIDTH - 16.0, top + HEIGHT - 12.0), Anchor::End, self.across);
        for line in &self.lines {
            let points: Vec<_> = line.points.iter().map(|(a, b)| (x.at(*a), y.at(*b))).collect();
            svg.line(line.class, &seen(&points));
        }
    }

    fn scales(&self, left: f64, top: f64) -> (Scale, Scale) {
        let points = || self.lines.iter().flat_map(|line| &line.points);
        let end = points().map(|point| point.0).fold(0.0, f64::max);
        let high = points().map(|point| point.1).fold(self.rest, f64::max);
        let low = self.low();
        let room = 0.06 * (high - low).max(1e-6);
        let x = Scale::new(0.0, end, left + 46.0, left + WIDTH - 16.0);
        (x, Scale::new(low, high + room, top + HEIGHT - 44.0, top + 24.0))
    }

    fn low(&self) -> f64 {
        self.lines.iter().flat_map(|line| &line.points).map(|point| point.1).fold(self.rest, f64::min)
    }
}

/// The points that an eye tells apart: turns, and steps of more than a pixel.
fn seen(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept: Vec<(f64, f64)> = Vec::new();
    for (n, &(x, y)) in points.iter().enumerate() {
        let turns = |next: &(f64, f64)| n > 0 && (next.1 - y) * (y - points[n - 1].1) < 0.0;
        let turn = points.get(n + 1).is_none_or(turns);
        if turn || kept.last().is_none_or(|last| (x - last.0).abs() > 6.0 || (y - last.1).abs() > 1.0) {
            kept.push((x, y));
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peaks_stay_when_points_are_left_out() {
        let points: Vec<(f64, f64)> =
            (0..1000).map(|n| (f64::from(n) * 0.1, if n == 500 { 40.0 } else { 0.0 })).collect();
        let kept = seen(&points);
        assert!(kept.len() < 40 && kept.contains(&(50.0, 40.0)) && kept.contains(&points[999]), "{kept:?}");
    }

    #[test]
    fn every_line_and_its_name_are_drawn() {
        let line = |class, name: &str| Line { class, name: name.to_owned(), points: vec![(0.0, 1.0), (2.0, 3.0)] };
        let chart =
            Chart { title: "pain".into(), across: "weeks", lines: vec![line("a", "one"), line("b", "two")], rest: 0.0 };
        let svg = draw("x", "y", &[chart.clone(), chart]);
        assert_eq!(svg.matches("class=\"a\"").count(), 3);
        assert!(svg.contains(">two</text>") && svg.contains("<desc id=\"desc\">y</desc>"));
        assert!(!svg.contains("NaN"));
    }
}
