//! What a person or a sensor said, kept for good.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::{AccountId, EntryId, ThreadId};

/// One version of one fact. It is never edited: an amendment is a new version with a reason.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry<T> {
    /// This version.
    pub id: EntryId,
    /// The fact, through all its versions.
    pub thread: ThreadId,
    /// Counted from 1.
    pub version: u32,
    /// Who said it.
    pub author: Author,
    /// When it was written down.
    pub recorded_at: Timestamp,
    /// When it was so; earlier than `recorded_at` when back-dated.
    pub happened_at: Timestamp,
    /// Why this version replaced the one before; `None` for the first.
    pub reason: Option<String>,
    /// Struck out: kept, shown in the history, and counted nowhere.
    pub struck: bool,
    /// What was said.
    pub body: T,
}

/// Who said it: the account, and the name it went by at the time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// The account.
    pub account: AccountId,
    /// The name then.
    pub name: String,
}

impl<T> Entry<T> {
    /// The same heading over another body.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Entry<U> {
        Entry {
            id: self.id,
            thread: self.thread,
            version: self.version,
            author: self.author,
            recorded_at: self.recorded_at,
            happened_at: self.happened_at,
            reason: self.reason,
            struck: self.struck,
            body: f(self.body),
        }
    }

    /// Was it written down on another day than it was so (more than 12 h later)?
    pub fn is_back_dated(&self) -> bool {
        hours_between(self.happened_at, self.recorded_at) > 12.0
    }
}

/// Hours from `from` to `to`; negative when `to` is earlier.
pub fn hours_between(from: Timestamp, to: Timestamp) -> f64 {
    to.duration_since(from).as_secs_f64() / 3600.0
}
