//! One episode's record, grown in the order of the loop.

use jiff::{Timestamp, ToSpan};
use uuid::Uuid;
use xystra_care::client::Client;
use xystra_care::consent::{self, Consent};
use xystra_care::decision::Decision;
use xystra_care::entry::Author;
use xystra_care::finding::{self, Finding};
use xystra_care::id::{AccountId, ClientId, EntryId, EpisodeId, ThreadId};
use xystra_care::intake::{ComplaintSide, Intake, Onset};
use xystra_care::measurement::Measurement;
use xystra_care::note::Note;
use xystra_care::plan::{Draft, Plan};
use xystra_care::response::{self, Checkin, Skin};
use xystra_care::screening::{Answer, Screening, items};
use xystra_care::session::Session;
use xystra_care::{Entry, Record};
use xystra_catalog::atlas::{RegionId, Side};
use xystra_catalog::catalog;

/// When every record begins: 2 March 2026, 09:00 UTC, a Monday.
pub const START: Timestamp = Timestamp::constant(1_772_442_000, 0);

/// The region that plans and findings use unless told otherwise: no sensitive site.
pub const SITE: &str = "forearm-extensors-upper.back.left";

/// A region by its name.
///
/// # Panics
/// If the text is no region's name.
pub fn region(name: &str) -> RegionId {
    name.parse().expect("a region's name")
}

/// A record that grows; each step happens at the builder's clock.
#[derive(Debug, Clone)]
pub struct RecordBuilder {
    record: Record,
    now: Timestamp,
    next: u128,
}

impl RecordBuilder {
    /// A synthetic client with this complaint on the left, since four weeks; nothing else yet.
    pub fn new(condition: &str) -> Self {
        Self::numbered(1, condition)
    }

    /// As [`Self::new`], with ids that differ from those of every other number.
    pub fn numbered(number: u32, condition: &str) -> Self {
        let base = u128::from(number) << 64;
        let intake = Intake {
            condition: condition.to_owned(),
            words: String::new(),
            side: ComplaintSide::Left,
            since: Some(jiff::civil::date(2026, 2, 2)),
            onset: Onset::RepeatedStrain,
            irritability: None,
            diagnosed_by: String::new(),
            code: None,
            goals: Vec::new(),
            activities: vec!["Lifting a full cup".to_owned()],
            story: String::new(),
        };
        let client = Client { name: format!("Synthetic Client {number}"), synthetic: true, ..Client::default() };
        Self {
            record: Record {
                episode: EpisodeId(Uuid::from_u128(base + 1)),
                client_id: ClientId(Uuid::from_u128(base + 2)),
                client: entry(base + 3, START, client),
                consents: Vec::new(),
                intake: entry(base + 4, START, intake),
                screening: None,
                findings: Vec::new(),
                measurements: Vec::new(),
                plan: None,
                sessions: Vec::new(),
                checkins: Vec::new(),
                notes: Vec::new(),
                decisions: Vec::new(),
            },
            now: START,
            next: base + 5,
        }
    }

    /// Consent, a clear screening and the default plan on [`SITE`].
    #[must_use]
    pub fn ready(self) -> Self {
        self.consented().screened().planned(|_| {})
    }

    /// Moves the clock on.
    ///
    /// # Panics
    /// If the clock leaves what a timestamp can hold.
    #[must_use]
    pub fn later(mut self, hours: f64) -> Self {
        self.now = after(self.now, hours);
        self
    }

    /// Changes the person.
    #[must_use]
    pub fn client(mut self, change: impl FnOnce(&mut Client)) -> Self {
        change(&mut self.record.client.body);
        self
    }

    /// Changes the complaint.
    #[must_use]
    pub fn intake(mut self, change: impl FnOnce(&mut Intake)) -> Self {
        change(&mut self.record.intake.body);
        self
    }

    /// The client agrees, in words.
    #[must_use]
    pub fn consented(mut self) -> Self {
        let consent = Consent {
            text_version: 1,
            regions: String::new(),
            guardian: String::new(),
            how: consent::How::Spoken,
            withdrawn_at: None,
        };
        let entry = self.entry(consent);
        self.record.consents.push(entry);
        self
    }

    /// Every screening question is answered with no.
    #[must_use]
    pub fn screened(self) -> Self {
        self.answered(&[])
    }

    /// Every screening question is answered with no, but for these.
    #[must_use]
    pub fn answered(mut self, answers: &[(&str, Answer)]) -> Self {
        let asked = items(&self.record.intake.body, catalog());
        let mut screening = Screening::default();
        screening.answers.extend(asked.into_iter().map(|item| (item.id.clone(), Answer::no())));
        screening.answers.extend(answers.iter().map(|(item, answer)| ((*item).to_owned(), answer.clone())));
        self.record.screening = Some(self.entry(screening));
        self
    }

    /// This screening question lost its answer.
    #[must_use]
    pub fn unanswered(mut self, item: &str) -> Self {
        if let Some(screening) = &mut self.record.screening {
            screening.body.answers.remove(item);
        }
        self
    }

