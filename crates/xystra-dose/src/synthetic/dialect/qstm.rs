//! The QSTM device's serial lines, and its viewer's table with the artefacts that are known of it.

use std::fmt::Write;
use std::ops::Range;

use super::{Planted, Table};
use crate::channel::{Axis, Quantity};
use crate::interval::Interval;
use crate::quality::IssueKind;
use crate::synthetic::NOTE;
use crate::synthetic::plan::Plan;
use crate::synthetic::pose::{GRAVITY_M_S2, angles_deg};
use crate::vector::{Vec3, norm};

const HEADER: &str = "Time,ForceX,ForceY,ForceZ,ForceRez,YawG,PitchG,RollG,AccelX,AccelY,AccelZ,AccRMS,RST,GyroRMS,GyroX,GyroY,GyroZ,MagX,MagY,MagZ";
/// Rows before the device is ready.
const NOT_STARTED: i32 = 5;
/// Lines that the device prints while it waits.
const WAITING: usize = 5;
/// Rows that the viewer invents after each bout, and their step, s.
const INVENTED: (i32, f64) = (25, 0.01);
/// What is left of the force from one invented row to the next.
const DECAY: f64 = 0.8;
/// The device is switched on this long before and after a bout, s.
const AROUND_S: f64 = 2.0;

/// Lines as the device prints them; between bouts it waits.
pub(super) fn serial(plan: &Plan, table: &Table) -> String {
    let mut text = format!("# {NOTE}\nForce-Motion DAQ\nStart Device\n");
    for (bout, rows) in bouts(plan, table).into_iter().enumerate() {
        if bout > 0 {
            let t = table.time_s[rows.start];
            line(&mut text, format_args!("R:Q1_{t:.3},Button Val 1,Last Button Val 0,Button Count {bout}"));
            for _ in 0..WAITING {
                line(&mut text, format_args!("I:Q1_{t:.3},Reset Interval micros 10000 buttonCnt {bout}"));
            }
        }
        for row in rows {
            let row = Row::of(table, row);
            line(&mut text, format_args!("T:Q1_{}", row.cells(row.acceleration_g, &bout.to_string())));
        }
    }
    text
}

/// The viewer's table: angles under the names of accelerations, rows before the start, invented rows after each bout.
pub(super) fn viewer(plan: &Plan, table: &Table, faults: &mut Vec<Planted>) -> String {
    let mut text = format!("# {NOTE}\n{HEADER}\n");
    for n in 0..NOT_STARTED {
        let t = f64::from(n - 360_000) / 100.0;
        line(&mut text, format_args!("{t:.2},0,0,0,0,0,0,0,0,0,0,0,-1,0,0,0,0,0,0,0"));
    }
    let start_s = table.time_s[0];
    faults.push(Planted::all(IssueKind::NotStarted, start_s, start_s));
    faults.push(Planted::all(IssueKind::Mislabelled, start_s, plan.duration_s));
    for rows in bouts(plan, table) {
        let last = rows.end - 1;
        for row in rows.map(|row| Row::of(table, row)) {
            line(&mut text, format_args!("{}", row.cells(row.angles_deg, "0")));
        }
        let end_s = invent(&mut text, Row::of(table, last));
        faults.push(Planted::all(IssueKind::InventedRows, table.time_s[last], end_s));
    }
    text
}

/// Rows in which the force fades, and the one that ends the bout; when the last of them is, s.
fn invent(text: &mut String, mut row: Row) -> f64 {
    for _ in 0..INVENTED.0 {
        row.time_s += INVENTED.1;
        row.force_n = row.force_n.map(|value| DECAY * value);
        line(text, format_args!("{}", row.cells(row.angles_deg, "0")));
    }
    row.time_s += INVENTED.1;
    line(text, format_args!("{}", row.cells(row.angles_deg, "1")));
    row.time_s
}

/// The rows of each bout, with some quiet around.
fn bouts(plan: &Plan, table: &Table) -> Vec<Range<usize>> {
    let parts = plan
        .contacts
        .chunk_by(|a, b| a.bout == b.bout)
        .map(|part| Interval::new(part[0].extent.start_s - AROUND_S, part[part.len() - 1].extent.end_s + AROUND_S));
    let rows = parts.map(|part| {
        table.time_s.partition_point(|t| *t < part.start_s)..table.time_s.partition_point(|t| *t <= part.end_s)
    });
    let mut bouts: Vec<Range<usize>> = rows.filter(|rows| !rows.is_empty()).collect();
    // Nothing is written before the first and after the last bout is over, so their quiet is that of the recording.
    if let Some(first) = bouts.first_mut() {
        first.start = 0;
    }
    if let Some(last) = bouts.last_mut() {
        last.end = table.time_s.len();
    }
    bouts
}

struct Row {
    time_s: f64,
    force_n: Vec3,
    angles_deg: Vec3,
    acceleration_g: Vec3,
    rate_deg_s: Vec3,
    field_ut: Vec3,
}

impl Row {
    fn of(table: &Table, row: usize) -> Self {
        let value = |quantity, axis| table.column(quantity, axis).map_or(0.0, |column| column.values[row]);
        let vector = |quantity| [Axis::X, Axis::Y, Axis::Z].map(|axis| value(quantity, axis));
        Self {
            time_s: table.time_s[row],
            force_n: vector(Quantity::Force),
            angles_deg: angles_deg([Axis::W, Axis::X, Axis::Y, Axis::Z].map(|axis| value(Quantity::Orientation, axis))),
            acceleration_g: vector(Quantity::Acceleration).map(|a| a / GRAVITY_M_S2),
            rate_deg_s: vector(Quantity::AngularRate).map(f64::to_degrees),
            field_ut: vector(Quantity::MagneticField),
        }
    }

    /// The twenty cells; `fourth` stands where the header says acceleration.
    fn cells(&self, fourth: Vec3, reset: &str) -> String {
        let triple = |[x, y, z]: Vec3| format!("{x:.2},{y:.2},{z:.2}");
        let strength = |vector: Vec3| norm(vector);
        format!(
            "{:.3},{},{:.2},{},{},{:.2},{reset},{:.2},{},{}",
            self.time_s,
            triple(self.force_n),
            strength(self.force_n),
            triple(self.angles_deg),
            triple(fourth),
            strength(self.acceleration_g),
            strength(self.rate_deg_s),
            triple(self.rate_deg_s),
            triple(self.field_ut),
        )
    }
}

fn line(text: &mut String, words: std::fmt::Arguments) {
    text.write_fmt(words).expect("a string takes every line");
    text.push('\n');
}
