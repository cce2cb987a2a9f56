//! One line becomes one row of numbers: fast when it is plain, with care otherwise.

use std::borrow::Cow;

use super::assemble::Layout;
use super::dialect::{Delimiter, is_comment, text};
use super::number::{self, Decimal};
use super::stamp;
use super::timeline::Timeline;
use crate::channel::Quantity;
use crate::error::Error;

/// Longest piece of a bad cell that an error repeats, in characters.
const SHOWN: usize = 24;

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cell {
    /// Nothing that is read.
    Skipped,
    /// The clock.
    Stamp,
    /// A force: a row without it is left out.
    Force,
    /// Motion: where it is blank it is told from its neighbours.
    Motion,
}

/// How to read a row.
#[derive(Debug)]
pub(super) struct Plan {
    delimiter: Delimiter,
    /// Cells up to the last that is read.
    cells: Vec<Cell>,
    /// Names of all columns.
    names: Vec<String>,
    /// Cells of a usual row.
    usual: usize,
    /// The decimal mark, and whether it has been seen.
    mark: u8,
    is_marked: bool,
    /// Stamps are dates and times.
    is_date: bool,
    /// Number of the next row, which is the clock when there is no other.
    number: i64,
}

/// Rows of numbers.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// Stamps, s from the first.
    pub(super) time_s: Vec<f64>,
    /// The line of each.
    pub(super) lines: Vec<u64>,
    /// Cells that are read, row by row; NaN for motion that is blank.
    pub(super) values: Vec<f64>,
    /// Is there any NaN?
    pub(super) has_holes: bool,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// It is a row.
    Row,
    /// It holds nothing: blank, a comment, the names once more.
    Empty,
    /// A row without a force.
    Lost,
}

impl Plan {
    /// The plan for a layout of columns `names`, whose usual row has `usual` cells.
    pub(super) fn new(delimiter: Delimiter, names: &[String], usual: usize, layout: &Layout, mark: Option<u8>) -> Self {
        let time = layout.time().ok();
        let last = layout.slots.iter().chain(time).map(|slot| slot.index).max().unwrap_or(0);
        let mut cells = vec![Cell::Skipped; last + 1];
        for slot in &layout.slots {
            cells[slot.index] = if slot.channel.quantity == Quantity::Force { Cell::Force } else { Cell::Motion };
        }
        if let Some(time) = time {
            cells[time.index] = Cell::Stamp;
        }
        let is_date = time.is_some_and(|slot| slot.channel.unit == super::unit::DATE_TIME);
        Self {
            delimiter,
            cells,
            names: names.to_vec(),
            usual,
            mark: mark.unwrap_or(b'.'),
            is_marked: mark.is_some(),
            is_date,
            number: 0,
        }
    }

    /// Back to the first row.
    pub(super) fn rewind(&mut self) {
        self.number = 0;
    }

    /// Reads the plain row at the start of `bytes`, behind which [`number::PAD`] bytes stand, and says where it ends. None, and
    /// nothing read, for anything unusual.
    #[inline]
    pub(super) fn fast(&mut self, bytes: &[u8], timeline: &mut Timeline, rows: &mut Rows) -> Option<usize> {
        if matches!(bytes.first(), Some(b'#' | b'%' | b'/')) {
            return None;
        }
        let (values, has_holes) = (rows.values.len(), rows.has_holes);
        let (end, time_s) = match self.delimiter {
            Delimiter::Mark(mark) => self.plain::<false>(bytes, mark, timeline, rows),
            Delimiter::Blanks => self.plain::<true>(bytes, b' ', timeline, rows),
        }
        .or_else(|| {
            rows.values.truncate(values);
            rows.has_holes = has_holes;
            None
        })?;
        rows.time_s.push(time_s);
        self.number += 1;
        Some(end)
    }

