//! The samples of one stream as a track.

use super::super::bytes::Bytes;
use super::super::track::{Block, Track};
use super::chunk::Walk;
use super::sample::Decoder;
use super::stream::Stream;
use super::timeline::{Pointer, Timeline, next};
use crate::error::Error;

/// Rows gathered from small chunks before they are handed on.
const ROWS: usize = 4096;

/// Some channels of a stream.
pub(super) struct StreamTrack {
    stream: Stream,
    timeline: Timeline,
    channels: Vec<usize>,
    walk: Walk,
    decoder: Decoder,
    pointer: Pointer,
}

impl StreamTrack {
    pub(super) fn new(stream: Stream, timeline: Timeline, channels: Vec<usize>) -> Self {
        let decoder = Decoder::new(stream.format, stream.channels, stream.rate_hz);
        Self { stream, timeline, channels, walk: Walk::new(), decoder, pointer: Pointer::default() }
    }
}

impl Track for StreamTrack {
    fn next_block(&mut self, bytes: &mut Bytes) -> Result<Option<Block>, Error> {
        let mut block = Block::new(self.channels.len());
        while block.len() < ROWS {
            let Some(chunk) = next(&mut self.walk, bytes, self.stream.number)? else { break };
            let content = bytes.part(chunk.start, chunk.len)?;
            let (timeline, pointer, format) = (&self.timeline, &mut self.pointer, self.stream.format);
            self.decoder.decode(&content, |stamp_s, sample| {
                block.time_s.push(timeline.time_s(pointer, stamp_s));
                for (column, channel) in block.columns.iter_mut().zip(&self.channels) {
                    column.push(format.value(sample, *channel));
                }
            });
        }
        Ok((block.len() > 0).then_some(block))
    }

    fn rewind(&mut self) {
        (self.walk, self.pointer) = (Walk::new(), Pointer::default());
        self.decoder = Decoder::new(self.stream.format, self.stream.channels, self.stream.rate_hz);
    }

    fn progress(&self, bytes: &Bytes) -> f64 {
        self.walk.progress(bytes)
    }
}
