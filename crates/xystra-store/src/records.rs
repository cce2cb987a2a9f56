//! Reading ground: one episode, many episodes, one thread through its versions.
//!
//! The plus in `ORDER BY +happened_at` changes no number. It keeps SQLite from walking through the whole practice in
//! that order, where it should look up one client and sort a few rows.

use std::collections::BTreeMap;

use jiff::Timestamp;
use xystra_care::id::{ClientId, EpisodeId, ThreadId};
use xystra_care::intake::Intake;
use xystra_care::{Entry, Record};

use crate::db::{instant, micros};
use crate::entries::{Kept, entry_of};
use crate::step::Step;
use crate::{Error, Scope, Store};

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
    pub async fn record(&self, scope: &Scope, episode: EpisodeId) -> Result<Record, Error> {
        let client: Option<(String,)> = sqlx::query_as(
            "SELECT client_id FROM entry WHERE practice_id = $1 AND episode_id = $2 AND step = 'intake' AND latest = 1",
        )
        .bind(scope.practice_text())
        .bind(episode.to_string())
        .fetch_optional(&self.reader)
        .await?;
        let (client,) = client.ok_or(Error::NotFound)?;
        let rows: Vec<Kept> = sqlx::query_as(
            "SELECT id, thread_id, version, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, \
             reason, struck, body FROM entry \
             WHERE practice_id = $1 AND client_id = $2 AND latest = 1 AND (episode_id = $3 OR episode_id IS NULL) \
             ORDER BY happened_at, id",
        )
        .bind(scope.practice_text())
        .bind(client)
        .bind(episode.to_string())
        .fetch_all(&self.reader)
        .await?;
        record_of(episode, &rows.iter().collect::<Vec<_>>())
    }

    /// Every episode of the practice that something was said about since `since`, newest intake first.
    pub async fn records_since(&self, scope: &Scope, since: Timestamp) -> Result<Vec<Record>, Error> {
        let rows: Vec<Kept> = sqlx::query_as(
            "SELECT id, thread_id, version, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, \
             reason, struck, body FROM entry \
             WHERE practice_id = $1 AND latest = 1 AND client_id IN \
             (SELECT client_id FROM entry WHERE practice_id = $1 AND recorded_at >= $2 AND client_id IS NOT NULL) \
             ORDER BY happened_at, id",
        )
        .bind(scope.practice_text())
        .bind(micros(since))
        .fetch_all(&self.reader)
        .await?;
        records_of(&rows)
    }

    /// Every episode of one client, oldest first.
    pub async fn records_of_client(&self, scope: &Scope, client: ClientId) -> Result<Vec<Record>, Error> {
        let rows: Vec<Kept> = sqlx::query_as(
            "SELECT id, thread_id, version, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, \
             reason, struck, body FROM entry WHERE practice_id = $1 AND client_id = $2 AND latest = 1 ORDER BY happened_at, id",
        )
        .bind(scope.practice_text())
        .bind(client.to_string())
        .fetch_all(&self.reader)
        .await?;
        records_of(&rows)
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
        Ok((row.5.as_deref().and_then(|text| text.parse().ok()), entry_of(&row)?))
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

fn client_of(row: &Kept) -> Result<ClientId, Error> {
    row.4.as_deref().and_then(|text| text.parse().ok()).ok_or(Error::NotFound)
}

/// Groups rows into one record for each intake; what belongs to the client goes to each of them.
fn records_of(rows: &[Kept]) -> Result<Vec<Record>, Error> {
    let mut clients: BTreeMap<&str, Vec<&Kept>> = BTreeMap::new();
    for row in rows {
        clients.entry(row.4.as_deref().unwrap_or_default()).or_default().push(row);
    }
    let mut episodes: BTreeMap<&str, &[&Kept]> = BTreeMap::new();
    for rows in clients.values() {
        let intakes = rows.iter().filter(|row| row.3 == Intake::STEP);
        episodes.extend(intakes.filter_map(|row| Some((row.5.as_deref()?, rows.as_slice()))));
    }
    episodes.into_iter().map(|(episode, rows)| record_of(episode.parse().map_err(|_| Error::NotFound)?, rows)).collect()
}

/// The record of one episode from its client's rows.
fn record_of(episode: EpisodeId, rows: &[&Kept]) -> Result<Record, Error> {
    let text = episode.to_string();
    let own = |row: &&&Kept| row.5.as_deref().is_none_or(|other| other == text);
    let rows: Vec<&Kept> = rows.iter().filter(own).copied().collect();
    let rows = rows.as_slice();
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
