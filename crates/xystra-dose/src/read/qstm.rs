//! QSTM devices: the lines of the serial port and the viewer's table, without what the viewer invents.
//!
//! Both write the same 20 numbers: time (s), force x, y, z and resultant (N), yaw, pitch, roll (degrees), three more that are
//! accelerations on the line but angles in the table, their RMS, the button's count, and gyroscope and magnetometer, whose units
//! are not stated. Source: the device's published code, read in our own words.

mod bout;
mod line;

use std::collections::VecDeque;

use super::Reading;
use super::assemble::{Layout, Offer};
use super::lines::Lines;
use super::lost::Lost;
use super::number::Decimal;
use super::row::Rows;
use super::timeline::Timeline;
use crate::error::Error;
use crate::interval::Interval;
use crate::quality::{Issue, IssueKind};
use crate::samples::Samples;
use crate::source::{Device, Header, Source};
use bout::invented;
use line::{FIELDS, Line, Row};

/// How many samples are given at once.
const SAMPLES: usize = 4096;

/// How many rows wait, for a bout's end may show that they were invented.
const WAITING: usize = 64;

/// What the fields are: a name that says it, and the unit when the format has one.
const COLUMNS: [(&str, &str); FIELDS] = [
    ("Time", "s"),
    ("ForceX", "N"),
    ("ForceY", "N"),
    ("ForceZ", "N"),
    ("ForceRez", "N"),
    ("Yaw", "deg"),
    ("Pitch", "deg"),
    ("Roll", "deg"),
    ("AccelX", ""),
    ("AccelY", ""),
    ("AccelZ", ""),
    ("AccRMS", ""),
    ("RST", ""),
    ("GyroRMS", ""),
    ("GyroX", ""),
    ("GyroY", ""),
    ("GyroZ", ""),
    ("MagX", ""),
    ("MagY", ""),
    ("MagZ", ""),
];

/// What the viewer writes below the names of accelerations.
const WRONG: [(usize, &str); 3] =
    [(8, "YawS (labelled AccelX)"), (9, "PitchS (labelled AccelY)"), (10, "RollS (labelled AccelZ)")];

/// Which of the two forms a file has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Lines of the serial port.
    Lines,
    /// The viewer's table.
    Table,
}

struct Qstm {
    form: Form,
    header: Header,
    layout: Layout,
    lines: Lines,
    timeline: Timeline,
    waiting: VecDeque<Row>,
    rows: Rows,
    /// The button's count in the row before.
    count: Option<i64>,
    not_started: Lost,
    invented: Lost,
    garbled: Lost,
    given_s: f64,
    is_given: bool,
}

/// The form of the file whose first block is `block`; none when it is not a QSTM's.
pub(super) fn form(block: &[u8]) -> Option<Form> {
    block.split(|byte| *byte == b'\n').take(200).find_map(line::form)
}

/// Opens either form.
///
/// # Errors
/// Those of the layout, when the user's units contradict the format.
pub(super) fn open(file: &str, form: Form, lines: Lines, how: &Reading) -> Result<Box<dyn Source>, Error> {
    let layout = Layout::new(&offers(form), how)?;
    let (time, factor) = {
        let time = layout.time()?;
        (time.channel.name.clone(), time.factor)
    };
    let mut source = Qstm {
        form,
        header: header(file, form, &layout),
        layout,
        lines,
        timeline: Timeline::new(&time, factor),
        waiting: VecDeque::new(),
        rows: Rows::default(),
        count: None,
        not_started: Lost::new(IssueKind::NotStarted, "rows from before the device was ready were left out"),
        invented: Lost::new(
            IssueKind::InventedRows,
            "rows that the viewer made up behind a bout were left out: they were never measured",
        ),
        garbled: Lost::new(IssueKind::LostRows, "lines could not be understood and were left out"),
        given_s: 0.0,
        is_given: false,
    };
    source.rewind()?;
    Ok(Box::new(source))
}

fn offers(form: Form) -> Vec<Offer> {
    let offer =
        |(name, unit): (&str, &str)| Offer { name: name.to_owned(), unit: (!unit.is_empty()).then(|| unit.to_owned()) };
    let mut offers = COLUMNS.map(offer).to_vec();
    if form == Form::Table {
        for (index, name) in WRONG {
            offers[index] = Offer::named(name);
        }
    }
    offers
}

fn header(file: &str, form: Form, layout: &Layout) -> Header {
    let form = match form {
        Form::Lines => "QSTM serial lines",
        Form::Table => "QSTM viewer table",
    };
    Header {
        file: file.to_owned(),
        format: format!("{form}, s, N and degrees by the format"),
        channels: layout.channels(),
        unread: layout.unread(),
        notes: Vec::new(),
        device: Device { name: Some("QSTM".to_owned()), ..Device::default() },
    }
}

