//! JSON: arrays of numbers side by side, an array of objects, a matrix with names, or one object a line.
//!
//! Units come from names or from the document's own words (`"units": {"Force": "N"}`, `"Force_unit": "N"`). A clock without a
//! unit is understood when the document also says its sampling rate. Who was recorded is not read.

mod find;
mod node;

use std::io::{BufRead, BufReader};

use serde_json::Deserializer;

use self::find::{Column, Table};
use self::node::{Node, Rows};
use super::ReadSeek;
use super::assemble::{Layout, Offer};
use super::bytes::Bytes;
use super::column;
use super::reading::Reading;
use super::track::Whole;
use super::weave::Weave;
use crate::channel::{Channel, Quantity};
use crate::error::Error;
use crate::source::{Device, Header, Source};
use crate::vector::quantile;

/// Opens a JSON file.
pub(super) fn open(file: &str, reader: Box<dyn ReadSeek>, how: &Reading) -> Result<Box<dyn Source>, Error> {
    let table = find::table(&document(reader)?);
    let offers: Vec<Offer> = table.columns.iter().map(|column| offer(column, &table, how)).collect();
    let layout = Layout::new(&offers, how)?;
    layout.check()?;
    let time_s = time_s(&layout, &table)?;
    let header = header(file, &table, &layout);
    let columns = layout.slots.iter().map(|slot| table.columns[slot.index].numbers.clone()).collect();
    let places = (0..layout.slots.len()).map(|column| (0, column)).collect();
    let nothing = Bytes::new(Box::new(std::io::Cursor::new(Vec::new())))?;
    let lead = Box::new(Whole::new(time_s, columns));
    Ok(Box::new(Weave::new(header, layout, nothing, lead).with(Vec::new(), places)))
}

/// The whole document; of one value after another (JSON lines) each object is a row.
fn document(reader: Box<dyn ReadSeek>) -> Result<Node, Error> {
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    if reader.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
        reader.consume(3);
    }
    let mut values = Deserializer::from_reader(reader).into_iter::<Node>();
    let mut next = || values.next().transpose().map_err(|error| broken(&error));
    let (first, mut second) = (next()?.ok_or(Error::Empty)?, next()?);
    if second.is_none() {
        return Ok(first);
    }
    let mut rows = Rows::default();
    let mut node = Some(first);
    while let Some(Node::Object(row)) = node {
        rows.push(row);
        node = match second.take() {
            Some(node) => Some(node),
            None => next()?,
        };
    }
    Ok(Node::Rows(Box::new(rows)))
}

fn broken(error: &serde_json::Error) -> Error {
    let place = format!("line {}, column {}", error.line(), error.column());
    Error::Malformed { format: "JSON", place, fault: error.to_string() }
}

/// A column as it is offered; the clock's unit follows from the sampling rate when nothing else says it.
fn offer(column: &Column, table: &Table, how: &Reading) -> Offer {
    let is_time =
        column::parse(&column.name).is_some_and(|said| said.meaning.quantity == Quantity::Time && said.unit.is_none());
    let is_open = is_time && column.unit.is_none() && !how.units.contains_key(Quantity::Time.word());
    let unit = if is_open { table.rate_hz.and_then(|rate_hz| unit_by_rate(&column.numbers, rate_hz)) } else { None };
    Offer { name: column.name.clone(), unit: column.unit.clone().or(unit.map(str::to_owned)) }
}

/// The unit in which the usual step is one sample of `rate_hz`.
fn unit_by_rate(time: &[f64], rate_hz: f64) -> Option<&'static str> {
    let samples =
        quantile(time.windows(2).map(|w| w[1] - w[0]).filter(|step| step.is_finite()).collect(), 0.5) * rate_hz;
    let units = [("s", 1.0), ("ms", 1e3), ("us", 1e6), ("ns", 1e9)];
    units.into_iter().find(|(_, per_s)| (samples / per_s - 1.0).abs() < 0.1).map(|(unit, _)| unit)
}

/// The clock: a column, or made of the sampling rate.
fn time_s(layout: &Layout, table: &Table) -> Result<Vec<f64>, Error> {
    match (layout.time(), table.rate_hz) {
        (Ok(slot), _) => {
            let numbers = &table.columns[slot.index].numbers;
            let first = numbers.iter().copied().find(|number| number.is_finite()).unwrap_or(0.0);
            Ok(numbers.iter().map(|number| (number - first) * slot.factor).collect())
        }
        (Err(_), Some(rate_hz)) => Ok((0..table.columns[0].numbers.len()).map(|at| at as f64 / rate_hz).collect()),
        (Err(error), None) => Err(error),
    }
}

fn header(file: &str, table: &Table, layout: &Layout) -> Header {
    let made = Channel { name: "sampling rate".to_owned(), quantity: Quantity::Time, axis: None, unit: "s".to_owned() };
    let made = layout.time().is_err().then_some(made);
    Header {
        file: file.to_owned(),
        format: format!("JSON, {}", table.shape),
        channels: made.into_iter().chain(layout.channels()).collect(),
        unread: layout.unread().into_iter().chain(table.unread.clone()).collect(),
        notes: table.notes.clone(),
        device: Device { name: table.device.clone(), ..Device::default() },
    }
}
