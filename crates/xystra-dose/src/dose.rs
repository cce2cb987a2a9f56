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

/// A band of mean normal force that a clinician can choose without a sensor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ForceBand {
    /// The lighter clinicians.
    Low,
    /// Around the mean of clinicians.
    Medium,
    /// The firmer clinicians.
    High,
}

/// A published spread of the mean normal force among clinicians, on a skin simulant over a force plate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ForceSpread {
    /// Mean over clinicians, N.
    pub mean_n: f64,
    /// Lightest and firmest clinician, N; not known for every grip.
    pub range_n: Option<(f64, f64)>,
    /// Keys of the sources.
    pub sources: &'static [&'static str],
    /// Whether the numbers were read at their source.
    pub verified: bool,
}

/// One hand: mean 4.5 N, clinicians 1.6-10 N.
pub const ONE_HAND: ForceSpread =
    ForceSpread { mean_n: 4.5, range_n: Some((1.6, 10.0)), sources: &["martonick2022"], verified: true };

/// Two hands: mean 6.0 N.
pub const TWO_HANDS: ForceSpread =
    ForceSpread { mean_n: 6.0, range_n: None, sources: &["stevenson2023"], verified: true };

/// Coefficient of variation of one clinician's mean force from stroke to stroke, lowest and highest (source `baker2024`, read).
pub const WITHIN_CLINICIAN_CV: (f64, f64) = (0.15, 0.35);

impl ForceBand {
    /// All bands, lightest first.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// Lowest and highest mean normal force of the band, N. The outer bounds are the lightest and the firmest clinician of
    /// `martonick2022` (read); the steps between are ours (source `xystra`, unverified).
    pub fn range_n(self) -> (f64, f64) {
        match self {
            Self::Low => (1.6, 3.5),
            Self::Medium => (3.5, 6.0),
            Self::High => (6.0, 10.0),
        }
    }

    /// The next lighter band, if there is one.
    pub fn lighter(self) -> Option<Self> {
        match self {
            Self::Low => None,
            Self::Medium => Some(Self::Low),
            Self::High => Some(Self::Medium),
        }
    }
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

impl fmt::Display for ForceBand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        })
    }
}

impl FromStr for ForceBand {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self, Error> {
        let known = Self::ALL.into_iter().find(|band| band.to_string() == word);
        known.ok_or_else(|| unknown(word, "force band", "low, medium, high"))
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
        for band in ForceBand::ALL {
            assert_eq!(band.to_string().parse::<ForceBand>().unwrap(), band);
            assert_eq!(serde_json::to_string(&band).unwrap(), format!("\"{band}\""));
        }
        assert_eq!("measured".parse::<Provenance>().unwrap(), Provenance::Measured);
        assert!("firm".parse::<ForceBand>().is_err());
    }

    #[test]
    fn bands_join_without_overlap() {
        let [low, medium, high] = ForceBand::ALL.map(ForceBand::range_n);
        assert_eq!((low.1, medium.1), (medium.0, high.0));
        assert_eq!(Some((low.0, high.1)), ONE_HAND.range_n);
        assert_eq!(ForceBand::High.lighter().and_then(ForceBand::lighter), Some(ForceBand::Low));
    }
}
