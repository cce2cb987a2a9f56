//! The strokes as a table for other programs.

use std::fmt::Write;

use xystra_dose::{Analysis, Stroke};

const HEADER: &str =
    "recording,stroke,start_s,end_s,mean_force_N,peak_force_N,impulse_Ns,resultant_impulse_Ns,length_m";

/// One line for each stroke, forces in newtons.
pub(super) fn csv(name: &str, analysis: &Analysis) -> String {
    let mut table = format!("{HEADER}\n");
    let name = text(name);
    for (number, stroke) in (1..).zip(&analysis.strokes) {
        line(&mut table, &name, number, stroke);
    }
    table
}

fn line(table: &mut String, name: &str, number: usize, stroke: &Stroke) {
    let Stroke { start_s, end_s, mean_force_n, peak_force_n, impulse_ns, resultant_impulse_ns, length_m } = stroke;
    let length = length_m.map(|length| format!("{length:.4}")).unwrap_or_default();
    let forces = format!("{mean_force_n:.4},{peak_force_n:.4},{impulse_ns:.4},{resultant_impulse_ns:.4}");
    writeln!(table, "{name},{number},{start_s:.4},{end_s:.4},{forces},{length}").expect("a string takes every line");
}

/// A text cell that no spreadsheet takes for a formula.
fn text(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let cell = if formula { format!("'{cell}") } else { cell.to_owned() };
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

/// A file name for the table, after the recording's.
pub(super) fn file_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let plain: String =
        stem.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect();
    format!("strokes-{plain}.csv")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        assert_eq!(text("=1+1"), "'=1+1");
        assert_eq!(text("@sum(A1,B1)"), "\"'@sum(A1,B1)\"");
        assert_eq!(text("elbow \"left\".csv"), "\"elbow \"\"left\"\".csv\"");
        assert_eq!(text("elbow.csv"), "elbow.csv");
    }

    #[test]
    fn a_file_name_holds_nothing_strange() {
        assert_eq!(file_name("../el bow.v2.csv"), "strokes----el-bow-v2.csv");
    }
}
