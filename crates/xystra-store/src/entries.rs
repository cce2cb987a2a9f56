//! Writing ground: a batch of entries in one transaction, with its journal rows, done once however often it is posted.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use sqlx::{Any, Transaction};
use uuid::Uuid;
use xystra_care::Entry;
use xystra_care::consent::Consent;
use xystra_care::decision::Decision;
use xystra_care::finding::Finding;
use xystra_care::id::{ClientId, EntryId, EpisodeId, ThreadId};
use xystra_care::intake::Intake;
use xystra_care::measurement::Measurement;
use xystra_care::plan::Plan;
use xystra_care::response::Checkin;
use xystra_care::screening::Screening;
use xystra_care::session::Session;

use crate::clients::{index_client, touch_client};
use crate::db::micros;
use crate::journal::{Act, Chain};
use crate::step::Step;
use crate::{Error, Scope, Store, job, outlooks};

/// Kinds of entry that an outlook is made from.
const MOVING: [&str; 9] = [
    Intake::STEP,
    Screening::STEP,
    Consent::STEP,
    Measurement::STEP,
    Plan::STEP,
    Session::STEP,
    Checkin::STEP,
    Finding::STEP,
    Decision::STEP,
];

/// Entries that are kept together or not at all.
#[derive(Debug, Default)]
pub struct Batch {
    operation: Option<String>,
    location: String,
    rows: Vec<Row>,
    forms_done: Vec<String>,
}

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// It was written.
    Now,
    /// The same operation was written before; this is where it led.
    Before(String),
}

#[derive(Debug)]
struct Row {
    id: Uuid,
    thread: ThreadId,
    version: u32,
    step: &'static str,
    client: Option<ClientId>,
    episode: Option<EpisodeId>,
    happened_at: Timestamp,
    reason: Option<String>,
    struck: bool,
    find: Option<String>,
    body: String,
}

impl Row {
    /// The journal's word for writing it.
    fn action(&self) -> &'static str {
        match (self.struck, self.version) {
            (true, _) => "strike",
            (false, 1) => "add",
            (false, _) => "amend",
        }
    }
}

/// About whom and which complaint an entry is.
#[derive(Debug, Clone, Copy, Default)]
pub struct About {
    /// The client; `None` for what belongs to the practice, such as a tool.
    pub client: Option<ClientId>,
    /// The episode; `None` for what belongs to the client in every complaint.
    pub episode: Option<EpisodeId>,
}

impl About {
    /// About a client.
    pub fn client(client: ClientId) -> Self {
        Self { client: Some(client), episode: None }
    }

    /// About one complaint of a client.
    pub fn episode(client: ClientId, episode: EpisodeId) -> Self {
        Self { client: Some(client), episode: Some(episode) }
    }
}

impl Batch {
    /// A batch that posting twice writes once; `location` is where the person goes afterwards.
    pub fn once(operation: impl Into<String>, location: impl Into<String>) -> Self {
        Self { operation: Some(operation.into()), location: location.into(), ..Self::default() }
    }

    /// The first version of a new fact; returns its thread.
    pub fn add<T: Step>(&mut self, about: About, happened_at: Timestamp, body: &T) -> ThreadId {
        let thread = ThreadId(Uuid::now_v7());
        self.add_as(thread, about, happened_at, body);
        thread
    }

    /// The first version of a new fact whose thread is already known.
    pub fn add_as<T: Step>(&mut self, thread: ThreadId, about: About, happened_at: Timestamp, body: &T) {
        self.rows.push(row(thread, 1, about, happened_at, None, body));
    }

    /// The next version of a fact, with the reason. Saving fails when somebody else amended it meanwhile.
    pub fn amend<T: Step, U>(&mut self, old: &Entry<U>, about: About, happened_at: Timestamp, reason: &str, body: &T) {
        self.rows.push(row(old.thread, old.version + 1, about, happened_at, Some(reason.to_owned()), body));
    }

    /// Strikes a fact out: a last version that counts nowhere and stays in the history.
    pub fn strike<T: Step>(&mut self, old: &Entry<T>, about: About, reason: &str) {
        let mut row = row(old.thread, old.version + 1, about, old.happened_at, Some(reason.to_owned()), &old.body);
        row.struck = true;
        self.rows.push(row);
    }

    /// The draft of this form goes with the save.
    #[must_use]
    pub fn and_forget_draft(mut self, form: impl Into<String>) -> Self {
        self.forms_done.push(form.into());
        self
    }

    /// The clients that it is about, and whether what each is found by may change.
    fn clients(&self) -> BTreeMap<ClientId, bool> {
        let mut clients = BTreeMap::new();
        for row in &self.rows {
            let Some(client) = row.client else { continue };
            *clients.entry(client).or_default() |= row.find.is_some();
        }
        clients
    }

    /// Complaints whose outlook it may change.
    fn moved(&self) -> BTreeSet<EpisodeId> {
        self.rows.iter().filter(|row| MOVING.contains(&row.step)).filter_map(|row| row.episode).collect()
    }

    /// Where the person goes afterwards.
    pub fn set_location(&mut self, location: impl Into<String>) {
        self.location = location.into();
    }
}

fn row<T: Step>(
    thread: ThreadId,
    version: u32,
    about: About,
    happened_at: Timestamp,
    reason: Option<String>,
    body: &T,
) -> Row {
    Row {
        id: Uuid::now_v7(),
        thread,
        version,
        step: T::STEP,
        client: about.client,
        episode: about.episode,
        happened_at,
        reason,
        struck: false,
        find: body.find(),
        body: json(body),
    }
}

