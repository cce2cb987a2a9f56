//! The remodelling system over very many parameter sets.
//!
//! A [`Cohort`] says who there is; [`run`] integrates all of them and hands over what was asked for, in the order of the clients whatever
//! the number of threads.

mod person;
mod watch;

pub use person::{Jump, Person};
pub use watch::Watch;

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
    /// Counts, and may stop it.
    pub watch: Option<&'a Watch>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { tolerance: Tolerance::COARSE, threads: 0, watch: None }
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
/// An output that there is not, a client that cannot be filled, or a stop.
pub fn run<C: Cohort>(cohort: &C, outputs: &[&str], options: &Options<'_>) -> Result<Seen, Error> {
    let places = outputs.iter().map(|id| place(id)).collect::<Result<Vec<_>, _>>()?;
    let mut values = Vec::new();
    let mut person = Person::middle()?;
    for i in 0..cohort.size() {
        cohort.fill(i, &mut person)?;
        let course = person.course(cohort.times_h(), options.tolerance)?;
        for seen in &course.outputs {
            values.extend(places.iter().map(|place| seen[*place]));
        }
        if let Some(watch) = options.watch {
            watch.count(1);
            if watch.is_stopped() {
                return Err(Error::Stopped { done: watch.done(), size: cohort.size() });
            }
        }
    }
    Ok(Seen { clients: cohort.size(), times: cohort.times_h().len(), outputs: places, values })
}

fn place(id: &str) -> Result<usize, Error> {
    let known = || OUTPUTS.join(", ");
    let found = OUTPUTS.iter().position(|output| *output == id);
    found.ok_or_else(|| Error::Unknown { what: "output", key: id.to_owned(), known: known() })
}
