//! Appointments, kept light.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::id::EpisodeId;

/// A booked time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// When.
    pub at: Timestamp,
    /// For which complaint, once there is one.
    pub episode: Option<EpisodeId>,
    /// What became of it.
    pub state: State,
    /// A word about it.
    #[serde(default)]
    pub remark: String,
}

/// What became of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It stands.
    Booked,
    /// Somebody called it off.
    Cancelled,
    /// The client did not come.
    NoShow,
    /// It was kept.
    Kept,
}
