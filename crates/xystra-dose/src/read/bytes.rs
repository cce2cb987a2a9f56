//! A file that is read at any place.

use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};

use super::ReadSeek;

/// A reader that knows its place and its length, so that no promise of the file beyond its own length is believed.
pub(super) struct Bytes {
    reader: BufReader<Box<dyn ReadSeek>>,
    at: u64,
    len: u64,
}

impl Bytes {
    pub(super) fn new(reader: Box<dyn ReadSeek>) -> io::Result<Self> {
        let mut reader = BufReader::with_capacity(1 << 16, reader);
        let len = reader.seek(SeekFrom::End(0))?;
        reader.rewind()?;
        Ok(Self { reader, at: 0, len })
    }

    /// Length of the file, bytes.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Where the next byte is read.
    pub(super) fn at(&self) -> u64 {
        self.at
    }

    /// Goes to a place; a small way costs nothing.
    pub(super) fn go(&mut self, to: u64) -> io::Result<()> {
        let way = i64::try_from(i128::from(to) - i128::from(self.at)).map_err(io::Error::other)?;
        self.reader.seek_relative(way)?;
        self.at = to;
        Ok(())
    }

    /// The next `N` bytes; none when the file has fewer.
    pub(super) fn take<const N: usize>(&mut self) -> io::Result<Option<[u8; N]>> {
        if self.len.saturating_sub(self.at) < N as u64 {
            return Ok(None);
        }
        let mut bytes = [0; N];
        self.reader.read_exact(&mut bytes)?;
        self.at += N as u64;
        Ok(Some(bytes))
    }

    /// `count` bytes from `start`, cut at the file's end.
    pub(super) fn part(&mut self, start: u64, count: u64) -> io::Result<Vec<u8>> {
        self.go(start.min(self.len))?;
        let count = count.min(self.len - self.at);
        let mut bytes = vec![0; usize::try_from(count).map_err(io::Error::other)?];
        self.reader.read_exact(&mut bytes)?;
        self.at += count;
        Ok(bytes)
    }

    /// Reads until just behind the next `mark`, whose first byte must not come again in it. Is there one?
    pub(super) fn find(&mut self, mark: &[u8]) -> io::Result<bool> {
        let mut matched = 0;
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                return Ok(false);
            }
            let found = buffer.iter().position(|byte| {
                matched = if *byte == mark[matched] { matched + 1 } else { usize::from(*byte == mark[0]) };
                matched == mark.len()
            });
            let used = found.map_or(buffer.len(), |index| index + 1);
            self.reader.consume(used);
            self.at += used as u64;
            if found.is_some() {
                return Ok(true);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn nothing_is_read_beyond_the_end() {
        let mut bytes = Bytes::new(Box::new(Cursor::new(b"0123456789".to_vec()))).unwrap();
        assert_eq!(bytes.part(7, u64::MAX).unwrap(), b"789");
        assert_eq!(bytes.take::<1>().unwrap(), None);
        bytes.go(2).unwrap();
        assert_eq!(bytes.take::<2>().unwrap(), Some(*b"23"));
        assert!(bytes.find(b"67").unwrap());
        assert_eq!(bytes.at(), 8);
        assert!(!bytes.find(b"67").unwrap());
    }
}
