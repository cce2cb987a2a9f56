//! What a client may see of the record, in plain words.

use jiff::Timestamp;
use xystra_care::Record;
use xystra_care::appointment::{Appointment, State as Booking};
use xystra_care::entry::Entry;
use xystra_care::plan::Plan;
use xystra_catalog::catalog;
use xystra_catalog::claim::{Claim, Question};

use super::progress::{Progress, progress};
use crate::pages::catalog::words::cite;
use crate::pages::outlook::Plainly;
use crate::show::Show;

/// Questions whose answers say what to expect of a treatment; the others stand below.
const EXPECT: [&str; 3] = ["does-it-hurt", "bruises", "feel-at-once"];

/// The page.
pub(in crate::pages) struct View {
    pub(in crate::pages) client: String,
    /// "Tennis elbow, left".
    pub(in crate::pages) title: String,
    pub(super) day: String,
    /// What the client wants, in the client's own words.
    pub(super) goals: Vec<String>,
    pub(super) progress: Progress,
    /// What virtual clients like this one say; not on a link, which reaches no further than the record.
    pub(in crate::pages) outlook: Option<Plainly>,
    /// What is known without treatment, and where that was found.
    pub(super) natural: (String, String),
    pub(super) course: Option<Course>,
    /// The next appointment.
    pub(super) next: Option<String>,
    pub(super) home: Vec<String>,
    pub(super) expect: Vec<&'static Question>,
    pub(super) questions: Vec<&'static Question>,
    pub(super) claims: &'static [Claim],
    /// Since when there is consent, and the places that the client left out.
    pub(super) consent: Option<(String, String)>,
    /// When the treatment was ended.
    pub(super) closed: Option<String>,
}

/// How often, and how far.
pub(super) struct Course {
    pub(super) done: usize,
    pub(super) planned: usize,
    /// "Twice a week for 5 weeks, with at least 2 days between."
    pub(super) often: String,
    /// When both look again together.
    pub(super) again: String,
}

impl View {
    /// What the client of this record may see.
    pub(in crate::pages) fn of(record: &Record, booked: &[Entry<Appointment>], show: &Show, now: Timestamp) -> Self {
        let catalog = catalog();
        let (expect, questions) = catalog.questions.iter().partition(|asked| EXPECT.contains(&asked.id.as_str()));
        let consent = record.consent(now).ok();
        let goals = record.intake.body.goals.iter().map(|goal| goal.text.clone());
        Self {
            client: record.client.body.name.clone(),
            title: record.intake.body.title(catalog),
            day: show.date(now),
            goals: goals.filter(|goal| !goal.is_empty()).collect(),
            progress: progress(record, show, now),
            outlook: None,
            natural: natural(record),
            course: record.plan().ok().map(|plan| course(record, &plan.body)),
            next: next(record, booked, now).map(|at| show.moment(at)),
            home: record.plan().map(|plan| plan.body.draft().home.clone()).unwrap_or_default(),
            expect,
            questions,
            claims: &catalog.claims,
            consent: consent.map(|entry| (show.date(entry.happened_at), entry.body.regions.clone())),
            closed: record.closed().map(|entry| show.date(entry.happened_at)),
        }
    }
}

impl Course {
    /// Every session of the course: `d` done, empty to come.
    pub(super) fn pips(&self) -> impl Iterator<Item = &'static str> {
        let done = self.done;
        (0..self.planned.max(done)).map(move |n| if n < done { "d" } else { "" })
    }
}

/// "ours" is no source to a client.
pub(super) fn sources(keys: &[String]) -> String {
    let read: Vec<String> = keys.iter().filter(|key| *key != "xystra").map(|key| cite(key)).collect();
    if read.is_empty() { "the practice of those who treat, not a study".to_owned() } else { read.join("; ") }
}

fn natural(record: &Record) -> (String, String) {
    let condition = catalog().condition(&record.intake.body.condition);
    let Some(course) = condition.map(|condition| &condition.natural_course) else { return Default::default() };
    (course.says.clone(), sources(std::slice::from_ref(&course.source)))
}

fn course(record: &Record, plan: &Plan) -> Course {
    let draft = plan.draft();
    let week = match draft.sessions_per_week {
        1 => "Once a week".to_owned(),
        2 => "Twice a week".to_owned(),
        many => format!("{many} times a week"),
    };
    let weeks = if draft.weeks == 1 { "one week".to_owned() } else { format!("{} weeks", draft.weeks) };
    let again = format!(
        "After every {} sessions we measure again and look together whether it is worth going on.",
        draft.reassess_after
    );
    Course {
        done: record.finished_sessions().len(),
        planned: plan.sessions() as usize,
        often: format!("{week} for {weeks}{}.", apart(draft.gap_hours)),
        again: if draft.reassess_after > 1 { again } else { String::new() },
    }
}

fn apart(gap_hours: u16) -> String {
    match gap_hours / 24 {
        0 => String::new(),
        1 => ", with at least a day between".to_owned(),
        days => format!(", with at least {days} days between"),
    }
}

/// The next time that is booked for this complaint, or for none in particular.
fn next(record: &Record, booked: &[Entry<Appointment>], now: Timestamp) -> Option<Timestamp> {
    let stands =
        |entry: &&Entry<Appointment>| !entry.struck && entry.body.state == Booking::Booked && entry.body.at > now;
    let ours = |entry: &&Entry<Appointment>| entry.body.episode.is_none_or(|episode| episode == record.episode);
    booked.iter().filter(stands).filter(ours).map(|entry| entry.body.at).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_answers_are_there_to_be_shown() {
        for id in EXPECT {
            assert!(catalog().questions.iter().any(|asked| asked.id == id), "{id}");
        }
    }

    #[test]
    fn our_own_rules_are_no_source() {
        assert_eq!(sources(&["abbott2014".into(), "xystra".into()]), "Abbott and Schmitt 2014");
        assert_eq!(sources(&["xystra".into()]), "the practice of those who treat, not a study");
    }

    #[test]
    fn days_between_are_said_when_there_are_any() {
        assert_eq!((apart(12), apart(48)), (String::new(), ", with at least 2 days between".into()));
    }
}
