//! The record as the virtual clients need it: hours from the first visit, what was observed with its error, what was done to the site.
//!
//! The virtual client has one site. Strokes on every region of the complaint count as given to it, one application after another: the
//! studies that the model was fitted to tell the minutes of a session, not those of a spot. Strokes elsewhere, or on the sound
//! side, leave a visit without strokes.

pub(super) mod clock;
pub(super) mod home;
pub(super) mod place;
pub(super) mod stroke;
mod track;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use xystra_care::Record;
use xystra_care::entry::{Entry, hours_between};
use xystra_care::id::RecordingId;
use xystra_care::session::Session;
use xystra_catalog::Catalog;
use xystra_cohort::case::{self, Case, Reaction};
use xystra_dose::Dose;
use xystra_tissue::study::assumption::assumption;

use crate::Error;
use crate::dosing::recording_of;
use place::Place;

pub use clock::last_said;

/// The doses of the recordings that a record names.
pub type Doses = BTreeMap<RecordingId, Dose>;

/// A record as the virtual clients know it.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Without names and dates.
    pub case: Case,
    /// Its hour 0: the first visit.
    pub entry: Timestamp,
    /// Its [`Case::now_h`]: the last that was said of the client, or as many whole weeks later as have passed since.
    pub as_of: Timestamp,
}

/// The recordings whose doses [`known`] wants.
pub fn recordings(record: &Record) -> Vec<RecordingId> {
    record.finished_sessions().iter().flat_map(|session| session.body.done()).filter_map(recording_of).collect()
}

/// The case of a record at `now`. Struck entries count nowhere; a recording without a dose counts as a guessed force.
///
/// # Errors
/// [`Error::NothingMeasured`], or [`Error::NothingForetold`] when no measure is one that the model has an output for.
pub fn known(
    record: &Record,
    doses: &Doses,
    catalog: &Catalog,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Known, Error> {
    let (entry, as_of) = (clock::entry(record), clock::as_of(record, now));
    let place = Place::of(record, catalog);
    let followed = track::followed(record, catalog)?;
    let sessions = sessions(record, doses, catalog, &place, entry);
    let case = Case {
        tissue: place.tissue.clone(),
        condition: place.preset.clone(),
        course: record.intake.body.condition.clone(),
        entry_weeks: record
            .intake
            .body
            .weeks_since_onset(entry.to_zoned(zone.clone()).date())
            .map(|weeks| weeks.max(0.0)),
        observations: track::observations(&followed, entry),
        tracks: followed.into_iter().map(|one| one.track).collect(),
        reactions: reactions(record, &sessions),
        sessions,
        now_h: hours_between(entry, as_of),
    };
    Ok(Known { case, entry, as_of })
}

/// How much is expected of a session: what the studies' treatments are taken to be believed in.
pub(super) fn belief() -> f64 {
    assumption("belief-treatment").map_or(1.0, |one| one.value)
}

fn sessions(
    record: &Record,
    doses: &Doses,
    catalog: &Catalog,
    place: &Place<'_>,
    entry: Timestamp,
) -> Vec<case::Session> {
    let mut before: Option<Timestamp> = None;
    let session = |session: &Entry<Session>| {
        let began = session.body.started_at;
        let since = before.replace(began).map_or(0.0, |last| hours_between(last, began));
        case::Session {
            at_h: hours_between(entry, began),
            strokes: strokes(&session.body, doses, catalog, place),
            belief: belief(),
            exercise_h: home::since(record, session.body.home_done, since),
        }
    };
    record.finished_sessions().into_iter().map(session).collect()
}

fn strokes(session: &Session, doses: &Doses, catalog: &Catalog, place: &Place<'_>) -> Vec<case::Strokes> {
    let here = session.done().filter(|application| place.holds(&application.region));
    let measured = |application| recording_of(application).and_then(|recording| doses.get(&recording));
    here.filter_map(|application| stroke::strokes(application, measured(application), catalog)).collect()
}

/// Only grades that no later look can change, and only of sessions that touched the site.
fn reactions(record: &Record, sessions: &[case::Session]) -> Vec<Reaction> {
    let numbered = record.finished_sessions().into_iter().enumerate();
    let touched = numbered.filter(|(number, _)| !sessions[*number].strokes.is_empty());
    let graded = touched.filter_map(|(number, session)| Some((number, record.grade_of(session)?)));
    graded
        .filter(|(_, grade)| grade.is_final)
        .map(|(session, grade)| Reaction { session, grade: grade.value })
        .collect()
}
