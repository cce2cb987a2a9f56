//! What measures would show of virtual clients, without the error of measuring.

use super::Crew;
use crate::batch::Seen;
use crate::case::Quantity;

/// Reaction grades above 0.
pub(crate) const GRADES: usize = 5;

/// Places of the outputs.
const PAIN: usize = 0;
const DISABILITY: usize = 1;
const THRESHOLD: usize = 2;
const MOTION: usize = 3;
const GRADE: usize = 4;

/// Levels of each client, in each measure's unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Levels {
    times: usize,
    tracks: usize,
    /// By client, time and track; no number for a client that could not be integrated.
    values: Vec<f64>,
    /// By client and time: the chance of each grade or above. Empty where it was not asked for.
    grades: Vec<[f64; GRADES]>,
}

impl Levels {
    /// Of what a crew showed; `motion` is the track whose movement it was run for.
    pub(super) fn of(crew: &Crew<'_>, seen: &Seen, motion: Option<usize>, graded: bool) -> Self {
        let tracks = crew.model.case.tracks.len();
        let mut all = Self { times: seen.times, tracks, values: Vec::new(), grades: Vec::new() };
        all.values.reserve_exact(seen.clients * seen.times * tracks);
        for i in 0..seen.clients {
            let entries = all.entries(crew, i);
            for t in 0..seen.times {
                let shown = seen.at(i, t);
                all.values.extend(entries.iter().enumerate().map(|(k, entry)| {
                    let is_other_motion = motion != Some(k) && crew.model.case.tracks[k].quantity == Quantity::Motion;
                    if is_other_motion { *entry } else { level(crew, k, *entry, shown) }
                }));
                if graded {
                    all.grades.push(std::array::from_fn(|grade| shown[GRADE + grade]));
                }
            }
        }
        all
    }

    /// Adds what another movement gained.
    pub(super) fn add_motion(&mut self, crew: &Crew<'_>, seen: &Seen, track: usize) {
        let scale = crew.model.case.tracks[track].scale;
        for i in 0..seen.clients {
            for t in 0..seen.times {
                let at = self.place(i, t) + track;
                self.values[at] = scale.hold(self.values[at] + seen.at(i, t)[0]);
            }
        }
    }

    /// The level of one client at one time.
    pub(crate) fn at(&self, i: usize, time: usize, track: usize) -> f64 {
        self.values[self.place(i, time) + track]
    }

    /// Chances of each reaction grade or above, for one client at one time.
    pub(crate) fn grades(&self, i: usize, time: usize) -> [f64; GRADES] {
        self.grades[i * self.times + time]
    }

    fn place(&self, i: usize, time: usize) -> usize {
        (i * self.times + time) * self.tracks
    }

    fn entries(&self, crew: &Crew<'_>, i: usize) -> Vec<f64> {
        let (_, own) = crew.clients.at(i / crew.lives.len());
        (0..self.tracks).map(|track| crew.model.entry(track, own)).collect()
    }
}

/// The level of a track by where it started and what the equations show.
fn level(crew: &Crew<'_>, track: usize, entry: f64, shown: &[f64]) -> f64 {
    let track = &crew.model.case.tracks[track];
    let scale = track.scale;
    scale.hold(match track.quantity {
        Quantity::Pain => scale.of_pain(shown[PAIN]),
        Quantity::Function => scale.away((entry - scale.best()).abs() * shown[DISABILITY]),
        Quantity::Motion => entry + shown[MOTION],
        Quantity::Threshold => entry * shown[THRESHOLD],
    })
}
