//! How far to trust what virtual clients say: invented clients with known truths, weighed by their records as real ones are.
//!
//! Clients from the very prior show whether the method is right (simulation-based calibration: Talts and others 2018); clients who are not
//! what the model takes them to be show what its bands are worth when it is wrong; clients in whom strokes do nothing, or much, show how
//! often the outlook says so. Everything is a function of the seed.

mod bank;
mod calibration;
mod course;
mod crowd;
mod design;
mod lived;
mod power;
mod quantity;
mod rank;
mod truth;
mod twist;

pub use calibration::{Calibration, Column};
pub use design::Design;
pub use power::{Power, Said};
pub use rank::{Rank, Share, even, histogram, unevenness};

use crate::Error;
use crate::batch::Options;
use bank::Bank;
use calibration::calibrate;
use course::Course;
use truth::truths;
use twist::{Twist, wrong};

/// How much is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setup {
    /// Invented clients with a known truth.
    pub clients: usize,
    /// Seed of all chance.
    pub seed: u64,
    /// Threads; 0 for all that there are. They make no difference.
    pub threads: usize,
    /// Virtual clients by whom one is weighed alone.
    pub weighed: usize,
    /// Of those, how many are run on.
    pub forecast: usize,
    /// Virtual clients of a bank that many share.
    pub bank: usize,
}

impl Setup {
    /// As much as the page in docs/validation is made with.
    pub fn new(clients: usize, seed: u64, threads: usize) -> Self {
        Self { clients, seed, threads, weighed: 8_000, forecast: 1_500, bank: 60_000 }
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// How much was tried.
    pub setup: Setup,
    /// Clients from the very prior, each weighed by the method of an outlook.
    pub right: Calibration,
    /// The same with several measures and with reactions.
    pub several: Calibration,
    /// Clients who are not what the model takes them to be; the first row is those who are.
    pub wrong: Vec<Calibration>,
    /// Clients in whom strokes do nothing, or much, by design.
    pub power: Vec<Power>,
}

/// Tries everything; `hear` is told what is being tried and the share of it that is done.
///
/// # Errors
/// A model that does not read, or a client that cannot be weighed.
pub fn run(setup: &Setup, hear: &mut dyn FnMut(&str, f64)) -> Result<Report, Error> {
    Ok(Report {
        setup: *setup,
        right: right(setup, hear)?,
        several: several(setup, hear)?,
        wrong: wrong_models(setup, hear)?,
        power: powers(setup, hear)?,
    })
}

/// Clients from the very prior who were asked about pain ten times, each weighed by the method of an outlook.
pub fn right(setup: &Setup, hear: &mut dyn FnMut(&str, f64)) -> Result<Calibration, Error> {
    alone("pain asked ten times", &Course::usual(), setup.clients, setup, hear)
}

/// Fewer of them, with several measures and with reactions, which need more virtual clients.
pub fn several(setup: &Setup, hear: &mut dyn FnMut(&str, f64)) -> Result<Calibration, Error> {
    let setup = Setup { weighed: SEVERAL * setup.weighed, ..*setup };
    alone("three measures and reactions", &Course::several(), setup.clients.div_ceil(FEWER), &setup, hear)
}

/// So many times as many virtual clients are weighed by several measures, for so many times fewer invented ones.
const SEVERAL: usize = 4;
const FEWER: usize = 8;

fn alone(
    says: &str,
    course: &Course,
    clients: usize,
    setup: &Setup,
    hear: &mut dyn FnMut(&str, f64),
) -> Result<Calibration, Error> {
    let truths = truths(course, &Twist::NONE, clients, setup.seed, &options(setup))?;
    calibrate(says, course, &truths, None, setup, &mut |share| hear(says, share))
}

/// Clients who are not what the model takes them to be, after those who are.
pub fn wrong_models(setup: &Setup, hear: &mut dyn FnMut(&str, f64)) -> Result<Vec<Calibration>, Error> {
    let course = Course::usual();
    let bank = Bank::of(&course, setup.bank, setup.seed ^ 0xba4c, &options(setup))?;
    let mut found = Vec::new();
    for (says, twist) in wrong() {
        let truths = truths(&course, &twist, setup.clients, setup.seed, &options(setup))?;
        // Who left has another course than the bank; weighing alone takes longer, and half of them are tried.
        let bank = if twist.leaves { None } else { Some(&bank) };
        let truths = if twist.leaves { &truths[..setup.clients.div_ceil(2)] } else { &truths[..] };
        found.push(calibrate(says, &course, truths, bank, setup, &mut |share| hear(says, share))?);
    }
    Ok(found)
}

/// Clients in whom strokes do nothing, and whom they gained much, by design.
pub fn powers(setup: &Setup, hear: &mut dyn FnMut(&str, f64)) -> Result<Vec<Power>, Error> {
    let designs = Design::all();
    let mut found = Vec::new();
    for (k, design) in designs.iter().enumerate() {
        let done = k as f64 / designs.len() as f64;
        hear("designs", done);
        found.extend(power::power(*design, setup, setup.clients.div_ceil(FOR_A_DESIGN), &mut |_| {
            hear("designs", done);
        })?);
    }
    Ok(found)
}

/// A design is tried on so many times fewer clients.
const FOR_A_DESIGN: usize = 10;

fn options(setup: &Setup) -> Options<'static> {
    Options { threads: setup.threads, ..Options::default() }
}
