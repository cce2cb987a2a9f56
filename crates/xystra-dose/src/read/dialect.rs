//! How a line of text falls into cells.

use std::borrow::Cow;

/// What parts the cells of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    /// One mark.
    Mark(u8),
    /// Any run of blanks and tabs.
    Blanks,
}

/// All delimiters, those that are hardly anything else first.
pub(super) const DELIMITERS: [Delimiter; 5] =
    [Delimiter::Mark(b'\t'), Delimiter::Mark(b';'), Delimiter::Mark(b'|'), Delimiter::Mark(b','), Delimiter::Blanks];

impl Delimiter {
    /// Its name in words.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Mark(b'\t') => "tab",
            Self::Mark(b';') => "semicolon",
            Self::Mark(b'|') => "bar",
            Self::Mark(_) => "comma",
            Self::Blanks => "blanks",
        }
    }

    /// The cells of a line without the blanks around them. Quotes hold a cell together; in a line with an odd number of them
    /// they are plain characters, so that a lone one, as a note may hold, swallows nothing.
    pub(super) fn cells(self, line: &[u8]) -> Vec<Cow<'_, [u8]>> {
        let quotes = memchr::memchr_iter(b'"', line).count();
        match self {
            _ if quotes > 0 && quotes.is_multiple_of(2) => self.quoted(line),
            Self::Mark(mark) => line.split(|byte| *byte == mark).map(|cell| Cow::Borrowed(cell.trim_ascii())).collect(),
            Self::Blanks => {
                line.split(u8::is_ascii_whitespace).filter(|cell| !cell.is_empty()).map(Cow::Borrowed).collect()
            }
        }
    }

    /// The cells of a line of text.
    pub(super) fn texts(self, line: &str) -> Vec<String> {
        self.cells(line.as_bytes()).iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect()
    }

    fn is_end(self, byte: u8) -> bool {
        match self {
            Self::Mark(mark) => byte == mark,
            Self::Blanks => byte.is_ascii_whitespace(),
        }
    }

    fn quoted(self, line: &[u8]) -> Vec<Cow<'_, [u8]>> {
        let (mut cells, mut cell, mut is_inside) = (Vec::new(), Vec::new(), false);
        let mut bytes = line.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            match byte {
                b'"' if is_inside && bytes.peek() == Some(&b'"') => {
                    bytes.next();
                    cell.push(b'"');
                }
                b'"' => is_inside = !is_inside,
                _ if !is_inside && self.is_end(byte) => cells.push(std::mem::take(&mut cell)),
                _ => cell.push(byte),
            }
        }
        cells.push(cell);
        let keeps = |cell: &Vec<u8>| self != Self::Blanks || !cell.is_empty();
        cells.into_iter().filter(keeps).map(|cell| Cow::Owned(cell.trim_ascii().to_vec())).collect()
    }
}

/// The bytes as text: UTF-8, or else Latin-1.
pub(super) fn text(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect()),
    }
}

/// Is the line a comment?
pub(super) fn is_comment(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    matches!(line.first(), Some(b'#' | b'%')) || line.starts_with(b"//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fall_into_cells() {
        let comma = Delimiter::Mark(b',');
        assert_eq!(comma.texts("a, b ,,c"), ["a", "b", "", "c"]);
        assert_eq!(comma.texts("\"time, s\",\"say \"\"N\"\"\""), ["time, s", "say \"N\""]);
        assert_eq!(comma.texts("1,2,\"wipe"), ["1", "2", "\"wipe"]);
        assert_eq!(Delimiter::Blanks.texts("  1   2\t3 "), ["1", "2", "3"]);
        assert_eq!(Delimiter::Blanks.texts("\"time s\"  force"), ["time s", "force"]);
        assert_eq!(text(b"\xb5s"), "\u{b5}s");
        assert!(is_comment(b" # a") && is_comment(b"//") && !is_comment(b"1/2"));
    }
}
