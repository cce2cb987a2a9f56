//! Lines of text, block by block.

use std::io::SeekFrom;

use super::ReadSeek;
use super::format::fill;
use super::number::PAD;
use crate::error::Error;

/// Size of a block, bytes.
const BLOCK: usize = 1 << 20;

/// How the bytes stand for characters. Numbers and marks are the same in UTF-8 and Latin-1, so bytes are kept as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Bytes,
    Utf16 { is_little: bool },
}

/// Gives whole lines of a file, some at a time.
pub(super) struct Lines {
    reader: Box<dyn ReadSeek>,
    encoding: Encoding,
    /// Lines end with a lone carriage return, as on old machines.
    is_return: bool,
    /// How much is read at once: a block, or all of a shorter file.
    block: usize,
    /// Lines that are not taken yet, up to `end`, and the begin of one more; then [`PAD`] zeros.
    buffer: Vec<u8>,
    start: usize,
    end: usize,
    /// Bytes behind `end`.
    rest: usize,
    /// Bytes of a character that the last block cut.
    split: Vec<u8>,
    /// Number of the next line.
    line: u64,
    size: u64,
    read: u64,
    is_over: bool,
    /// The file does not end with the end of a line.
    is_cut: bool,
}

impl Lines {
    /// The lines of what `reader` gives from its start.
    ///
    /// # Errors
    /// [`Error::NotText`] for what looks binary; [`Error::Empty`].
    pub(super) fn new(mut reader: Box<dyn ReadSeek>) -> Result<Self, Error> {
        let size = reader.seek(SeekFrom::End(0))?;
        let mut lines = Self {
            reader,
            encoding: Encoding::Bytes,
            is_return: false,
            block: usize::try_from(size).unwrap_or(BLOCK).saturating_add(1).min(BLOCK),
            buffer: Vec::new(),
            start: 0,
            end: 0,
            rest: 0,
            split: Vec::new(),
            line: 1,
            size,
            read: 0,
            is_over: false,
            is_cut: false,
        };
        lines.recognise()?;
        lines.rewind()?;
        Ok(lines)
    }

    /// Back to the first line.
    pub(super) fn rewind(&mut self) -> Result<(), Error> {
        self.reader.seek(SeekFrom::Start(0))?;
        (self.start, self.end, self.rest, self.read, self.line) = (0, 0, 0, 0, 1);
        (self.is_over, self.is_cut) = (false, false);
        self.split.clear();
        self.more().map(|_| ())
    }

    /// Number of the next line, from one.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// All lines at hand, each with its end; behind them stand [`PAD`] bytes more. Empty at the end of the file.
    pub(super) fn at_hand(&self) -> (&[u8], usize) {
        (&self.buffer[self.start..], self.end - self.start)
    }

    /// Marks `bytes` at hand, which are `lines` lines, as taken.
    pub(super) fn take(&mut self, bytes: usize, lines: u64) {
        self.start += bytes;
        self.line += lines;
    }

    /// Reads on when no line is at hand; false at the end of the file.
    pub(super) fn more(&mut self) -> Result<bool, Error> {
        while self.start == self.end && !self.is_over {
            self.block()?;
        }
        Ok(self.start < self.end)
    }

    /// Is the last line at hand one that the file leaves without its end?
    pub(super) fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Share of the file that was taken, 0-1.
    pub(super) fn progress(&self) -> f64 {
        let waiting = (self.end - self.start + self.rest) as f64;
        ((self.read as f64 - waiting) / self.size.max(1) as f64).clamp(0.0, 1.0)
    }

    /// Encoding and line ends, by the first block.
    fn recognise(&mut self) -> Result<(), Error> {
        let mut head = vec![0; self.block];
        self.reader.seek(SeekFrom::Start(0))?;
        let length = fill(self.reader.as_mut(), &mut head)?;
        let head = &head[..length];
        self.encoding = encoding(head)?;
        self.is_return = !head.contains(&b'\n') && head.contains(&b'\r');
        let is_blank = |byte: &u8| byte.is_ascii_whitespace() || *byte == 0;
        let text = if self.encoding == Encoding::Bytes {
            head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head)
        } else {
            &head[2.min(length)..]
        };
        if text.iter().all(is_blank) && length < self.block { Err(Error::Empty) } else { Ok(()) }
    }

    /// Reads one block and joins it to the line that the last one cut.
    fn block(&mut self) -> Result<(), Error> {
        let (kept, is_first) = (self.rest, self.read == 0);
        self.buffer.copy_within(self.end..self.end + kept, 0);
        let mut added = match self.encoding {
            Encoding::Bytes => self.plain(kept)?,
            Encoding::Utf16 { is_little } => self.wide(kept, is_little)?,
        };
        let new = &mut self.buffer[kept..kept + added];
        if is_first && new.starts_with(b"\xef\xbb\xbf") {
            new.copy_within(3.., 0);
            added -= 3;
        }
        if self.is_return {
            self.buffer[kept..kept + added].iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        }
        self.join(kept, kept + added);
        Ok(())
    }

    /// Finds the whole lines among the first `total` bytes, the first `kept` of which hold no end of a line.
    fn join(&mut self, kept: usize, mut total: usize) {
        if self.is_over && total > 0 && self.buffer[total - 1] != b'\n' {
            self.is_cut = true;
            self.buffer[total] = b'\n';
            total += 1;
        }
        let whole = memchr::memrchr(b'\n', &self.buffer[kept..total]).map_or(0, |at| kept + at + 1);
        (self.start, self.end, self.rest) = (0, whole, total - whole);
        self.buffer[total..total + PAD].fill(0);
    }

    /// Makes room for `more` bytes behind `kept`, one line end and the pad.
    fn reserve(&mut self, kept: usize, more: usize) {
        let needed = kept + more + 1 + PAD;
        if self.buffer.len() < needed {
            self.buffer.resize(needed, 0);
        }
    }

    /// Reads a block as it is behind `kept`; how many bytes it has.
    fn plain(&mut self, kept: usize) -> Result<usize, Error> {
        self.reserve(kept, self.block);
        let length = fill(self.reader.as_mut(), &mut self.buffer[kept..kept + self.block])?;
        self.read += length as u64;
        self.is_over = length < self.block;
        Ok(length)
    }

    /// Reads a block of UTF-16 and puts it as UTF-8 behind `kept`; a character that the end cuts waits in `split`.
    fn wide(&mut self, kept: usize, is_little: bool) -> Result<usize, Error> {
        let mut bytes = std::mem::take(&mut self.split);
        let waiting = bytes.len();
        bytes.resize(waiting + self.block, 0);
        let length = fill(self.reader.as_mut(), &mut bytes[waiting..])?;
        self.read += length as u64;
        self.is_over = length < self.block;
        bytes.truncate(waiting + length);
        let (text, used) = narrow(&bytes, is_little, self.is_over);
        self.split = bytes[used..].to_vec();
        self.reserve(kept, text.len());
        self.buffer[kept..kept + text.len()].copy_from_slice(text.as_bytes());
        Ok(text.len())
    }
}

