//! What a bout of strokes delivered, and how it is known.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::interval::Interval;
use crate::measure::Series;
use crate::stroke::{Stroke, bursts};

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

/// A measured dose. Everything is counted against contact, never against the length of the recording.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Dose {
    /// How it is known.
    pub provenance: Provenance,
    /// Time in contact, s.
    pub contact_s: f64,
    /// Number of strokes.
    pub strokes: usize,
    /// Strokes per minute, from the time between the starts of strokes that follow one another in a burst: contact and the
    /// short returns through the air, no pauses. None when no stroke follows another.
    pub rate_per_min: Option<f64>,
    /// Mean normal force: impulse over time in contact, N.
    pub mean_force_n: f64,
    /// Largest normal force, N.
    pub peak_force_n: f64,
    /// Mean resultant force: its impulse over time in contact, N.
    pub mean_resultant_n: f64,
    /// Largest resultant force, N.
    pub peak_resultant_n: f64,
    /// Time integral of the normal force, N s.
    pub impulse_ns: f64,
    /// Time integral of the resultant force, N s.
    pub resultant_impulse_ns: f64,
}

impl Dose {
    /// Sums up `strokes`; no time between strokes that touches one of `holes` counts for the rate.
    pub(crate) fn measure(series: &Series, strokes: &[Stroke], holes: &[Interval]) -> Self {
        let sum = |value: fn(&Stroke) -> f64| strokes.iter().map(value).sum::<f64>();
        let contact_s = sum(|s| s.end_s - s.start_s);
        let (impulse_ns, resultant_impulse_ns) = (sum(|s| s.impulse_ns), sum(|s| s.resultant_impulse_ns));
        let peaks = strokes.iter().map(|s| series.measure(&s.extent()).peak_resultant_n);
        Self {
            provenance: Provenance::Measured,
            contact_s,
            strokes: strokes.len(),
            rate_per_min: rate_per_min(strokes, holes),
            mean_force_n: impulse_ns / contact_s,
            peak_force_n: strokes.iter().map(|s| s.peak_force_n).fold(f64::NEG_INFINITY, f64::max),
            mean_resultant_n: resultant_impulse_ns / contact_s,
            peak_resultant_n: peaks.fold(f64::NEG_INFINITY, f64::max),
            impulse_ns,
            resultant_impulse_ns,
        }
    }
}

fn rate_per_min(strokes: &[Stroke], holes: &[Interval]) -> Option<f64> {
    let extents: Vec<Interval> = strokes.iter().map(Stroke::extent).collect();
    let steps = bursts(&extents).into_iter().flat_map(|burst| burst.windows(2));
    let cycles = steps.map(|pair| Interval::new(pair[0].start_s, pair[1].start_s));
    let whole: Vec<f64> =
        cycles.filter(|cycle| holes.iter().all(|hole| hole.overlap(cycle).is_none())).map(|c| c.duration_s()).collect();
    (!whole.is_empty()).then(|| 60.0 * whole.len() as f64 / whole.iter().sum::<f64>())
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
