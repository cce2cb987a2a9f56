//! Whose record it is, and who asks.

use xystra_care::entry::Author;
use xystra_care::id::PracticeId;

use crate::account::Account;

/// A practice and the person acting in it. Every query takes one, and it is made only from an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    practice: PracticeId,
    author: Author,
}

impl Scope {
    /// The scope of an account: its own practice.
    pub fn of(account: &Account) -> Self {
        Self { practice: account.practice, author: Author { account: account.id, name: account.name.clone() } }
    }

    /// The practice.
    pub fn practice(&self) -> PracticeId {
        self.practice
    }

    /// Who acts.
    pub fn author(&self) -> &Author {
        &self.author
    }

    pub(crate) fn practice_text(&self) -> String {
        self.practice.to_string()
    }
}
