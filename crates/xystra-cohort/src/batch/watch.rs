//! How far a batch is, and whether it should stop.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Shared between a batch and whoever waits for it.
#[derive(Debug, Default)]
pub struct Watch {
    done: AtomicUsize,
    steps: AtomicUsize,
    stop: AtomicBool,
}

impl Watch {
    /// How many clients are done.
    pub fn done(&self) -> usize {
        self.done.load(Ordering::Relaxed)
    }

    /// How many steps were tried for those who are done.
    pub fn steps(&self) -> usize {
        self.steps.load(Ordering::Relaxed)
    }

    /// Asks the batch to stop soon.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Was it asked to stop?
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Counts clients as done.
    pub(super) fn count(&self, clients: usize) {
        self.done.fetch_add(clients, Ordering::Relaxed);
    }

    /// Counts steps that were tried.
    pub(super) fn count_steps(&self, steps: usize) {
        self.steps.fetch_add(steps, Ordering::Relaxed);
    }
}
