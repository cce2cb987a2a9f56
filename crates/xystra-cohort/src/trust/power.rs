//! How often the truth about the strokes is said of one client, by how the course is planned and measured.

use super::bank::{Bank, Posterior, alone};
use super::course::Course;
use super::crowd::each;
use super::quantity::{Asked, column};
use super::rank::Share;
use super::truth::{Truth, truths};
use super::twist::Twist;
use super::{Setup, design::Design};
use crate::Error;
use crate::answer::{Gain, Verdict};
use crate::batch::Options;
use crate::case::Observation;
use crate::effect::{nothing, verdict};
use crate::weigh::Effort;

/// What one design lets one say.
#[derive(Debug, Clone, PartialEq)]
pub struct Power {
    /// How the course is planned.
    pub design: Design,
    /// Measurements a week.
    pub per_week: usize,
    /// Measurements in all.
    pub measured: usize,
    /// Clients in whom strokes do nothing.
    pub none: Said,
    /// Clients from the prior whom they gained a change that counts to a person, or more, by the end.
    pub strong: Said,
}

/// What was said of some clients at the end of their courses.
#[derive(Debug, Clone, PartialEq)]
pub struct Said {
    /// "Helps".
    pub helps: Share,
    /// "Adds nothing".
    pub adds_nothing: Share,
    /// "Harms".
    pub harms: Share,
    /// The 90 % interval of the effect holds zero.
    pub holds_zero: Share,
    /// The 90 % interval holds the true effect.
    pub holds_truth: Share,
    /// Mean true gain, points.
    pub gain: f64,
    /// Mean width of the 90 % interval of the effect, points.
    pub width: f64,
    /// Mean width before any observation.
    pub prior_width: f64,
    /// Effective size in the middle.
    pub effective: f64,
    /// How many were weighed alone.
    pub alone: usize,
}

/// So many are invented for each who is wanted, to find those whom strokes gained much.
const TRIES: usize = 40;

/// All frequencies of one design: its virtual clients are integrated once.
pub(super) fn power(
    design: Design,
    setup: &Setup,
    clients: usize,
    hear: &mut dyn FnMut(f64),
) -> Result<Vec<Power>, Error> {
    let (course, options) = (design.course(), Options { threads: setup.threads, ..Options::default() });
    let bank = Bank::of(&course, setup.bank, setup.seed ^ 0xba4c, &options)?;
    let prior = bank.weigh(&[]).gain(&course);
    let none = truths(&course, &Twist::responding(0.0), clients, setup.seed, &options)?;
    let mut strong = truths(&course, &Twist::NONE, clients * TRIES, setup.seed, &options)?;
    let important = course.case.tracks[0].important.unwrap_or(f64::MAX);
    strong.retain(|truth| truth.row[column(0, Asked::GainNow)] >= important);
    strong.truncate(clients);
    let mut found = Vec::new();
    for per_week in Design::PER_WEEK {
        let mut said = |all: &[Truth]| {
            Trial { bank: &bank, course: &course, prior: &prior, setup, per_week }.said(all, &mut *hear)
        };
        let (none, strong) = (said(&none)?, said(&strong)?);
        let measured = Design::measured(&course, per_week).count();
        found.push(Power { design, per_week, measured, none, strong });
    }
    Ok(found)
}

/// One design, measured so often.
struct Trial<'a> {
    bank: &'a Bank,
    course: &'a Course,
    prior: &'a Gain,
    setup: &'a Setup,
    per_week: usize,
}

/// What is found of one client.
struct Found {
    gain: f64,
    posterior: Gain,
    verdict: Verdict,
    effective: f64,
    is_alone: bool,
}

/// Weighed by a bank, clients worth fewer than this are weighed alone.
const FEW: f64 = 100.0;

impl Trial<'_> {
    fn said(&self, truths: &[Truth], hear: &mut dyn FnMut(f64)) -> Result<Said, Error> {
        let all = each(truths.len(), self.setup.threads, &|i| self.found(&truths[i], i), hear)?;
        let share = |is: &dyn Fn(&Found) -> bool| Share::of(all.iter().map(is));
        let mean = |value: &dyn Fn(&Found) -> f64| all.iter().map(value).sum::<f64>() / all.len() as f64;
        let holds = |one: &Found, value: f64| (one.posterior.ninety[0]..=one.posterior.ninety[1]).contains(&value);
        let mut effective: Vec<f64> = all.iter().map(|one| one.effective).collect();
        effective.sort_by(f64::total_cmp);
        Ok(Said {
            helps: share(&|one| one.verdict == Verdict::Helps),
            adds_nothing: share(&|one| one.verdict == Verdict::AddsNothing),
            harms: share(&|one| one.verdict == Verdict::Harms),
            holds_zero: share(&|one| holds(one, 0.0)),
            holds_truth: share(&|one| holds(one, one.gain)),
            gain: mean(&|one| one.gain),
            width: mean(&|one| one.posterior.ninety[1] - one.posterior.ninety[0]),
            prior_width: self.prior.ninety[1] - self.prior.ninety[0],
            effective: effective.get(all.len() / 2).copied().unwrap_or(f64::NAN),
            alone: all.iter().filter(|one| one.is_alone).count(),
        })
    }

    fn found(&self, truth: &Truth, i: usize) -> Result<Found, Error> {
        let seen: Vec<Observation> = Design::measured(&truth.course, self.per_week).copied().collect();
        let shared = self.bank.weigh(&seen);
        let is_alone = shared.effective < FEW;
        let posterior = if is_alone { self.alone(truth, seen, i)? } else { shared };
        let gain = posterior.gain(self.course);
        Ok(Found {
            gain: truth.row[column(0, Asked::GainNow)],
            posterior: gain,
            verdict: verdict(self.prior, &gain),
            effective: posterior.effective,
            is_alone,
        })
    }

    fn alone(&self, truth: &Truth, seen: Vec<Observation>, i: usize) -> Result<Posterior<'static>, Error> {
        let mut course = truth.course.clone();
        course.case.observations = seen;
        let own = self.setup.seed ^ 0xa10e_0000 ^ (i as u64 + 1) << 20;
        let effort =
            Effort { clients: self.setup.weighed / 2, forecast: self.setup.forecast, threads: 1, ..Effort::quick(own) };
        alone(&course, &effort)
    }
}

impl Posterior<'_> {
    /// What strokes have gained by now on the first measure.
    pub(super) fn gain(&self, course: &Course) -> Gain {
        let column = column(0, Asked::GainNow);
        let gains = self.weights.iter().enumerate().filter(|(_, weight)| **weight > LEAST);
        Gain::of(gains.map(|(i, weight)| (self.lived.at(i, column), *weight)), nothing(&course.case.tracks[0]))
    }
}

/// Clients who count less than this are not sorted: together they count less than one in ten thousand.
const LEAST: f64 = 1e-9;
