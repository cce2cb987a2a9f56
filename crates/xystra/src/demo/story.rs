//! One synthetic client's story, told to the store step by step at moments of the past.

use std::sync::Arc;

use anyhow::Context;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use xystra_care::appointment::{Appointment, State};
use xystra_care::client::Client;
use xystra_care::consent::{Consent, How as ConsentHow};
use xystra_care::finding::Finding;
use xystra_care::id::{ClientId, EpisodeId, ThreadId};
use xystra_care::intake::Intake;
use xystra_care::measurement::{Measurement, Method};
use xystra_care::note::Note;
use xystra_care::plan::{Draft, Plan};
use xystra_care::response::{Checkin, How, Skin};
use xystra_care::screening::{Answer, Screening, items};
use xystra_care::session::{Force, Session};
use xystra_care::{FieldError, Record};
use xystra_catalog::atlas::Side;
use xystra_catalog::catalog;
use xystra_dose::read::Reading;
use xystra_store::entries::About;
use xystra_store::recording::Place;
use xystra_store::{Batch, Scope, Step, Store};

/// Tells one client's story.
pub(crate) struct Story<'a> {
    store: &'a Store,
    scope: &'a Scope,
    now: Timestamp,
    client: ClientId,
    episode: EpisodeId,
}

/// What a session was like.
pub(crate) struct Visit {
    pub(crate) hours_ago: f64,
    pub(crate) discomfort: u8,
    pub(crate) skin: Skin,
    pub(crate) force: Option<Force>,
}

impl<'a> Story<'a> {
    /// A new client.
    pub(crate) async fn of(
        store: &'a Store,
        scope: &'a Scope,
        now: Timestamp,
        client: Client,
        hours_ago: f64,
    ) -> anyhow::Result<Self> {
        let told = Self { store, scope, now, client: ClientId(Uuid::now_v7()), episode: EpisodeId(Uuid::now_v7()) };
        told.say(About::client(told.client), hours_ago, &client).await?;
        Ok(told)
    }

    /// Agrees to the text in force.
    pub(crate) async fn consents(&self, hours_ago: f64) -> anyhow::Result<()> {
        let text = catalog().consent_text().context("no consent text")?;
        let consent = Consent {
            text_version: text.version,
            regions: String::new(),
            guardian: String::new(),
            how: ConsentHow::Paper,
            withdrawn_at: None,
        };
        self.say(About::client(self.client), hours_ago, &consent).await.map(drop)
    }

    /// Brings a complaint.
    pub(crate) async fn complains(&self, hours_ago: f64, intake: &Intake) -> anyhow::Result<()> {
        sound(&intake.check(catalog(), self.at(0.0).to_zoned(jiff::tz::TimeZone::UTC).date()))?;
        self.say(self.about(), hours_ago, intake).await.map(drop)
    }

    /// Answers every screening question with no, but for those named.
    pub(crate) async fn answers(&self, hours_ago: f64, yes: &[&str], left_open: usize) -> anyhow::Result<()> {
        let record = self.record().await?;
        let items = items(&record.intake.body, catalog());
        let asked = items.len() - left_open;
        let answer = |id: &str| if yes.contains(&id) { Answer::yes() } else { Answer::no() };
        let answers = items.iter().take(asked).map(|item| (item.id.clone(), answer(&item.id))).collect();
        self.say(self.about(), hours_ago, &Screening { answers }).await.map(drop)
    }

    /// Is found to have something.
    pub(crate) async fn finds(&self, hours_ago: f64, findings: &[Finding]) -> anyhow::Result<()> {
        for finding in findings {
            sound(&finding.check())?;
            self.say(self.about(), hours_ago, finding).await?;
        }
        Ok(())
    }

    /// Is measured; a sided measure without a side is taken on the side of the complaint.
    pub(crate) async fn measures(&self, hours_ago: f64, values: &[(&str, f64, Option<Side>)]) -> anyhow::Result<()> {
        let record = self.record().await?;
        for (measure, value, side) in values {
            let activities = if *measure == "psfs" {
                record.intake.body.activities.iter().map(|activity| (activity.clone(), *value)).collect()
            } else {
                Vec::new()
            };
            let sided = catalog().measure(measure).is_some_and(|measure| measure.sided);
            let measurement = Measurement {
                measure: (*measure).to_owned(),
                value: *value,
                side: side.or_else(|| record.intake.body.side.single().filter(|_| sided)),
                method: Method { rater: self.scope.author().name.clone(), ..Method::default() },
                activities,
                remark: String::new(),
            };
            sound(&measurement.check(catalog()))?;
            self.say(self.about(), hours_ago, &measurement).await?;
        }
        Ok(())
    }

