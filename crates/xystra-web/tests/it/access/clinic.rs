//! A practice with one of everything in it, and the ids that fill the parameters of a route.

use jiff::{SignedDuration, Timestamp};
use xystra_care::Record;
use xystra_care::appointment::{Appointment, State};
use xystra_care::finding::Kind as Finding;
use xystra_care::practice::{Practice, Tool};
use xystra_care::response::Skin;
use xystra_care::role::Role;
use xystra_dose::Sweeps;
use xystra_dose::read::Reading;
use xystra_store::entries::About;
use xystra_store::link::{Kind, NewLink};
use xystra_store::recording::Place;
use xystra_store::shelf::{self, Shelf};
use xystra_store::{Account, Batch, NewOwner, Scope, Store};
use xystra_testkit::{RecordBuilder, SITE};

use crate::kept::batch_of;
use crate::person::{Person, named};
use crate::support::{PASSWORD, TestApp};

/// Stands in everything that somebody wrote in the other practice.
pub(crate) const WORD: &str = "Quicksilver";

/// A practice and what it keeps.
pub(crate) struct Clinic {
    pub(crate) scope: Scope,
    people: Vec<Account>,
    record: Record,
    ids: Vec<(&'static str, String)>,
}

impl Clinic {
    /// A second practice in the same database, with its own people and record.
    pub(crate) async fn second(test: &TestApp) -> Self {
        let new = NewOwner {
            practice: Practice { name: WORD.into(), ..Practice::default() },
            login: "their-owner".into(),
            name: format!("{WORD} owner"),
            password_hash: xystra_web::auth::password::hash(PASSWORD.into()).await,
        };
        let owner = test.app.store().add_practice(&new, test.clock.now()).await.expect("a second practice");
        Self::of(test, &Scope::of(&owner), 2).await
    }

    /// The practice of this scope, filled with record number `number`.
    pub(crate) async fn of(test: &TestApp, owner: &Scope, number: u32) -> Self {
        let (store, built) = (test.app.store(), record(number));
        let now = built.now();
        test.clock.set(now);
        let record = built.build();
        store.save(owner, &batch_of(&record, None), now).await.expect("kept");
        let mut ids = threads(&record);
        ids.extend(beside(store, owner, word(number), &record, now).await);
        let mut people = vec![owner_of(store, owner).await];
        for role in [Role::Clinician, Role::Assistant, Role::Auditor] {
            people.push(named(&test.app, owner, role, &format!("{}-{number}", role.word())).await);
        }
        let spare = named(&test.app, owner, Role::Clinician, &format!("{}-spare-{number}", word(number))).await;
        ids.push(("/settings/people/{account}", spare.id.to_string()));
        let desk = Scope::of(&people[2]);
        store
            .open_emergency(&desk, record.client_id, &format!("{} fell down", word(number)), now)
            .await
            .expect("an emergency");
        let emergency = store.unseen_emergencies(owner).await.expect("emergencies").remove(0);
        // What the assistant opened must not open the pages that the test wants to see refused.
        test.clock.set(now + SignedDuration::from_hours(2));
        ids.push(("/emergencies/{emergency}", emergency.id.to_string()));
        Self { scope: owner.clone(), people, record, ids }
    }

    /// Somebody of this role, signed in.
    pub(crate) async fn person(&self, test: &TestApp, role: Role) -> Person {
        Person::signed_in(&test.app, &self.with(role).login).await
    }

    /// The id of the account with this role.
    pub(crate) fn account(&self, role: Role) -> String {
        self.with(role).id.to_string()
    }

    fn with(&self, role: Role) -> &Account {
        self.people.iter().find(|account| account.role == role).expect("one of each role")
    }

    /// The address with this practice's ids in it. A parameter that is not known here fails the test.
    pub(crate) fn fill(&self, path: &str) -> String {
        let mut filled = String::new();
        let mut pattern = String::new();
        for part in path.split('/').skip(1) {
            pattern = format!("{pattern}/{part}");
            let value = if part.starts_with('{') { self.value(&pattern, part) } else { part.to_owned() };
            filled = format!("{filled}/{value}");
        }
        filled
    }

    fn value(&self, pattern: &str, part: &str) -> String {
        let known = self.ids.iter().find(|(known, _)| *known == pattern || *known == part);
        let value = known.map(|(_, value)| value.clone());
        value.unwrap_or_else(|| panic!("{pattern}: say in tests/it/access/clinic.rs what {part} is"))
    }

