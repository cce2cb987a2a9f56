//! Rows of text become samples.

use csv::{ErrorKind, Reader, ReaderBuilder, StringRecord, Trim};

use super::column::{Column, parse};
use super::unit::Quantity;
use crate::error::Error;
use crate::recording::Recording;
use crate::vector::Vec3;

/// Longest piece of a bad cell that an error repeats, in characters.
const SHOWN: usize = 24;

pub(super) fn read(file: &str, text: &str) -> Result<Recording, Error> {
    let delimiter = delimiter(text);
    let mut rows = rows(text, delimiter);
    let header = rows.headers().map_err(broken)?.clone();
    let layout = Layout::new(&header, rows.position().line())?;
    let samples = layout.samples(&mut rows, delimiter != b',')?;
    layout.recording(file, text, samples)
}

/// Where to find what in a row.
struct Layout {
    time: Column,
    force: [Option<Column>; 3],
    position: Option<[Column; 3]>,
    /// Columns read, in the file's order.
    channels: Vec<String>,
    unread: Vec<String>,
}

#[derive(Default)]
struct Samples {
    time_s: Vec<f64>,
    force_n: Vec<Vec3>,
    position_m: Vec<Vec3>,
}

impl Layout {
    fn new(header: &StringRecord, line: u64) -> Result<Self, Error> {
        if header.iter().any(|name| name.parse::<f64>().is_ok()) {
            return Err(Error::NoHeader { line: line.saturating_sub(1).max(1) });
        }
        let parsed = header.iter().enumerate().map(|(i, name)| parse(i, name)).collect::<Result<Vec<_>, _>>()?;
        let known: Vec<Column> = parsed.into_iter().flatten().collect();
        no_duplicates(&known)?;
        let pick = |quantity, axis| known.iter().find(|c| c.quantity == quantity && c.axis == axis).cloned();
        let missing = |quantity: Quantity| missing(quantity, header);
        let time = pick(Quantity::Time, None).ok_or_else(|| missing(Quantity::Time))?;
        let force = force_axes(&known).ok_or_else(|| missing(Quantity::Force))?;
        let position = match [0, 1, 2].map(|axis| pick(Quantity::Position, Some(axis))) {
            [Some(x), Some(y), Some(z)] => Some([x, y, z]),
            _ => None,
        };
        let mut layout = Self { time, force, position, channels: Vec::new(), unread: Vec::new() };
        let used: Vec<usize> = layout.columns().map(|c| c.index).collect();
        for (index, name) in header.iter().enumerate() {
            let list = if used.contains(&index) { &mut layout.channels } else { &mut layout.unread };
            list.push(name.to_owned());
        }
        Ok(layout)
    }

    fn columns(&self) -> impl Iterator<Item = &Column> {
        std::iter::once(&self.time).chain(self.force.iter().flatten()).chain(self.position.iter().flatten())
    }

    fn samples(&self, rows: &mut Reader<&[u8]>, comma_allowed: bool) -> Result<Samples, Error> {
        let mut cells = Cells { comma_allowed, mark: None };
        let mut samples = Samples::default();
        for row in rows.records() {
            let row = row.map_err(broken)?;
            let time_s = cells.number(&row, &self.time)?;
            self.in_order(&row, samples.time_s.last().copied(), time_s)?;
            samples.time_s.push(time_s);
            samples.force_n.push(self.force(&mut cells, &row)?);
            if let Some([x, y, z]) = &self.position {
                samples.position_m.push([cells.number(&row, x)?, cells.number(&row, y)?, cells.number(&row, z)?]);
            }
        }
        if samples.time_s.is_empty() { Err(Error::Empty) } else { Ok(samples) }
    }

    fn force(&self, cells: &mut Cells, row: &StringRecord) -> Result<Vec3, Error> {
        let mut force = [0.0; 3];
        for (value, column) in force.iter_mut().zip(&self.force) {
            if let Some(column) = column {
                *value = cells.number(row, column)?;
            }
        }
        Ok(force)
    }

    fn in_order(&self, row: &StringRecord, before: Option<f64>, after_s: f64) -> Result<(), Error> {
        match before {
            Some(before_s) if after_s < before_s => {
                Err(Error::TimeBackwards { line: line(row), column: self.time.name.clone(), before_s, after_s })
            }
            _ => Ok(()),
        }
    }