    /// Gets the condition's default course on the regions where something was found, changed as `change` says.
    pub(crate) async fn plans(&self, hours_ago: f64, change: impl FnOnce(&mut Draft)) -> anyhow::Result<()> {
        let record = self.record().await?;
        let clearance = record.clearance(catalog(), self.at(hours_ago))?;
        let regions: Vec<_> = record.current_findings().map(|finding| finding.body.region.clone()).collect();
        let mut draft = Draft::default_for(&record.intake.body, &regions, catalog());
        change(&mut draft);
        let plan = Plan::new(draft, &clearance, catalog()).map_err(|errors| anyhow::anyhow!("{errors:?}"))?;
        self.say(self.about(), hours_ago, &plan).await.map(drop)
    }

    /// Is treated as planned.
    pub(crate) async fn is_treated(&self, visit: &Visit) -> anyhow::Result<ThreadId> {
        let record = self.record().await?;
        let at = self.at(visit.hours_ago + 0.5);
        let clearance = record.clearance(catalog(), at)?;
        let held = record.held_regions();
        let ground = record.ground(&clearance, &held, at)?;
        let mut session = Session::open(ground, record.next_number(), at);
        session.anything_new = Some(false);
        session.discomfort = Some(visit.discomfort);
        session.skin = Some(visit.skin);
        session.home_done = Some(2);
        session.finished_at = Some(self.at(visit.hours_ago));
        for application in &mut session.applications {
            application.done = true;
            application.strokes = Some(110);
            application.force = visit.force.unwrap_or(application.force);
        }
        sound(&session.check(ground, catalog()))?;
        sound(&session.check_finish())?;
        self.say_at(self.about(), self.at(visit.hours_ago + 0.5), self.at(visit.hours_ago), &session).await
    }

    /// Is asked how it was.
    pub(crate) async fn tells(
        &self,
        session: ThreadId,
        hours_ago: f64,
        skin: Skin,
        soreness: u8,
    ) -> anyhow::Result<()> {
        let checkin = Checkin {
            session,
            at: self.at(hours_ago),
            how: How::Phone,
            soreness: Some(soreness),
            skin: Some(skin),
            redness_over_30_min: None,
            remark: String::new(),
        };
        self.say(self.about(), hours_ago, &checkin).await.map(drop)
    }

    /// Comes again at a time of today's.
    pub(crate) async fn is_booked(&self, at: Timestamp, with_episode: bool) -> anyhow::Result<()> {
        let appointment = Appointment {
            at,
            episode: with_episode.then_some(self.episode),
            state: State::Booked,
            remark: String::new(),
        };
        self.say_at(About::client(self.client), at, self.at(24.0), &appointment).await.map(drop)
    }

    /// Gets a signed note.
    pub(crate) async fn is_noted(&self, hours_ago: f64, text: &str) -> anyhow::Result<()> {
        let note = Note { text: text.to_owned(), session: None, adds_to: None, signed_at: Some(self.at(hours_ago)) };
        self.say(self.about(), hours_ago, &note).await.map(drop)
    }

    /// Is treated with an instrumented tool, whose recording gives the dose of the first region.
    pub(crate) async fn is_treated_with_recording(&self, visit: &Visit, table: &[u8]) -> anyhow::Result<ThreadId> {
        let thread = self.is_treated(visit).await?;
        let place = Place { client: self.client, episode: self.episode, session: thread };
        let at = self.at(visit.hours_ago);
        let name = xystra_dose::synthetic::FILE_NAME;
        let recording = self.store.add_recording(self.scope, place, name, table, &Reading::default(), at).await?;
        let old = self.store.thread::<Session>(self.scope, thread).await?;
        let mut session = old.body.clone();
        if let Some(first) = session.applications.first_mut() {
            first.force = Force::Measured(recording);
        }
        let mut batch = Batch::default();
        batch.amend(&old, self.about(), old.happened_at, "a recording was attached", &session);
        self.store.save(self.scope, &batch, at).await?;
        Ok(thread)
    }

    async fn record(&self) -> anyhow::Result<Arc<Record>> {
        Ok(self.store.record(self.scope, self.episode).await?)
    }

    fn about(&self) -> About {
        About::episode(self.client, self.episode)
    }

    fn at(&self, hours_ago: f64) -> Timestamp {
        self.now - SignedDuration::from_secs_f64(hours_ago * 3600.0)
    }

    async fn say<T: Step>(&self, about: About, hours_ago: f64, body: &T) -> anyhow::Result<ThreadId> {
        self.say_at(about, self.at(hours_ago), self.at(hours_ago), body).await
    }

    async fn say_at<T: Step>(
        &self,
        about: About,
        happened: Timestamp,
        recorded: Timestamp,
        body: &T,
    ) -> anyhow::Result<ThreadId> {
        let mut batch = Batch::default();
        let thread = batch.add(about, happened, body);
        self.store.save(self.scope, &batch, recorded).await?;
        Ok(thread)
    }
}

/// The stories keep to the rules that the pages keep to.
fn sound(errors: &[FieldError]) -> anyhow::Result<()> {
    match errors.first() {
        None => Ok(()),
        Some(error) => Err(anyhow::anyhow!("{error}")),
    }
}
