//! The next step as a button: where it leads, and whether it starts something.

use xystra_care::Record;
use xystra_course::today::{Due, NextStep};

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::pages) struct Action {
    /// What it says.
    pub(in crate::pages) word: String,
    /// Where it leads.
    pub(in crate::pages) href: String,
    /// It starts a session, so it is a form.
    pub(in crate::pages) posts: bool,
    /// It is the one thing to do, and nothing speaks against it.
    pub(in crate::pages) is_main: bool,
    /// The drawing in front of the word.
    pub(in crate::pages) icon: &'static str,
}

/// What to do next with this record; `None` when it is closed.
pub(in crate::pages) fn next(record: &Record, next: NextStep, due: &Due) -> Option<Action> {
    let (episode, client) = (record.episode, record.client_id);
    let (href, icon) = match next {
        NextStep::Closed => return None,
        NextStep::Consent => (format!("/clients/{client}/consent"), "edit"),
        NextStep::Screening => (format!("/episodes/{episode}/screening"), "shield"),
        NextStep::Findings => (format!("/episodes/{episode}/findings"), "body"),
        NextStep::Plan => (format!("/episodes/{episode}/plan"), "note"),
        NextStep::StartSession => (format!("/episodes/{episode}/sessions"), "play"),
        NextStep::ContinueSession => (open_session(record), "play"),
        NextStep::CheckSkin => (last_response(record), "bruise"),
        NextStep::Reassess => (format!("/episodes/{episode}/measurements"), "ruler"),
        NextStep::Discharge => (format!("/episodes/{episode}#close"), "check"),
    };
    let posts = next == NextStep::StartSession;
    let word = if posts { format!("Start session {}", record.next_number()) } else { next.word().to_owned() };
    let is_main = !matches!(due, Due::TooEarly { .. } | Due::Hold { .. } | Due::DoNotTreat { .. });
    Some(Action { word, href, posts, is_main, icon })
}

fn open_session(record: &Record) -> String {
    record
        .open_session()
        .map_or_else(|| format!("/episodes/{}", record.episode), |open| format!("/sessions/{}", open.thread))
}

/// The check-in form of the last session.
pub(in crate::pages) fn last_response(record: &Record) -> String {
    let last = record.finished_sessions().last().map(|session| session.thread);
    last.map_or_else(|| format!("/episodes/{}", record.episode), |thread| format!("/sessions/{thread}/response"))
}
