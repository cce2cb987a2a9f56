//! The chosen clients in what could come.

use super::bands::{band, sorted};
use super::measured::Measuring;
use crate::Error;
use crate::answer::{Ahead, Band, Chance};
use crate::batch::Options;
use crate::client::{Crew, Levels, Life, Model, Script};
use crate::weigh::{Chosen, strongest};

/// Clients with how often each counts, in the model of their case.
#[derive(Debug, Clone)]
pub(crate) struct Future<'a> {
    pub(crate) model: &'a Model<'a>,
    pub(crate) chosen: Chosen,
    pub(crate) options: Options<'a>,
}

/// Places of the reaction grade that is called a bruise, among the grades above 0.
const BRUISE: usize = 2;

/// More hours than anybody asks for, and more times than one client is chosen: so that every measurement has its own chance.
const MOST_TIMES: u64 = 1 << 12;
const MOST_COPIES: u64 = 1 << 17;

impl Future<'_> {
    /// Fewer of them, equally likely, in the same order.
    pub(crate) fn thinned(&self, count: usize) -> Self {
        Self { chosen: self.chosen.thinned(count), ..self.clone() }
    }

    /// What they would show in one life.
    pub(crate) fn levels(&self, script: &Script, life: Life, times_h: &[f64], graded: bool) -> Result<Levels, Error> {
        let crew = Crew { model: self.model, clients: &self.chosen.clients, script, lives: &[life], times_h };
        crew.levels(&self.options, graded)
    }

    /// What a choice leads to for one track, at some places of the times that `levels` were looked at.
    pub(super) fn ahead(&self, id: &str, levels: &Levels, track: usize, places: &[usize], times_h: &[f64]) -> Ahead {
        Ahead {
            choice: id.to_owned(),
            bands: self.bands(levels, track, places, times_h),
            measured: self.measured(levels, track, places, times_h),
            chances: self.chances(levels, track, places, times_h),
        }
    }

    /// Bands of the level.
    pub(super) fn bands(&self, levels: &Levels, track: usize, places: &[usize], times_h: &[f64]) -> Vec<Band> {
        let at = |place: &usize| band(times_h[*place], &sorted(self.weighed(|i| levels.at(i, *place, track))));
        places.iter().map(at).collect()
    }

    /// Chance that the next session leaves a bruise or worse.
    pub(super) fn bruise(&self, levels: &Levels, looks: [usize; 2]) -> f64 {
        self.mean(|i| strongest(looks.map(|look| levels.grades(i, look)))[BRUISE])
    }

    /// Each client's value with how often it counts.
    pub(crate) fn weighed<'b>(&'b self, value: impl Fn(usize) -> f64 + 'b) -> impl Iterator<Item = (f64, f64)> + 'b {
        self.chosen.counts.iter().enumerate().map(move |(i, count)| (value(i), f64::from(*count)))
    }

    /// Mean over the clients; those without a number are left out.
    pub(crate) fn mean(&self, value: impl Fn(usize) -> f64) -> f64 {
        let known = self.weighed(value).filter(|(value, _)| !value.is_nan());
        let (sum, count) = known.fold((0.0, 0.0), |(sum, all), (value, count)| (sum + value * count, all + count));
        sum / count
    }

    fn measured(&self, levels: &Levels, track: usize, places: &[usize], times_h: &[f64]) -> Vec<Band> {
        let measuring = Measuring::of(self.model.seed, &format!("measured {track}"));
        let at = |place: &usize| {
            // A client that was chosen many times is measured as often.
            let each =
                self.chosen.counts.iter().enumerate().flat_map(|(i, count)| (0..*count).map(move |copy| (i, copy)));
            let value = |(i, copy): (usize, u32)| {
                let (number, own) = self.chosen.clients.at(i);
                let key = (number * MOST_COPIES + u64::from(copy)) * MOST_TIMES + *place as u64;
                measuring.measure(self.model, track, own, levels.at(i, *place, track), key)
            };
            band(times_h[*place], &sorted(each.map(|one| (value(one), 1.0))))
        };
        places.iter().map(at).collect()
    }

    fn chances(&self, levels: &Levels, track: usize, places: &[usize], times_h: &[f64]) -> Vec<Chance> {
        let Some(important) = self.model.case.tracks[track].important else { return Vec::new() };
        let scale = self.model.case.tracks[track].scale;
        let counts = |i: usize, place: usize| {
            let gain = scale.gain(self.model.entry(track, self.chosen.clients.at(i).1), levels.at(i, place, track));
            if gain.is_nan() { gain } else { f64::from(u8::from(gain >= important)) }
        };
        places.iter().map(|k| Chance { at_h: times_h[*k], chance: self.mean(|i| counts(i, *k)) }).collect()
    }
}
