//! One episode's record as a whole, and what follows from it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use xystra_catalog::Catalog;
use xystra_catalog::atlas::RegionId;

use crate::client::Client;
use crate::consent::{self, Consent};
use crate::decision::Decision;
use crate::entry::{Entry, hours_between};
use crate::error::Refusal;
use crate::finding::Finding;
use crate::id::{ClientId, EpisodeId, ThreadId};
use crate::intake::Intake;
use crate::measurement::Measurement;
use crate::note::Note;
use crate::plan::Plan;
use crate::response::{Checkin, Grade, Look, Skin, grade};
use crate::screening::{Clearance, Screening};
use crate::session::{Ground, Session};

/// Everything in force about one complaint: of each fact its last version.
#[derive(Debug, Clone)]
pub struct Record {
    /// Which episode.
    pub episode: EpisodeId,
    /// Whose.
    pub client_id: ClientId,
    /// The person.
    pub client: Entry<Client>,
    /// Consents, of all the client's episodes.
    pub consents: Vec<Entry<Consent>>,
    /// The complaint.
    pub intake: Entry<Intake>,
    /// The last screening.
    pub screening: Option<Entry<Screening>>,
    /// Findings, oldest first.
    pub findings: Vec<Entry<Finding>>,
    /// Measurements, oldest first.
    pub measurements: Vec<Entry<Measurement>>,
    /// The plan in force.
    pub plan: Option<Entry<Plan>>,
    /// Sessions, oldest first.
    pub sessions: Vec<Entry<Session>>,
    /// Check-ins, oldest first.
    pub checkins: Vec<Entry<Checkin>>,
    /// Notes, oldest first.
    pub notes: Vec<Entry<Note>>,
    /// Decisions, oldest first.
    pub decisions: Vec<Entry<Decision>>,
}

impl Record {
    /// Sessions that were finished, oldest first.
    pub fn finished_sessions(&self) -> Vec<&Entry<Session>> {
        let mut finished: Vec<_> =
            self.sessions.iter().filter(|entry| !entry.struck && entry.body.finished_at.is_some()).collect();
        finished.sort_by_key(|entry| entry.body.started_at);
        finished
    }

    /// The session that is going on.
    pub fn open_session(&self) -> Option<&Entry<Session>> {
        self.sessions.iter().find(|entry| !entry.struck && entry.body.finished_at.is_none())
    }

    /// When the last session was finished.
    pub fn last_session_at(&self) -> Option<Timestamp> {
        self.finished_sessions().last().and_then(|entry| entry.body.finished_at)
    }

    /// Check-ins about one session, oldest first.
    pub fn checkins_of(&self, session: ThreadId) -> Vec<&Entry<Checkin>> {
        let about = |entry: &&Entry<Checkin>| !entry.struck && entry.body.session == session;
        let mut checkins: Vec<_> = self.checkins.iter().filter(about).collect();
        checkins.sort_by_key(|entry| entry.body.at);
        checkins
    }

    /// The check-ins of every session, each oldest first: one way through them where all sessions are looked at.
    pub fn checkins_by_session(&self) -> BTreeMap<ThreadId, Vec<&Entry<Checkin>>> {
        let mut sessions: BTreeMap<ThreadId, Vec<&Entry<Checkin>>> = BTreeMap::new();
        for entry in self.checkins.iter().filter(|entry| !entry.struck) {
            sessions.entry(entry.body.session).or_default().push(entry);
        }
        for checkins in sessions.values_mut() {
            checkins.sort_by_key(|entry| entry.body.at);
        }
        sessions
    }

    /// Every look at the skin after one session, oldest first.
    pub fn looks_of(&self, session: &Entry<Session>) -> Vec<Look> {
        looks(session, &self.checkins_of(session.thread))
    }

    /// The reaction grade of one session.
    pub fn grade_of(&self, session: &Entry<Session>) -> Option<Grade> {
        grade(&self.looks_of(session))
    }

    /// The skin as it was last seen after the last session.
    pub fn latest_skin(&self) -> Option<Skin> {
        let sessions = self.finished_sessions();
        let last = sessions.last()?;
        let later = self.checkins_of(last.thread).into_iter().filter_map(|entry| entry.body.skin).next_back();
        later.or(last.body.skin)
    }