    #[inline]
    fn plain<const BLANKS: bool>(
        &self,
        bytes: &[u8],
        mark: u8,
        timeline: &mut Timeline,
        rows: &mut Rows,
    ) -> Option<(usize, f64)> {
        let mut at = blanks::<BLANKS>(bytes, 0, mark);
        let mut stamp = Decimal::whole(self.number);
        let (last, mut is_ended) = (self.cells.len() - 1, false);
        for (nth, cell) in self.cells.iter().enumerate() {
            at = match cell {
                Cell::Skipped => skipped::<BLANKS>(bytes, at, mark)?,
                Cell::Stamp => {
                    let (read, end) = self.stamp::<BLANKS>(bytes, at, mark)?;
                    stamp = read;
                    end
                }
                Cell::Force => {
                    let (value, end) = number::value(bytes, at, self.mark)?;
                    rows.values.push(value);
                    end
                }
                Cell::Motion => {
                    let (value, end) = self.motion(bytes, at, mark)?;
                    rows.has_holes |= value.is_nan();
                    rows.values.push(value);
                    end
                }
            };
            at = blanks::<BLANKS>(bytes, at, mark);
            let byte = *bytes.get(at)?;
            is_ended = byte == b'\n' || byte == b'\r';
            // Behind a run of blanks the next cell has begun.
            let is_next = if BLANKS { at > 0 && bytes[at - 1].is_ascii_whitespace() } else { byte == mark };
            if !is_ended && !is_next || is_ended && nth < last {
                return None;
            }
            at += usize::from(!BLANKS && !is_ended);
        }
        let (more, end) = rest::<BLANKS>(bytes, at, mark)?;
        let count = self.cells.len() + if is_ended { 0 } else { more };
        (count == self.usual).then(|| (end, timeline.since_first(stamp)))
    }

    #[inline]
    fn stamp<const BLANKS: bool>(&self, bytes: &[u8], at: usize, mark: u8) -> Option<(Decimal, usize)> {
        if !self.is_date {
            return number::decimal(bytes, at, self.mark);
        }
        let end = skipped::<BLANKS>(bytes, at, mark)?;
        Some((stamp::date_time(std::str::from_utf8(&bytes[at..end]).ok()?)?, end))
    }

    #[inline]
    fn motion(&self, bytes: &[u8], at: usize, mark: u8) -> Option<(f64, usize)> {
        let is_blank = || matches!(bytes.get(at), Some(byte) if *byte == mark || matches!(byte, b'\n' | b'\r'));
        number::value(bytes, at, self.mark).or_else(|| is_blank().then_some((f64::NAN, at)))
    }

    /// Reads any line, without its end; `number` is its number.
    ///
    /// # Errors
    /// [`Error::Ragged`], [`Error::NotNumber`], [`Error::MixedDecimalMarks`] with line and column.
    pub(super) fn careful(
        &mut self,
        line: &[u8],
        number: u64,
        timeline: &mut Timeline,
        rows: &mut Rows,
    ) -> Result<Line, Error> {
        let delimiter = self.delimiter;
        let cells = delimiter.cells(line);
        if is_comment(line) || cells.iter().all(|cell| cell.is_empty()) {
            return Ok(Line::Empty);
        }
        if !self.is_width(&cells) {
            return Err(Error::Ragged { line: number, expected: self.names.len() as u64, found: cells.len() as u64 });
        }
        if cells.iter().zip(&self.names).all(|(cell, name)| text(cell) == name.as_str()) {
            return Ok(Line::Empty);
        }
        self.number += 1;
        let values = rows.values.len();
        let read = self.cells_of(&cells, number, timeline, rows);
        if !matches!(read, Ok(Line::Row)) {
            rows.values.truncate(values);
        }
        read
    }

