//! A simulated plan as a picture: one small panel for each output.

use std::fmt::Write;

use xystra_tissue::study::quantity::{Quantity, quantities};

use crate::simulate::Simulated;
use crate::study::number;

const COLUMNS: usize = 4;
/// Size of a panel with its margins, pixels.
const WIDTH: f64 = 290.0;
const HEIGHT: f64 = 130.0;
/// Where the curve lies in it.
const LEFT: f64 = 10.0;
const TOP: f64 = 34.0;
const PLOT: (f64, f64) = (WIDTH - 56.0, HEIGHT - 56.0);
const HEAD: f64 = 40.0;

/// The whole picture.
pub(super) fn picture(simulated: &Simulated) -> String {
    let panels = quantities();
    let (width, height) = (WIDTH * COLUMNS as f64, HEAD + HEIGHT * panels.len().div_ceil(COLUMNS) as f64);
    let about = &simulated.study.about;
    let title = escaped(&format!("{}: arm {}, the middle person", about.title, simulated.arm));
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" font-family=\"sans-serif\" font-size=\"11\">\n<title>{title}</title>\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<text x=\"{LEFT}\" y=\"22\" font-size=\"14\">{title}</text>\n"
    );
    for (place, quantity) in panels.iter().enumerate() {
        panel(&mut svg, simulated, place, quantity);
    }
    svg + "</svg>\n"
}

fn panel(svg: &mut String, simulated: &Simulated, place: usize, quantity: &Quantity) {
    let (x, y) = ((place % COLUMNS) as f64 * WIDTH, HEAD + (place / COLUMNS) as f64 * HEIGHT);
    let values: Vec<f64> = simulated.course.outputs.iter().map(|row| row[place]).collect();
    let (low, high) = ends(&values);
    let (first, last) =
        (simulated.hours.first().copied().unwrap_or(0.0), simulated.hours.last().copied().unwrap_or(1.0));
    let across = |hour: f64| LEFT + PLOT.0 * (hour - first) / (last - first).max(f64::MIN_POSITIVE);
    let up = |value: f64| TOP + PLOT.1 * (1.0 - (value - low) / (high - low));
    let points =
        simulated.hours.iter().zip(&values).map(|(hour, value)| format!("{:.1},{:.1}", across(*hour), up(*value)));
    let points = points.collect::<Vec<_>>().join(" ");
    let (name, right, bottom) =
        (escaped(&format!("{} ({})", quantity.name, quantity.unit)), LEFT + PLOT.0, TOP + PLOT.1);
    // Writing to a string cannot fail.
    let _ = write!(
        svg,
        "<g transform=\"translate({x} {y})\"><text x=\"{LEFT}\" y=\"22\">{name}</text>\n\
         <path d=\"M{LEFT} {bottom}H{right}\" stroke=\"#999999\"/>\n\
         <polyline points=\"{points}\" fill=\"none\" stroke=\"#1f5f8b\" stroke-width=\"1.5\"/>\n\
         <text x=\"{}\" y=\"{}\">{}</text><text x=\"{}\" y=\"{bottom}\">{}</text>\n\
         <text x=\"{LEFT}\" y=\"{}\" fill=\"#555555\">{}</text>\
         <text x=\"{right}\" y=\"{}\" text-anchor=\"end\" fill=\"#555555\">{}</text></g>\n",
        right + 4.0,
        TOP + 8.0,
        number(high),
        right + 4.0,
        number(low),
        bottom + 14.0,
        time(first),
        bottom + 14.0,
        time(last),
    );
}

/// Lowest and highest value, apart even where the curve is flat.
fn ends(values: &[f64]) -> (f64, f64) {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // A change that nobody could see is drawn flat.
    let apart = 0.02 * low.abs().max(high.abs()).max(1.0);
    if high - low < apart { (low - apart, high + apart) } else { (low, high) }
}

fn time(hours: f64) -> String {
    if hours.abs() < 48.0 { format!("{} h", number(hours)) } else { format!("{} d", number(hours / 24.0)) }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flat_curve_keeps_room_above_and_below() {
        let (low, high) = ends(&[1.0, 1.0]);
        assert!(low < 1.0 && high > 1.0);
        assert_eq!(ends(&[0.0, 2.0]), (0.0, 2.0));
    }
}
