//! The text a client agrees to, by version.

use serde::Deserialize;

/// A version of the consent text; an old version stays, since people agreed to it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentText {
    /// Version, counted from 1.
    pub version: u32,
    /// Since when, `YYYY-MM-DD`.
    pub since: String,
    /// Paragraphs.
    pub paragraphs: Vec<String>,
}
