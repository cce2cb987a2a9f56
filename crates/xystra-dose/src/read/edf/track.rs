//! Signals of one rate as a track, record by record.

use std::rc::Rc;

use super::header::{Header, Scale, malformed};
use super::start::start_s;
use crate::error::Error;
use crate::read::bytes::Bytes;
use crate::read::track::{Block, Track};

/// Rows gathered from short records before they are handed on.
const ROWS: usize = 4096;

/// Some signals, all with the same number of samples in a record.
pub(super) struct SignalTrack {
    header: Rc<Header>,
    /// Whole records in the file.
    records: u64,
    signals: Vec<(usize, Scale)>,
    /// Samples of each signal in a record.
    samples: u64,
    next: u64,
}

impl SignalTrack {
    /// Of signals by their index, which is that of none but signals with `samples` in a record.
    pub(super) fn new(header: Rc<Header>, records: u64, samples: u64, signals: &[usize]) -> Result<Self, Error> {
        let scale = |at: &usize| Ok((*at, header.signals[*at].scale(header.format)?));
        let signals = signals.iter().map(scale).collect::<Result<_, Error>>()?;
        Ok(Self { header, records, signals, samples, next: 0 })
    }

    /// When a record begins, s.
    fn start_s(&self, number: u64, record: &[u8]) -> Result<f64, Error> {
        if !self.header.is_broken_up {
            return Ok(number as f64 * self.header.record_s);
        }
        let fault = || {
            malformed(self.header.format, "annotations", format!("record {} does not say when it begins", number + 1))
        };
        start_s(&self.header, record).ok_or_else(fault)
    }

    fn take(&self, block: &mut Block, record: &[u8], start_s: f64) {
        let step_s = self.header.record_s / self.samples as f64;
        block.time_s.extend((0..self.samples).map(|k| start_s + k as f64 * step_s));
        for (column, (signal, scale)) in block.columns.iter_mut().zip(&self.signals) {
            let offset = self.header.signals[*signal].offset;
            let value =
                |k: u64| usize::try_from(offset + k).map_or(f64::NAN, |at| self.header.format.value(record, at));
            column.extend((0..self.samples).map(|k| scale.physical(value(k))));
        }
    }
}

impl Track for SignalTrack {
    fn next_block(&mut self, bytes: &mut Bytes) -> Result<Option<Block>, Error> {
        let mut block = Block::new(self.signals.len());
        while block.len() < ROWS && self.next < self.records {
            let length = self.header.record_bytes();
            let record = bytes.part(self.header.bytes + self.next * length, length)?;
            let start_s = self.start_s(self.next, &record)?;
            self.take(&mut block, &record, start_s);
            self.next += 1;
        }
        Ok((block.len() > 0).then_some(block))
    }

    fn rewind(&mut self) {
        self.next = 0;
    }

    fn progress(&self, _: &Bytes) -> f64 {
        self.next as f64 / self.records.max(1) as f64
    }
}