    /// Soreness as it was last told after the last session.
    pub fn latest_soreness(&self) -> Option<u8> {
        let sessions = self.finished_sessions();
        self.checkins_of(sessions.last()?.thread).into_iter().filter_map(|entry| entry.body.soreness).next_back()
    }

    /// When something new was last reported at a visit.
    pub fn news_at(&self) -> Option<Timestamp> {
        let told = self.sessions.iter().filter(|entry| !entry.struck && entry.body.anything_new == Some(true));
        told.map(|entry| entry.body.started_at).max()
    }

    /// The clearance in force, or why there is none.
    pub fn clearance(&self, catalog: &'static Catalog, now: Timestamp) -> Result<Clearance, Refusal> {
        Clearance::of(&self.intake.body, self.screening.as_ref(), self.news_at(), catalog, now)
    }

    /// The consent in force.
    pub fn consent(&self, now: Timestamp) -> Result<&Entry<Consent>, Refusal> {
        consent::in_force(&self.consents, now).ok_or(Refusal::NoConsent)
    }

    /// When and how the episode was closed.
    pub fn closed(&self) -> Option<&Entry<Decision>> {
        self.decisions.iter().rfind(|entry| !entry.struck && matches!(entry.body, Decision::Closed { .. }))
    }

    /// The plan in force.
    pub fn plan(&self) -> Result<&Entry<Plan>, Refusal> {
        if let Some(closed) = self.closed() {
            let on = closed.happened_at.strftime("%Y-%m-%d").to_string();
            return Err(Refusal::Closed { on });
        }
        self.plan.as_ref().filter(|plan| !plan.struck).ok_or(Refusal::NoPlan)
    }

    /// Regions on hold: those of a session whose grade reached 4, until its skin was seen clear.
    pub fn held_regions(&self) -> Vec<(RegionId, String)> {
        let told = self.checkins_by_session();
        let mut held = Vec::new();
        for session in self.finished_sessions() {
            let checkins = told.get(&session.thread).map(Vec::as_slice).unwrap_or_default();
            let Some(grade) = grade(&looks(session, checkins)).filter(|grade| grade.value >= 4) else { continue };
            if seen_clear(checkins) {
                continue;
            }
            let reason = format!(
                "on hold since session {}: reaction grade {}, skin not seen clear yet",
                session.body.number, grade.value
            );
            held.extend(session.body.done().map(|done| (done.region.clone(), reason.clone())));
        }
        held
    }

    /// What a session would stand on, or the first thing that is missing.
    pub fn ground<'a>(
        &'a self,
        clearance: &'a Clearance,
        held: &'a [(RegionId, String)],
        now: Timestamp,
    ) -> Result<Ground<'a>, Refusal> {
        Ok(Ground { plan: self.plan()?, clearance, consent: self.consent(now)?, held })
    }

    /// The number of the next session.
    pub fn next_number(&self) -> u32 {
        1 + self.sessions.iter().filter(|entry| !entry.struck).map(|entry| entry.body.number).max().unwrap_or(0)
    }

    /// Findings in force.
    pub fn current_findings(&self) -> impl Iterator<Item = &Entry<Finding>> {
        self.findings.iter().filter(|entry| !entry.struck)
    }
}

/// Every look at the skin after a session, oldest first, from the check-ins about it.
fn looks(session: &Entry<Session>, checkins: &[&Entry<Checkin>]) -> Vec<Look> {
    let finished = session.body.finished_at.unwrap_or(session.body.started_at);
    let at_the_end = session.body.skin.map(Look::now);
    let later = checkins.iter().filter_map(|entry| {
        let look = Look::after_hours(hours_between(finished, entry.body.at), entry.body.skin?);
        Some(look.redness_over_30_min(entry.body.redness_over_30_min))
    });
    at_the_end.into_iter().chain(later).collect()
}

/// Was the skin clear when it was last seen?
fn seen_clear(checkins: &[&Entry<Checkin>]) -> bool {
    checkins.iter().filter_map(|entry| entry.body.skin).next_back() == Some(Skin::None)
}
