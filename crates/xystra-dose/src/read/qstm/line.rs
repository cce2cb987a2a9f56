//! One line of a QSTM file.

use super::{Decimal, Form};
use crate::read::dialect::text;
use crate::read::number;

/// Numbers in a line.
pub(super) const FIELDS: usize = 20;

/// Where the button's count stands.
const COUNT: usize = 12;

/// What a line is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Line {
    /// A sample.
    Row(Row),
    /// The table's row from before the device was ready.
    NotStarted,
    /// No sample: words, a button, a header.
    Empty,
    /// A sample that cannot be understood.
    Garbled,
}

/// A sample.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    pub(super) line: u64,
    pub(super) time: Decimal,
    pub(super) values: [f64; FIELDS],
    /// The button's count.
    pub(super) count: i64,
}

/// The form that a line gives away.
pub(super) fn form(line: &[u8]) -> Option<Form> {
    let line = text(line.trim_ascii());
    if sample(&line).is_some_and(|fields| fields.split(',').count() == FIELDS) {
        return Some(Form::Lines);
    }
    is_header(&line).then_some(Form::Table)
}

/// Reads a line, whose number is `number`.
pub(super) fn parse(form: Form, line: &[u8], number: u64) -> Line {
    let line = text(line.trim_ascii());
    match form {
        Form::Lines => sample(&line).map_or(Line::Empty, |fields| row(fields, number).map_or(Line::Garbled, Line::Row)),
        Form::Table if line.is_empty() || is_header(&line) => Line::Empty,
        Form::Table => match row(&line, number) {
            Some(row) if row.count == -1 => Line::NotStarted,
            Some(row) => Line::Row(row),
            None => Line::Garbled,
        },
    }
}

/// The fields of `T:Q1_0.010,...`: a sample of the device Q1.
fn sample(line: &str) -> Option<&str> {
    let (device, fields) = line.strip_prefix("T:")?.split_once('_')?;
    let is_device = !device.is_empty() && device.len() <= 8 && device.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_device.then_some(fields)
}

fn is_header(line: &str) -> bool {
    let names: Vec<&str> = line.split(',').map(str::trim).collect();
    let has = |name: &str| names.iter().any(|other| other.eq_ignore_ascii_case(name));
    names.len() == FIELDS && ["Time", "ForceX", "ForceRez", "YawG", "RST", "GyroRMS"].into_iter().all(has)
}

fn row(fields: &str, line: u64) -> Option<Row> {
    let mut values = [0.0; FIELDS];
    let mut time = None;
    let mut count = 0;
    let mut fields = fields.split(',').map(str::trim);
    for (nth, value) in values.iter_mut().enumerate() {
        let field = fields.next()?;
        *value = field.parse().ok().filter(|value: &f64| value.is_finite())?;
        match nth {
            0 => time = stamp(field),
            COUNT => count = field.parse().ok()?,
            _ => {}
        }
    }
    let is_whole = fields.next().is_none_or(str::is_empty) && fields.next().is_none();
    is_whole.then_some(Row { line, time: time?, values, count })
}

fn stamp(field: &str) -> Option<Decimal> {
    let padded = [field.as_bytes(), b"\n", &[0; number::PAD]].concat();
    number::decimal(&padded, 0, b'.').filter(|(_, end)| *end == field.len()).map(|(stamp, _)| stamp)
}
