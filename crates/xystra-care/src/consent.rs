//! What the client agreed to, and when they stopped agreeing.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Entry;

/// Consent to a version of the text; withdrawing it is an amendment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Which text.
    pub text_version: u32,
    /// Words on regions that are excluded or included, as the client said them.
    #[serde(default)]
    pub regions: String,
    /// The guardian who agreed, when the client did not do so alone.
    #[serde(default)]
    pub guardian: String,
    /// How it was given.
    pub how: How,
    /// When it was withdrawn.
    #[serde(default)]
    pub withdrawn_at: Option<Timestamp>,
}

/// How consent was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// In words.
    Spoken,
    /// On paper, kept by the practice.
    Paper,
}

/// The consent in force at `now`, if any.
pub fn in_force(consents: &[Entry<Consent>], now: Timestamp) -> Option<&Entry<Consent>> {
    consents
        .iter()
        .filter(|consent| !consent.struck && consent.happened_at <= now)
        .max_by_key(|consent| consent.happened_at)
        .filter(|consent| consent.body.withdrawn_at.is_none_or(|at| at > now))
}
