//! Measurements: a value of a measure, taken somehow, by somebody, on a side.

use serde::{Deserialize, Serialize};
use xystra_catalog::Catalog;
use xystra_catalog::atlas::Side;
use xystra_catalog::measure::Kind;

use crate::error::FieldError;

/// One measured value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Measurement {
    /// Catalog measure.
    pub measure: String,
    /// Value in the measure's unit.
    pub value: f64,
    /// Side, for a measure that has one.
    pub side: Option<Side>,
    /// How it was taken: decides which values may be compared.
    #[serde(default)]
    pub method: Method,
    /// For the client's own activities: each activity's 0-10, whose mean is `value`.
    #[serde(default)]
    pub activities: Vec<(String, f64)>,
    /// A word about it.
    #[serde(default)]
    pub remark: String,
}

/// How a value was taken.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Method {
    /// Goniometer, inclinometer, algometer, tape, questionnaire version.
    pub tool: String,
    /// Active or passive, for a movement.
    pub active: Option<bool>,
    /// Position of the body.
    pub position: String,
    /// Who took it.
    pub rater: String,
    /// How many trials were averaged.
    pub trials: Option<u8>,
}

impl Method {
    /// May values taken by both be drawn as one line? A word of warning when not.
    pub fn differs(&self, other: &Self) -> Option<&'static str> {
        if self.tool != other.tool {
            Some("taken with different tools")
        } else if self.rater != other.rater {
            Some("taken by different people")
        } else if self.active != other.active {
            Some("active and passive mixed")
        } else {
            None
        }
    }
}

impl Measurement {
    /// Checks the value against the measure's bounds and the side against its kind.
    pub fn check(&self, catalog: &Catalog) -> Vec<FieldError> {
        let Some(measure) = catalog.measure(&self.measure) else {
            return vec![FieldError::new("measure", format!("{} is not in the catalog", self.measure))];
        };
        let mut errors = Vec::new();
        if !(measure.min..=measure.max).contains(&self.value) {
            let message = format!(
                "{} of {} {} is outside {} to {}: check the number",
                measure.name.to_lowercase(),
                self.value,
                measure.unit,
                measure.min,
                measure.max
            );
            errors.push(FieldError::new("value", message));
        }
        if measure.sided && self.side.is_none() {
            errors.push(FieldError::new("side", format!("{} is measured left or right: choose one", measure.name)));
        }
        if measure.kind == Kind::Activities && self.activities.is_empty() {
            errors.push(FieldError::new("value", "score at least one of the client's own activities"));
        }
        for (activity, score) in
            self.activities.iter().filter(|(_, score)| !(measure.min..=measure.max).contains(score))
        {
            let message = format!("{activity}: {score} is outside {} to {} {}", measure.min, measure.max, measure.unit);
            errors.push(FieldError::new("value", message));
        }
        errors
    }
}

/// Mean of the scored activities; `None` without any.
pub fn activities_mean(activities: &[(String, f64)]) -> Option<f64> {
    let sum: f64 = activities.iter().map(|(_, score)| score).sum();
    (!activities.is_empty()).then(|| sum / activities.len() as f64)
}
