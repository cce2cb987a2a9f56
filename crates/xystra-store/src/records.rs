//! Reading ground: one episode, many episodes, one thread through its versions.
//!
//! The plus in `ORDER BY +happened_at` changes no number. It keeps SQLite from walking through the whole practice in
//! that order, where it should look up one client and sort a few rows.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use xystra_care::id::{ClientId, EpisodeId, ThreadId};
use xystra_care::intake::Intake;
use xystra_care::{Entry, Record};

use crate::cache::Records;
use crate::db::{instant, micros};
use crate::entries::{Kept, entry_of};
use crate::step::Step;
use crate::{Error, Scope, Store};

/// What an entry takes besides its body, about, bytes.
const ROW_BYTES: usize = 300;

/// One line of a history: what was said when, by whom, with the body as it was kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The step's word.
    pub step: String,
    /// The heading, and the body as JSON.
    pub entry: Entry<serde_json::Value>,
}

impl Step for serde_json::Value {
    const STEP: &'static str = "any";
}

impl Store {
    /// Everything in force about one episode.
    pub async fn record(&self, scope: &Scope, episode: EpisodeId) -> Result<Arc<Record>, Error> {
        let row: Option<(String, i64)> = sqlx::query_as(
            "SELECT c.id, c.revision FROM entry e JOIN client c ON c.practice_id = e.practice_id AND c.id = e.client_id \
             WHERE e.practice_id = $1 AND e.episode_id = $2 AND e.step = 'intake' AND e.latest = 1",
        )
        .bind(scope.practice_text())
        .bind(episode.to_string())
        .fetch_optional(&self.reader)
        .await?;
        let (client, revision) = row.ok_or(Error::NotFound)?;
        let records = self.records_at(scope, id_of(&client)?, revision).await?;
        let record = records.iter().find(|record| record.episode == episode).ok_or(Error::NotFound)?;
        Ok(Arc::clone(record))
    }

    /// Every episode of the practice's clients that something was said about since `since`, by its id.
    pub async fn records_since(&self, scope: &Scope, since: Timestamp) -> Result<Vec<Arc<Record>>, Error> {
        let clients: Vec<(String, i64)> =
            sqlx::query_as("SELECT id, revision FROM client WHERE practice_id = $1 AND written_at >= $2")
                .bind(scope.practice_text())
                .bind(micros(since))
                .fetch_all(&self.reader)
                .await?;
        let mut records = Vec::new();
        for (client, revision) in clients {
            records.extend(self.records_at(scope, id_of(&client)?, revision).await?.iter().cloned());
        }
        records.sort_by_key(|record| record.episode);
        Ok(records)
    }

    /// Every episode of one client, by its id.
    pub async fn records_of_client(&self, scope: &Scope, client: ClientId) -> Result<Vec<Arc<Record>>, Error> {
        let row: Option<(i64,)> = sqlx::query_as("SELECT revision FROM client WHERE practice_id = $1 AND id = $2")
            .bind(scope.practice_text())
            .bind(client.to_string())
            .fetch_optional(&self.reader)
            .await?;
        let Some((revision,)) = row else { return Ok(Vec::new()) };
        Ok(self.records_at(scope, client, revision).await?.to_vec())
    }

    /// A client's records as of a revision that was just read. Rows that are newer than it are held under it all the same:
    /// whoever asks next names a later revision, and they are read again.
    async fn records_at(&self, scope: &Scope, client: ClientId, revision: i64) -> Result<Records, Error> {
        scope.saw(client);
        let key = (scope.practice(), client);
        if let Some(records) = self.cache.get(key, revision) {
            return Ok(records);
        }
        let rows: Vec<Kept> = sqlx::query_as(
            "SELECT id, thread_id, version, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, \
             reason, struck, body FROM entry WHERE practice_id = $1 AND client_id = $2 AND latest = 1 ORDER BY +happened_at, id",
        )
        .bind(scope.practice_text())
        .bind(client.to_string())
        .fetch_all(&self.reader)
        .await?;
        let records: Records = records_of(&rows)?.into_iter().map(Arc::new).collect();
        self.cache.keep(key, revision, Arc::clone(&records), rows.iter().map(|row| ROW_BYTES + row.12.len()).sum());
        Ok(records)
    }

