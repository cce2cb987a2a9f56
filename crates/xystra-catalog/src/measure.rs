//! What is measured, on which scale, with which error, and how much change counts.

use serde::Deserialize;

use crate::source::{Range, Statement, Status};

/// A measure: a score, an angle, a force, a length or a time.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Stable key.
    pub id: String,
    /// Name as a clinician says it.
    pub name: String,
    /// What is asked or done, in plain words.
    pub plain: String,
    /// What sort of number it is.
    pub kind: Kind,
    /// Unit as shown ("points", "degrees", "kPa", "N", "cm").
    pub unit: String,
    /// Smallest value that can be entered.
    pub min: f64,
    /// Largest value that can be entered.
    pub max: f64,
    /// Step of entry.
    pub step: f64,
    /// Which way is better.
    pub better: Better,
    /// Is it taken on the left and the right?
    pub sided: bool,
    /// For a movement, the atlas group it belongs to (`elbow`, `neck`).
    pub joint: Option<String>,
    /// May its text be shipped? Otherwise only the score is entered.
    pub ships: bool,
    /// The licence position.
    pub licence: Statement,
    /// How much change counts to the person, by setting; the first is used when none fits.
    #[serde(default)]
    pub change: Vec<Change>,
    /// How much of a change is measuring error.
    #[serde(default)]
    pub error: Vec<MeasuringError>,
    /// What is usual in adults: shown beside, never a gate.
    #[serde(default)]
    pub usual: Vec<Usual>,
    /// LOINC code where one was read.
    pub loinc: Option<String>,
    /// Items, only where the text is free to ship.
    #[serde(default)]
    pub items: Vec<String>,
}

/// What sort of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A questionnaire's or a scale's score.
    Score,
    /// The client's own activities, each 0-10 (PSFS).
    Activities,
    /// An angle in degrees.
    Motion,
    /// A pressure or a force.
    Force,
    /// A length or girth.
    Length,
    /// A count or a time.
    Count,
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    /// A smaller value is better.
    Lower,
    /// A larger value is better.
    Higher,
}

impl Better {
    /// The change from `from` to `to`, positive when it is an improvement.
    pub fn gain(self, from: f64, to: f64) -> f64 {
        match self {
            Self::Lower => from - to,
            Self::Higher => to - from,
        }
    }
}

/// A minimal important change.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// In the measure's unit.
    pub value: f64,
    /// In whom: "low back pain", "any".
    pub setting: String,
    /// Key into the references.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}

/// How large a change can be measuring error alone.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasuringError {
    /// Minimal detectable change, in the measure's unit.
    pub value: f64,
    /// Which kind: `mdc95`, `mdc90`, `assumed`.
    pub kind: String,
    /// Same rater, or two.
    pub raters: String,
    /// With which tool or position.
    pub how: String,
    /// Key into the references.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}

/// What is usual in adults.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Usual {
    /// In the measure's unit.
    pub range: Range,
    /// Whose reference: "AAOS".
    pub reference: String,
    /// Key into the references.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}
