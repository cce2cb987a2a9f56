//! Where an outlook stands: current, soon to be replaced, or not to be had.

use jiff::Timestamp;

use crate::show::Show;

/// How the outlook that is kept relates to the record as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Standing {
    /// It knows everything that the record holds.
    Current,
    /// A newer one is being worked out.
    Coming,
    /// The newer one could not be worked out; it is tried again.
    Failed(String),
}

/// A line over the outlook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages) struct Note {
    pub(in crate::pages) words: String,
    pub(in crate::pages) is_fault: bool,
    pub(in crate::pages) may_look_again: bool,
    /// The page itself.
    pub(in crate::pages) href: String,
}

/// What is said of it; nothing of a current one. `made_at` is that of the one shown, if any is.
pub(super) fn note(standing: &Standing, made_at: Option<Timestamp>, show: &Show, href: &str) -> Option<Note> {
    let note = |words: String, is_fault| Note { words, is_fault, may_look_again: true, href: href.to_owned() };
    let from = made_at.map(|at| show.moment(at));
    match (standing, from) {
        (Standing::Current, _) => None,
        (Standing::Coming, Some(from)) => {
            Some(note(format!("From {from}; a newer one is being worked out with what came since."), false))
        }
        (Standing::Coming, None) => {
            Some(note("The outlook is being worked out; it takes seconds to a minute.".to_owned(), false))
        }
        (Standing::Failed(why), from) => {
            let kept = from.map(|from| format!(" What stands here is from {from}.")).unwrap_or_default();
            Some(note(format!("The outlook could not be worked out: {why}. It is tried again by itself.{kept}"), true))
        }
    }
}

#[cfg(test)]
mod tests {
    use xystra_care::practice::Practice;

    use super::*;

    #[test]
    fn each_standing_says_what_is_shown_and_what_comes() {
        let show = Show::of(&Practice::default());
        let at = Some("2026-03-11T08:40:00Z".parse().expect("an instant"));
        let said = |standing: &Standing, made_at| note(standing, made_at, &show, "/here").map(|note| note.words);
        assert_eq!(said(&Standing::Current, at), None);
        assert!(said(&Standing::Coming, at).is_some_and(|words| words.contains("a newer one is being worked out")));
        assert!(said(&Standing::Coming, None).is_some_and(|words| words.contains("is being worked out")));
        let failed = Standing::Failed("the disk is full".into());
        assert!(said(&failed, at).is_some_and(|words| words.contains("the disk is full") && words.contains("is from")));
    }
}
