//! What somebody may do in a practice.

use serde::{Deserialize, Serialize};

/// A role; each account has one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Treats, and answers for people, backups and the practice's ways.
    Owner,
    /// Treats: reads and writes the whole record.
    Clinician,
    /// The front desk: clients, consent, appointments and check-ins, not the clinical record.
    Assistant,
    /// Watches: reads the journal and checks it, sees no client.
    Auditor,
}

impl Role {
    /// Every role, the widest first.
    pub const ALL: [Self; 4] = [Self::Owner, Self::Clinician, Self::Assistant, Self::Auditor];

    /// The word that it is kept and shown by.
    pub fn word(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Clinician => "clinician",
            Self::Assistant => "assistant",
            Self::Auditor => "auditor",
        }
    }

    /// The role of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// What it may do, for whoever gives it.
    pub fn says(self) -> &'static str {
        match self {
            Self::Owner => "treats, and looks after people, backups and settings",
            Self::Clinician => "treats: reads and writes the whole record",
            Self::Assistant => "front desk: clients, consent, appointments and check-in links, not the clinical record",
            Self::Auditor => "reads and checks the journal, sees no client",
        }
    }

    /// May it read and write the clinical record?
    pub fn treats(self) -> bool {
        matches!(self, Self::Owner | Self::Clinician)
    }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn a_word_leads_back_to_its_role() {
        for role in Role::ALL {
            assert_eq!(Role::of_word(role.word()), Some(role));
        }
        assert_eq!(Role::of_word("admin"), None);
    }
}
