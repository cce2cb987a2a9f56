//! Whose record it is, who asks, and whose rows they were given.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use xystra_care::entry::Author;
use xystra_care::id::{AccountId, ClientId, PracticeId};

use crate::account::Account;

/// A practice and the person acting in it. Every query takes one, and it is made only from an account.
///
/// It gathers the clients whose rows the store gave out, so that the journal can say whom somebody was shown and no page
/// can forget to. Clones gather into the same set.
#[derive(Debug, Clone)]
pub struct Scope {
    practice: PracticeId,
    author: Author,
    seen: Arc<Mutex<BTreeSet<ClientId>>>,
}

impl Scope {
    /// The scope of an account: its own practice.
    pub fn of(account: &Account) -> Self {
        let author = Author { account: account.id, name: account.name.clone() };
        Self { practice: account.practice, author, seen: Arc::default() }
    }

    /// Somebody who answers by a link, without an account: in the name of whoever made it, and saying so. Only the store
    /// makes one, and only for the ids that stand in the link.
    pub(crate) fn of_link(practice: PracticeId, maker: AccountId) -> Self {
        let author = Author { account: maker, name: "client, by own form".to_owned() };
        Self { practice, author, seen: Arc::default() }
    }

    /// The practice.
    pub fn practice(&self) -> PracticeId {
        self.practice
    }

    /// Who acts.
    pub fn author(&self) -> &Author {
        &self.author
    }

    /// The same practice and person, for looking through rows that are not shown; what is shown after all is said with
    /// [`Scope::saw`].
    #[must_use]
    pub fn quietly(&self) -> Self {
        Self { seen: Arc::default(), ..self.clone() }
    }

    /// Notes that rows of this client were given out.
    pub fn saw(&self, client: ClientId) {
        self.lock().insert(client);
    }

    /// Whose rows were given out.
    pub fn seen(&self) -> BTreeSet<ClientId> {
        self.lock().clone()
    }

    pub(crate) fn practice_text(&self) -> String {
        self.practice.to_string()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeSet<ClientId>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