/// Our own types as JSON text.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("our own types turn into JSON")
}

impl Store {
    /// Writes a batch: all of it with its journal rows, or nothing.
    pub async fn save(&self, scope: &Scope, batch: &Batch, now: Timestamp) -> Result<Saved, Error> {
        let mut change = self.begin(scope).await?;
        if let Some(operation) = &batch.operation
            && !remember(&mut change, scope, operation, &batch.location, now).await?
        {
            return Ok(Saved::Before(led_to(&mut change, scope, operation).await?));
        }
        write(&mut change, scope, batch, now).await?;
        for form in &batch.forms_done {
            crate::draft::delete(&mut change, scope, form).await?;
        }
        self.commit(scope, change).await?;
        self.wake.notify_one();
        Ok(Saved::Now)
    }
}

/// Writes the entries of a batch and their journal rows within a change, and queues the outlooks that they may change.
pub(crate) async fn write(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    batch: &Batch,
    now: Timestamp,
) -> Result<(), Error> {
    let mut chain = Chain::of(change, &scope.practice_text()).await?;
    for row in &batch.rows {
        insert(change, scope, row, now).await?;
        chain.add(change, Act::of(scope, row.action(), row.step, &row.id.to_string(), now)).await?;
    }
    for episode in batch.moved() {
        job::put(change, scope, outlooks::JOB, &episode.to_string(), now).await?;
    }
    for (client, words_change) in batch.clients() {
        index(change, scope, &client.to_string(), words_change, now).await?;
    }
    Ok(())
}

/// Where an operation that was done before led.
async fn led_to(change: &mut Transaction<'_, Any>, scope: &Scope, operation: &str) -> Result<String, Error> {
    let (location,): (String,) = sqlx::query_as("SELECT location FROM operation WHERE practice_id = $1 AND id = $2")
        .bind(scope.practice_text())
        .bind(operation)
        .fetch_one(&mut **change)
        .await?;
    Ok(location)
}

/// Notes an operation; `false` when it was done before.
async fn remember(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    operation: &str,
    location: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let noted = sqlx::query(
        "INSERT INTO operation (practice_id, id, location, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
    )
    .bind(scope.practice_text())
    .bind(operation)
    .bind(location)
    .bind(micros(now))
    .execute(&mut **change)
    .await?;
    Ok(noted.rows_affected() > 0)
}

async fn index(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    client: &str,
    words_change: bool,
    now: Timestamp,
) -> Result<(), Error> {
    if words_change {
        index_client(change, &scope.practice_text(), client).await
    } else {
        touch_client(change, &scope.practice_text(), client, now).await
    }
}

async fn insert(change: &mut Transaction<'_, Any>, scope: &Scope, row: &Row, now: Timestamp) -> Result<(), Error> {
    // A first version has none before it; if it has one after all, the table refuses it.
    if row.version > 1 {
        sqlx::query("UPDATE entry SET latest = 0 WHERE practice_id = $1 AND thread_id = $2 AND latest = 1")
            .bind(scope.practice_text())
            .bind(row.thread.to_string())
            .execute(&mut **change)
            .await?;
    }
    sqlx::query(
        "INSERT INTO entry (practice_id, id, thread_id, version, latest, step, client_id, episode_id, author_id, author_name, \
         recorded_at, happened_at, reason, struck, find, body) \
         VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(scope.practice_text())
    .bind(row.id.to_string())
    .bind(row.thread.to_string())
    .bind(i64::from(row.version))
    .bind(row.step)
    .bind(row.client.map(|id| id.to_string()))
    .bind(row.episode.map(|id| id.to_string()))
    .bind(scope.author().account.to_string())
    .bind(&scope.author().name)
    .bind(micros(now))
    .bind(micros(row.happened_at))
    .bind(&row.reason)
    .bind(i64::from(row.struck))
    .bind(&row.find)
    .bind(&row.body)
    .execute(&mut **change)
    .await?;
    Ok(())
}

/// A row as it comes from the table: id, thread, version, step, client, episode, author id and name, recorded,
/// happened, reason, struck, body.
pub(crate) type Kept = (
    String,
    String,
    i64,
    String,
    Option<String>,
    Option<String>,
    String,
    String,
    i64,
    i64,
    Option<String>,
    i64,
    String,
);

/// Turns a row into an entry of its step.
pub(crate) fn entry_of<T: Step>(row: &Kept) -> Result<Entry<T>, Error> {
    let (id, thread, version, step, _, _, author, name, recorded_at, happened_at, reason, struck, body) = row;
    let unreadable = |reason: String| Error::Unreadable { id: id.clone(), step: step.clone(), reason };
    let uuid = |text: &str| text.parse::<Uuid>().map_err(|reason| unreadable(reason.to_string()));
    Ok(Entry {
        id: EntryId(uuid(id)?),
        thread: ThreadId(uuid(thread)?),
        version: u32::try_from(*version).map_err(|reason| unreadable(reason.to_string()))?,
        author: xystra_care::entry::Author { account: xystra_care::id::AccountId(uuid(author)?), name: name.clone() },
        recorded_at: crate::db::instant(*recorded_at),
        happened_at: crate::db::instant(*happened_at),
        reason: reason.clone(),
        struck: *struck != 0,
        body: serde_json::from_str(body).map_err(|reason| unreadable(reason.to_string()))?,
    })
}
