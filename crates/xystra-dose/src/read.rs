//! Bytes become a recording, some thousands of samples at a time.
//!
//! [`open`] recognises the format by its content. A unit is never guessed: what a file does not say, [`Reading`] says, or the
//! file is refused with the words that are missing. Label columns are never read.

mod assemble;
mod bytes;
mod column;
mod contents;
mod dialect;
mod edf;
mod facts;
mod follow;
mod format;
mod head;
mod holes;
mod json;
mod lines;
mod lost;
mod number;
#[cfg(feature = "parquet")]
mod parquet;
mod probe;
mod qstm;
mod reading;
mod row;
mod stamp;
mod svc;
mod table;
mod timeline;
mod track;
mod unit;
mod weave;
mod xdf;

use std::io::{Cursor, Read, Seek};

pub use contents::{Clock, StreamContents, StreamRows, rows, streams};
pub use format::Format;
pub use reading::{Meaning, Reading};

use crate::error::Error;
use crate::recording::Recording;
use crate::source::Source;

/// Bytes that can be read again from any place.
pub(super) trait ReadSeek: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadSeek for T {}

/// Opens a file of any known format; `file` is the name that reports will show, `how` says what the file does not.
///
/// # Errors
/// Those of the format: line, column or byte, and what to do. A unit is never guessed.
pub fn open(file: &str, reader: impl Read + Seek + Send + 'static, how: &Reading) -> Result<Box<dyn Source>, Error> {
    let mut reader: Box<dyn ReadSeek> = Box::new(reader);
    match format::detect(reader.as_mut())? {
        Format::Table => text(file, reader, how),
        Format::Xdf => xdf::open(file, reader, how),
        Format::Edf => edf::open(file, reader, how),
        #[cfg(feature = "parquet")]
        Format::Parquet => parquet::open(file, reader, how),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => Err(Error::NotTable { found: "Parquet, and this build reads none" }),
        Format::Json => json::open(file, reader, how),
    }
}

/// Opens a file of text.
fn text(file: &str, reader: Box<dyn ReadSeek>, how: &Reading) -> Result<Box<dyn Source>, Error> {
    let mut lines = lines::Lines::new(reader)?;
    lines.more()?;
    let (block, length) = lines.at_hand();
    match qstm::form(&block[..length]) {
        Some(form) => qstm::open(file, form, lines, how),
        None => table::open(file, lines, how),
    }
}

/// Reads a whole file of any known format into memory.
///
/// # Errors
/// Those of [`open`], and of the samples.
pub fn whole(file: &str, bytes: &[u8], how: &Reading) -> Result<Recording, Error> {
    Recording::of(open(file, Cursor::new(bytes.to_vec()), how)?.as_mut())
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "numbers are read exactly")]
mod tests;