    fn recording(self, file: &str, text: &str, samples: Samples) -> Result<Recording, Error> {
        let mut recording = Recording::new(file, &samples.time_s, samples.force_n)?;
        recording.position_m = self.position.is_some().then_some(samples.position_m);
        recording.force_names = self.force.map(|column| column.map(|c| c.name));
        recording.channels = self.channels;
        recording.unread = self.unread;
        let comments = text.lines().filter_map(|line| line.strip_prefix('#'));
        recording.notes = comments.map(|note| note.trim().to_owned()).collect();
        Ok(recording)
    }
}

/// Reads numbers, and remembers which decimal mark this file uses.
struct Cells {
    comma_allowed: bool,
    mark: Option<char>,
}

impl Cells {
    fn number(&mut self, row: &StringRecord, column: &Column) -> Result<f64, Error> {
        let cell = row.get(column.index).unwrap_or_default();
        if self.comma_allowed {
            self.same_mark(cell, row, column)?;
        }
        let cell_text = if self.mark == Some(',') { &cell.replace(',', ".") } else { cell };
        match cell_text.parse::<f64>().map(|number| number * column.factor) {
            Ok(number) if number.is_finite() => Ok(number),
            _ => Err(Error::NotNumber {
                line: line(row),
                column: column.name.clone(),
                text: cell.chars().take(SHOWN).collect(),
            }),
        }
    }

    fn same_mark(&mut self, cell: &str, row: &StringRecord, column: &Column) -> Result<(), Error> {
        for mark in cell.chars().filter(|c| matches!(c, ',' | '.')) {
            if *self.mark.get_or_insert(mark) != mark {
                return Err(Error::MixedDecimalMarks { line: line(row), column: column.name.clone() });
            }
        }
        Ok(())
    }
}

/// The force columns by axis: x, y, z with z at least, or else the only one there is, as z.
fn force_axes(known: &[Column]) -> Option<[Option<Column>; 3]> {
    let force: Vec<&Column> = known.iter().filter(|c| c.quantity == Quantity::Force).collect();
    let axis = |axis| force.iter().find(|c| c.axis == axis).map(|c| (*c).clone());
    match (axis(Some(2)), force.as_slice()) {
        (Some(z), _) => Some([axis(Some(0)), axis(Some(1)), Some(z)]),
        (None, [only]) => Some([None, None, Some((*only).clone())]),
        (None, _) => None,
    }
}

fn no_duplicates(known: &[Column]) -> Result<(), Error> {
    for (i, second) in known.iter().enumerate() {
        let same = |c: &&Column| c.quantity == second.quantity && c.axis == second.axis;
        if let Some(first) = known[..i].iter().find(same) {
            let axis = second.axis.map_or("", |axis| [" along x", " along y", " along z"][axis]);
            let what = format!("{}{axis}", second.quantity.name());
            return Err(Error::DuplicateColumn { first: first.name.clone(), second: second.name.clone(), what });
        }
    }
    Ok(())
}

fn missing(quantity: Quantity, header: &StringRecord) -> Error {
    let columns: String = header.iter().collect::<Vec<_>>().join(", ").chars().take(10 * SHOWN).collect();
    Error::MissingColumn { quantity: quantity.name(), columns, example: quantity.example() }
}

fn rows(text: &str, delimiter: u8) -> Reader<&[u8]> {
    // A lone quote, as a note may hold, must not swallow the lines after it.
    let quoting = text.lines().all(|line| line.matches('"').count() % 2 == 0);
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).quoting(quoting).comment(Some(b'#')).trim(Trim::All);
    builder.from_reader(text.as_bytes())
}

/// The mark that is most frequent in the header; comma when there is none.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with('#')).unwrap_or_default();
    let count = |mark: u8| header.bytes().filter(|b| *b == mark).count();
    [b'\t', b';', b','].into_iter().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

fn line(row: &StringRecord) -> u64 {
    row.position().map_or(0, csv::Position::line)
}

/// The table's own complaint, in our words.
fn broken(error: csv::Error) -> Error {
    let line = error.position().map_or(0, csv::Position::line);
    match error.into_kind() {
        ErrorKind::Io(io) => Error::Io(io),
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            Error::Ragged { line, expected: expected_len, found: len }
        }
        _ => Error::NotText { found: "text that is not UTF-8" },
    }
}
