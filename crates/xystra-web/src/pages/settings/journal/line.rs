//! A row of the journal in words. People have their names there; records have ids alone, for the journal knows no client.

use xystra_store::journal::Row;
use xystra_store::people::Person;

use crate::show::Show;

/// A row as it is read.
pub(super) struct Line {
    pub(super) number: i64,
    pub(super) when: String,
    pub(super) who: String,
    pub(super) did: String,
    /// People by name, in words of ours.
    pub(super) to: String,
    /// Ids of records.
    pub(super) ids: Vec<String>,
    /// Are the ids those of clients?
    pub(super) is_client: bool,
}

impl Line {
    pub(super) fn of(row: &Row, people: &[Person], show: &Show) -> Self {
        let parts: Vec<&str> = row.subject_id.split(' ').collect();
        let named = |id: &&str| people.iter().find(|person| person.account.id.to_string() == **id);
        let words = parts.iter().filter_map(|part| match named(part) {
            Some(person) => Some(person.account.name.clone()),
            None => is_word(part).then(|| (*part).to_owned()),
        });
        let ids = parts.iter().filter(|part| named(part).is_none() && !is_word(part));
        Self {
            number: row.number,
            when: show.moment(row.at),
            who: name(&row.account, people),
            did: did(&row.action, &row.subject_kind),
            to: words.collect::<Vec<_>>().join(", "),
            ids: ids.map(|id| (*id).to_owned()).collect(),
            is_client: row.subject_kind == "client",
        }
    }
}

/// A word of ours such as a role or an address, not an id or the hash of a link.
fn is_word(part: &str) -> bool {
    part.starts_with('/') || (part.len() < 20 && part.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-'))
}

fn name(account: &str, people: &[Person]) -> String {
    let person = people.iter().find(|person| person.account.id.to_string() == account);
    person.map_or_else(|| account.to_owned(), |person| person.account.name.clone())
}

/// What was done, in words; an action that is not listed stands as it is.
fn did(action: &str, kind: &str) -> String {
    let known = SENTENCES.iter().find(|(known, _)| *known == action).map(|(_, words)| words.replace("{}", &one(kind)));
    known.unwrap_or_else(|| format!("{action} ({kind})"))
}

/// "a session", "an intake".
fn one(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {kind}")
}

/// Actions and their words; `{}` is one of the kind of thing.
const SENTENCES: &[(&str, &str)] = &[
    ("add", "wrote {}"),
    ("amend", "changed {}"),
    ("strike", "struck out {}"),
    ("read", "was shown"),
    ("refuse", "was refused"),
    ("not-found", "asked for {}, not found here"),
    ("recompute", "computed {} anew"),
    ("keep-reading", "said how files of a tool are read"),
    ("found", "founded the practice"),
    ("change", "changed the ways of the practice"),
    ("backup", "made a backup"),
    ("export", "exported the practice"),
    ("erase", "erased a client"),
    ("merge", "merged two clients"),
    ("unmerge", "took a merge back"),
    ("sign-in", "signed in"),
    ("sign-in-failed", "failed to sign in"),
    ("sign-out", "signed out"),
    ("end-sign-in", "signed out a browser of"),
    ("end-sign-ins", "signed out the browsers of"),
    ("hand-over", "handed the device to a client"),
    ("take-back", "took back {}"),
    ("unlock", "took the device back"),
    ("set-password", "set a new password"),
    ("offer-password", "made a link to a new password for"),
    ("second-factor-on", "turned on the second factor"),
    ("second-factor-off", "turned off the second factor of"),
    ("use-code", "used a recovery code"),
    ("renew-codes", "made new recovery codes"),
    ("invite", "made a link to join"),
    ("join", "joined the practice"),
    ("set-role", "changed the role of"),
    ("disable", "disabled"),
    ("enable", "let in again"),
    ("emergency", "opened a record in an emergency"),
    ("see", "looked at {}"),
    ("make-link", "made a link for a client"),
    ("open-link", "a client opened a link"),
    ("use-link", "a client answered by a link"),
    ("take-back-link", "took back a link for a client"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_read_as_sentences_and_a_new_one_as_it_is() {
        assert_eq!(did("add", "session"), "wrote a session");
        assert_eq!(did("strike", "intake"), "struck out an intake");
        assert_eq!(did("set-role", "account"), "changed the role of");
        assert_eq!(did("something-new", "client"), "something-new (client)");
    }

    #[test]
    fn words_of_ours_are_told_from_ids() {
        assert!(is_word("assistant") && is_word("/settings/people"));
        assert!(!is_word("019cdb6e-0000-7000-8000-000000000000") && !is_word(&"a".repeat(64)));
    }
}