impl Qstm {
    /// Reads lines until `wanted` rows are sure or the file is over; tells which.
    fn fill(&mut self, wanted: usize) -> Result<bool, Error> {
        while self.rows.time_s.len() < wanted {
            if !self.lines.more()? {
                self.release(0);
                return Ok(false);
            }
            let number = self.lines.line();
            let (at_hand, length) = self.lines.at_hand();
            let end = memchr::memchr(b'\n', &at_hand[..length]).unwrap_or(length - 1);
            let line = line::parse(self.form, &at_hand[..end], number);
            self.lines.take(end + 1, 1);
            self.add(line);
            self.release(WAITING);
        }
        Ok(true)
    }

    fn add(&mut self, line: Line) {
        match line {
            Line::Empty => {}
            Line::Garbled => self.garbled.add(self.place(), 1),
            Line::NotStarted => self.not_started.add(self.place(), 1),
            Line::Row(row) => {
                let before = self.count.replace(row.count);
                let is_reset = before.is_some_and(|before| before != row.count) && row.count == 1;
                if self.form == Form::Table && is_reset { self.end_bout() } else { self.waiting.push_back(row) }
            }
        }
    }

    /// A reset of the viewer: its row is no measurement, and neither are those that lead down to it.
    fn end_bout(&mut self) {
        let count = invented(self.waiting.make_contiguous());
        self.waiting.truncate(self.waiting.len() - count);
        self.release(0);
        if count > 0 {
            self.invented.add(self.rows.time_s.len(), count as u64 + 1);
        }
    }

    /// The place of the next row among those at hand.
    fn place(&self) -> usize {
        self.rows.time_s.len() + self.waiting.len()
    }

    /// All rows but the last `kept` are sure.
    fn release(&mut self, kept: usize) {
        while self.waiting.len() > kept {
            let Some(row) = self.waiting.pop_front() else { return };
            self.rows.time_s.push(self.timeline.since_first(row.time));
            self.rows.lines.push(row.line);
            self.rows.values.extend(self.layout.slots.iter().map(|slot| row.values[slot.index]));
        }
    }

    fn give(&mut self, count: usize, is_end: bool) -> Samples {
        let stride = self.layout.slots.len();
        let time_s: Vec<f64> = self.rows.time_s.drain(..count).collect();
        self.rows.lines.drain(..count);
        let values: Vec<f64> = self.rows.values.drain(..count * stride).collect();
        for lost in [&mut self.not_started, &mut self.invented, &mut self.garbled] {
            lost.settle(&time_s, is_end);
        }
        self.given_s = time_s.last().copied().unwrap_or(self.given_s);
        self.is_given = true;
        self.layout.samples(time_s, |slot, row| values[row * stride + slot])
    }

    fn mislabelled(&self) -> Option<Issue> {
        let text = "columns AccelX, AccelY and AccelZ of this viewer hold the angles YawS, PitchS and RollS: they are not read";
        let issue = Issue::whole(IssueKind::Mislabelled, Interval::new(0.0, self.given_s), text);
        (self.form == Form::Table).then_some(issue)
    }
}

impl Source for Qstm {
    fn header(&self) -> &Header {
        &self.header
    }

    fn next_samples(&mut self) -> Result<Option<Samples>, Error> {
        let mut wanted = SAMPLES;
        loop {
            let is_more = self.fill(wanted)?;
            let settled = self.timeline.settle(&mut self.rows.time_s, &self.rows.lines, !is_more)?;
            if settled > 0 {
                return Ok(Some(self.give(settled, !is_more)));
            }
            if !is_more {
                return if self.is_given { Ok(None) } else { Err(Error::Empty) };
            }
            wanted += SAMPLES;
        }
    }

    fn rewind(&mut self) -> Result<(), Error> {
        self.lines.rewind()?;
        self.timeline.rewind();
        self.rows = Rows::default();
        self.waiting.clear();
        self.count = None;
        (self.given_s, self.is_given) = (0.0, false);
        for lost in [&mut self.not_started, &mut self.invented, &mut self.garbled] {
            lost.rewind();
        }
        Ok(())
    }

    fn issues(&self) -> Vec<Issue> {
        let left_out = self.not_started.issues().chain(self.invented.issues()).chain(self.garbled.issues());
        self.timeline.issues().into_iter().chain(left_out).chain(self.mislabelled()).collect()
    }

    fn progress(&self) -> Option<f64> {
        Some(self.lines.progress())
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "numbers are read exactly")]
mod tests;
