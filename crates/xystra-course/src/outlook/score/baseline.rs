//! The mean natural course as a foreteller.

use xystra_cohort::case::{Case, Observation, Quantity, Track};
use xystra_cohort::natural::{Care, prior};

use super::quantiles::Quantiles;

/// Points of the scale on which natural courses are told.
const POINTS: f64 = 10.0;

/// What the mean course in usual care would have foretold from the first value: the same share of what was wrong then. None for the first
/// value itself, and for movements and thresholds, of which no course is known.
pub(super) fn natural(case: &Case, one: &Observation) -> Option<Quantiles> {
    let track = case.tracks.get(one.track)?;
    if !matches!(track.quantity, Quantity::Pain | Quantity::Function) {
        return None;
    }
    let first = case.observations.iter().find(|other| other.track == one.track && other.at_h < one.at_h)?;
    let mean = prior(&case.course, case.entry_weeks, Care::UsualCare).ok()?.person([0.0; 4]);
    let left = mean.plateau + (1.0 - mean.plateau) * (-mean.rate_per_h * (one.at_h - first.at_h)).exp();
    let noise = mean.noise * (track.scale.most - track.scale.least) / POINTS;
    let best = best(track);
    Some(Quantiles::normal(best + (first.value - best) * left, noise.hypot(track.error)))
}

fn best(track: &Track) -> f64 {
    if track.scale.more_is_better { track.scale.most } else { track.scale.least }
}
