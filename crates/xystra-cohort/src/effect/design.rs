//! What would narrow the answer: the rest of the course as planned, with baselines, with a break, imagined before it is done.
//!
//! Some of the weighed clients take turns at being the true one. Each design is lived through, what would be measured is drawn, and all others
//! are weighed by it as if it had been observed. The mean width of the effect's band, and how often something can be said, is what the
//! design buys (a preposterior analysis: Raiffa and Schlaifer 1961). Errors of measuring are normal here, rounding among them; ends of a
//! scale and outliers are left out, so that designs come out a little better than they will be.

mod schedule;

use crate::Error;
use crate::answer::{self, Gain, Verdict};
use crate::case::Session;
use crate::client::{Levels, Life};
use crate::draw::Draw;
use crate::forecast::Future;
use crate::weigh::Effort;
use schedule::{Schedule, schedules};

use super::gain::{added, nothing};
use super::verdict;

/// Clients who are weighed anew and those who take turns at being true, by those that are run on.
const WEIGHED: usize = 2;
const FEWEST_WEIGHED: usize = 1000;
const TRUE: usize = 40;
const FEWEST_TRUE: usize = 50;

/// What each design would let one say of a track at the end of the course; none without sessions to come.
pub(super) fn designs(
    future: &Future<'_>,
    plan: &[Session],
    track: usize,
    prior: &Gain,
    effort: &Effort<'_>,
) -> Result<Vec<answer::Design>, Error> {
    let clients = future.thinned((effort.forecast / WEIGHED).max(FEWEST_WEIGHED));
    let count = (effort.forecast / TRUE).max(FEWEST_TRUE);
    let design = |schedule: Schedule| {
        let imagined = Imagined::of(&clients, &schedule, track)?;
        Ok(imagined.told(schedule.id, prior, count))
    };
    schedules(future.model.case, plan).into_iter().map(design).collect()
}

/// A design that all clients lived through.
struct Imagined<'a> {
    clients: &'a Future<'a>,
    track: usize,
    /// How many times the track is measured; the end of the course is one time more.
    times: usize,
    treated: Levels,
    /// What strokes have gained each client at the end.
    gains: Vec<f64>,
    /// Standard deviation of one measurement of each, rounding among it.
    noises: Vec<f64>,
}

impl<'a> Imagined<'a> {
    fn of(clients: &'a Future<'a>, schedule: &Schedule, track: usize) -> Result<Self, Error> {
        let (model, times_h) = (clients.model, schedule.times_h());
        let script = model.script(&schedule.sessions)?;
        let treated = clients.levels(&script, Life::WHOLE, &times_h, false)?;
        let sham = clients.levels(&script, Life::SHAM, &times_h[times_h.len() - 1..], false)?;
        let (about, times) = (&model.case.tracks[track], times_h.len() - 1);
        let everybody = 0..clients.chosen.clients.len();
        let gain = |i: usize| added(about, sham.at(i, 0, track), treated.at(i, times, track));
        let noise = |i: usize| {
            let off = model.noise(track, &model.natural(clients.chosen.clients.at(i).1));
            (off * off + about.scale.step.powi(2) / 12.0).sqrt()
        };
        let (gains, noises) = (everybody.clone().map(gain).collect(), everybody.map(noise).collect());
        Ok(Self { clients, track, times, treated, gains, noises })
    }

    /// Mean width and chance to tell over some clients who are true in turn.
    fn told(&self, id: &str, prior: &Gain, count: usize) -> answer::Design {
        let truths = self.clients.thinned(count).chosen;
        let places = self.clients.chosen.clients.places(&truths.clients);
        let (mut width, mut tells, mut sum) = (0.0, 0.0, 0.0);
        for (truth, weight) in places.into_iter().zip(truths.weights()) {
            let gain = self.seen(truth);
            if gain.mean.is_nan() {
                continue;
            }
            sum += weight;
            width += weight * (gain.ninety[1] - gain.ninety[0]);
            tells += if verdict(prior, &gain) == Verdict::CannotTell { 0.0 } else { weight };
        }
        answer::Design { id: id.to_owned(), width: width / sum, tells: tells / sum }
    }

    /// The gain at the end as the others would have it, had they been measured as the true one is.
    fn seen(&self, truth: usize) -> Gain {
        let values = self.values(truth);
        let likely: Vec<f64> = (0..self.gains.len()).map(|i| self.likelihood(i, &values)).collect();
        let others = |i: &usize| *i != truth && !likely[*i].is_nan();
        let most = (0..likely.len()).filter(others).map(|i| likely[i]).fold(f64::NEG_INFINITY, f64::max);
        let weights = self.clients.chosen.weights();
        let weighed = (0..likely.len()).filter(others).map(|i| (self.gains[i], weights[i] * (likely[i] - most).exp()));
        Gain::of(weighed, nothing(&self.clients.model.case.tracks[self.track]))
    }

    /// What is measured of the true one.
    fn values(&self, truth: usize) -> Vec<f64> {
        let off = Draw::of(self.clients.model.seed, "imagined");
        let (number, _) = self.clients.chosen.clients.at(truth);
        let value = |time: usize| {
            let off = self.noises[truth] * off.normal(number << 12 | time as u64);
            self.treated.at(truth, time, self.track) + off
        };
        (0..self.times).map(value).collect()
    }

    /// Logarithm of how likely client `i` makes the values.
    fn likelihood(&self, i: usize, values: &[f64]) -> f64 {
        let off = |(time, value): (usize, &f64)| value - self.treated.at(i, time, self.track);
        let square: f64 = values.iter().enumerate().map(off).map(|off| off * off).sum();
        -0.5 * square / self.noises[i].powi(2) - values.len() as f64 * self.noises[i].ln()
    }
}
