//! The chunks of an XDF file: length, tag, stream, content.

use std::io;

use super::super::bytes::Bytes;

/// The first bytes of a file.
pub(in super::super) const MAGIC: &[u8] = b"XDF:";

/// What a boundary chunk holds, so that a reader finds its way again behind a damage.
const BOUNDARY: [u8; 16] =
    [0x43, 0xA5, 0x46, 0xDC, 0xCB, 0xF5, 0x41, 0x0F, 0xB3, 0x0E, 0xD5, 0x46, 0x73, 0x83, 0xCB, 0xE4];

/// What a chunk holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    StreamHeader,
    Samples,
    ClockOffset,
    StreamFooter,
    /// File header, boundary, or of a later version: of no use here.
    Other,
}

/// Where a chunk lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Chunk {
    pub(super) kind: Kind,
    /// Number of its stream; zero for a chunk of none.
    pub(super) stream: u32,
    /// First byte of its content, behind the number.
    pub(super) start: u64,
    /// Bytes of its content.
    pub(super) len: u64,
}

/// Goes from chunk to chunk.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walk {
    at: u64,
    /// Where the first chunk lies that could not be read.
    pub(super) broken_at: Option<u64>,
}

impl Walk {
    /// From the first chunk.
    pub(super) fn new() -> Self {
        Self { at: MAGIC.len() as u64, broken_at: None }
    }

    /// The next chunk; none at the end. What is damaged is left out up to the next boundary.
    pub(super) fn next(&mut self, bytes: &mut Bytes) -> io::Result<Option<Chunk>> {
        while self.at < bytes.len() {
            bytes.go(self.at)?;
            if let Some(chunk) = chunk(bytes)? {
                self.at = chunk.start + chunk.len;
                return Ok(Some(chunk));
            }
            self.broken_at.get_or_insert(self.at);
            bytes.go(self.at)?;
            self.at = if bytes.find(&BOUNDARY)? { bytes.at() } else { bytes.len() };
        }
        Ok(None)
    }

    /// Share of the file that lies behind, 0-1.
    pub(super) fn progress(&self, bytes: &Bytes) -> f64 {
        self.at as f64 / bytes.len() as f64
    }
}

/// The chunk that begins here; none when it is damaged or promises more than the file holds.
fn chunk(bytes: &mut Bytes) -> io::Result<Option<Chunk>> {
    let Some([width]) = bytes.take()? else { return Ok(None) };
    let len = match width {
        1 => bytes.take()?.map(|n| u64::from(u8::from_le_bytes(n))),
        4 => bytes.take()?.map(|n| u64::from(u32::from_le_bytes(n))),
        8 => bytes.take()?.map(u64::from_le_bytes),
        _ => None,
    };
    let Some(len) = len.filter(|len| *len >= 2 && *len <= bytes.len() - bytes.at()) else { return Ok(None) };
    let end = bytes.at() + len;
    let Some(tag) = bytes.take()?.map(u16::from_le_bytes) else { return Ok(None) };
    let kind = kind(tag);
    let stream = if kind == Kind::Other { Some(0) } else { bytes.take()?.map(u32::from_le_bytes) };
    let start = bytes.at();
    Ok(stream.filter(|_| start <= end).map(|stream| Chunk { kind, stream, start, len: end - start }))
}

fn kind(tag: u16) -> Kind {
    match tag {
        2 => Kind::StreamHeader,
        3 => Kind::Samples,
        4 => Kind::ClockOffset,
        6 => Kind::StreamFooter,
        _ => Kind::Other,
    }
}