    /// Everything in force of one step about one client, struck entries included, oldest first.
    pub async fn of_client<T: Step>(&self, scope: &Scope, client: ClientId) -> Result<Vec<Entry<T>>, Error> {
        let rows: Vec<Kept> = sqlx::query_as(
            "SELECT id, thread_id, version, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, \
             reason, struck, body FROM entry \
             WHERE practice_id = $1 AND client_id = $2 AND step = $3 AND latest = 1 ORDER BY +happened_at, id",
        )
        .bind(scope.practice_text())
        .bind(client.to_string())
        .bind(T::STEP)
        .fetch_all(&self.reader)
        .await?;
        saw(scope, &rows);
        rows.iter().map(entry_of).collect()
    }

    /// Everything in force of one step that happens between two instants, with the client it is about.
    pub async fn between<T: Step>(
        &self,
        scope: &Scope,
        from: Timestamp,
        to: Timestamp,
    ) -> Result<Vec<(ClientId, Entry<T>)>, Error> {
        let rows: Vec<Kept> = sqlx::query_as(
            "SELECT id, thread_id, version, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, \
             reason, struck, body FROM entry WHERE practice_id = $1 AND step = $2 AND latest = 1 AND struck = 0 \
             AND happened_at >= $3 AND happened_at < $4 ORDER BY happened_at, id",
        )
        .bind(scope.practice_text())
        .bind(T::STEP)
        .bind(micros(from))
        .bind(micros(to))
        .fetch_all(&self.reader)
        .await?;
        saw(scope, &rows);
        rows.iter().map(|row| Ok((client_of(row)?, entry_of(row)?))).collect()
    }

    /// Everything in force of one step that belongs to the practice itself, such as its tools.
    pub async fn of_practice<T: Step>(&self, scope: &Scope) -> Result<Vec<Entry<T>>, Error> {
        let rows: Vec<Kept> = sqlx::query_as(
            "SELECT id, thread_id, version, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, \
             reason, struck, body FROM entry WHERE practice_id = $1 AND step = $2 AND latest = 1 ORDER BY happened_at, id",
        )
        .bind(scope.practice_text())
        .bind(T::STEP)
        .fetch_all(&self.reader)
        .await?;
        saw(scope, &rows);
        rows.iter().map(entry_of).collect()
    }

    /// The last version of one fact.
    pub async fn thread<T: Step>(&self, scope: &Scope, thread: ThreadId) -> Result<Entry<T>, Error> {
        self.thread_in_episode(scope, thread).await.map(|(_, entry)| entry)
    }

    /// The last version of one fact and the episode it belongs to.
    pub async fn thread_in_episode<T: Step>(
        &self,
        scope: &Scope,
        thread: ThreadId,
    ) -> Result<(Option<EpisodeId>, Entry<T>), Error> {
        let row: Option<Kept> = sqlx::query_as(
            "SELECT id, thread_id, version, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, \
             reason, struck, body FROM entry WHERE practice_id = $1 AND thread_id = $2 AND step = $3 AND latest = 1",
        )
        .bind(scope.practice_text())
        .bind(thread.to_string())
        .bind(T::STEP)
        .fetch_optional(&self.reader)
        .await?;
        let row = row.ok_or(Error::NotFound)?;
        saw(scope, std::slice::from_ref(&row));
        Ok((row.5.as_deref().and_then(|text| text.parse().ok()), entry_of(&row)?))
    }

    /// One version of one fact, in force or not.
    pub async fn version<T: Step>(&self, scope: &Scope, thread: ThreadId, version: u32) -> Result<Entry<T>, Error> {
        let row: Option<Kept> = sqlx::query_as(
            "SELECT id, thread_id, version, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, \
             reason, struck, body FROM entry WHERE practice_id = $1 AND thread_id = $2 AND version = $3 AND step = $4",
        )
        .bind(scope.practice_text())
        .bind(thread.to_string())
        .bind(i64::from(version))
        .bind(T::STEP)
        .fetch_optional(&self.reader)
        .await?;
        let row = row.ok_or(Error::NotFound)?;
        saw(scope, std::slice::from_ref(&row));
        entry_of(&row)
    }

