//! A reader as the parquet crate wants it: one that can be asked for any part from anywhere.

use std::io::{self, Cursor, Read, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};

use crate::read::ReadSeek;

/// A file that several readers share.
#[derive(Clone)]
pub(super) struct File {
    reader: Arc<Mutex<Box<dyn ReadSeek>>>,
    len: u64,
}

impl File {
    pub(super) fn new(mut reader: Box<dyn ReadSeek>) -> io::Result<Self> {
        let len = reader.seek(SeekFrom::End(0))?;
        Ok(Self { reader: Arc::new(Mutex::new(reader)), len })
    }

    /// A part of the file; more than the file holds is an error, and nothing is allocated for it.
    fn part(&self, start: u64, length: u64) -> Result<Vec<u8>> {
        if start.checked_add(length).is_none_or(|end| end > self.len) {
            return Err(ParquetError::EOF(format!(
                "{length} bytes at byte {start} are promised, the file has {}",
                self.len
            )));
        }
        let mut reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner);
        reader.seek(SeekFrom::Start(start))?;
        let mut part = vec![0; usize::try_from(length).map_err(|error| ParquetError::General(error.to_string()))?];
        reader.read_exact(&mut part)?;
        Ok(part)
    }
}

impl Length for File {
    fn len(&self) -> u64 {
        self.len
    }
}

/// A reader from some place on, a window at a time.
pub(super) struct From {
    file: File,
    at: u64,
    window: Cursor<Vec<u8>>,
}

/// Bytes fetched at once.
const WINDOW: u64 = 1 << 16;

impl Read for From {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.window.position() == self.window.get_ref().len() as u64 {
            let length = WINDOW.min(self.file.len.saturating_sub(self.at));
            self.window = Cursor::new(self.file.part(self.at, length).map_err(io::Error::other)?);
            self.at += length;
        }
        self.window.read(buffer)
    }
}

impl ChunkReader for File {
    type T = From;

    fn get_read(&self, start: u64) -> Result<From> {
        Ok(From { file: self.clone(), at: start, window: Cursor::default() })
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        Ok(self.part(start, length as u64)?.into())
    }
}
