//! One contact becomes strokes.
//!
//! * Position known, motion circular: each full turn about the middle of the path (or of the direction of motion, when the
//!   circles wander) is a stroke. A last part of half a turn or more is a stroke too; less belongs to the turn before.
//! * Position known, motion to and fro: a stroke ends at each reversal, once the tool came back by 5 mm.
//! * Position unknown, force by three axes: friction points against the motion, so its direction tells reversals and turns.
//! * Position unknown, and friction tells nothing: a contact is a stroke, parted where the force drops below both neighbouring
//!   crests by 40 % for longer than a wobble.
//!
//! So one-way strokes with air return count once each. Within one contact, motion that turns one way is told from motion that
//! does not, so a straight approach does not hide the circles that follow.

pub(crate) mod crest;
pub(crate) mod path;
mod reversal;
mod shear;
mod turn;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::constants::{PAUSE, UNTOLD};
use crate::interval::Interval;
use crate::samples::Samples;
use crate::stroke::path::Path;
use crate::stroke::turn::Stretch;
use crate::survey::Threshold;
use crate::vector::Vec3;

/// One stroke. Forces without a further name are normal forces. What was not recorded is none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stroke {
    /// Start, s.
    pub start_s: f64,
    /// End, s.
    pub end_s: f64,
    /// How it moved.
    pub motion: Motion,
    /// Number of its burst, from 1.
    pub burst: usize,
    /// Impulse over duration, N.
    pub mean_force_n: f64,
    /// Largest normal force, N.
    pub peak_force_n: f64,
    /// Impulse of the resultant over duration, N.
    pub mean_resultant_n: f64,
    /// Largest resultant force, N.
    pub peak_resultant_n: f64,
    /// Mean length of the force across the tool's axis, N.
    pub mean_shear_n: Option<f64>,
    /// Time integral of the normal force, N s.
    pub impulse_ns: f64,
    /// Time integral of the resultant force, N s.
    pub resultant_impulse_ns: f64,
    /// Length of the path, m.
    pub length_m: Option<f64>,
    /// Length over duration, m/s.
    pub speed_m_s: Option<f64>,
    /// Mean angle between tool and skin, degrees: 90 is upright.
    pub angle_deg: Option<f64>,
    /// Direction of travel in the skin's plane, degrees from 0 to 360 from the room's x axis; none for a way that leads back.
    pub direction_deg: Option<f64>,
    /// Power of the vibration of 20 to 250 Hz over that of the median stroke, for the same speed and force.
    pub vibration: Option<f64>,
    /// Share of its time with the normal force in the target band, 0-1.
    pub in_target: Option<f64>,
}

/// How a stroke moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Motion {
    /// One way, with the tool lifted before and after.
    OneWay,
    /// One way of a motion to and fro.
    ToAndFro,
    /// One turn of a circle.
    Turn,
    /// A short touch among others.
    Tap,
}

impl Stroke {
    /// The same with the normal force counted the other way when `sign` is -1.
    #[must_use]
    pub(crate) fn turned(self, sign: f64) -> Self {
        Self {
            mean_force_n: sign * self.mean_force_n,
            peak_force_n: sign * self.peak_force_n,
            impulse_ns: sign * self.impulse_ns,
            ..self
        }
    }

    /// Its stretch of the recording.
    pub fn extent(&self) -> Interval {
        Interval::new(self.start_s, self.end_s)
    }
}

/// What tells the strokes of a contact apart: path, shear, force.
#[derive(Debug, Clone)]
pub(crate) struct Clues<'a> {
    time_s: &'a [f64],
    step_s: f64,
    over_n: &'a [Vec3],
    departure_n: &'a [f64],
    threshold: Threshold,
    path: Option<Path>,
    /// Length of the path up to each sample, m.
    pub(crate) travelled_m: Option<Vec<f64>>,
}

/// The strokes of a contact.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Told {
    pub(crate) strokes: Vec<Interval>,
    pub(crate) motion: Motion,
    /// Cuts that were nearly made or nearly not.
    pub(crate) close_calls: usize,
    /// Time in which nothing would tell a reversal, s.
    pub(crate) untold_s: f64,
}

