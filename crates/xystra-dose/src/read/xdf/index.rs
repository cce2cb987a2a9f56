//! What an XDF file holds: its streams, their clocks, their ends. Everything but the samples.

use roxmltree::Document;

use super::super::bytes::Bytes;
use super::chunk::{Kind, Walk};
use super::clock::Offset;
use super::stream::Stream;
use crate::error::Error;

/// The streams of a file.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    pub(super) streams: Vec<Entry>,
    /// Where the file is damaged, if it is, byte.
    pub(super) broken_at: Option<u64>,
}

/// A stream and what is said of it outside of its samples.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) stream: Stream,
    /// Measured offsets of its clock, in the order of the file.
    pub(super) offsets: Vec<Offset>,
    /// Samples that its footer promises.
    pub(super) promised: Option<u64>,
}

impl Index {
    /// Goes once through the file, over the samples.
    pub(super) fn read(bytes: &mut Bytes) -> Result<Self, Error> {
        let (mut index, mut walk) = (Self::default(), Walk::new());
        while let Some(chunk) = walk.next(bytes)? {
            match chunk.kind {
                Kind::StreamHeader => index.add(chunk.stream, &bytes.part(chunk.start, chunk.len)?)?,
                Kind::ClockOffset => {
                    let offset = (bytes.take()?, bytes.take()?);
                    index.offset(chunk.stream, offset);
                }
                Kind::StreamFooter => {
                    let promised = promised(&bytes.part(chunk.start, chunk.len)?);
                    index.entry(chunk.stream).into_iter().for_each(|entry| entry.promised = promised);
                }
                Kind::Samples | Kind::Other => {}
            }
        }
        index.broken_at = walk.broken_at;
        Ok(index)
    }

    /// A header that comes twice replaces the first.
    fn add(&mut self, number: u32, xml: &[u8]) -> Result<(), Error> {
        let stream = Stream::parse(number, xml)?;
        match self.entry(number) {
            Some(entry) => entry.stream = stream,
            None => self.streams.push(Entry { stream, offsets: Vec::new(), promised: None }),
        }
        Ok(())
    }

    fn offset(&mut self, number: u32, (time, value): (Option<[u8; 8]>, Option<[u8; 8]>)) {
        let number_of = |bytes: Option<[u8; 8]>| bytes.map(f64::from_le_bytes).filter(|number| number.is_finite());
        if let (Some(entry), Some(time_s), Some(value_s)) = (self.entry(number), number_of(time), number_of(value)) {
            entry.offsets.push(Offset { time_s, value_s });
        }
    }

    fn entry(&mut self, number: u32) -> Option<&mut Entry> {
        self.streams.iter_mut().find(|entry| entry.stream.number == number)
    }
}

/// The footer's count of samples. The offsets it repeats are not used: they need not be those of the chunks.
fn promised(xml: &[u8]) -> Option<u64> {
    let text = String::from_utf8_lossy(xml);
    let document = Document::parse(&text).ok()?;
    let count = document.root_element().children().find(|child| child.has_tag_name("sample_count"))?;
    count.text()?.trim().parse().ok()
}
