//! The strokes, one a line; a column that nothing measured is left out.

use std::fmt::Write;

use xystra_dose::Stroke;
use xystra_dose::table::word;

/// A column for reading: heading and cell.
type Column = (&'static str, fn(&Stroke) -> Option<String>);

const COLUMNS: [Column; 12] = [
    ("start s", |s| Some(format!("{:.2}", s.start_s))),
    ("end s", |s| Some(format!("{:.2}", s.end_s))),
    ("mean N", |s| Some(format!("{:.2}", s.mean_force_n))),
    ("peak N", |s| Some(format!("{:.2}", s.peak_force_n))),
    ("shear N", |s| s.mean_shear_n.map(|n| format!("{n:.2}"))),
    ("impulse N s", |s| Some(format!("{:.2}", s.impulse_ns))),
    ("length mm", |s| s.length_m.map(|m| format!("{:.0}", 1000.0 * m))),
    ("speed mm/s", |s| s.speed_m_s.map(|v| format!("{:.0}", 1000.0 * v))),
    ("angle deg", |s| s.angle_deg.map(|angle| format!("{angle:.0}"))),
    ("to deg", |s| s.direction_deg.map(|angle| format!("{angle:.0}"))),
    ("vibration", |s| s.vibration.map(|v| format!("{v:.2}"))),
    ("in target", |s| s.in_target.map(|share| format!("{:.0} %", 100.0 * share))),
];

/// Most strokes that are listed; the rest are counted.
const MOST: usize = 60;

/// Writes the table of `strokes`.
pub(super) fn strokes(text: &mut String, strokes: &[Stroke]) {
    let listed = &strokes[..strokes.len().min(MOST)];
    let columns: Vec<Column> =
        COLUMNS.into_iter().filter(|(_, cell)| listed.iter().any(|s| cell(s).is_some())).collect();
    let heads = row(columns.iter().map(|(head, _)| Some((*head).to_owned())));
    writeln!(text, "\n  no motion    {heads}").expect("a string takes every line");
    for (number, stroke) in (1..).zip(listed) {
        let cells = row(columns.iter().map(|(_, cell)| cell(stroke)));
        writeln!(text, "{number:4} {:<10}{cells}", word(stroke.motion)).expect("a string takes every line");
    }
    if strokes.len() > MOST {
        let more = strokes.len() - MOST;
        writeln!(text, "     and {more} more: --csv PATH writes all").expect("a string takes every line");
    }
}

/// Cells under each other, flush right.
fn row(cells: impl Iterator<Item = Option<String>>) -> String {
    cells.map(|cell| format!(" {:>11}", cell.as_deref().unwrap_or("-"))).collect::<Vec<_>>().concat()
}