impl Told {
    /// A tap is one stroke.
    pub(crate) fn tap(contact: Interval) -> Self {
        Self { strokes: vec![contact], motion: Motion::Tap, close_calls: 0, untold_s: 0.0 }
    }
}

impl<'a> Clues<'a> {
    /// `over_n` is the force over its resting level by axis, `departure_n` its length, N.
    pub(crate) fn new(samples: &'a Samples, over_n: &'a [Vec3], departure_n: &'a [f64], threshold: &Threshold) -> Self {
        let path = Path::of(samples);
        let travelled_m = path.as_ref().map(Path::travelled_m);
        let (time_s, step_s, threshold) = (&samples.time_s, samples.step_s(), *threshold);
        Self { time_s, step_s, over_n, departure_n, threshold, path, travelled_m }
    }

    /// Parts one `contact` into strokes: by the path when it is known, else by the shear when it tells, else by drops of force.
    pub(crate) fn part(&self, contact: &Interval) -> Told {
        let first = self.time_s.partition_point(|t| *t < contact.start_s);
        let last = self.time_s.partition_point(|t| *t <= contact.end_s);
        if last < first + 3 {
            return Told { motion: Motion::OneWay, ..Told::tap(*contact) };
        }
        let (cuts, turning) = match &self.path {
            Some(path) => by_path(path, first..last),
            None => self.by_force(first..last),
        };
        let (cuts, close_calls) = cuts;
        let strokes = cut(contact, cuts.into_iter().filter(|i| *i > first).map(|i| self.time_s[i]));
        let one = if strokes.len() > 1 { Motion::ToAndFro } else { Motion::OneWay };
        let is_untold = self.path.is_none() && strokes.len() == 1 && contact.duration_s() > UNTOLD.value;
        let untold_s = if is_untold { contact.duration_s() } else { 0.0 };
        Told { motion: if turning { Motion::Turn } else { one }, strokes, close_calls, untold_s }
    }

    fn by_force(&self, part: Range<usize>) -> ((Vec<usize>, usize), bool) {
        match shear::read(self.over_n, &self.threshold, self.step_s, part.clone()) {
            shear::Told::Turns(ends) => ((ends, 0), true),
            shear::Told::Reversals(cuts) => ((cuts, 0), false),
            shear::Told::Nothing => (crest::cuts(self.departure_n, self.step_s, part), false),
        }
    }
}

/// Where strokes begin in `part`, and whether most of it goes round.
fn by_path(path: &Path, part: Range<usize>) -> ((Vec<usize>, usize), bool) {
    let (mut cuts, mut turning, mut close_calls) = (Vec::new(), 0, 0);
    let length = part.len();
    for stretch in turn::stretches(path, part) {
        let (within, inner, close) = match stretch {
            Stretch::Turning(part, inner, close) => {
                turning += part.len();
                (part, inner, close)
            }
            Stretch::Other(part) => (part.clone(), reversal::cuts(path, part), 0),
        };
        cuts.push(within.start);
        cuts.extend(inner);
        close_calls += close;
    }
    ((cuts, close_calls), 2 * turning > length)
}

/// Groups strokes into bursts: a pause of 2 s or more between two strokes ends a burst.
pub(crate) fn bursts(strokes: &[Interval]) -> Vec<&[Interval]> {
    strokes.chunk_by(|a, b| b.start_s - a.end_s < PAUSE.value).collect()
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
        let time_s: Vec<f64> = (0..=1000).map(|i| f64::from(i) * 0.01).filter(|t| *t <= seconds).collect();
        let position_m = time_s.iter().map(|t| position(*t)).collect();
        let contact = Interval::new(0.0, time_s[time_s.len() - 1]);
        let samples = Samples { time_s, position_m, ..Samples::default() };
        Clues::new(&samples, &[], &[], &Threshold::default()).part(&contact).strokes.len()
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
