//! What a bout of strokes delivered, and how it is known.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::estimate::Estimate;

/// How a dose is known, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Provenance {
    /// Nobody said: the published forces of clinicians stand in.
    Guessed,
    /// The clinician chose a band of force.
    Banded,
    /// A sensor recorded it.
    Measured,
}

/// A dose. Everything is counted against contact, never against the length of the recording.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Dose {
    /// How it is known.
    pub provenance: Provenance,
    /// Time in contact, s.
    pub contact_s: Estimate,
    /// Number of strokes.
    pub strokes: Estimate,
    /// Strokes per minute, from the time between the starts of strokes that follow one another in a burst: contact and the
    /// short returns through the air, no pauses. None when no stroke follows another.
    pub rate_per_min: Option<Estimate>,
    /// Share of the time of the bursts that is contact, 0-1.
    pub duty: Option<Estimate>,
    /// Mean normal force: impulse over time in contact, N.
    pub mean_force_n: Estimate,
    /// Largest normal force, N.
    pub peak_force_n: Estimate,
    /// Mean resultant force: its impulse over time in contact, N. None when nothing measured the shear.
    pub mean_resultant_n: Option<Estimate>,
    /// Largest resultant force, N. None when nothing measured the shear.
    pub peak_resultant_n: Option<Estimate>,
    /// Time integral of the normal force, N s.
    pub impulse_ns: Estimate,
    /// Time integral of the resultant force, N s. None when nothing measured the shear.
    pub resultant_impulse_ns: Option<Estimate>,
    /// Standard deviation of the strokes' mean normal forces as a share of their mean, 0-1. None with one stroke.
    pub force_cv: Option<Estimate>,
    /// Length of all strokes, m, when positions are known.
    pub length_m: Option<Estimate>,
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Guessed => "guessed",
            Self::Banded => "banded",
            Self::Measured => "measured",
        })
    }
}

impl FromStr for Provenance {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self, Error> {
        let known = [Self::Guessed, Self::Banded, Self::Measured].into_iter().find(|p| p.to_string() == word);
        known.ok_or_else(|| unknown(word, "provenance", "guessed, banded, measured"))
    }
}

pub(crate) fn unknown(word: &str, what: &'static str, known: &'static str) -> Error {
    Error::UnknownWord { word: word.to_owned(), what, known }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_round() {
        for provenance in [Provenance::Guessed, Provenance::Banded, Provenance::Measured] {
            assert_eq!(provenance.to_string().parse::<Provenance>().unwrap(), provenance);
            assert_eq!(serde_json::to_string(&provenance).unwrap(), format!("\"{provenance}\""));
        }
        assert!("firm".parse::<Provenance>().is_err());
    }
}
