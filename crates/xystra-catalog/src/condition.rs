//! The conditions: what each is, how it is followed, how it goes by itself, what trials found.

use serde::Deserialize;

use crate::atlas::Side;
use crate::course::DefaultCourse;
use crate::screening::Item;
use crate::source::{Statement, Status};

/// One condition, read from `data/catalog/conditions/ID.toml`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// Stable key, the file's name.
    pub id: String,
    /// Place in the practitioner's list of 25; 26 and on are ours.
    pub number: u8,
    /// The clinician's name for it.
    pub name: String,
    /// The client's name for it.
    pub plain: String,
    /// Other names that a search should find.
    #[serde(default)]
    pub also: Vec<String>,
    /// One plain sentence.
    pub summary: Statement,
    /// Has it a left and a right?
    pub sided: bool,
    /// Atlas sites (`site.view`) where it is usually charted; the side comes from the complaint.
    pub regions: Vec<String>,
    /// ICD-10-CM leaf codes; the clinician may leave it uncoded.
    #[serde(default)]
    pub codes: Vec<Code>,
    /// What to ask before choosing among the codes.
    pub code_note: Option<String>,
    /// How the condition is followed.
    pub measures: Vec<Follow>,
    /// What to change because of this condition.
    pub precautions: Vec<Statement>,
    /// What must be asked, beyond the screening of everybody.
    pub red_flags: Vec<Item>,
    /// The course a plan starts from.
    pub course: DefaultCourse,
    /// What happens without treatment, as far as it is known.
    pub natural_course: NaturalCourse,
    /// What trials of instruments (or near them) found, the null ones included.
    pub trials: Vec<Trial>,
}

/// An ICD-10-CM leaf code.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The code, for example `M77.11`.
    pub code: String,
    /// The side it stands for; `None` when the code has no side.
    pub side: Option<CodeSide>,
    /// What it says, shortened.
    pub title: String,
    /// Was the code checked against the tabular list?
    pub status: Status,
    /// Key into the references.
    pub source: String,
}

/// The side that a code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeSide {
    /// Right only.
    Right,
    /// Left only.
    Left,
    /// Both sides in one code.
    Both,
    /// The side is said to be unspecified.
    Unspecified,
}

impl CodeSide {
    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Left => "left",
            Self::Both => "both sides",
            Self::Unspecified => "unspecified side",
        }
    }

    /// Can the code stand on a complaint of this side (`None`: both or midline)?
    pub fn fits(self, side: Option<Side>) -> bool {
        match self {
            Self::Unspecified => true,
            Self::Right => side == Some(Side::Right),
            Self::Left => side == Some(Side::Left),
            Self::Both => side.is_none(),
        }
    }
}

/// A measure used with this condition.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Follow {
    /// Key of the measure.
    pub measure: String,
    /// What to call it here ("Pain on gripping"); else the measure's name.
    pub label: Option<String>,
    /// The change that counts in this condition; else the measure's own.
    pub change: Option<f64>,
    /// Key into the references for `change`.
    pub source: Option<String>,
    /// Was `change` read there?
    pub status: Option<Status>,
}

/// What happens without treatment, as far as it is known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NaturalCourse {
    /// `false`: nobody has measured it, and the page says "not known".
    pub known: bool,
    /// One plain sentence: what to expect, or why nobody knows.
    pub says: String,
    /// Whom the numbers come from.
    pub arm: Arm,
    /// Curves that can be drawn beside a client's own; may be empty although `known`.
    #[serde(default)]
    pub curves: Vec<Curve>,
    /// Key into the references.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}

/// Whose course it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Arm {
    /// Untreated, or wait and see.
    Untreated,
    /// Advice only.
    Advice,
    /// Usual or mixed care: an upper bound of what happens untreated.
    UsualCare,
    /// Placebo or sham.
    Placebo,
    /// An active treatment, for want of anything better.
    Active,
    /// Nobody's: the course is not known.
    None,
}

/// One published course of one measure.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curve {
    /// Key of the measure whose scale the points are on; a 0-100 pain scale is divided by ten to `nprs`.
    pub measure: String,
    /// For whom: "lasting under 6 weeks at the first visit".
    pub who: String,
    /// Weeks since onset at entry for which this curve is meant, low end included, high end not.
    pub entry_weeks: Option<crate::Range>,
    /// Points in order of time; the first is the baseline.
    pub points: Vec<Point>,
    /// Key into the references.
    pub source: String,
    /// Were the points read there?
    pub status: Status,
}

/// A group's mean at a time.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Weeks since the baseline.
    pub weeks: f64,
    /// Mean on the measure's scale.
    pub value: f64,
}

/// A trial and what it found.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trial {
    /// What was done to whom and what came out, in one or two sentences.
    pub text: String,
    /// Which way it went for the instrument.
    pub result: TrialResult,
    /// People in it, if known.
    pub people: Option<u32>,
    /// Key into the references.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}

/// Which way a trial went for the instrument.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrialResult {
    /// Better than the comparison.
    Better,
    /// No better than the comparison.
    Null,
    /// Better in some, not in others, or without a fair comparison.
    Mixed,
    /// Worse than the comparison.
    Worse,
    /// None was found.
    None,
}
