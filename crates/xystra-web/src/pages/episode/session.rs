//! Sessions so far: what each delivered and how that is known, and how the client took it.

use std::collections::BTreeMap;

use xystra_care::Record;
use xystra_care::entry::{Entry, hours_between};
use xystra_care::id::{RecordingId, ThreadId};
use xystra_care::session::{Application, Session};
use xystra_catalog::catalog;
use xystra_course::dosing::{applied, recording_of};
use xystra_dose::{Dose, Provenance};

use crate::chart::prov;
use crate::form::Form;
use crate::show::{Show, capital};

/// One line of the table.
pub(in crate::pages) struct Row {
    pub(in crate::pages) thread: ThreadId,
    pub(in crate::pages) number: u32,
    pub(in crate::pages) day: String,
    pub(in crate::pages) doses: Vec<Applied>,
    pub(in crate::pages) discomfort: String,
    /// Reaction grade, and whether a later look could still change it.
    pub(in crate::pages) grade: Option<(u8, bool)>,
    /// "2 (after 47 h)".
    pub(in crate::pages) soreness: String,
    pub(in crate::pages) is_open: bool,
}

/// The dose of one region.
pub(in crate::pages) struct Applied {
    pub(in crate::pages) region: String,
    pub(in crate::pages) words: String,
    pub(in crate::pages) known: Provenance,
    /// The mark as SVG.
    pub(in crate::pages) mark: String,
    pub(in crate::pages) recording: Option<RecordingId>,
}

/// The newest sessions in force and the one that a note is being written about, and how many there are when these are not
/// all.
pub(in crate::pages) fn shown<'a>(
    record: &'a Record,
    most: usize,
    note: &Form,
) -> (Vec<&'a Entry<Session>>, Option<usize>) {
    let mut sessions: Vec<&Entry<Session>> = record.sessions.iter().filter(|entry| !entry.struck).collect();
    sessions.sort_by_key(|entry| std::cmp::Reverse(entry.body.started_at));
    let all = sessions.len();
    let about: Option<ThreadId> = note.get("session").parse().ok();
    let mut place = 0..;
    sessions.retain(|entry| place.next().is_some_and(|place| place < most) || Some(entry.thread) == about);
    (sessions, (all > most).then_some(all))
}

/// These sessions, each with its doses and how the client took it.
pub(in crate::pages) fn rows(
    show: &Show,
    record: &Record,
    sessions: &[&Entry<Session>],
    doses: &BTreeMap<RecordingId, Dose>,
) -> Vec<Row> {
    sessions.iter().map(|session| row(show, record, session, doses)).collect()
}

fn row(show: &Show, record: &Record, session: &Entry<Session>, doses: &BTreeMap<RecordingId, Dose>) -> Row {
    let grade = record.grade_of(session).map(|grade| (grade.value, grade.is_final));
    Row {
        thread: session.thread,
        number: session.body.number,
        day: show.date(session.body.started_at),
        doses: session.body.done().map(|application| delivered(show, application, doses)).collect(),
        discomfort: session.body.discomfort.map_or_else(|| "not said".to_owned(), |value| value.to_string()),
        grade,
        soreness: soreness(record, session),
        is_open: session.body.finished_at.is_none(),
    }
}

fn delivered(show: &Show, application: &Application, doses: &BTreeMap<RecordingId, Dose>) -> Applied {
    let recording = recording_of(application);
    let dose = applied(application, recording.and_then(|id| doses.get(&id)), catalog());
    Applied {
        region: capital(&dose.region),
        words: dose.words(show.force_unit()),
        known: dose.provenance,
        mark: prov(dose.provenance),
        recording,
    }
}

/// Hours after the session that the usual later check-in asks about.
const LATER_H: f64 = 48.0;

/// The soreness told nearest to 48 h after the session, with the hours it was told about.
fn soreness(record: &Record, session: &Entry<Session>) -> String {
    let Some(finished) = session.body.finished_at else { return String::new() };
    let checkins = record.checkins_of(session.thread).into_iter();
    let told = checkins.filter_map(|entry| Some((hours_between(finished, entry.body.at), entry.body.soreness?)));
    let nearest = told.min_by(|a, b| (a.0 - LATER_H).abs().total_cmp(&(b.0 - LATER_H).abs()));
    nearest.map_or_else(|| "not asked".to_owned(), |(hours, soreness)| format!("{soreness} (after {hours:.0} h)"))
}
