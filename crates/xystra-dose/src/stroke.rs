//! One contact becomes strokes.
//!
//! * Position known, motion circular: each full turn about the middle of the path (or of the direction of motion, when the
//!   circles wander) is a stroke. A last part of half a turn or more is a stroke too; less belongs to the turn before.
//! * Position known, motion to and fro: a stroke ends at each reversal, once the tool came back by 5 mm.
//! * Position unknown: a contact is a stroke, parted where the force drops below both neighbouring crests by 40 %. Reversals
//!   under steady pressure are not seen.
//!
//! So one-way strokes with air return count once each. Within one contact, motion that turns one way is told from motion that
//! does not, so a straight approach does not hide the circles that follow.

pub(crate) mod crest;
pub(crate) mod path;
mod reversal;
mod turn;

use serde::{Deserialize, Serialize};

use crate::constants::PAUSE;
use crate::interval::Interval;
use crate::measure::Series;
use crate::recording::Recording;
use crate::stroke::path::Path;
use crate::stroke::turn::Stretch;

/// One stroke. Forces without a further name are normal forces.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stroke {
    /// Start, s.
    pub start_s: f64,
    /// End, s.
    pub end_s: f64,
    /// Impulse over duration, N.
    pub mean_force_n: f64,
    /// Largest normal force, N.
    pub peak_force_n: f64,
    /// Time integral of the normal force, N s.
    pub impulse_ns: f64,
    /// Time integral of the resultant force, N s.
    pub resultant_impulse_ns: f64,
    /// Length of the path, m, when positions are known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length_m: Option<f64>,
}

impl Stroke {
    /// Measures the stroke that `series` holds in `extent`.
    pub fn measure(series: &Series, extent: &Interval) -> Self {
        let measured = series.measure(extent);
        Self {
            start_s: extent.start_s,
            end_s: extent.end_s,
            mean_force_n: measured.impulse_ns / extent.duration_s(),
            peak_force_n: measured.peak_n,
            impulse_ns: measured.impulse_ns,
            resultant_impulse_ns: measured.resultant_impulse_ns,
            length_m: measured.length_m,
        }
    }

    /// Its stretch of the recording.
    pub fn extent(&self) -> Interval {
        Interval::new(self.start_s, self.end_s)
    }
}

/// Parts one `contact` into strokes: by `path` when it is known, else by `departure_n` (N by sample).
pub(crate) fn part(
    recording: &Recording,
    path: Option<&Path>,
    departure_n: &[f64],
    contact: &Interval,
) -> Vec<Interval> {
    let first = recording.time_s.partition_point(|t| *t < contact.start_s);
    let last = recording.time_s.partition_point(|t| *t <= contact.end_s);
    if last < first + 3 {
        return vec![*contact];
    }
    let cuts = match path {
        Some(path) => {
            turn::stretches(path, first..last).into_iter().flat_map(|stretch| cuts_in(path, stretch)).collect()
        }
        None => crest::cuts(departure_n, recording.step_s(), first..last),
    };
    cut(contact, cuts.into_iter().filter(|i| *i > first).map(|i| recording.time_s[i]))
}

/// Groups strokes into bursts: a pause of 2 s or more between two strokes ends a burst.
pub(crate) fn bursts(strokes: &[Interval]) -> Vec<&[Interval]> {
    strokes.chunk_by(|a, b| b.start_s - a.end_s < PAUSE.value).collect()
}

/// Where strokes begin in `stretch`, its own beginning first.
fn cuts_in(path: &Path, stretch: Stretch) -> Vec<usize> {
    let (start, cuts) = match stretch {
        Stretch::Turning(part, cuts) => (part.start, cuts),
        Stretch::Other(part) => (part.start, reversal::cuts(path, part)),
    };
    std::iter::once(start).chain(cuts).collect()
}

fn cut(contact: &Interval, times_s: impl Iterator<Item = f64>) -> Vec<Interval> {
    let mut strokes = Vec::new();
    let mut start_s = contact.start_s;
    for end_s in times_s.filter(|t| *t < contact.end_s).chain([contact.end_s]) {
        if end_s > start_s {
            strokes.push(Interval::new(start_s, end_s));
            start_s = end_s;
        }
    }
    strokes
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    fn count(seconds: f64, position: impl Fn(f64) -> [f64; 3]) -> usize {
        let time: Vec<f64> = (0..=1000).map(|i| f64::from(i) * 0.01).filter(|t| *t <= seconds).collect();
        let force = vec![[0.0, 0.0, -5.0]; time.len()];
        let recording = Recording::new("", &time, force).unwrap();
        let recording = recording.with_position(time.iter().map(|t| position(*t)).collect()).unwrap();
        let path = Path::of(&recording);
        part(&recording, path.as_ref(), &[], &recording.extent()).len()
    }

    #[test]
    fn circles_count_turns() {
        let circle = |t: f64| [0.03 * (TAU * t).cos(), 0.0, 0.02 * (TAU * t).sin()];
        assert_eq!(count(5.0, circle), 5);
        assert_eq!(count(4.7, circle), 5);
        assert_eq!(count(4.3, circle), 4);
        assert_eq!(count(0.4, circle), 1);
    }

    #[test]
    fn circles_that_wander_count_turns() {
        assert_eq!(count(5.0, |t| [0.05 * t + 0.02 * (TAU * t).cos(), 0.02 * (TAU * t).sin(), 0.0]), 5);
    }

    #[test]
    fn a_straight_approach_does_not_hide_the_circles() {
        let circle = |t: f64| [0.03 * (TAU * t).cos() - 0.03, 0.03 * (TAU * t).sin(), 0.0];
        let approach = |t: f64| {
            if t < 1.0 { [0.0, 0.2 * (t - 1.0), 0.0] } else { circle(t) }
        };
        assert!((4..=5).contains(&count(5.0, approach)));
    }

    #[test]
    fn to_and_fro_counts_each_way() {
        let rub = |t: f64| [0.05 * (TAU * 0.5 * t).cos(), 0.01 * t, 0.001 * (20.0 * t).sin()];
        assert_eq!(count(5.0, rub), 5);
        assert_eq!(count(2.0, |t| [0.1 * t, 0.1 * t, 0.0]), 1);
        assert_eq!(count(2.0, |t| [0.001 * (30.0 * t).sin(), 0.0, 0.0]), 1);
    }

    #[test]
    fn bursts_part_at_a_pause_of_two_seconds() {
        let at = |t: f64| Interval::new(t, t + 1.0);
        assert_eq!(bursts(&[at(0.0), at(2.9), at(5.9), at(7.0)]).len(), 2);
        assert!(bursts(&[]).is_empty());
    }
}
