//! The samples of a chunk: a count, then each with a stamp of its own or a deduced one.

use super::stream::Format;

/// Reads the chunks of one stream in order; a stamp that is left out follows from the one before.
#[derive(Debug, Clone, Copy)]
pub(super) struct Decoder {
    format: Format,
    channels: usize,
    step_s: f64,
    last_s: f64,
}

/// What is left to read of a chunk.
struct Rest<'a>(&'a [u8]);

impl Decoder {
    pub(super) fn new(format: Format, channels: usize, rate_hz: f64) -> Self {
        Self { format, channels, step_s: if rate_hz > 0.0 { 1.0 / rate_hz } else { 0.0 }, last_s: 0.0 }
    }

    /// Hands each sample to `take`: its stamp in s and the bytes of its values (none of text). Is the chunk whole?
    pub(super) fn decode(&mut self, chunk: &[u8], mut take: impl FnMut(f64, &[u8])) -> bool {
        let mut rest = Rest(chunk);
        let Some(count) = rest.count() else { return false };
        (0..count).all(|_| self.sample(&mut rest).map(|(stamp, values)| take(stamp, values)).is_some())
    }

    fn sample<'a>(&mut self, rest: &mut Rest<'a>) -> Option<(f64, &'a [u8])> {
        let stamp_s = match rest.take(1)? {
            [0] => self.deduced_s(),
            _ => f64::from_le_bytes(rest.take(8)?.try_into().ok()?),
        };
        let stamp_s = if stamp_s.is_finite() { stamp_s } else { self.deduced_s() };
        let values = self.values(rest)?;
        self.last_s = stamp_s;
        Some((stamp_s, values))
    }

    fn deduced_s(&self) -> f64 {
        self.last_s + self.step_s
    }

    fn values<'a>(&self, rest: &mut Rest<'a>) -> Option<&'a [u8]> {
        if let Some(width) = self.format.width() {
            return rest.take(self.channels * width);
        }
        for _ in 0..self.channels {
            let length = rest.count()?;
            rest.take(usize::try_from(length).ok()?)?;
        }
        Some(&[])
    }
}

impl<'a> Rest<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    /// A number with its own width before it.
    fn count(&mut self) -> Option<u64> {
        Some(match self.take(1)? {
            [1] => u64::from(self.take(1)?[0]),
            [4] => u64::from(u32::from_le_bytes(self.take(4)?.try_into().ok()?)),
            [8] => u64::from_le_bytes(self.take(8)?.try_into().ok()?),
            _ => return None,
        })
    }
}
