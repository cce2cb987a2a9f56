//! What the strokes added, what the whole change is made of, what can be said of it, and what would let more be said.

mod design;
mod gain;
mod shapley;
mod verdict;

use crate::Error;
use crate::answer::{Ahead, Band, Design, Effect, Part, TrackAnswer};
use crate::case::{Case, Quantity, Session};
use crate::client::{CAUSES, Levels, Life};
use crate::forecast::{Future, Times, quantile, sorted};
use crate::weigh::{Chosen, Effort, unweighed};
pub(crate) use gain::{added, gain, nothing};
pub(crate) use verdict::verdict;

/// The effects on every track, now and at the last hour that was asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Effects {
    tracks: Vec<[Effect; 2]>,
    ids: Vec<String>,
}

/// Clients before any observation, by those that are run on; and for how many the causes are told apart.
const UNWEIGHED: usize = 2;
const TOLD_APART: usize = 50;
const FEWEST_TOLD_APART: usize = 40;
const MOST_TOLD_APART: usize = 200;

impl Effects {
    /// Of clients as treated and as with a sham, who do `plan` from now on.
    pub(crate) fn of(
        future: &Future<'_>,
        plan: &[Session],
        lives: [&Levels; 2],
        times: &Times,
        effort: &Effort<'_>,
    ) -> Result<Self, Error> {
        let (ends, case) = (times.ends(), future.model.case);
        let ends_h = ends.map(|place| times.all_h[place]);
        let before = before(future, effort);
        let script = future.model.script(plan)?;
        let lives_before = [Life::WHOLE, Life::SHAM].map(|life| before.levels(&script, life, &ends_h, false));
        let [treated, sham] = lives_before;
        let (treated, sham) = (treated?, sham?);
        let count = (effort.forecast / TOLD_APART).clamp(FEWEST_TOLD_APART, MOST_TOLD_APART);
        let [prior, posterior] = [&before, future].map(|all| shapley::parts(&all.thinned(count), &script, &ends_h));
        let (prior, posterior) = (prior?, posterior?);
        let effect = |track: usize, end: usize| {
            let gains = [gain(&before, [&treated, &sham], track, end), gain(future, lives, track, ends[end])];
            let parts = CAUSES.iter().enumerate();
            let part = |(k, id): (usize, &&str)| Part {
                cause: (*id).to_owned(),
                prior: told(&prior, track, end, k),
                posterior: told(&posterior, track, end, k),
            };
            Effect {
                at_h: ends_h[end],
                prior: gains[0],
                posterior: gains[1],
                parts: parts.map(part).collect(),
                verdict: verdict(&gains[0], &gains[1]),
            }
        };
        let tracks = (0..case.tracks.len()).map(|track| [0, 1].map(|end| effect(track, end)));
        Ok(Self { tracks: tracks.collect(), ids: case.tracks.iter().map(|track| track.id.clone()).collect() })
    }

    /// The answer on one track, of its bands and its effects.
    pub(crate) fn track(&self, track: usize, so_far: Vec<Band>, ahead: Vec<Ahead>) -> TrackAnswer {
        let [effect, effect_ahead] = self.tracks[track].clone();
        TrackAnswer { track: self.ids[track].clone(), so_far, ahead, effect, effect_ahead }
    }

    /// What other ways of measuring and pausing would let one say of the main measure.
    pub(crate) fn designs(
        &self,
        future: &Future<'_>,
        plan: &[Session],
        effort: &Effort<'_>,
    ) -> Result<Vec<Design>, Error> {
        match main_track(future.model.case) {
            Some(track) => design::designs(future, plan, track, &self.tracks[track][1].prior, effort),
            None => Ok(Vec::new()),
        }
    }
}

/// The measure that a course is judged by: pain where it is asked, else the first.
pub(crate) fn main_track(case: &Case) -> Option<usize> {
    let pain = case.tracks.iter().position(|track| track.quantity == Quantity::Pain);
    pain.or((!case.tracks.is_empty()).then_some(0))
}

/// The same clients before the observations of this one.
fn before<'a>(future: &Future<'a>, effort: &Effort<'_>) -> Future<'a> {
    let count = (effort.forecast / UNWEIGHED).max(1);
    Future { chosen: Chosen::all(unweighed(future.model, count)), ..future.clone() }
}

/// Mean of one cause's part and where nine of ten lie.
fn told(parts: &shapley::Parts, track: usize, end: usize, cause: usize) -> (f64, [f64; 2]) {
    let all = sorted(parts.of(track, end, cause));
    let sum: f64 = all.iter().map(|(_, weight)| weight).sum();
    let mean = all.iter().map(|(value, weight)| value * weight).sum::<f64>() / sum;
    (mean, [0.05, 0.95].map(|share| quantile(&all, sum, share)))
}
