//! Free-text notes: signed once, then only addenda.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Entry;
use crate::error::FieldError;
use crate::id::ThreadId;

/// A note on an episode.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The text.
    pub text: String,
    /// The session it belongs to, if any.
    pub session: Option<ThreadId>,
    /// The signed note that this one adds to.
    pub adds_to: Option<ThreadId>,
    /// When the author signed it; from then on it only takes addenda.
    pub signed_at: Option<Timestamp>,
}

impl Note {
    /// An addendum to `note`.
    pub fn addendum(note: &Entry<Self>, text: String, now: Timestamp) -> Result<Self, FieldError> {
        if text.trim().is_empty() {
            return Err(FieldError::new("text", "an addendum needs a text"));
        }
        if note.body.signed_at.is_none() {
            return Err(FieldError::new("text", "the note is not signed yet: amend it instead"));
        }
        Ok(Self { text, session: note.body.session, adds_to: Some(note.thread), signed_at: Some(now) })
    }

    /// May this note still be changed?
    pub fn may_amend(note: &Entry<Self>) -> Result<(), FieldError> {
        match note.body.signed_at {
            None => Ok(()),
            Some(_) => Err(FieldError::new("text", "a signed note is not changed: write an addendum")),
        }
    }
}
