//! Chunks of clients, on as many threads as there are.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;

use xystra_tissue::remodel::STATES;
use xystra_tissue::remodel::equations::NEEDS;

use super::seat::See;
use super::work::Work;
use super::{Cohort, Options, Seen};
use crate::Error;

/// The most and fewest clients in a chunk: enough that the lanes rarely wait for its last ones, few enough that threads end together.
const MOST: usize = 512;
const FEWEST: usize = 64;

/// Runs all chunks and hands each over in the order of the clients.
pub(super) fn run(
    cohort: &dyn Cohort,
    places: &[usize],
    options: &Options<'_>,
    take: impl FnMut(usize, &Seen) -> Result<(), Error> + Send,
) -> Result<(), Error> {
    let size = cohort.size();
    let available = || thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let threads =
        if options.threads == 0 { available() } else { options.threads }.clamp(1, size.div_ceil(FEWEST).max(1));
    let chunk = size.div_ceil(4 * threads).clamp(FEWEST, MOST);
    let next = AtomicUsize::new(0);
    let turn = Turn { next: 0, result: Ok(()), take };
    let gate = Gate { chunk, turn: Mutex::new(turn), moved: Condvar::new() };
    let work = || gate.work(cohort, places, options, &next);
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    gate.turn.into_inner().unwrap_or_else(PoisonError::into_inner).result
}

/// Lets chunks through in their order.
struct Gate<T> {
    /// Clients in a chunk.
    chunk: usize,
    turn: Mutex<Turn<T>>,
    moved: Condvar,
}

struct Turn<T> {
    next: usize,
    result: Result<(), Error>,
    take: T,
}

impl<T: FnMut(usize, &Seen) -> Result<(), Error>> Gate<T> {
    /// Runs chunks until there are no more, or one failed.
    fn work(&self, cohort: &dyn Cohort, places: &[usize], options: &Options<'_>, next: &AtomicUsize) {
        let times = cohort.times_h().len();
        let _alarm = Alarm(self);
        let live = live(places);
        let mut seen = Seen { clients: 0, times, outputs: places.to_vec(), values: Vec::new() };
        loop {
            let chunk = next.fetch_add(1, Ordering::Relaxed);
            let first = chunk * self.chunk;
            if first >= cohort.size() {
                return;
            }
            let clients = first..cohort.size().min(first + self.chunk);
            let result = fill(cohort, clients, options, &live, &mut seen);
            if !self.pass(chunk, first, &seen, result) {
                return;
            }
        }
    }

    /// Hands a chunk over when it is its turn; false when one failed.
    fn pass(&self, chunk: usize, first: usize, seen: &Seen, result: Result<(), Error>) -> bool {
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = |turn: &mut Turn<T>| turn.next != chunk && turn.result.is_ok();
        let mut turn = self.moved.wait_while(turn, waits).unwrap_or_else(PoisonError::into_inner);
        if turn.result.is_ok() {
            turn.result = result.and_then(|()| (turn.take)(first, seen));
        }
        turn.next += 1;
        self.moved.notify_all();
        turn.result.is_ok()
    }
}

/// The states that the outputs follow from; the others would only shorten the steps.
fn live(outputs: &[usize]) -> Vec<usize> {
    (0..STATES.len()).filter(|state| outputs.iter().any(|output| NEEDS[*output].contains(state))).collect()
}

/// Lets the others go when a thread panics, so that the panic is seen and nobody waits for ever.
struct Alarm<'a, T>(&'a Gate<T>);

impl<T> Drop for Alarm<'_, T> {
    fn drop(&mut self) {
        if thread::panicking() {
            let mut turn = self.0.turn.lock().unwrap_or_else(PoisonError::into_inner);
            turn.result = Err(Error::Stopped { done: 0, size: 0 });
            self.0.moved.notify_all();
        }
    }
}

/// Runs a chunk.
fn fill(
    cohort: &dyn Cohort,
    clients: Range<usize>,
    options: &Options<'_>,
    live: &[usize],
    seen: &mut Seen,
) -> Result<(), Error> {
    seen.clients = clients.len();
    seen.values.clear();
    seen.values.resize(clients.len() * seen.times * seen.outputs.len(), 0.0);
    let see = See { places: &seen.outputs, times: seen.times, values: &mut seen.values };
    let (tolerance, watch) = (options.tolerance, options.watch);
    options.width.dispatch(Work { cohort, clients, tolerance, watch, live, see })?
}
