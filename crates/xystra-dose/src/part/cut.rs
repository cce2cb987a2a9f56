//! A source cut into parts, in the air where there is any.

use super::Part;
use crate::constants::{MIN_CONTACT, PART, PART_AIR, PART_LEAST};
use crate::error::Error;
use crate::interval::Interval;
use crate::samples::Samples;
use crate::source::Source;
use crate::survey::{Survey, without_weight};
use crate::vector::{Vec3, sub};

/// Gives out the parts of a source in order, holding one at a time.
pub(crate) struct Cutter<'a> {
    survey: &'a Survey,
    mass_kg: Option<f64>,
    held: Samples,
    /// Where the next part begins, s.
    from_s: f64,
    /// Moments at which a contact was cut, s.
    pub(crate) cut_s: Vec<f64>,
}

/// The samples of a part and from where to where it counts.
pub(crate) type Piece = (Samples, Interval);

impl<'a> Cutter<'a> {
    pub(crate) fn new(survey: &'a Survey, mass_kg: Option<f64>) -> Self {
        Self { survey, mass_kg, held: Samples::default(), from_s: 0.0, cut_s: Vec::new() }
    }

    /// Reads on until a part is whole; none after the last.
    pub(crate) fn next(&mut self, source: &mut dyn Source) -> Result<Option<Piece>, Error> {
        while let Some(more) = source.next_samples()? {
            if self.held.is_empty() {
                self.held = more;
            } else {
                self.held.append(&more);
            }
            if let Some(at_s) = self.place_to_cut() {
                return Ok(Some(self.cut(at_s)));
            }
        }
        let rest = std::mem::take(&mut self.held);
        Ok((!rest.is_empty()).then(|| (rest, Interval::new(self.from_s, f64::INFINITY))))
    }

    /// A moment in the air, late in what is held but with enough samples behind it.
    fn place_to_cut(&mut self) -> Option<f64> {
        let time_s = &self.held.time_s;
        let last_s = time_s.last()? - PART_AIR.value;
        if last_s - self.from_s < PART_LEAST.value {
            return None;
        }
        let latest = time_s.partition_point(|t| *t <= last_s);
        let earliest = time_s.partition_point(|t| *t <= self.from_s + 0.5 * PART_LEAST.value);
        let air = self.air(earliest, latest);
        if air.is_none() && last_s - self.from_s >= PART.value {
            self.cut_s.push(last_s);
            return Some(last_s);
        }
        air
    }

    /// The middle of the last stretch without contact between two samples.
    fn air(&self, earliest: usize, latest: usize) -> Option<f64> {
        let time_s = &self.held.time_s;
        let force_n = without_weight(&self.held, self.mass_kg);
        let touches = |i: &usize| self.departure_n(time_s[*i], force_n[*i]) > self.survey.threshold.leave_n;
        let mut end = latest;
        while let Some(touch) = (earliest..end).rev().find(touches) {
            if end < latest && time_s[end] - time_s[touch] >= 2.0 * MIN_CONTACT.value {
                return Some(0.5 * (time_s[end] + time_s[touch]));
            }
            end = (earliest..touch).rev().find(|i| !touches(i)).map_or(earliest, |i| i + 1);
            if end <= earliest {
                return None;
            }
        }
        let reach_s = time_s[end.min(time_s.len() - 1)] - time_s[earliest];
        (reach_s >= 2.0 * MIN_CONTACT.value).then(|| 0.5 * (time_s[end.min(time_s.len() - 1)] + time_s[earliest]))
    }

    fn departure_n(&self, time_s: f64, force_n: Vec3) -> f64 {
        let level_n = self.survey.rest.as_ref().map_or([0.0; 3], |rest| rest.level_n(time_s));
        self.survey.threshold.departure_n(sub(force_n, level_n))
    }

    fn cut(&mut self, at_s: f64) -> Piece {
        let time_s = &self.held.time_s;
        let end = time_s.partition_point(|t| *t <= at_s + PART_AIR.value);
        let next = time_s.partition_point(|t| *t < at_s - PART_AIR.value);
        let samples = self.held.slice(0..end);
        self.held.drop_first(next);
        let core = Interval::new(self.from_s, at_s);
        self.from_s = at_s;
        (samples, core)
    }
}

impl<'a> Part<'a> {
    /// A piece with what is known of the whole.
    pub(crate) fn of(piece: &'a Piece, survey: &'a Survey, options: &'a crate::analysis::Options) -> Self {
        Self { samples: &piece.0, core: piece.1, survey, options }
    }
}
