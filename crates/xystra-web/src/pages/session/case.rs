//! One session with everything that its page and its checks need.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use xystra_care::advice::{Advice, advise};
use xystra_care::facts::facts;
use xystra_care::id::{RecordingId, ThreadId};
use xystra_care::plan::{Plan, Planned};
use xystra_care::practice::Tool;
use xystra_care::session::Session;
use xystra_care::{Entry, FieldError, Record, Refusal};
use xystra_catalog::advice::{Context, Rule};
use xystra_catalog::atlas::RegionId;
use xystra_catalog::catalog;
use xystra_dose::Dose;
use xystra_store::entries::About;
use xystra_store::recording::Recording;

use super::CONTINUED;
use super::change::Button;
use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;
use crate::form::Form;
use crate::pages::recording::dose_of;

/// One session with everything around it.
pub(super) struct Case {
    pub(super) record: Arc<Record>,
    /// The version of the plan that it was done under.
    plan: Option<Plan>,
    pub(super) entry: Entry<Session>,
    pub(super) recordings: Vec<Recording>,
    /// Doses of the recordings that yield one.
    pub(super) doses: BTreeMap<RecordingId, Dose>,
    pub(super) tools: Vec<Tool>,
}

impl Case {
    /// Loads a session of this practice.
    pub(super) async fn load(app: &App, visitor: &Visitor, thread: ThreadId) -> Result<Self, WebError> {
        let scope = &visitor.scope;
        let (episode, entry) = app.store().thread_in_episode::<Session>(scope, thread).await?;
        let record = app.store().record(scope, episode.ok_or(WebError::NotFound)?).await?;
        let recordings = app.store().recordings_of(scope, thread).await?;
        let tools = app.store().of_practice::<Tool>(scope).await?;
        let in_use = |tool: &Entry<Tool>| !tool.struck && !tool.body.retired;
        let tools = tools.into_iter().filter(in_use).map(|tool| tool.body).collect();
        let mut doses = BTreeMap::new();
        for recording in &recordings {
            doses.extend(dose_of(app, visitor, recording).await?.map(|dose| (recording.id, dose)));
        }
        let plan = plan_of(app, visitor, &record, &entry.body).await?;
        Ok(Self { record, plan, entry, recordings, doses, tools })
    }

    /// Is it still going on?
    pub(super) fn is_open(&self) -> bool {
        self.entry.body.finished_at.is_none() && !self.entry.struck
    }

    /// Whom and which complaint it is about.
    pub(super) fn about(&self) -> About {
        About::episode(self.record.client_id, self.record.episode)
    }

    /// What the plan says of a region.
    pub(super) fn planned(&self, region: &RegionId) -> Option<&Planned> {
        self.plan.as_ref()?.draft().applications.iter().find(|planned| planned.region == *region)
    }

    /// The finished session before this one.
    pub(super) fn last(&self) -> Option<&Entry<Session>> {
        let before = |entry: &&&Entry<Session>| entry.body.started_at < self.entry.body.started_at;
        self.record.finished_sessions().iter().rfind(before).copied()
    }

    /// One of the recordings of this session.
    pub(super) fn recording(&self, id: RecordingId) -> Option<&Recording> {
        self.recordings.iter().find(|recording| recording.id == id)
    }

    /// What is wrong with a changed session.
    pub(super) fn check(&self, session: &Session, button: Button) -> Vec<FieldError> {
        let mut errors = if self.is_open() { self.check_ground(session) } else { session.check_said(catalog()) };
        if button == Button::Finish || !self.is_open() {
            errors.extend(session.check_finish());
        }
        errors
    }

    /// A session that goes on stands on what was in force when it began. If that has fallen away since, what was done
    /// before stays, and nothing is added.
    fn check_ground(&self, session: &Session) -> Vec<FieldError> {
        let before = self.before();
        let held = before.held_regions();
        let at = session.started_at;
        let clearance = match before.clearance(catalog(), at) {
            Ok(clearance) => clearance,
            Err(refusal) => return self.check_without_ground(session, &refusal),
        };
        match before.ground(&clearance, &held, at) {
            Ok(ground) => session.check(ground, catalog()),
            Err(refusal) => self.check_without_ground(session, &refusal),
        }
    }

