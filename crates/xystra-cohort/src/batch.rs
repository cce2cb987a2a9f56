//! The remodelling system over very many parameter sets.
//!
//! A [`Cohort`] says who there is; [`run`] integrates all of them and hands over what was asked for, in the order of the clients whatever
//! the number of threads.

mod chunks;
mod control;
mod lanes;
mod person;
mod seat;
mod step;
mod watch;
mod width;
mod work;

pub use person::{Jump, Person};
pub use watch::Watch;
pub use width::Width;

use xystra_tissue::remodel::{OUTPUTS, Tolerance};

use crate::Error;

/// Very many virtual clients that are looked at at the same times.
pub trait Cohort: Sync {
    /// How many there are.
    fn size(&self) -> usize;
    /// When they are looked at, hours, rising; a sample on an event's instant is taken after it.
    fn times_h(&self) -> &[f64];
    /// Writes client `i` over `person`, whose buffers are used again.
    ///
    /// # Errors
    /// Values that the equations cannot hold.
    fn fill(&self, i: usize, person: &mut Person) -> Result<(), Error>;
}

/// How a batch is run.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// How much error a step may make.
    pub tolerance: Tolerance,
    /// How many threads; 0 for all that there are.
    pub threads: usize,
    /// How many clients go side by side.
    pub width: Width,
    /// Counts, and may stop it.
    pub watch: Option<&'a Watch>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { tolerance: Tolerance::COARSE, threads: 0, width: Width::Widest, watch: None }
    }
}

/// What was asked for of each client.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// How many clients.
    pub clients: usize,
    /// How many times each was looked at.
    pub times: usize,
    /// Places in [`OUTPUTS`] of what was looked at.
    pub outputs: Vec<usize>,
    /// By client, then time, then output. A client that could not be integrated has no number here, but `NAN`.
    pub values: Vec<f64>,
}

impl Seen {
    /// What client `i` showed at time `t`, in the order of `outputs`.
    pub fn at(&self, i: usize, t: usize) -> &[f64] {
        let width = self.outputs.len();
        let from = (i * self.times + t) * width;
        &self.values[from..from + width]
    }
}

/// Runs a cohort and keeps the named outputs at every time.
///
/// # Errors
/// An output that there is not, times that fall, a width that this machine does not have, a client that cannot be filled, or a stop.
pub fn run<C: Cohort>(cohort: &C, outputs: &[&str], options: &Options<'_>) -> Result<Seen, Error> {
    let (clients, times) = (cohort.size(), cohort.times_h().len());
    let mut values = Vec::with_capacity(clients * times * outputs.len());
    each(cohort, outputs, options, |_, seen| {
        values.extend_from_slice(&seen.values);
        Ok(())
    })?;
    Ok(Seen { clients, times, outputs: places(outputs)?, values })
}

/// Runs a cohort and hands what was seen to `take`, some clients at a time, in their order, with the number of the first; for batches
/// that nobody could keep whole. How many come at a time says nothing and may change.
///
/// # Errors
/// As [`run`]; an error of `take` ends the batch.
pub fn each<C: Cohort>(
    cohort: &C,
    outputs: &[&str],
    options: &Options<'_>,
    take: impl FnMut(usize, &Seen) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    check(cohort.times_h())?;
    chunks::run(cohort, &places(outputs)?, options, take)
}

fn check(times_h: &[f64]) -> Result<(), Error> {
    let wrong = |value, must| Err(Error::Number { field: "time, h".to_owned(), value, must });
    if let Some(bad) = times_h.iter().find(|time| !time.is_finite() || **time < 0.0) {
        return wrong(*bad, "a number from 0 on");
    }
    match times_h.windows(2).find(|pair| pair[1] < pair[0]) {
        Some(pair) => wrong(pair[1], "no earlier than the time before it"),
        None => Ok(()),
    }
}

fn places(outputs: &[&str]) -> Result<Vec<usize>, Error> {
    outputs.iter().map(|id| place(id)).collect()
}

fn place(id: &str) -> Result<usize, Error> {
    let known = || OUTPUTS.join(", ");
    let found = OUTPUTS.iter().position(|output| *output == id);
    found.ok_or_else(|| Error::Unknown { what: "output", key: id.to_owned(), known: known() })
}
