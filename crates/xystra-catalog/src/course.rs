//! The course of treatment that a plan starts from.

use serde::{Deserialize, Serialize};

use crate::source::Status;

/// How hard: three bands and what each means stands in `data/catalog/bands.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Band {
    /// Light.
    Low,
    /// Medium.
    Medium,
    /// Firm.
    High,
}

impl Band {
    /// All bands, lightest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// One band lighter; `None` from the lightest.
    pub fn lighter(self) -> Option<Self> {
        match self {
            Self::Low => None,
            Self::Medium => Some(Self::Low),
            Self::High => Some(Self::Medium),
        }
    }
}

/// A default course: a starting point that the clinician changes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefaultCourse {
    /// Sessions a week.
    pub sessions_per_week: u8,
    /// Weeks.
    pub weeks: u8,
    /// Minutes on each region.
    pub minutes_per_region: f64,
    /// Force band to begin with.
    pub band: Band,
    /// Keys of strokes usually used, the first one first.
    pub strokes: Vec<String>,
    /// What goes with it: warm-up, stretch, strengthening, cold.
    pub with: Vec<String>,
    /// What the client does at home.
    pub home: Vec<String>,
    /// What is special here, in one sentence.
    pub note: Option<String>,
    /// Key into the references.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}

/// A force band in newtons.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BandForce {
    /// Which band.
    pub band: Band,
    /// What to call it.
    pub name: String,
    /// Mean force of a stroke, N.
    pub newton: crate::Range,
    /// Key into the references.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}

/// A number that stands in where nobody measured, with its doubt.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guess {
    /// Stable key: `mean-one-hand`, `cv`, `rate`.
    pub id: String,
    /// What it is, in words.
    pub what: String,
    /// Its unit; `1` for a share.
    pub unit: String,
    /// The most likely value.
    pub value: f64,
    /// One of twenty lies below.
    pub low: f64,
    /// One of twenty lies above.
    pub high: f64,
    /// Key into the references.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}
