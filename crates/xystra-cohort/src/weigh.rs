//! Weighing virtual clients by what one client's record says.
//!
//! Virtual clients are drawn from what the studies, the published courses and our stated doubts allow; each lives through the sessions that the
//! client had; and each counts as much as it makes likely what was observed. Where too few are likely, the next ones are drawn nearer to the
//! observations, with weights that take the drawing back. The whole method is told in docs/methods/outlook.md.

mod chosen;
mod imagined;
mod kept;
mod likelihood;
mod pool;
mod proposal;
mod record;

pub(crate) use chosen::{Chosen, resampled};
pub use imagined::{Imagined, imagined};
pub use kept::Kept;
pub(crate) use likelihood::Likelihood;
pub(crate) use pool::effective;
pub(crate) use record::{LOOKS_H, strongest};

use crate::Error;
use crate::answer::Weighing;
use crate::batch::{Options, Watch};
use crate::case::Case;
use crate::client::{Clients, Model};
use crate::draw::Draw;
use crate::numbers::{number, whole};
use pool::Pool;
use proposal::{MOST, Proposal};
use record::Record;

/// How much is worked out, and by whom.
#[derive(Debug, Clone, Copy)]
pub struct Effort<'a> {
    /// Virtual clients that are weighed.
    pub clients: usize,
    /// Of those, how many are run on into what could come.
    pub forecast: usize,
    /// Seed of all chance.
    pub seed: u64,
    /// Threads; 0 for all that there are.
    pub threads: usize,
    /// Counts, and may stop it.
    pub watch: Option<&'a Watch>,
}

impl Effort<'_> {
    /// 100,000 weighed, 10,000 run on.
    pub fn full(seed: u64) -> Self {
        Self { clients: 100_000, forecast: 10_000, seed, threads: 0, watch: None }
    }

    /// Enough to see the shape of an answer.
    pub fn quick(seed: u64) -> Self {
        Self { clients: 4_000, forecast: 1_000, seed, threads: 0, watch: None }
    }

    pub(crate) fn options(&self) -> Options<'_> {
        Options { threads: self.threads, watch: self.watch, ..Options::default() }
    }
}

/// Virtual clients with their weights.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    pub(crate) clients: Clients,
    /// Adding up to 1.
    pub(crate) weights: Vec<f64>,
    coordinates: Vec<String>,
    weighing: Weighing,
}

/// Weighs virtual clients by the observations and reactions of a case.
///
/// # Errors
/// A case that cannot be meant, a tissue, condition or course that there is not, no client that could be integrated, or a stop.
pub fn weigh(case: &Case, effort: &Effort<'_>) -> Result<Weighed, Error> {
    weigh_by(case, effort, &Drawing::known())
}

/// How virtual clients are drawn: numbers of `data/cohort/outlook.toml`.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Drawing {
    rounds: f64,
    collapsed: f64,
    defence: f64,
    caution: f64,
}

impl Drawing {
    fn known() -> Self {
        let [rounds, collapsed, defence, caution] = ["rounds", "collapsed", "defence", "caution"].map(number);
        Self { rounds, collapsed, defence, caution }
    }
}

fn weigh_by(case: &Case, effort: &Effort<'_>, drawing: &Drawing) -> Result<Weighed, Error> {
    let model = Model::of(case, &[], effort.seed)?;
    let record = Record::of(&model)?;
    let mut pool = Pool::new(record.first_guess(&model, drawing.defence, drawing.caution));
    let size = whole((effort.clients as f64 / drawing.rounds).ceil()).max(1);
    while pool.clients.len() < effort.clients {
        let from = pool.clients.len();
        let round =
            drawn(pool.latest(), model.coordinates.count(), from..(from + size).min(effort.clients), effort.seed);
        pool.add(&round, &record.likelihood(&model, &round, &effort.options())?);
        let is_last = pool.clients.len() >= effort.clients;
        if !is_last && effective(&pool.weights()) < drawing.collapsed * pool.clients.len() as f64 {
            pool.learn(drawing.defence, drawing.caution);
        }
    }
    Weighed::of(pool, model.coordinates.names, record.size(), effort.seed)
}

