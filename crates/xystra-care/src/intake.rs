//! Intake: the complaint and what the client wants.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use xystra_catalog::Catalog;
use xystra_catalog::atlas::Side;
use xystra_catalog::condition::{Code, Condition};

use crate::error::FieldError;

/// A complaint as it was taken in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Intake {
    /// Catalog condition; `other` for free words.
    pub condition: String,
    /// The complaint in the client's or clinician's words.
    #[serde(default)]
    pub words: String,
    /// Which side.
    pub side: ComplaintSide,
    /// Since when, as exactly as it is known.
    pub since: Option<Date>,
    /// How it began.
    pub onset: Onset,
    /// How easily it is stirred up.
    pub irritability: Option<Irritability>,
    /// Who made the diagnosis; empty when nobody did.
    #[serde(default)]
    pub diagnosed_by: String,
    /// ICD-10-CM code; optional, since many therapists may not diagnose.
    pub code: Option<String>,
    /// What the client wants.
    #[serde(default)]
    pub goals: Vec<Goal>,
    /// The client's own activities (PSFS), at most five.
    #[serde(default)]
    pub activities: Vec<String>,
    /// The story.
    #[serde(default)]
    pub story: String,
}

/// Which side the complaint is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ComplaintSide {
    /// Left.
    Left,
    /// Right.
    Right,
    /// Both sides.
    Both,
    /// It has no side.
    Middle,
}

impl ComplaintSide {
    /// The single side, if there is one.
    pub fn single(self) -> Option<Side> {
        match self {
            Self::Left => Some(Side::Left),
            Self::Right => Some(Side::Right),
            Self::Both | Self::Middle => None,
        }
    }

    /// In words.
    pub fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Both => "both sides",
            Self::Middle => "no side",
        }
    }
}

/// How the complaint began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Onset {
    /// After surgery.
    Surgery,
    /// After being kept still.
    Immobilisation,
    /// Repeated strain.
    RepeatedStrain,
    /// One injury.
    Injury,
    /// Nobody knows.
    NotKnown,
}

/// How easily the complaint is stirred up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Irritability {
    /// Hard to stir up, quick to settle.
    Low,
    /// Between.
    Moderate,
    /// Easy to stir up, slow to settle.
    High,
}

/// What the client wants, and how both will know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Goal {
    /// In the client's words.
    pub text: String,
    /// The measure that shows it.
    pub measure: Option<String>,
    /// The value to reach, in the measure's unit.
    pub target: Option<f64>,
}

/// Activities that the PSFS follows at most.
const MOST_ACTIVITIES: usize = 5;

impl Intake {
    /// The catalog entry.
    pub fn condition_in<'a>(&self, catalog: &'a Catalog) -> Option<&'a Condition> {
        catalog.condition(&self.condition)
    }

    /// "Tennis elbow, left", or the free words.
    pub fn title(&self, catalog: &Catalog) -> String {
        let name = match self.condition_in(catalog) {
            Some(condition) if condition.id != "other" || self.words.is_empty() => condition.plain.as_str(),
            _ => self.words.as_str(),
        };
        let name = capitalised(name);
        match self.side {
            ComplaintSide::Middle => name,
            side => format!("{name}, {}", side.word()),
        }
    }

    /// Weeks from the beginning of the complaint to `date`; `None` when the beginning is not known.
    pub fn weeks_since_onset(&self, date: Date) -> Option<f64> {
        let days = self.since?.until(date).ok()?.get_days();
        Some(f64::from(days) / 7.0)
    }

    /// Checks what can be checked; `today` in the practice's time zone.
    pub fn check(&self, catalog: &Catalog, today: Date) -> Vec<FieldError> {
        let mut errors = Vec::new();
        let Some(condition) = self.condition_in(catalog) else {
            return vec![FieldError::new("condition", format!("{} is not in the catalog: choose one", self.condition))];
        };
        if condition.id == "other" && self.words.trim().is_empty() {
            errors.push(FieldError::new("words", "another complaint needs a few words that say what it is"));
        }
        if condition.sided && self.side == ComplaintSide::Middle {
            errors.push(FieldError::new("side", format!("{} has a side: choose left, right or both", condition.plain)));
        }
        if let Some(since) = self.since.filter(|since| *since > today) {
            errors.push(FieldError::new("since", format!("{since} is in the future")));
        }
        if self.activities.len() > MOST_ACTIVITIES {
            let message = format!("{} activities: choose at most {MOST_ACTIVITIES}", self.activities.len());
            errors.push(FieldError::new("activities", message));
        }
        errors.extend(self.code.as_ref().and_then(|code| self.check_code(condition, code)));
        errors.extend(self.goals.iter().enumerate().filter_map(|(n, goal)| goal.check(n, catalog)));
        errors
    }

    fn check_code(&self, condition: &Condition, wanted: &str) -> Option<FieldError> {
        let code: Option<&Code> = condition.codes.iter().find(|code| code.code == wanted);
        let message = match code {
            None => format!("{wanted} is not one of the codes listed for {}", condition.plain),
            Some(Code { side: Some(side), .. }) if !side.fits(self.side.single()) => {
                format!("{wanted} says {} but the complaint is on: {}", side.word(), self.side.word())
            }
            Some(_) => return None,
        };
        Some(FieldError::new("code", message))
    }
}

/// With a capital letter first, as a title begins.
fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl Goal {
    fn check(&self, n: usize, catalog: &Catalog) -> Option<FieldError> {
        let target = self.target?;
        let Some(measure) = self.measure.as_deref().and_then(|id| catalog.measure(id)) else {
            return Some(FieldError::new(format!("goal_measure_{n}"), "a target needs a measure"));
        };
        if (measure.min..=measure.max).contains(&target) {
            return None;
        }
        let message = format!("{target} is outside {} to {} {}", measure.min, measure.max, measure.unit);
        Some(FieldError::new(format!("goal_target_{n}"), message))
    }
}
