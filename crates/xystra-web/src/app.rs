//! What every handler shares.

use std::sync::{Arc, Mutex};

use xystra_store::{Account, Store};

use crate::auth::Addresses;
use crate::clock::Clock;
use crate::pages::Standings;

/// Shared by all requests; cheap to clone.
#[derive(Debug, Clone)]
pub struct App(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Store,
    clock: Clock,
    addresses: Addresses,
    standings: Standings,
    tries: Addresses,
    demo: Option<Demo>,
    folder_note: Option<String>,
    secure: bool,
    trust: Option<Trust>,
}

/// A demonstration: a throw-away database and an address that signs in once.
#[derive(Debug)]
pub struct Demo {
    /// Who is signed in.
    pub account: Account,
    /// The secret part of the address; taken by the first who opens it.
    pub ticket: Mutex<Option<String>>,
}

/// What tablets are told of the practice's own certificate authority.
#[derive(Debug, Clone)]
pub struct Trust {
    /// The authority's certificate, PEM.
    pub ca_pem: String,
    /// Its SHA-256, in groups of four hexadecimal digits.
    pub fingerprint: String,
    /// The port of the encrypted pages.
    pub port: u16,
}

impl App {
    /// An app on a store, by the system's clock.
    pub fn new(store: Store) -> Self {
        Self::with(store, Clock::system(), None, None)
    }

    /// An app with its own clock, a demonstration or not, and what is to be said of the data folder.
    pub fn with(store: Store, clock: Clock, demo: Option<Demo>, folder_note: Option<String>) -> Self {
        Self(Arc::new(Inner {
            store,
            clock,
            addresses: Addresses::default(),
            standings: Standings::default(),
            tries: Addresses::default(),
            demo,
            folder_note,
            secure: false,
            trust: None,
        }))
    }

    /// The same app for browsers that come over TLS: its cookies travel in no other way. `trust` is what tablets are told when
    /// the certificate is by the practice's own authority.
    ///
    /// # Panics
    ///
    /// When the app is shared already: this belongs to setting it up.
    #[must_use]
    pub fn over_tls(self, trust: Option<Trust>) -> Self {
        let mut inner = Arc::into_inner(self.0).expect("an app is set up before it is shared");
        (inner.secure, inner.trust) = (true, trust);
        Self(Arc::new(inner))
    }

    /// What is kept.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// What time it is.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Failed sign-ins by the address that they came from.
    pub(crate) fn addresses(&self) -> &Addresses {
        &self.0.addresses
    }

    /// How each practice's records stood when its day was last drawn.
    pub(crate) fn standings(&self) -> &Standings {
        &self.0.standings
    }

    /// Links that opened nothing, by the address that tried them.
    pub(crate) fn tries(&self) -> &Addresses {
        &self.0.tries
    }

    /// The demonstration, if this is one.
    pub(crate) fn demo(&self) -> Option<&Demo> {
        self.0.demo.as_ref()
    }

    /// Do browsers come over TLS?
    pub(crate) fn secure(&self) -> bool {
        self.0.secure
    }

    /// What tablets are told of the practice's own authority, if it has one.
    pub(crate) fn trust(&self) -> Option<&Trust> {
        self.0.trust.as_ref()
    }

    /// What is to be said of the data folder: that its disk is not encrypted, or that nobody can tell.
    pub(crate) fn folder_note(&self) -> Option<&str> {
        self.0.folder_note.as_deref()
    }
}
