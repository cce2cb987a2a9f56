//! What a choice is worth.

use xystra_cohort::case::{Quantity, Track};

use crate::assumed::assumed;
use crate::outlook::choices::Offer;
use crate::outlook::score::band_at;
use crate::outlook::{Asked, Foretold};

/// Expected gains from now until an hour in changes that count, by the weights of what they are gains of, less what sessions and bruises
/// take away. `None` when the outlook says nothing of that choice.
pub(super) fn worth(offer: &Offer, asked: &Asked, foretold: &Foretold, at_h: f64) -> Option<f64> {
    let gain = |quantities: &[Quantity]| -> Option<f64> {
        let tracks: Vec<&Track> =
            asked.case.tracks.iter().filter(|track| quantities.contains(&track.quantity)).collect();
        let gains = tracks.iter().map(|track| Some(gained(foretold, track, &offer.id, at_h)? / change(track)));
        let gains = gains.collect::<Option<Vec<f64>>>()?;
        Some(if gains.is_empty() { 0.0 } else { gains.iter().sum::<f64>() / gains.len() as f64 })
    };
    let function = assumed("weight-function") * gain(&[Quantity::Function])?;
    let pain = assumed("weight-pain") * gain(&[Quantity::Pain])?;
    let signs = assumed("weight-motion") * gain(&[Quantity::Motion, Quantity::Threshold])?;
    let burden = assumed("burden-session") * offer.sessions_h.len() as f64;
    // What is not foretold of a choice is no lead for it.
    let bruises = assumed("burden-bruise") * offer.bruise.or(foretold.answer.bruise).unwrap_or(0.0);
    Some(function + pain + signs - burden - bruises)
}

/// The expected gain in the measure's unit, positive for the better.
pub(super) fn gained(foretold: &Foretold, track: &Track, choice: &str, at_h: f64) -> Option<f64> {
    let ahead = foretold.track(&track.id)?.ahead.iter().find(|ahead| ahead.choice == choice)?;
    let change = band_at(&ahead.bands, at_h)?.middle - ahead.bands.first()?.middle;
    Some(if track.scale.more_is_better { change } else { -change })
}

/// Chance that the next session of a choice leaves a bruise, where it was foretold.
pub(super) fn bruise(foretold: &Foretold, choice: &str) -> Option<f64> {
    foretold.offer(choice)?.bruise
}

/// The change that counts, or a share of the scale where none is published.
fn change(track: &Track) -> f64 {
    let share = || assumed("change-unknown") * (track.scale.most - track.scale.least);
    track.important.filter(|change| *change > 0.0).unwrap_or_else(share)
}