    /// Fields of forms that take an id, with this practice's.
    pub(crate) fn fields(&self) -> Vec<(&'static str, String)> {
        let (client, episode) = (self.record.client_id.to_string(), self.record.episode.to_string());
        vec![
            ("client", client.clone()),
            ("other", client.clone()),
            ("path", format!("/clients/{client}/page")),
            ("back", "/".into()),
            ("episode", episode),
            ("session", self.record.sessions[0].thread.to_string()),
            ("tool", self.fill("/settings/tools/{thread}").replace("/settings/tools/", "")),
            ("link", link_hash(&self.scope)),
            ("invitation", invitation_hash(&self.scope)),
            ("device", "no-such-device".into()),
            ("at", "2026-04-01T09:00".into()),
            ("reason", "a reason of ten letters".into()),
        ]
    }
}

/// What stands in everything that somebody wrote in this practice.
fn word(number: u32) -> &'static str {
    if number == 1 { "Demo" } else { WORD }
}

/// A record with every step in it.
fn record(number: u32) -> RecordBuilder {
    let word = word(number);
    RecordBuilder::numbered(number, "lateral-epicondylitis")
        .client(|client| client.name = format!("{word} client"))
        .intake(|intake| intake.story = format!("{word} story"))
        .consented()
        .screened()
        .found(SITE, Finding::Tenderness)
        .measured("nprs", None, 6.5)
        .planned(|draft| draft.remark = format!("{word} plan"))
        .later(24.0)
        .session(Skin::FewPetechiae)
        .later(24.0)
        .noted(&format!("{word} note"), false)
        .open_session(|_| {})
}

fn threads(record: &Record) -> Vec<(&'static str, String)> {
    vec![
        ("{client}", record.client_id.to_string()),
        ("{episode}", record.episode.to_string()),
        ("/findings/{thread}", record.findings[0].thread.to_string()),
        ("/measurements/{thread}", record.measurements[0].thread.to_string()),
        ("/sessions/{thread}", record.sessions[0].thread.to_string()),
        ("/notes/{thread}", record.notes[0].thread.to_string()),
        ("/clients/{client}/consent/{thread}", record.consents[0].thread.to_string()),
        ("{form}", format!("finding:{}", record.episode)),
        ("{id}", "lateral-epicondylitis".into()),
        ("{token}", "no-such-token".into()),
        ("{ticket}", "no-such-ticket".into()),
        ("{*path}", "css/xystra.css".into()),
    ]
}

/// What stands beside a record: an appointment, a tool, a recording, a backup, a draft, links.
async fn beside(
    store: &Store,
    owner: &Scope,
    word: &str,
    record: &Record,
    now: Timestamp,
) -> Vec<(&'static str, String)> {
    let mut batch = Batch::default();
    let booked =
        Appointment { at: now, episode: Some(record.episode), state: State::Booked, remark: format!("{word} hall") };
    let appointment = batch.add(About::client(record.client_id), now, &booked);
    let tool = batch.add(About::default(), now, &tool(word));
    store.save(owner, &batch, now).await.expect("kept");
    let place = Place { client: record.client_id, episode: record.episode, session: record.sessions[0].thread };
    let csv = Sweeps::default().to_csv();
    let recording = store
        .add_recording(owner, place, "sweeps.csv", csv.as_bytes(), &Reading::default(), now)
        .await
        .expect("a recording");
    let name = shelf::name(now + SignedDuration::from_secs(i64::from(word == WORD)));
    let file = Shelf::of(store, owner).room_for(&name).expect("room");
    store.back_up(owner, &file, "test", now).await.expect("a backup");
    links(store, owner, word, record, now).await;
    vec![
        ("/appointments/{thread}", appointment.to_string()),
        ("/settings/tools/{thread}", tool.to_string()),
        ("{recording}", recording.to_string()),
        ("{name}", name),
    ]
}

async fn links(store: &Store, owner: &Scope, word: &str, record: &Record, now: Timestamp) {
    let ends_at = now + SignedDuration::from_hours(24);
    let page = NewLink { kind: Kind::Page, client: record.client_id, episode: record.episode, session: None, ends_at };
    store.make_link(owner, &page, &link_hash(owner), now).await.expect("a link");
    store.invite(owner, (word, Role::Owner), &invitation_hash(owner), ends_at, now).await.expect("an invitation");
    store.keep_draft(owner, "finding:theirs", 0, "tab", word, now).await.expect("a draft");
}

fn link_hash(owner: &Scope) -> String {
    format!("link-{}", owner.practice())
}

fn invitation_hash(owner: &Scope) -> String {
    format!("invitation-{}", owner.practice())
}

fn tool(word: &str) -> Tool {
    Tool {
        name: format!("{word} board"),
        instrument: "gt-1".into(),
        mass_g: None,
        radius_mm: None,
        length_mm: None,
        instrumented: false,
        calibrated: None,
        retired: false,
    }
}

async fn owner_of(store: &Store, owner: &Scope) -> Account {
    store.person(owner, owner.author().account).await.expect("the owner").account
}
