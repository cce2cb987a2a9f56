//! The strokes as a table for other programs.

use std::fmt::Write;

use crate::stroke::{Motion, Stroke};

/// A column of numbers.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name, with its unit.
    pub name: &'static str,
    /// Its unit; `1` for a pure number.
    pub unit: &'static str,
    /// What it holds.
    pub what: &'static str,
    /// The value of a stroke; none where it was not measured.
    pub value: fn(&Stroke) -> Option<f64>,
}

/// The columns of numbers, after those of recording, stroke, burst and motion.
pub const COLUMNS: [Column; 15] = [
    column("start_s", "s", "start, from the first sample", |s| Some(s.start_s)),
    column("end_s", "s", "end, from the first sample", |s| Some(s.end_s)),
    column("mean_force_N", "N", "mean normal force", |s| Some(s.mean_force_n)),
    column("peak_force_N", "N", "largest normal force", |s| Some(s.peak_force_n)),
    column("mean_resultant_N", "N", "mean resultant force", |s| Some(s.mean_resultant_n)),
    column("peak_resultant_N", "N", "largest resultant force", |s| Some(s.peak_resultant_n)),
    column("mean_shear_N", "N", "mean force across the normal", |s| s.mean_shear_n),
    column("impulse_Ns", "N s", "time integral of the normal force", |s| Some(s.impulse_ns)),
    column("resultant_impulse_Ns", "N s", "time integral of the resultant force", |s| Some(s.resultant_impulse_ns)),
    column("length_m", "m", "length of the path", |s| s.length_m),
    column("speed_m_s", "m/s", "length over duration", |s| s.speed_m_s),
    column("angle_deg", "deg", "mean angle between tool and skin, 90 is upright", |s| s.angle_deg),
    column("direction_deg", "deg", "direction of travel", |s| s.direction_deg),
    column("vibration", "1", "vibration over that of the median stroke, for the same speed and force", |s| s.vibration),
    column("in_target", "1", "share of its time in the target band", |s| s.in_target),
];

const fn column(
    name: &'static str,
    unit: &'static str,
    what: &'static str,
    value: fn(&Stroke) -> Option<f64>,
) -> Column {
    Column { name, unit, what, value }
}

/// One line for each stroke below a header with units; `recording` names the file in the first column. What was not measured is
/// empty.
pub fn csv(recording: &str, strokes: &[Stroke]) -> String {
    let names = COLUMNS.map(|column| column.name).join(",");
    let mut table = format!("recording,stroke,burst,motion,{names}\n");
    let recording = text(recording);
    for (number, stroke) in (1..).zip(strokes) {
        let values =
            COLUMNS.map(|column| (column.value)(stroke).map(|value| format!("{value:.4}")).unwrap_or_default());
        let (burst, motion, values) = (stroke.burst, word(stroke.motion), values.join(","));
        writeln!(table, "{recording},{number},{burst},{motion},{values}").expect("a string takes every line");
    }
    table
}

/// A motion in one word.
pub fn word(motion: Motion) -> &'static str {
    match motion {
        Motion::OneWay => "one-way",
        Motion::ToAndFro => "to-and-fro",
        Motion::Turn => "turn",
        Motion::Tap => "tap",
    }
}

/// A text cell that no spreadsheet takes for a formula.
fn text(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{self, Reading};
    use crate::{Options, Sweeps, analyse};

    #[test]
    fn every_stroke_has_its_line_and_every_column_its_unit() {
        let recording = read::whole("a,b.csv", Sweeps::default().to_csv().as_bytes(), &Reading::default()).unwrap();
        let analysis = analyse(&recording, &Options::default()).unwrap();
        let table = csv("a,b.csv", &analysis.strokes);
        let mut reader = ::csv::Reader::from_reader(table.as_bytes());
        assert_eq!(reader.headers().unwrap().len(), 4 + COLUMNS.len());
        let rows: Vec<::csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.len(), analysis.strokes.len());
        assert_eq!((&rows[2][0], &rows[2][1]), ("a,b.csv", "3"));
        let mean_n: f64 = rows[2][6].parse().unwrap();
        assert!((mean_n - analysis.strokes[2].mean_force_n).abs() < 1e-4);
        for column in COLUMNS.iter().filter(|column| column.unit != "1") {
            assert!(column.name.ends_with(&column.unit.replace('/', "_").replace(' ', "")), "{}", column.name);
        }
    }

    #[test]
    fn a_name_is_never_a_formula() {
        assert_eq!(text("=1+1.csv"), "'=1+1.csv");
        assert_eq!(text("@sum(A1,B1)"), "\"'@sum(A1,B1)\"");
        assert_eq!(text("a \"b\""), "\"a \"\"b\"\"\"");
    }
}
