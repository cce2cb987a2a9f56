//! The work-precision curves as a picture: courses a second beside the error, both by their logarithms.

use anyhow::{Context, Result};
use xystra_dose::picture::{Anchor, Scale, Svg};

use super::curve::Point;

/// Where the picture lies.
const FILE: &str = "docs/validation/cohort.svg";

const STYLE: &str = "\
svg{color-scheme:light dark;--ground:#fffdf9;--ink:#24211c;--soft:#665e51;--grid:#e6dfd3;--a:#0f6a73;--b:#b3541a;--c:#6b4fa0;--d:#7c5200}\
@media(prefers-color-scheme:dark){svg{--ground:#1c1a17;--ink:#efe9df;--soft:#b3a999;--grid:#3a352e;--a:#5fc3cd;--b:#f09a5c;--c:#b9a0ec;--d:#d8b15a}}\
.ground{fill:var(--ground)}text{font:13px system-ui,sans-serif;fill:var(--ink)}.al{fill:var(--soft);font-size:11px}\
.grid{stroke:var(--grid);fill:none}.a,.b,.c{fill:none;stroke-width:2}.a{stroke:var(--a);stroke-width:3}.b{stroke:var(--b)}\
.c{stroke:var(--c);stroke-dasharray:6 3}";

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 420.0;
/// Room for the rates on the left, names on the right, the title above and the errors below.
const LEFT: f64 = 60.0;
const RIGHT: f64 = 140.0;
const TOP: f64 = 44.0;
const BOTTOM: f64 = 52.0;
/// The least room between two names.
const LINE: f64 = 15.0;

/// Draws one line for each program, in the order of their first points; `finding` says what they show.
pub fn write(points: &[Point], finding: &str) -> Result<()> {
    std::fs::write(FILE, draw(points, finding) + "\n").context(FILE)
}

fn draw(points: &[Point], finding: &str) -> String {
    let mut svg = Svg::alone(WIDTH, HEIGHT, "Work beside precision", finding, STYLE);
    let (errors, rates) = (ends(points, |point| point.worst), ends(points, Point::rate));
    let x = Scale::new(errors.0, errors.1, LEFT, WIDTH - RIGHT);
    let y = Scale::new(rates.0, rates.1, HEIGHT - BOTTOM, TOP);
    svg.text("", (LEFT, 22.0), Anchor::Start, "courses of twelve weeks a second on one core, by the error made");
    for power in decades(rates) {
        svg.line("grid", &[(LEFT, y.at(power)), (WIDTH - RIGHT, y.at(power))]);
        svg.text("al", (LEFT - 8.0, y.at(power) + 4.0), Anchor::End, &format!("{:.0}", 10.0_f64.powf(power)));
    }
    for power in decades(errors) {
        svg.line("grid", &[(x.at(power), TOP), (x.at(power), HEIGHT - BOTTOM)]);
        svg.text("al", (x.at(power), HEIGHT - BOTTOM + 18.0), Anchor::Middle, &format!("1e{power:.0}"));
    }
    let below = "largest scaled error of a daily output: more exact on the left";
    svg.text("al", (WIDTH - RIGHT, HEIGHT - 10.0), Anchor::End, below);
    lines(&mut svg, points, &x, &y);
    svg.finish()
}

/// The lines, each with its name at its coarse end; names that would lie on each other are moved down.
fn lines(svg: &mut Svg, points: &[Point], x: &Scale, y: &Scale) {
    let mut names: Vec<(&str, f64)> = Vec::new();
    for (n, program) in programs(points).into_iter().enumerate() {
        let own = points.iter().filter(|point| point.program == program);
        let mut line: Vec<_> = own.map(|point| (x.at(point.worst.log10()), y.at(point.rate().log10()))).collect();
        line.sort_by(|a, b| a.0.total_cmp(&b.0));
        svg.line(["a", "b", "c"][n.min(2)], &line);
        names.extend(line.last().map(|end| (program, end.1)));
    }
    names.sort_by(|a, b| a.1.total_cmp(&b.1));
    let mut free = f64::NEG_INFINITY;
    for (name, at) in names {
        let at = at.max(free);
        svg.text("", (WIDTH - RIGHT + 8.0, at + 4.0), Anchor::Start, name);
        free = at + LINE;
    }
}

fn programs(points: &[Point]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for point in points {
        if !names.contains(&point.program.as_str()) {
            names.push(&point.program);
        }
    }
    names
}

/// The whole decades around a quantity, as powers of ten.
fn ends(points: &[Point], of: impl Fn(&Point) -> f64) -> (f64, f64) {
    let powers = points.iter().map(|point| of(point).log10()).filter(|power| power.is_finite());
    let (low, high) =
        powers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), power| (power.min(low), power.max(high)));
    (low.floor(), high.ceil())
}

fn decades((low, high): (f64, f64)) -> impl Iterator<Item = f64> {
    std::iter::successors(Some(low), |power| Some(power + 1.0)).take_while(move |power| *power <= high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_has_its_line_and_its_name() {
        let point = |program: &str, worst, seconds| Point {
            program: program.to_owned(),
            relative: 1e-6,
            worst,
            median: worst,
            clients: 1,
            seconds,
        };
        let points = [("ours", 1e-4, 1e-4), ("ours", 1e-6, 2e-4), ("theirs", 1e-5, 4e-3), ("others", 1e-6, 4.1e-3)];
        let svg = draw(&points.map(|(program, worst, seconds)| point(program, worst, seconds)), "x");
        assert!(["ours", "theirs", "others"].iter().all(|name| svg.contains(&format!(">{name}</text>"))));
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
    }
}