    fn cells_of(
        &mut self,
        cells: &[Cow<'_, [u8]>],
        line: u64,
        timeline: &mut Timeline,
        rows: &mut Rows,
    ) -> Result<Line, Error> {
        let mut stamp = Decimal::whole(self.number - 1);
        let mut is_lost = false;
        for nth in 0..self.cells.len() {
            let cell = cells.get(nth).map_or("".into(), |cell| text(cell));
            match self.cells[nth] {
                Cell::Skipped => {}
                Cell::Stamp => stamp = self.careful_stamp(&cell, nth, line)?,
                Cell::Force | Cell::Motion if cell.is_empty() => {
                    is_lost |= self.cells[nth] == Cell::Force;
                    rows.has_holes = true;
                    rows.values.push(f64::NAN);
                }
                Cell::Force | Cell::Motion => rows.values.push(self.careful_number(&cell, nth, line)?),
            }
        }
        let time_s = timeline.since_first(stamp);
        if is_lost {
            return Ok(Line::Lost);
        }
        rows.time_s.push(time_s);
        Ok(Line::Row)
    }

    fn careful_stamp(&mut self, cell: &str, column: usize, line: u64) -> Result<Decimal, Error> {
        if self.is_date {
            return stamp::date_time(cell).ok_or_else(|| self.not_number(cell, column, line));
        }
        let padded = [cell.as_bytes(), b"\n", &[0; number::PAD]].concat();
        self.same_mark(cell, column, line)?;
        let plain = number::decimal(&padded, 0, self.mark).filter(|(_, end)| *end == cell.len());
        match plain {
            Some((decimal, _)) => Ok(decimal),
            None => Ok(Decimal::near(self.careful_number(cell, column, line)?)),
        }
    }

    fn careful_number(&mut self, cell: &str, column: usize, line: u64) -> Result<f64, Error> {
        self.same_mark(cell, column, line)?;
        let number = if self.mark == b',' { cell.replace(',', ".").parse() } else { cell.parse() };
        number.ok().filter(|number: &f64| number.is_finite()).ok_or_else(|| self.not_number(cell, column, line))
    }

    /// A file has one decimal mark; a comma is none where it parts the cells.
    fn same_mark(&mut self, cell: &str, column: usize, line: u64) -> Result<(), Error> {
        if self.delimiter == Delimiter::Mark(b',') {
            return Ok(());
        }
        for mark in cell.bytes().filter(|byte| matches!(byte, b',' | b'.')) {
            if self.is_marked && mark != self.mark {
                return Err(Error::MixedDecimalMarks { line, column: self.names[column].clone() });
            }
            (self.mark, self.is_marked) = (mark, true);
        }
        Ok(())
    }

    fn is_width(&self, cells: &[Cow<'_, [u8]>]) -> bool {
        let named = self.names.len() - self.names.iter().rev().take_while(|name| name.is_empty()).count();
        let filled = cells.len() - cells.iter().rev().take_while(|cell| cell.is_empty()).count();
        cells.len() == self.names.len() || (cells.len() >= named && filled <= self.names.len())
    }

    fn not_number(&self, cell: &str, column: usize, line: u64) -> Error {
        Error::NotNumber { line, column: self.names[column].clone(), text: cell.chars().take(SHOWN).collect() }
    }
}

/// Behind blanks; a tab is one unless it parts the cells.
#[inline]
fn blanks<const BLANKS: bool>(bytes: &[u8], mut at: usize, mark: u8) -> usize {
    while bytes.get(at).is_some_and(|byte| *byte == b' ' || *byte == b'\t' && (BLANKS || mark != b'\t')) {
        at += 1;
    }
    at
}

/// Behind a cell that is not read; none at a quote, for it may hold anything.
#[inline]
fn skipped<const BLANKS: bool>(bytes: &[u8], mut at: usize, mark: u8) -> Option<usize> {
    loop {
        match *bytes.get(at)? {
            b'"' => return None,
            b'\n' | b'\r' => return Some(at),
            byte if byte == mark || BLANKS && byte == b'\t' => return Some(at),
            _ => at += 1,
        }
    }
}

/// How many cells are left in the row, and where the next begins.
#[inline]
fn rest<const BLANKS: bool>(bytes: &[u8], mut at: usize, mark: u8) -> Option<(usize, usize)> {
    let mut cells = 1;
    loop {
        match *bytes.get(at)? {
            b'"' => return None,
            b'\n' => return Some((cells, at + 1)),
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => return Some((cells, at + 2)),
            byte if !BLANKS && byte == mark => cells += 1,
            byte if BLANKS && (byte == b' ' || byte == b'\t') => {
                at = blanks::<true>(bytes, at, mark);
                cells += usize::from(!matches!(bytes.get(at), Some(b'\n' | b'\r')));
                continue;
            }
            _ => {}
        }
        at += 1;
    }
}
