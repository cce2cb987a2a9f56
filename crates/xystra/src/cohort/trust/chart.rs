//! Rank histograms as small charts.

use std::fmt::Write as _;

use xystra_cohort::trust::{Calibration, Column, Report, even, histogram};

/// Bins of a histogram.
pub(super) const BINS: usize = 20;

const COLUMNS: usize = 3;
/// Size of a panel with its margins, pixels.
const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 140.0;
/// Where the bars lie in it.
const LEFT: f64 = 12.0;
const TOP: f64 = 34.0;
const PLOT: (f64, f64) = (WIDTH - 30.0, HEIGHT - 58.0);
const HEAD: f64 = 40.0;

/// The histograms of all quantities, pain alone first.
pub(super) fn picture(report: &Report) -> String {
    let all: Vec<(&Calibration, &Column)> = [&report.right, &report.several]
        .into_iter()
        .flat_map(|one| one.columns.iter().map(move |column| (one, column)))
        .collect();
    let (width, height) = (WIDTH * COLUMNS as f64, HEAD + HEIGHT * all.len().div_ceil(COLUMNS) as f64);
    let title = "Ranks of the truth among what was foretold; grey: where 99 of 100 bins lie if the bands are right";
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" \
         font-family=\"sans-serif\" font-size=\"11\">\n<title>{title}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
         <text x=\"{LEFT}\" y=\"22\" font-size=\"14\">{title}</text>\n"
    );
    for (place, (calibration, column)) in all.into_iter().enumerate() {
        panel(&mut svg, place, calibration, column);
    }
    svg + "</svg>\n"
}

fn panel(svg: &mut String, place: usize, calibration: &Calibration, column: &Column) {
    let (x, y) = ((place % COLUMNS) as f64 * WIDTH, HEAD + (place / COLUMNS) as f64 * HEIGHT);
    let counts = histogram(&column.ranks, BINS);
    let [low, high] = even(column.ranks.len(), BINS);
    let top = counts.iter().copied().max().unwrap_or(0).max(high) as f64;
    let (bottom, right, bar) = (TOP + PLOT.1, LEFT + PLOT.0, PLOT.0 / BINS as f64);
    let tall = |count: usize| PLOT.1 * count as f64 / top;
    // Writing to a string cannot fail.
    let _ = write!(
        svg,
        "<g transform=\"translate({x} {y})\"><text x=\"{LEFT}\" y=\"12\" fill=\"#555555\">{}</text><text x=\"{LEFT}\" y=\"26\">{}</text>\n\
         <rect x=\"{LEFT}\" y=\"{:.1}\" width=\"{}\" height=\"{:.1}\" fill=\"#dddddd\"/>\n",
        calibration.says,
        column.name,
        bottom - tall(high),
        PLOT.0,
        tall(high) - tall(low),
    );
    for (k, count) in counts.iter().enumerate() {
        let _ = write!(
            svg,
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"#1f5f8b\" fill-opacity=\"0.75\"/>",
            LEFT + bar * k as f64 + 1.0,
            bottom - tall(*count),
            bar - 2.0,
            tall(*count),
        );
    }
    let _ = write!(
        svg,
        "\n<path d=\"M{LEFT} {bottom}H{right}\" stroke=\"#999999\"/>\n<text x=\"{LEFT}\" y=\"{0}\" fill=\"#555555\">below all</text>\
         <text x=\"{right}\" y=\"{0}\" text-anchor=\"end\" fill=\"#555555\">above all</text></g>\n",
        bottom + 14.0
    );
}