    fn check_without_ground(&self, session: &Session, refusal: &Refusal) -> Vec<FieldError> {
        let was_done = |region: &RegionId| self.entry.body.done().any(|done| done.region == *region);
        let new = session.applications.iter().enumerate().filter(|(_, now)| now.done && !was_done(&now.region));
        let refused = new.map(|(n, _)| FieldError::new(format!("region_{n}"), refusal.to_string()));
        session.check_said(catalog()).into_iter().chain(refused).collect()
    }

    /// Why a region may not be treated in this session.
    pub(super) fn refuses(&self, region: &RegionId) -> Option<Refusal> {
        let before = self.before();
        let held = before.held_regions();
        let at = self.entry.body.started_at;
        let clearance = before.clearance(catalog(), at);
        let allowed = clearance.and_then(|clearance| Ok(before.ground(&clearance, &held, at)?.refuses(region)));
        allowed.unwrap_or_else(Some)
    }

    /// The record without this session and those after it: what a session reports does not forbid the session itself.
    fn before(&self) -> Record {
        let started = self.entry.body.started_at;
        let mut record = Record::clone(&self.record);
        record.sessions.retain(|entry| entry.thread != self.entry.thread && entry.body.started_at < started);
        record
    }

    /// Rules that speak before the session.
    pub(super) fn advice_before(&self, visitor: &Visitor) -> Vec<&'static Rule> {
        speaking(&self.before(), Context::Before, visitor, self.entry.body.started_at)
    }

    /// Rules that speak while it goes on.
    pub(super) fn advice_during(&self, visitor: &Visitor) -> Vec<&'static Rule> {
        speaking(&self.record, Context::During, visitor, visitor.now)
    }

    /// Was the form made from another version than the last?
    pub(super) fn is_stale(&self, form: &Form) -> bool {
        let seen = form.get("version");
        !seen.is_empty() && seen != self.entry.version.to_string()
    }

    /// Where the person goes after a button.
    pub(super) fn after(&self, button: Button) -> String {
        match button {
            Button::Finish => format!("/episodes/{}", self.record.episode),
            _ => format!("/sessions/{}", self.entry.thread),
        }
    }

    /// The reason of the next version; a session that goes on needs none from a person.
    pub(super) fn reason(&self, typed: &str) -> Option<String> {
        match (self.is_open(), typed) {
            (true, _) => Some(CONTINUED.to_owned()),
            (false, "") => None,
            (false, typed) => Some(typed.to_owned()),
        }
    }

    /// Why a person changed the last version, if one did.
    pub(super) fn why_changed(&self) -> Option<&str> {
        self.entry.reason.as_deref().filter(|reason| *reason != CONTINUED)
    }

    /// What to say when the reason is missing.
    pub(super) fn reason_missing(&self, form: &Form) -> Option<FieldError> {
        let missing = self.reason(form.get("reason")).is_none();
        missing.then(|| FieldError::new("reason", "say why this finished session is changed"))
    }
}

/// The version of the plan that a session was done under.
pub(in crate::pages) async fn plan_of(
    app: &App,
    visitor: &Visitor,
    record: &Record,
    session: &Session,
) -> Result<Option<Plan>, WebError> {
    let current =
        record.plan.as_ref().filter(|plan| (plan.thread, plan.version) == (session.plan, session.plan_version));
    if let Some(plan) = current {
        return Ok(Some(plan.body.clone()));
    }
    match app.store().version(&visitor.scope, session.plan, session.plan_version).await {
        Ok(then) => Ok(Some(then.body)),
        Err(xystra_store::Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The rules that speak about a record.
pub(super) fn speaking(record: &Record, context: Context, visitor: &Visitor, at: Timestamp) -> Vec<&'static Rule> {
    let facts = facts(record, catalog(), visitor.show.zone(), at);
    advise(&facts, catalog(), context).into_iter().filter(Advice::speaks).map(|advice| advice.rule).collect()
}
