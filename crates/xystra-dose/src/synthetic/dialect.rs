//! The table as a file of one format or another.

mod qstm;
mod unit;

use std::fmt::{self, Write};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
pub use unit::{ForceUnit, TimeUnit};

use super::NOTE;
use super::emulation::{Channels, Emulation};
use super::plan::Plan;
use super::table::{Column, Table};
use super::truth::Planted;
use crate::channel::{Axis, Quantity};
use crate::error::Error;

/// The format of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Dialect {
    /// Columns apart by comma.
    #[default]
    Csv,
    /// Columns apart by semicolon, with a decimal comma.
    Semicolon,
    /// Columns apart by tab.
    Tab,
    /// One object with an array for each column.
    Json,
    /// The serial lines of the QSTM device: all channels, force in hundredths of a newton.
    QstmSerial,
    /// What the QSTM viewer writes, with its wrong labels, rows from before the start and rows it invents.
    QstmCsv,
}

/// Every dialect and its word.
const DIALECTS: [(Dialect, &str); 6] = [
    (Dialect::Csv, "csv"),
    (Dialect::Semicolon, "semicolon"),
    (Dialect::Tab, "tab"),
    (Dialect::Json, "json"),
    (Dialect::QstmSerial, "qstm-serial"),
    (Dialect::QstmCsv, "qstm-csv"),
];

/// The file; a dialect's own artefacts are added to `faults`.
pub(super) fn write(emulation: &Emulation, plan: &Plan, table: &Table, faults: &mut Vec<Planted>) -> Vec<u8> {
    let text = match emulation.dialect {
        Dialect::Csv => separated(emulation, table, ',', '.'),
        Dialect::Semicolon => separated(emulation, table, ';', ','),
        Dialect::Tab => separated(emulation, table, '\t', '.'),
        Dialect::Json => json(emulation, table),
        Dialect::QstmSerial => qstm::serial(plan, table),
        Dialect::QstmCsv => qstm::viewer(plan, table, faults),
    };
    text.into_bytes()
}

impl Dialect {
    /// The channels that it writes, whatever is asked for.
    pub(super) fn channels(self, asked: Channels) -> Channels {
        match self {
            Self::QstmSerial | Self::QstmCsv => {
                Channels { force_axes: 3, position: false, orientation: true, inertial: true, magnetic: true }
            }
            _ => asked,
        }
    }

    /// The usual ending of a file's name.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv | Self::Semicolon | Self::QstmCsv => "csv",
            Self::Tab => "tsv",
            Self::Json => "json",
            Self::QstmSerial => "txt",
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(DIALECTS.iter().find(|row| row.0 == *self).map_or("", |row| row.1))
    }
}

impl FromStr for Dialect {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self, Error> {
        let known = "csv, semicolon, tab, json, qstm-serial, qstm-csv";
        let unknown = || Error::UnknownWord { word: word.to_owned(), what: "dialect", known };
        DIALECTS.iter().find(|row| row.1 == word).map(|row| row.0).ok_or_else(unknown)
    }
}

fn separated(emulation: &Emulation, table: &Table, separator: char, mark: char) -> String {
    let mut text = format!("# {}\n", notes(emulation).join("\n# "));
    let names: Vec<String> = columns(emulation, table).map(|(name, _)| name).collect();
    text.push_str(&names.join(&separator.to_string()));
    text.push('\n');
    let cells: Vec<Vec<String>> = columns(emulation, table).map(|(_, cells)| cells).collect();
    for row in 0..table.time_s.len() {
        for (i, column) in cells.iter().enumerate() {
            if i > 0 {
                text.push(separator);
            }
            push(&mut text, &column[row], mark);
        }
        text.push('\n');
    }
    text
}

/// What the file says of itself and of the device, in lines.
fn notes(emulation: &Emulation) -> Vec<String> {
    let mass = Some(emulation.tool.mass_kg).filter(|mass_kg| *mass_kg > 0.0);
    let accuracy = Some(emulation.sensor.accuracy).filter(|share| *share > 0.0);
    let mass = mass.map(|mass_kg| format!("tool mass: {:.1} g", 1e3 * mass_kg));
    let accuracy = accuracy.map(|share| format!("accuracy: {:.2} %", 1e2 * share));
    std::iter::once(NOTE.to_owned()).chain(mass).chain(accuracy).collect()
}

fn push(text: &mut String, cell: &str, mark: char) {
    if mark == '.' { text.push_str(cell) } else { text.extend(cell.chars().map(|c| if c == '.' { mark } else { c })) }
}

fn json(emulation: &Emulation, table: &Table) -> String {
    let mut text = format!("{{\"note\": \"{NOTE}\"");
    for (name, cells) in columns(emulation, table) {
        let cells: Vec<&str> = cells.iter().map(|cell| if cell.is_empty() { "null" } else { cell }).collect();
        write!(text, ",\n\"{name}\": [{}]", cells.join(",")).expect("a string takes every line");
    }
    text.push_str("}\n");
    text
}

/// Name and cells of each column, time first.
fn columns<'a>(emulation: &'a Emulation, table: &'a Table) -> impl Iterator<Item = (String, Vec<String>)> + 'a {
    let time = (emulation.time_unit.name().to_owned(), emulation.time_unit.cells(&table.time_s));
    let rest = table.columns.iter().map(|column| (name(emulation, column), cells(emulation, column)));
    std::iter::once(time).chain(rest)
}

fn name(emulation: &Emulation, column: &Column) -> String {
    let axis = axis(column.axis);
    match column.quantity {
        Quantity::Force => format!("f{axis}_{}", emulation.force_unit.word()),
        Quantity::Position => format!("p{axis}_m"),
        Quantity::Acceleration => format!("accel {axis} [m/s2]"),
        Quantity::AngularRate => format!("gyro {axis} [rad/s]"),
        Quantity::MagneticField => format!("mag {axis} [uT]"),
        _ => format!("q{axis}"),
    }
}

fn axis(axis: Axis) -> char {
    match axis {
        Axis::X | Axis::Roll => 'x',
        Axis::Y | Axis::Pitch => 'y',
        Axis::Z | Axis::Yaw => 'z',
        Axis::W => 'w',
    }
}

fn cells(emulation: &Emulation, column: &Column) -> Vec<String> {
    let (factor, digits) = match column.quantity {
        Quantity::Force => emulation.force_unit.scale(),
        Quantity::Position | Quantity::Orientation => (1.0, 6),
        _ => (1.0, 4),
    };
    column.values.iter().map(|value| unit::number(value * factor, digits)).collect()
}
