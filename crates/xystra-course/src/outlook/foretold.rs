//! The outlook as it is kept: what the virtual clients answered, with what they were asked.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use xystra_cohort::answer::{Ahead, Answer, TrackAnswer};

use super::choices::Offer;

/// The document of one outlook.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Foretold {
    /// SHA-256 of what it was made from, as [`super::asked::Asked::made_from`].
    pub made_from: String,
    /// Hour 0 of every hour in it.
    pub entry: Timestamp,
    /// Until when it knows the record.
    pub as_of: Timestamp,
    /// The same in hours from entry.
    pub now_h: f64,
    /// What could be done, in the order of each track's `ahead`.
    pub offers: Vec<Offer>,
    /// What was answered.
    pub answer: Answer,
}

impl Foretold {
    /// The answer about one measure by the key of its track.
    pub fn track(&self, id: &str) -> Option<&TrackAnswer> {
        self.answer.tracks.iter().find(|track| track.track == id)
    }

    /// The offer with this id.
    pub fn offer(&self, id: &str) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.id == id)
    }

    /// The choice that goes on if nobody decides: going on as planned, or stopping where nothing may be treated.
    pub fn followed<'a>(&self, track: &'a TrackAnswer) -> Option<&'a Ahead> {
        let first = self.offers.first()?;
        track.ahead.iter().find(|ahead| ahead.choice == first.id)
    }
}