/// UTF-16 as text, and how many bytes it took: not the half of a pair, unless nothing follows.
fn narrow(bytes: &[u8], is_little: bool, is_over: bool) -> (String, usize) {
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    };
    let mut units: Vec<u16> = bytes.chunks_exact(2).map(unit).collect();
    let is_split = !is_over && units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit));
    units.truncate(units.len() - usize::from(is_split));
    let used = 2 * units.len();
    (char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(), used)
}

/// By its mark at the start, or by the zeros between plain characters.
fn encoding(head: &[u8]) -> Result<Encoding, Error> {
    let zeros = |from: usize| head.iter().skip(from).step_by(2).take(64).all(|byte| *byte == 0);
    match head {
        [0xff, 0xfe, ..] => Ok(Encoding::Utf16 { is_little: true }),
        [0xfe, 0xff, ..] => Ok(Encoding::Utf16 { is_little: false }),
        [first, 0, second, 0, ..] if *first != 0 && *second != 0 && zeros(1) => Ok(Encoding::Utf16 { is_little: true }),
        [0, first, 0, second, ..] if *first != 0 && *second != 0 && zeros(0) => {
            Ok(Encoding::Utf16 { is_little: false })
        }
        _ if head.contains(&0) => Err(Error::NotText { found: "a binary file" }),
        _ if std::str::from_utf8(head).is_err_and(|error| error.error_len().is_some()) && has_control(head) => {
            Err(Error::NotText { found: "a binary file" })
        }
        _ => Ok(Encoding::Bytes),
    }
}

fn has_control(bytes: &[u8]) -> bool {
    bytes.iter().any(|byte| byte.is_ascii_control() && !byte.is_ascii_whitespace())
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these numbers are exact")]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn lines(bytes: &[u8]) -> Result<Lines, Error> {
        Lines::new(Box::new(Cursor::new(bytes.to_vec())))
    }

    fn text(bytes: &[u8]) -> Vec<u8> {
        let mut lines = lines(bytes).unwrap();
        let mut all = Vec::new();
        while lines.more().unwrap() {
            let (bytes, length) = lines.at_hand();
            all.extend_from_slice(&bytes[..length]);
            lines.take(length, 1);
        }
        all
    }

    #[test]
    fn encodings_are_recognised() {
        assert_eq!(text(b"\xef\xbb\xbft,f\n1,2"), b"t,f\n1,2\n");
        assert_eq!(text(b"t,f\r1,2\r"), b"t,f\n1,2\n");
        let wide = |mark: &[u8]| {
            mark.iter()
                .copied()
                .chain("t;\u{b5}\u{1f600}\n".encode_utf16().flat_map(u16::to_le_bytes))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            text(&wide(b"\xff\xfe")).trim_ascii_start(),
            "\u{feff}t;\u{b5}\u{1f600}\n".trim_start_matches('\u{feff}').as_bytes()
        );
        assert!(matches!(lines(b"t\0\x01\x02"), Err(Error::NotText { .. })));
        assert!(matches!(lines(b" \n"), Err(Error::Empty)));
    }

    #[test]
    fn blocks_join_without_a_seam() {
        let long: Vec<u8> = (0..300_000).flat_map(|i| format!("{i}\n").into_bytes()).collect();
        assert_eq!(text(&long), long);
        let wide: Vec<u8> =
            [0xff, 0xfe]
                .into_iter()
                .chain((0..200_000).flat_map(|i| {
                    format!("\u{1f600}{i}\n").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()
                }))
                .collect();
        let plain: Vec<u8> = (0..200_000).flat_map(|i| format!("\u{1f600}{i}\n").into_bytes()).collect();
        assert_eq!(text(&wide), plain);
        let one: Vec<u8> = vec![b'a'; 3 * BLOCK];
        assert_eq!(text(&one).len(), 3 * BLOCK + 1);
    }

    #[test]
    fn progress_goes_from_none_to_all() {
        let long: Vec<u8> = vec![b'\n'; 2 * BLOCK + 7];
        let mut lines = lines(&[b"x", &long[..]].concat()).unwrap();
        assert_eq!(lines.progress(), 0.0);
        let mut before = 0.0;
        while lines.more().unwrap() {
            let length = lines.at_hand().1;
            lines.take(length, length as u64);
            assert!(lines.progress() > before);
            before = lines.progress();
        }
        assert_eq!(before, 1.0);
    }
}
