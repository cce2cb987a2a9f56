//! A gain with its doubt.

use crate::answer::Gain;
use crate::case::Track;
use crate::client::Levels;
use crate::forecast::{Future, quantile, sorted};
use crate::numbers::number;

/// What strokes gain on a track at one of the times: each client beside itself with a sham.
pub(crate) fn gain(clients: &Future<'_>, [treated, sham]: [&Levels; 2], track: usize, time: usize) -> Gain {
    let about = &clients.model.case.tracks[track];
    let one = |i: usize| added(about, sham.at(i, time, track), treated.at(i, time, track));
    Gain::of(clients.weighed(one), nothing(about))
}

/// By the whole scale: two lives of one client that differ by no more than this differ only by how they were integrated.
const ALIKE: f64 = 1e-4;

/// What strokes added to one client's level: exactly nothing where they did nothing.
pub(crate) fn added(track: &Track, sham: f64, treated: f64) -> f64 {
    let gain = track.scale.gain(sham, treated);
    if gain.abs() < ALIKE * track.scale.range() { 0.0 } else { gain }
}

/// An effect smaller than this, in the measure's unit, is none.
pub(crate) fn nothing(track: &Track) -> f64 {
    let important = track.important.unwrap_or(number("unknown-important") * track.scale.range());
    number("nothing") * important
}

impl Gain {
    /// Of gains with their weights; one smaller than `nothing` counts as none.
    pub(crate) fn of(gains: impl Iterator<Item = (f64, f64)>, nothing: f64) -> Self {
        let all = sorted(gains);
        let sum: f64 = all.iter().map(|(_, weight)| weight).sum();
        let share = |is: &dyn Fn(f64) -> bool| {
            all.iter().filter(|(gain, _)| is(*gain)).map(|(_, weight)| weight).fold(0.0, |sum, weight| sum + weight)
                / sum
        };
        Self {
            mean: all.iter().map(|(gain, weight)| gain * weight).sum::<f64>() / sum,
            ninety: [0.05, 0.95].map(|share| quantile(&all, sum, share)),
            none: share(&|gain| gain.abs() < nothing),
            helps: share(&|gain| gain >= nothing),
            harms: share(&|gain| gain <= -nothing),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_add_up_and_small_effects_are_none() {
        let gain = Gain::of([(-1.0, 1.0), (0.05, 1.0), (0.0, 1.0), (2.0, 1.0)].into_iter(), 0.1);
        assert_eq!((gain.harms, gain.none, gain.helps), (0.25, 0.5, 0.25));
        assert!((gain.mean - 0.2625).abs() < 1e-12);
    }
}