    /// Something was found at a region.
    #[must_use]
    pub fn found(mut self, at: &str, kind: finding::Kind) -> Self {
        let finding = Finding {
            region: region(at),
            kind,
            severity: 2,
            depth: None,
            how: finding::How::Hand,
            remark: String::new(),
        };
        let entry = self.entry(finding);
        self.record.findings.push(entry);
        self
    }

    /// A value of a measure; `side` for a measure that has one.
    #[must_use]
    pub fn measured(mut self, measure: &str, side: Option<Side>, value: f64) -> Self {
        let measurement = Measurement {
            measure: measure.to_owned(),
            value,
            side,
            method: xystra_care::measurement::Method::default(),
            activities: Vec::new(),
            remark: String::new(),
        };
        let entry = self.entry(measurement);
        self.record.measurements.push(entry);
        self
    }

    /// What a plan would start from: the condition's default course on [`SITE`].
    pub fn draft(&self) -> Draft {
        Draft::default_for(&self.record.intake.body, &[region(SITE)], catalog())
    }

    /// The default plan with a change, on the clearance in force.
    ///
    /// # Panics
    /// If there is no clearance or the plan is refused: a test of refusals calls `Plan::new` itself.
    #[must_use]
    pub fn planned(mut self, change: impl FnOnce(&mut Draft)) -> Self {
        let mut draft = self.draft();
        change(&mut draft);
        let clearance = self.record.clearance(catalog(), self.now).expect("a clearance for the plan");
        let plan = Plan::new(draft, &clearance, catalog()).expect("a plan that is not refused");
        self.record.plan = Some(self.entry(plan));
        self
    }

    /// A session of half an hour that did everything planned, ended with discomfort 2 and this skin.
    #[must_use]
    pub fn session(self, skin: Skin) -> Self {
        self.session_with(|session| session.skin = Some(skin))
    }

    /// A session of half an hour that did everything planned, with a change; moves the clock to its end.
    ///
    /// # Panics
    /// If the ground for a session is missing.
    #[must_use]
    pub fn session_with(mut self, change: impl FnOnce(&mut Session)) -> Self {
        let mut session = self.opened();
        self.now = after(self.now, 0.5);
        session.finished_at = Some(self.now);
        session.anything_new = Some(false);
        session.discomfort = Some(2);
        session.skin = Some(Skin::None);
        session.applications.iter_mut().for_each(|application| application.done = true);
        change(&mut session);
        let mut entry = self.entry(session);
        entry.happened_at = entry.body.started_at;
        self.record.sessions.push(entry);
        self
    }

    /// A session that is still going on, with a change.
    ///
    /// # Panics
    /// If the ground for a session is missing.
    #[must_use]
    pub fn open_session(mut self, change: impl FnOnce(&mut Session)) -> Self {
        let mut session = self.opened();
        change(&mut session);
        let entry = self.entry(session);
        self.record.sessions.push(entry);
        self
    }

    /// A telephone call about the last session.
    ///
    /// # Panics
    /// If there was no session.
    #[must_use]
    pub fn checkin(mut self, skin: Option<Skin>, soreness: Option<u8>) -> Self {
        let session = self.record.sessions.last().expect("a session to ask about").thread;
        let checkin = Checkin {
            session,
            at: self.now,
            how: response::How::Phone,
            soreness,
            skin,
            redness_over_30_min: None,
            remark: String::new(),
        };
        let entry = self.entry(checkin);
        self.record.checkins.push(entry);
        self
    }

    /// A note, signed or not.
    #[must_use]
    pub fn noted(mut self, text: &str, signed: bool) -> Self {
        let note = Note { text: text.to_owned(), session: None, adds_to: None, signed_at: signed.then_some(self.now) };
        let entry = self.entry(note);
        self.record.notes.push(entry);
        self
    }

    /// A decision.
    #[must_use]
    pub fn decided(mut self, decision: Decision) -> Self {
        let entry = self.entry(decision);
        self.record.decisions.push(entry);
        self
    }

    /// The builder's clock.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The record so far.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The record.
    pub fn build(self) -> Record {
        self.record
    }

    fn opened(&self) -> Session {
        let held = self.record.held_regions();
        let clearance = self.record.clearance(catalog(), self.now).expect("a clearance for the session");
        let ground = self.record.ground(&clearance, &held, self.now).expect("the ground for a session");
        Session::open(ground, self.record.next_number(), self.now)
    }

    fn entry<T>(&mut self, body: T) -> Entry<T> {
        self.next += 1;
        entry(self.next, self.now, body)
    }
}

fn entry<T>(number: u128, at: Timestamp, body: T) -> Entry<T> {
    Entry {
        id: EntryId(Uuid::from_u128(number)),
        thread: ThreadId(Uuid::from_u128(number)),
        version: 1,
        author: Author { account: AccountId(Uuid::from_u128(1)), name: "Example therapist".to_owned() },
        recorded_at: at,
        happened_at: at,
        reason: None,
        struck: false,
        body,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "hours of a test, far below 2^63 seconds")]
fn after(at: Timestamp, hours: f64) -> Timestamp {
    at.checked_add(((hours * 3600.0).round() as i64).seconds()).expect("a clock within range")
}
