//! Which format a file is in, by its first bytes.

use std::io::{ErrorKind, Read, SeekFrom};

use super::ReadSeek;
use crate::error::Error;

/// How many bytes decide.
const HEAD: usize = 4096;

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table of text in any dialect.
    Table,
    /// Lab Streaming Layer.
    Xdf,
    /// EDF, EDF+, BDF, BDF+.
    Edf,
    /// Apache Parquet.
    Parquet,
    /// JSON.
    Json,
}

/// The format of what `reader` gives from its start, to which it is set back.
///
/// # Errors
/// [`Error::NotText`] and [`Error::NotTable`] name formats that are not read; [`Error::Empty`].
pub(super) fn detect(reader: &mut dyn ReadSeek) -> Result<Format, Error> {
    let mut head = vec![0; HEAD];
    reader.seek(SeekFrom::Start(0))?;
    let length = fill(reader, &mut head)?;
    reader.seek(SeekFrom::Start(0))?;
    of(&head[..length])
}

/// Reads until `buffer` is full or nothing is left.
pub(super) fn fill(reader: &mut (impl Read + ?Sized), buffer: &mut [u8]) -> Result<usize, Error> {
    let mut length = 0;
    while length < buffer.len() {
        match reader.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(length)
}

fn of(head: &[u8]) -> Result<Format, Error> {
    match head {
        [b'X', b'D', b'F', b':', ..] => Ok(Format::Xdf),
        [0xff, b'B', b'I', b'O', b'S', b'E', b'M', b'I', ..] | [b'0', b' ', b' ', b' ', b' ', b' ', b' ', b' ', ..] => {
            Ok(Format::Edf)
        }
        [b'P', b'A', b'R', b'1', ..] => Ok(Format::Parquet),
        [b'P', b'K', 3, 4, ..] => Err(Error::NotText { found: "a spreadsheet or zip file" }),
        [0x1f, 0x8b, ..] => Err(Error::NotText { found: "a gzip file" }),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Ok(Format::Table),
        _ => text(head),
    }
}

fn text(head: &[u8]) -> Result<Format, Error> {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    match head.first() {
        None => Err(Error::Empty),
        Some(b'{' | b'[') => Ok(Format::Json),
        Some(b'<') => Err(Error::NotTable { found: "XML or HTML" }),
        Some(_) => Ok(Format::Table),
    }
}
