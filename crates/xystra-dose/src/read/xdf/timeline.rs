//! When the samples of a stream were taken, on the clock of the recording computer.

use super::super::bytes::Bytes;
use super::chunk::{Chunk, Kind, Walk};
use super::clock::{Clock, Hand};
use super::even::{Even, Place};
use super::index::Entry;
use super::sample::Decoder;
use crate::error::Error;

/// What is known of a stream's time after all its stamps have been looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Timeline {
    clock: Clock,
    /// Straightened parts; none for a stream whose samples come at any time.
    even: Option<Even>,
    pub(super) samples: u64,
    /// First and last stamp as recorded, s.
    pub(super) stamps_s: Option<(f64, f64)>,
    /// First and last stamp on the recorder's clock, straightened, s.
    pub(super) ends_s: Option<(f64, f64)>,
    /// Last stamp before and first stamp after each reset of the clock, s.
    pub(super) resets_s: Vec<(f64, f64)>,
    /// Samples per second that came, Hz.
    pub(super) rate_hz: Option<f64>,
    /// Whether a chunk of samples ended too early.
    pub(super) is_broken: bool,
}

/// Goes through the stamps in the order of the file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Pointer {
    hand: Hand,
    place: Place,
}

impl Timeline {
    /// Looks at all stamps of the stream.
    pub(super) fn measure(bytes: &mut Bytes, entry: &Entry) -> Result<Self, Error> {
        let stream = &entry.stream;
        let even = (stream.rate_hz > 0.0 && !stream.drops_samples).then(|| Even::new(stream.rate_hz));
        let mut timeline = Self { clock: Clock::new(&entry.offsets), even, ..Self::default() };
        timeline.look(bytes, entry)?;
        Ok(timeline)
    }

    /// The time of the next sample, s, from its stamp.
    pub(super) fn time_s(&self, pointer: &mut Pointer, stamp_s: f64) -> f64 {
        let time_s = self.clock.map(&mut pointer.hand, stamp_s);
        self.even.as_ref().map_or(time_s, |even| even.straighten(&mut pointer.place, time_s))
    }

    fn look(&mut self, bytes: &mut Bytes, entry: &Entry) -> Result<(), Error> {
        let (mut hand, mut last, mut ends) = (Hand::default(), None, None);
        let mut resets = Vec::new();
        let is_whole = each(bytes, entry, |stamp_s| {
            let before = hand.segment;
            let time_s = self.clock.map(&mut hand, stamp_s);
            if let Some(last_s) = last.replace(time_s).filter(|_| hand.segment > before) {
                resets.push((self.samples, last_s, time_s));
            }
            self.even.iter_mut().for_each(|even| even.push(time_s));
            self.samples += 1;
            self.stamps_s = Some((self.stamps_s.map_or(stamp_s, |s| s.0), stamp_s));
            ends = Some((ends.map_or(time_s, |s: (f64, f64)| s.0), time_s));
        })?;
        self.is_broken = !is_whole;
        self.resets_s = resets.into_iter().map(|reset| self.around(reset)).collect();
        self.ends_s = self.even.as_ref().map_or(ends, Even::ends_s);
        self.rate_hz = self.even.as_ref().map_or_else(|| self.plain_rate_hz(), Even::rate_hz);
        Ok(())
    }

    /// Straightened times of the last sample before a reset and of the first after it.
    fn around(&self, (number, before_s, after_s): (u64, f64, f64)) -> (f64, f64) {
        let straight = |even: &Even| (even.at(number - 1, before_s), even.at(number, after_s));
        self.even.as_ref().map_or((before_s, after_s), straight)
    }

    fn plain_rate_hz(&self) -> Option<f64> {
        let (first_s, last_s) = self.ends_s?;
        Some((self.samples - 1) as f64 / (last_s - first_s)).filter(|rate| rate.is_finite() && *rate > 0.0)
    }
}

/// Hands every stamp of the stream to `take`, s. Were all chunks whole?
fn each(bytes: &mut Bytes, entry: &Entry, mut take: impl FnMut(f64)) -> Result<bool, Error> {
    let stream = &entry.stream;
    let mut decoder = Decoder::new(stream.format, stream.channels, stream.rate_hz);
    let (mut walk, mut is_whole) = (Walk::new(), true);
    while let Some(chunk) = next(&mut walk, bytes, stream.number)? {
        let content = bytes.part(chunk.start, chunk.len)?;
        is_whole &= decoder.decode(&content, |stamp_s, _| take(stamp_s));
    }
    Ok(is_whole)
}

/// The next chunk of samples of a stream.
pub(super) fn next(walk: &mut Walk, bytes: &mut Bytes, stream: u32) -> Result<Option<Chunk>, Error> {
    loop {
        match walk.next(bytes)? {
            Some(chunk) if chunk.kind == Kind::Samples && chunk.stream == stream => return Ok(Some(chunk)),
            None => return Ok(None),
            Some(_) => {}
        }
    }
}