/// Clients of some numbers, by a proposal.
fn drawn(proposal: &Proposal, count: usize, numbers: std::ops::Range<usize>, seed: u64) -> Clients {
    let (own, choice) = (Draw::of(seed, "own"), Draw::of(seed, "proposal"));
    let mut round = Clients::default();
    for number in numbers {
        let number = number as u64;
        let mut coordinates: Vec<f64> = (0..count).map(|k| own.normal(number * MOST as u64 + k as u64)).collect();
        proposal.draw(choice.uniform(number), &mut coordinates);
        round.push(number, &coordinates);
    }
    round
}

/// Clients as they are before any observation.
pub(crate) fn unweighed(model: &Model<'_>, count: usize) -> Clients {
    let coordinates = model.coordinates.count();
    drawn(&Proposal::prior(coordinates), coordinates, 0..count, model.seed)
}

impl Weighed {
    fn of(pool: Pool, coordinates: Vec<String>, observations: usize, seed: u64) -> Result<Self, Error> {
        let weights = pool.weights();
        let sum: f64 = weights.iter().sum();
        if !sum.is_finite() {
            return Err(Error::Client {
                client: 0,
                what: "no virtual client could be integrated; check the sessions".to_owned(),
            });
        }
        let weighing = Weighing {
            clients: weights.len(),
            effective: effective(&weights),
            rounds: pool.rounds(),
            observations,
            seed,
        };
        Ok(Self { clients: pool.clients, weights, coordinates, weighing })
    }

    /// How they were weighed.
    pub fn weighing(&self) -> Weighing {
        self.weighing
    }

    /// Equally likely clients that stand for all, at most `count`, for a later question.
    pub fn kept(&self, count: usize) -> Kept {
        let chosen = resampled(self, count);
        Kept::new(self.weighing.seed, &self.coordinates, &chosen.clients, chosen.counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Observation, example};

    /// Pain alone, seen three times, worse than most would have it.
    fn case() -> Case {
        let seen = [(0.0, 8.0), (336.0, 8.0), (672.0, 9.0)];
        let observations = seen.into_iter().map(|(at_h, value)| Observation { track: 0, at_h, value }).collect();
        Case {
            tracks: example::tracks()[..1].to_vec(),
            observations,
            sessions: example::sessions(1.0, 2),
            ..example::case()
        }
    }

    /// Weighed mean and spread of one own coordinate.
    fn told(weighed: &Weighed, place: usize) -> (f64, f64) {
        let of = |i: usize| weighed.clients.at(i).1[place];
        let mean: f64 = weighed.weights.iter().enumerate().map(|(i, weight)| weight * of(i)).sum();
        let square: f64 = weighed.weights.iter().enumerate().map(|(i, weight)| weight * (of(i) - mean).powi(2)).sum();
        (mean, square.sqrt())
    }

    #[test]
    fn drawing_anew_agrees_with_very_many_drawn_once() {
        let plain = Drawing { collapsed: 0.0, defence: 1.0, ..Drawing::known() };
        let brute = weigh_by(&case(), &Effort { clients: 40_000, ..Effort::quick(3) }, &plain).unwrap();
        let anew = weigh_by(&case(), &Effort { clients: 6_000, ..Effort::quick(4) }, &Drawing::known()).unwrap();
        assert!(brute.weighing().rounds == 0 && anew.weighing().rounds > 0);
        for place in 0..brute.coordinates.len() {
            let ((mean, sd), (found, spread)) = (told(&brute, place), told(&anew, place));
            assert!((found - mean).abs() < 0.15, "{}: {found} {mean}", brute.coordinates[place]);
            assert!((spread / sd - 1.0).abs() < 0.15, "{}: {spread} {sd}", brute.coordinates[place]);
        }
    }

    #[test]
    fn drawing_anew_is_worth_more_clients() {
        let known = Drawing::known();
        let plain = Drawing { collapsed: 0.0, defence: 1.0, ..known };
        let effort = Effort { clients: 4_000, ..Effort::quick(3) };
        let [once, anew] =
            [plain, known].map(|drawing| weigh_by(&case(), &effort, &drawing).unwrap().weighing().effective);
        assert!(anew > 2.0 * once, "{once} {anew}");
    }
}
