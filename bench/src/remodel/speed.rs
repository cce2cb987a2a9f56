//! Time for one course beside the error that it makes.

use std::time::Instant;

use anyhow::Result;
use serde_json::json;
use xystra_tissue::remodel::{Parameters, State, Tolerance, simulate};

use super::parity::{Difference, difference, quantities, rows};
use super::peers::{Case, Peers};
use super::schedule::Schedule;

/// Relative tolerances; the absolute one is a hundredth.
pub const TOLERANCES: [f64; 4] = [1e-4, 1e-6, 1e-8, 1e-10];

/// One program at one tolerance.
#[derive(Debug, Clone)]
pub struct Row {
    /// The program.
    pub program: &'static str,
    /// Its relative tolerance.
    pub relative: f64,
    /// Time for one course, s: the best of some.
    pub seconds: f64,
    /// Its error.
    pub error: Difference,
}

impl Row {
    /// Cells of a table.
    pub fn cells(&self) -> Vec<String> {
        let Self { program, relative, seconds, error } = self;
        let each_second = format!("{:.0}", 1.0 / seconds);
        vec![
            (*program).to_owned(),
            format!("{relative:.0e}"),
            format!("{:.1e}", error.scaled),
            format!("{:.2}", seconds * 1e3),
            each_second,
        ]
    }
}

/// The heads of that table.
pub const HEADS: [&str; 5] = ["program", "relative tolerance", "worst scaled error", "ms a course", "courses a second"];

/// All programs at all tolerances on one schedule, each held against ours at `truth`.
pub fn rows_of(peers: &mut Peers, parameters: &Parameters, schedule: &Schedule, repeats: usize) -> Result<Vec<Row>> {
    let truth = Tolerance { relative: 1e-12, absolute: 1e-14 };
    let state = State::rest(parameters);
    let times = schedule.times_h();
    let truth = rows(&simulate(parameters, &state, &schedule.happenings, &times, truth)?);
    let case = Case::new(parameters, schedule)?;
    let mut found = Vec::new();
    for relative in TOLERANCES {
        found.push(ours(parameters, schedule, relative, repeats, &truth)?);
        for program in ["libroadrunner", "COPASI", "SciPy LSODA", "SciPy BDF"] {
            let (theirs, seconds) = peers.run(program, &case, relative, relative / 100.0, repeats.min(5))?;
            found.push(Row { program, relative, seconds, error: difference(&truth, &theirs, &quantities()) });
        }
    }
    found.sort_by_key(|row| row.program);
    Ok(found)
}

fn ours(
    parameters: &Parameters,
    schedule: &Schedule,
    relative: f64,
    repeats: usize,
    truth: &[Vec<f64>],
) -> Result<Row> {
    let (state, times) = (State::rest(parameters), schedule.times_h());
    let tolerance = Tolerance { relative, absolute: relative / 100.0 };
    let mut seconds = f64::INFINITY;
    let mut found = Vec::new();
    for _ in 0..repeats {
        let start = Instant::now();
        let course = simulate(parameters, &state, &schedule.happenings, &times, tolerance)?;
        seconds = seconds.min(start.elapsed().as_secs_f64());
        found = rows(&course);
    }
    Ok(Row { program: "Xystra", relative, seconds, error: difference(truth, &found, &quantities()) })
}

/// What was run, for the result file.
pub fn json(rows: &[Row]) -> serde_json::Value {
    let row = |row: &Row| json!({"program": row.program, "relative": row.relative, "seconds": row.seconds, "error": row.error.scaled});
    rows.iter().map(row).collect()
}
