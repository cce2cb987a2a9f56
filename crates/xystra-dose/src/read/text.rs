//! Bytes become text, or the name of what they are instead.

use crate::error::Error;

/// The text, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<&str, Error> {
    if let Some(found) = binary(bytes) {
        return Err(Error::NotText { found });
    }
    let text = std::str::from_utf8(bytes).map_err(|_| Error::NotText { found: "text that is not UTF-8" })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.trim_start().as_bytes().first() {
        None => Err(Error::Empty),
        Some(b'{' | b'[') => Err(Error::NotTable { found: "JSON" }),
        Some(b'<') => Err(Error::NotTable { found: "XML or HTML" }),
        Some(_) => Ok(text),
    }
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
