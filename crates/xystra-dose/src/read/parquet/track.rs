//! The rows of a Parquet file as a track, some thousands at a time.

use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::errors::ParquetError;

use super::column::Leaf;
use super::file::File;
use super::{guarded, malformed};
use crate::error::Error;
use crate::read::bytes::Bytes;
use crate::read::track::{Block, Track};

/// Rows read at once.
const ROWS: usize = 8192;

/// Columns of a file, the clock among them.
pub(super) struct Columns {
    pub(super) file: File,
    pub(super) metadata: ArrowReaderMetadata,
    pub(super) time: Leaf,
    /// Seconds of one unit of the clock.
    pub(super) second: f64,
    pub(super) leaves: Vec<Leaf>,
    pub(super) reader: Option<ParquetRecordBatchReader>,
    pub(super) zero: Option<i64>,
    pub(super) rows: usize,
}

impl Columns {
    fn reader(&mut self) -> Result<ParquetRecordBatchReader, Error> {
        self.reader.take().map_or_else(|| self.build(), Ok)
    }

    fn build(&self) -> Result<ParquetRecordBatchReader, Error> {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(self.file.clone(), self.metadata.clone());
        let wanted = self.leaves.iter().chain([&self.time]).map(|leaf| leaf.place);
        let mask = ProjectionMask::leaves(self.metadata.parquet_schema(), wanted);
        guarded(|| builder.with_projection(mask).with_batch_size(ROWS).build())
    }
}

impl Track for Columns {
    fn next_block(&mut self, _: &mut Bytes) -> Result<Option<Block>, Error> {
        // A reader that failed is dropped: what it holds is not to be trusted.
        let mut reader = self.reader()?;
        let batch = guarded(|| reader.next().transpose().map_err(ParquetError::from))?;
        self.reader = Some(reader);
        let Some(batch) = batch else { return Ok(None) };
        self.rows += batch.num_rows();
        if self.zero.is_none() {
            self.zero = self.time.first(&batch);
        }
        let fault = |leaf: &Leaf| malformed(&format!("column \"{}\" holds no numbers", leaf.name));
        let time = self.time.numbers(&batch, self.zero).ok_or_else(|| fault(&self.time))?;
        let columns = self.leaves.iter().map(|leaf| leaf.numbers(&batch, None).ok_or_else(|| fault(leaf)));
        let columns = columns.collect::<Result<_, _>>()?;
        Ok(Some(Block { time_s: time.into_iter().map(|time| time * self.second).collect(), columns }))
    }

    fn rewind(&mut self) {
        (self.reader, self.rows) = (None, 0);
    }

    fn progress(&self, _: &Bytes) -> f64 {
        let rows = self.metadata.metadata().file_metadata().num_rows();
        self.rows as f64 / rows.max(1) as f64
    }
}
