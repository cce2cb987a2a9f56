//! What every handler shares.

use std::sync::{Arc, Mutex};

use xystra_store::{Account, Store};

use crate::auth::Limiter;
use crate::clock::Clock;

/// Shared by all requests; cheap to clone.
#[derive(Debug, Clone)]
pub struct App(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Store,
    clock: Clock,
    limiter: Limiter,
    demo: Option<Demo>,
    folder_note: Option<String>,
}

/// A demonstration: a throw-away database and an address that signs in once.
#[derive(Debug)]
pub struct Demo {
    /// Who is signed in.
    pub account: Account,
    /// The secret part of the address; taken by the first who opens it.
    pub ticket: Mutex<Option<String>>,
}

impl App {
    /// An app on a store, by the system's clock.
    pub fn new(store: Store) -> Self {
        Self::with(store, Clock::system(), None, None)
    }

    /// An app with its own clock, a demonstration or not, and what is to be said of the data folder.
    pub fn with(store: Store, clock: Clock, demo: Option<Demo>, folder_note: Option<String>) -> Self {
        Self(Arc::new(Inner { store, clock, limiter: Limiter::default(), demo, folder_note }))
    }

    /// What is kept.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// What time it is.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Counts failed sign-ins.
    pub(crate) fn limiter(&self) -> &Limiter {
        &self.0.limiter
    }

    /// The demonstration, if this is one.
    pub(crate) fn demo(&self) -> Option<&Demo> {
        self.0.demo.as_ref()
    }

    /// What is to be said of the data folder: that its disk is not encrypted, or that nobody can tell.
    pub(crate) fn folder_note(&self) -> Option<&str> {
        self.0.folder_note.as_deref()
    }
}
