//! What a client is told to do after the answers, in the catalog's words.

use jiff::Timestamp;
use xystra_care::entry::hours_between;
use xystra_care::response::{Look, Skin, grade};
use xystra_catalog::catalog;
use xystra_catalog::screening::{Item, Urgency};

use super::fields::Answers;

/// One thing to do.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Todo {
    /// `is-stop`, `is-precaution` or `is-clear`.
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
    pub(super) heading: String,
    pub(super) words: String,
}

/// From this grade on the practice should hear of it today.
const CALL_FROM: u8 = 4;
/// Above this the next session waits (`soreness-3` of the catalog's advice).
const SORE: u8 = 3;

/// What to do, the most urgent first; never nothing.
pub(super) fn of(answers: &Answers, finished_at: Timestamp, practice: &str) -> Vec<Todo> {
    let mut todo: Vec<Todo> = answers.alarms.iter().map(|item| alarm(item)).collect();
    todo.extend(skin(answers, finished_at, practice));
    if answers.checkin.soreness.is_some_and(|soreness| soreness > SORE) {
        todo.push(sore(practice));
    }
    if todo.is_empty() {
        todo.push(usual());
    }
    todo
}

/// The catalog's referral is written for a colleague, so it stands behind the plain sentence.
fn alarm(item: &Item) -> Todo {
    let (icon, heading, words) = match item.urgency {
        Urgency::Emergency => (
            "phone",
            "Go to the emergency department now, or call the emergency number",
            "Do not wait for an answer to this form.",
        ),
        _ => ("clock", "See a doctor today", "This form may not be read today, so do not wait for an answer."),
    };
    let refer = item.refer.as_deref().unwrap_or_default();
    let words = format!("You said yes to: {} {words} Show them this: {refer}", item.ask);
    Todo { class: "is-stop", icon, heading: heading.to_owned(), words }
}

fn skin(answers: &Answers, finished_at: Timestamp, practice: &str) -> Option<Todo> {
    let (at, skin) = (answers.checkin.at, answers.checkin.skin?);
    let grade = grade(&[Look::after_hours(hours_between(finished_at, at), skin)])?.value;
    let item = if skin == Skin::Broken { "open-wound" } else { "haematoma" };
    (grade >= CALL_FROM).then(|| Todo {
        class: "is-stop",
        icon: "phone",
        heading: format!("Call {practice} today"),
        words: format!("That place is not treated until your skin is clear. {}", refer(item)),
    })
}

/// Whom the catalog sends somebody to.
fn refer(item: &str) -> &'static str {
    let item = catalog().screening.iter().find(|known| known.id == item);
    item.and_then(|item| item.refer.as_deref()).unwrap_or_default()
}

fn sore(practice: &str) -> Todo {
    Todo {
        class: "is-precaution",
        icon: "clock",
        heading: "Sorer than it should be".to_owned(),
        words: format!(
            "{practice} will wait with the next visit until it is {SORE} or less, or press more lightly. Call before you come."
        ),
    }
}

fn usual() -> Todo {
    Todo {
        class: "is-clear",
        icon: "check",
        heading: "Nothing to do for now".to_owned(),
        words: "The place may be red and sore for a day or two. Tell the practice, or a doctor, if a bruise is large, grows, or \
                has not faded after three days, or if anything worries you."
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use xystra_care::id::ThreadId;
    use xystra_care::response::{Checkin, How};

    use super::*;

    fn told(soreness: Option<u8>, skin: Option<Skin>, alarms: Vec<&'static Item>) -> Vec<String> {
        let finished_at = Timestamp::UNIX_EPOCH;
        let checkin = Checkin {
            session: ThreadId(uuid::Uuid::nil()),
            at: finished_at + SignedDuration::from_hours(26),
            how: How::ClientForm,
            soreness,
            skin,
            redness_over_30_min: None,
            remark: String::new(),
        };
        let answers = Answers { checkin, pain: None, alarms };
        of(&answers, finished_at, "River Street").into_iter().map(|todo| todo.heading).collect()
    }

    #[test]
    fn what_is_usual_asks_for_nothing() {
        assert_eq!(told(Some(3), Some(Skin::Bruise), Vec::new()), ["Nothing to do for now"]);
        assert_eq!(told(Some(0), None, Vec::new()), ["Nothing to do for now"]);
    }

    #[test]
    fn a_painful_bruise_broken_skin_and_soreness_are_told() {
        for skin in [Skin::PainfulBruise, Skin::Broken] {
            assert_eq!(told(None, Some(skin), Vec::new()), ["Call River Street today"]);
        }
        assert_eq!(
            told(Some(4), Some(Skin::Broken), Vec::new()),
            ["Call River Street today", "Sorer than it should be"]
        );
        assert!(!refer("open-wound").is_empty() && !refer("haematoma").is_empty());
    }

    #[test]
    fn an_alarm_says_where_to_go_in_the_catalogs_words() {
        let elbow = catalog().condition("lateral-epicondylitis").unwrap();
        let heart = elbow.red_flags.iter().find(|item| item.urgency == Urgency::Emergency).unwrap();
        let headings = told(Some(0), Some(Skin::None), vec![heart]);
        assert_eq!(headings, ["Go to the emergency department now, or call the emergency number"]);
        assert!(alarm(heart).words.ends_with("Show them this: Emergency department now."));
    }

    /// A client is told the referral of a red flag as it stands.
    #[test]
    fn every_alarm_of_the_catalog_says_what_to_do() {
        let flags = catalog().conditions.iter().flat_map(|condition| &condition.red_flags);
        for item in flags.filter(|item| item.urgency >= Urgency::SameDay) {
            assert!(item.refer.as_deref().is_some_and(|refer| refer.len() > 5), "{}", item.id);
        }
    }
}
