//! Numbers on a clock of their own: the stream of an XDF file, the signals of one rate of an EDF file.

use super::bytes::Bytes;
use crate::error::Error;

/// Some rows of a track: one time for each row (s), and column by column one value for each row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Block {
    pub(super) time_s: Vec<f64>,
    pub(super) columns: Vec<Vec<f64>>,
}

/// Rows from front to back, as often as wanted.
pub(super) trait Track {
    /// The next rows, some thousands; none at the end.
    fn next_block(&mut self, bytes: &mut Bytes) -> Result<Option<Block>, Error>;

    /// Back to the first row.
    fn rewind(&mut self);

    /// Share of the file that has been read, 0-1.
    fn progress(&self, bytes: &Bytes) -> f64;
}

impl Block {
    /// Without rows, for so many columns.
    pub(super) fn new(columns: usize) -> Self {
        Self { time_s: Vec::new(), columns: vec![Vec::new(); columns] }
    }

    /// Number of rows.
    pub(super) fn len(&self) -> usize {
        self.time_s.len()
    }

    /// Keeps the rows that `keep` says.
    pub(super) fn retain(&mut self, keep: &[bool]) {
        let kept = |values: &mut Vec<f64>| {
            let mut keep = keep.iter();
            values.retain(|_| keep.next() == Some(&true));
        };
        kept(&mut self.time_s);
        self.columns.iter_mut().for_each(kept);
    }
}

/// Columns that are in memory.
pub(super) struct Whole {
    time_s: Vec<f64>,
    columns: Vec<Vec<f64>>,
    next: usize,
}

impl Whole {
    /// Rows handed on at once.
    const ROWS: usize = 4096;

    /// Times (s) and columns of the same length.
    pub(super) fn new(time_s: Vec<f64>, columns: Vec<Vec<f64>>) -> Self {
        Self { time_s, columns, next: 0 }
    }
}

impl Track for Whole {
    fn next_block(&mut self, _: &mut Bytes) -> Result<Option<Block>, Error> {
        let part = self.next..(self.next + Self::ROWS).min(self.time_s.len());
        self.next = part.end;
        let columns = self.columns.iter().map(|column| column[part.clone()].to_vec()).collect();
        Ok((!part.is_empty()).then(|| Block { time_s: self.time_s[part.clone()].to_vec(), columns }))
    }

    fn rewind(&mut self) {
        self.next = 0;
    }

    fn progress(&self, _: &Bytes) -> f64 {
        self.next as f64 / self.time_s.len().max(1) as f64
    }
}
