//! Bytes become text, or the name of what they are instead.

use std::borrow::Cow;

use crate::error::Error;

/// The text, without a byte order mark. What is not UTF-8 is taken for Latin-1, unless it holds control characters.
pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, Error> {
    if let Some(found) = binary(bytes) {
        return Err(Error::NotText { found });
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(_) if bytes.iter().any(|b| is_control(*b)) => {
            return Err(Error::NotText { found: "a binary file" });
        }
        Err(_) => Cow::Owned(bytes.iter().map(|b| char::from(*b)).collect()),
    };
    match text.trim_start().as_bytes().first() {
        None => Err(Error::Empty),
        Some(b'{' | b'[') => Err(Error::NotTable { found: "JSON" }),
        Some(b'<') => Err(Error::NotTable { found: "XML or HTML" }),
        Some(_) => Ok(text),
    }
}

fn is_control(byte: u8) -> bool {
    byte.is_ascii_control() && !byte.is_ascii_whitespace()
}

fn binary(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some("text in UTF-16"),
        [b'P', b'K', 3, 4, ..] => Some("a spreadsheet or zip file"),
        [0x1f, 0x8b, ..] => Some("a gzip file"),
        _ if bytes.contains(&0) => Some("a binary file"),
        _ => None,
    }
}