    /// Every version of everything said about one episode and its client, newest first.
    pub async fn history(&self, scope: &Scope, record: &Record) -> Result<Vec<Line>, Error> {
        let rows: Vec<Kept> = sqlx::query_as(
            "SELECT id, thread_id, version, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, \
             reason, struck, body FROM entry \
             WHERE practice_id = $1 AND client_id = $2 AND (episode_id = $3 OR episode_id IS NULL) \
             ORDER BY +recorded_at DESC, id DESC",
        )
        .bind(scope.practice_text())
        .bind(record.client_id.to_string())
        .bind(record.episode.to_string())
        .fetch_all(&self.reader)
        .await?;
        saw(scope, &rows);
        rows.iter().map(|row| Ok(Line { step: row.3.clone(), entry: entry_of(row)? })).collect()
    }

    /// When anything about a client was last written down.
    pub async fn last_written(&self, scope: &Scope) -> Result<Option<Timestamp>, Error> {
        let row: (Option<i64>,) = sqlx::query_as("SELECT MAX(recorded_at) FROM entry WHERE practice_id = $1")
            .bind(scope.practice_text())
            .fetch_one(&self.reader)
            .await?;
        Ok(row.0.map(instant))
    }
}

/// Notes whose rows are given out.
fn saw(scope: &Scope, rows: &[Kept]) {
    let clients: BTreeSet<&str> = rows.iter().filter_map(|row| row.4.as_deref()).collect();
    clients.into_iter().filter_map(|client| client.parse().ok()).for_each(|client| scope.saw(client));
}

/// Whose row it is.
pub(crate) fn client_of(row: &Kept) -> Result<ClientId, Error> {
    id_of(row.4.as_deref().unwrap_or_default())
}

fn id_of(client: &str) -> Result<ClientId, Error> {
    client.parse().map_err(|_| Error::NotFound)
}

/// One record for each intake among a client's rows; what belongs to the client goes to each of them.
fn records_of(rows: &[Kept]) -> Result<Vec<Record>, Error> {
    let intakes = rows.iter().filter(|row| row.3 == Intake::STEP);
    let episodes: BTreeSet<&str> = intakes.filter_map(|row| row.5.as_deref()).collect();
    episodes.into_iter().map(|episode| record_of(episode, rows)).collect()
}

/// The record of one episode from its client's rows.
fn record_of(episode: &str, rows: &[Kept]) -> Result<Record, Error> {
    let own = |row: &&Kept| row.5.as_deref().is_none_or(|other| other == episode);
    let rows: Vec<&Kept> = rows.iter().filter(own).collect();
    let rows = rows.as_slice();
    let episode = episode.parse().map_err(|_| Error::NotFound)?;
    let client_id = rows.first().map(|row| client_of(row)).ok_or(Error::NotFound)??;
    Ok(Record {
        episode,
        client_id,
        client: the(rows)?,
        consents: all(rows)?,
        intake: the(rows)?,
        screening: last(rows)?,
        findings: all(rows)?,
        measurements: all(rows)?,
        plan: last(rows)?,
        sessions: all(rows)?,
        checkins: all(rows)?,
        notes: all(rows)?,
        decisions: all(rows)?,
    })
}

/// Every entry of a step, struck ones too: they are shown, and care counts them nowhere.
fn all<T: Step>(rows: &[&Kept]) -> Result<Vec<Entry<T>>, Error> {
    rows.iter().filter(|row| row.3 == T::STEP).map(|row| entry_of(row)).collect()
}

/// The last entry of a step that was not struck.
fn last<T: Step>(rows: &[&Kept]) -> Result<Option<Entry<T>>, Error> {
    rows.iter().rfind(|row| row.3 == T::STEP && row.11 == 0).map(|row| entry_of(row)).transpose()
}

/// The entry without which there is no record, struck or not.
fn the<T: Step>(rows: &[&Kept]) -> Result<Entry<T>, Error> {
    rows.iter().rfind(|row| row.3 == T::STEP).map_or(Err(Error::NotFound), |row| entry_of(row))
}
