//! What is known of one client, as the model needs it: no name, no date, only hours from the first visit.

pub(crate) mod check;
pub mod example;
mod scale;

use serde::{Deserialize, Serialize};
use xystra_dose::Provenance;
use xystra_tissue::contact::Edge;

/// One complaint of one client, from entry until now. Hours count from entry, 0 h; nothing lies before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// The tissue that is treated: a tissue of `data/tissue/presets.toml`.
    pub tissue: String,
    /// What is the matter, for the tissue: a condition of `data/tissue/presets.toml`. Its natural recovery is replaced by that of `course`.
    pub condition: String,
    /// Whose natural course holds: a condition of `data/catalog/conditions`.
    pub course: String,
    /// How long the complaint had lasted at entry, weeks; `None` when nobody knows.
    pub entry_weeks: Option<f64>,
    /// What is followed.
    pub tracks: Vec<Track>,
    /// What was observed, in order of time.
    pub observations: Vec<Observation>,
    /// What the skin showed after sessions.
    pub reactions: Vec<Reaction>,
    /// Sessions given so far, in order of time.
    pub sessions: Vec<Session>,
    /// Now, hours.
    pub now_h: f64,
}

/// A measure that is followed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Track {
    /// Key of the measure, with its side: `nprs`, `ankle-dorsiflexion.left`.
    pub id: String,
    /// What of the model it shows.
    pub quantity: Quantity,
    /// Its scale.
    pub scale: Scale,
    /// Standard error of one measurement by the same rater, in the measure's unit; published where known.
    pub error: f64,
    /// The change that counts to a person, in the measure's unit, if one is known.
    pub important: Option<f64>,
    /// Full range in health, for a movement, in the measure's unit.
    pub normal: Option<f64>,
}

/// What of the model a measure shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// Pain: the output `pain`, 0-10.
    Pain,
    /// What a person can do: the output `disability`, by entry.
    Function,
    /// A range of motion: the output `motion`, degrees gained.
    Motion,
    /// The pressure pain threshold: the output `threshold`, by entry.
    Threshold,
}

/// A measure's scale.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Scale {
    /// Least value there is.
    pub least: f64,
    /// Greatest value there is.
    pub most: f64,
    /// Values come in steps of this; 0 for any.
    pub step: f64,
    /// Is more better?
    pub more_is_better: bool,
}

/// One measured value.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// Place in [`Case::tracks`].
    pub track: usize,
    /// When, hours from entry.
    pub at_h: f64,
    /// In the measure's unit.
    pub value: f64,
}

/// The final reaction grade after a session.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Reaction {
    /// Place in [`Case::sessions`].
    pub session: usize,
    /// 0 none to 5 haematoma or broken skin.
    pub grade: u8,
}

/// One session: what was done, or would be, to the site that is followed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// When it begins, hours from entry.
    pub at_h: f64,
    /// What is done to the site; empty for a visit without strokes there.
    pub strokes: Vec<Strokes>,
    /// How much is expected of it, 0 nothing to 1 a full treatment.
    pub belief: f64,
    /// Home exercise since the session before, hours at the load of the programme; 0 for none.
    pub exercise_h: f64,
}

/// Strokes with one edge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Strokes {
    /// The edge.
    pub edge: Edge,
    /// How hard.
    pub force: Force,
    /// For how long, minutes.
    pub minutes: f64,
    /// How fast the edge moves, mm/s; `None` when nobody knows.
    pub speed_mm_s: Option<f64>,
}

/// A force with its doubt: a distribution everywhere downstream.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Force {
    /// Middle, N.
    pub newton: f64,
    /// 5 % lie below, N.
    pub low: f64,
    /// 5 % lie above, N.
    pub high: f64,
    /// How it is known.
    pub provenance: Provenance,
}

/// What could be done from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// Short key: `continue`, `stop`, `lighter`, `more-often`, `other-instrument`, `break`.
    pub id: String,
    /// The sessions to come, in order of time, none before [`Case::now_h`].
    pub sessions: Vec<Session>,
}
