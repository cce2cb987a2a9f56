//! Recordings as they came, in parts.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::{Any, Transaction};
use uuid::Uuid;
use xystra_care::id::{ClientId, EpisodeId, RecordingId, ThreadId};
use xystra_dose::read::Reading;

use crate::db::{instant, micros};
use crate::entries::json;
use crate::journal::hex;
use crate::{Error, Scope, Store};

/// Bytes of one part.
const PART: usize = 256 * 1024;

/// A recording's heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// Which.
    pub id: RecordingId,
    /// Whose.
    pub client: ClientId,
    /// In which episode.
    pub episode: EpisodeId,
    /// In which session.
    pub session: ThreadId,
    /// The file's name as it was uploaded.
    pub name: String,
    /// SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// Its size.
    pub bytes: i64,
    /// Who added it.
    pub added_by: String,
    /// When.
    pub added_at: Timestamp,
    /// What was said of the file that it does not say itself.
    pub reading: Reading,
}

/// Where a recording belongs.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Whose.
    pub client: ClientId,
    /// In which episode.
    pub episode: EpisodeId,
    /// In which session.
    pub session: ThreadId,
}

type Row = (String, String, String, String, String, String, i64, String, i64, Option<String>);

impl Store {
    /// Keeps a recording: all of it, or nothing. The same bytes in the same session are kept once, and read from then on as
    /// `reading` says.
    pub async fn add_recording(
        &self,
        scope: &Scope,
        place: Place,
        name: &str,
        content: &[u8],
        reading: &Reading,
        now: Timestamp,
    ) -> Result<RecordingId, Error> {
        let sha256 = hex(&Sha256::digest(content));
        let mut change = self.begin(scope).await?;
        if let Some(known) = known(&mut change, scope, place.session, &sha256).await? {
            read_as(&mut change, scope, known, reading, now).await?;
            change.commit().await?;
            return Ok(known);
        }
        let id = RecordingId(Uuid::now_v7());
        sqlx::query(
            "INSERT INTO recording (practice_id, id, client_id, episode_id, session_id, name, sha256, bytes, added_by, added_at, reading) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(scope.practice_text())
        .bind(id.to_string())
        .bind(place.client.to_string())
        .bind(place.episode.to_string())
        .bind(place.session.to_string())
        .bind(name)
        .bind(sha256)
        .bind(i64::try_from(content.len()).unwrap_or(i64::MAX))
        .bind(&scope.author().name)
        .bind(micros(now))
        .bind(text_of(reading))
        .execute(&mut *change)
        .await?;
        for (part, bytes) in (0i64..).zip(content.chunks(PART)) {
            sqlx::query(
                "INSERT INTO recording_part (practice_id, recording_id, part, content) VALUES ($1, $2, $3, $4)",
            )
            .bind(scope.practice_text())
            .bind(id.to_string())
            .bind(part)
            .bind(bytes)
            .execute(&mut *change)
            .await?;
        }
        crate::journal::write(&mut change, scope, "add", "recording", &id.to_string(), now).await?;
        change.commit().await?;
        Ok(id)
    }

    /// Recordings of one session, oldest first.
    pub async fn recordings_of(&self, scope: &Scope, session: ThreadId) -> Result<Vec<Recording>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, client_id, episode_id, session_id, name, sha256, bytes, added_by, added_at, reading FROM recording \
             WHERE practice_id = $1 AND session_id = $2 ORDER BY added_at, id",
        )
        .bind(scope.practice_text())
        .bind(session.to_string())
        .fetch_all(&self.reader)
        .await?;
        rows.into_iter().map(|row| recording_of(scope, row)).collect()
    }

    /// The newest recordings of the practice.
    pub async fn recordings(&self, scope: &Scope, limit: u32) -> Result<Vec<Recording>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, client_id, episode_id, session_id, name, sha256, bytes, added_by, added_at, reading FROM recording \
             WHERE practice_id = $1 ORDER BY added_at DESC, id DESC LIMIT $2",
        )
        .bind(scope.practice_text())
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await?;
        rows.into_iter().map(|row| recording_of(scope, row)).collect()
    }

    /// One recording's heading.
    pub async fn recording(&self, scope: &Scope, id: RecordingId) -> Result<Recording, Error> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT id, client_id, episode_id, session_id, name, sha256, bytes, added_by, added_at, reading FROM recording \
             WHERE practice_id = $1 AND id = $2",
        )
        .bind(scope.practice_text())
        .bind(id.to_string())
        .fetch_optional(&self.reader)
        .await?;
        row.map(|row| recording_of(scope, row)).transpose()?.ok_or(Error::NotFound)
    }

    /// One recording's bytes, held against the hash they were kept under.
    pub async fn recording_bytes(&self, scope: &Scope, id: RecordingId) -> Result<Vec<u8>, Error> {
        let heading = self.recording(scope, id).await?;
        let content = self.parts(scope, id).await?;
        if hex(&Sha256::digest(&content)) == heading.sha256 {
            return Ok(content);
        }
        let reason = "its bytes are not those that were added: upload it again".to_owned();
        Err(Error::Unreadable { id: id.to_string(), step: "recording".to_owned(), reason })
    }

    /// Holds every recording of the practice against the hash it was kept under; the inner `Err` names the first that does not
    /// fit. Nothing of them is shown to anybody.
    pub async fn verify_recordings(&self, scope: &Scope) -> Result<Result<usize, String>, Error> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT id, sha256 FROM recording WHERE practice_id = $1 ORDER BY id")
                .bind(scope.practice_text())
                .fetch_all(&self.reader)
                .await?;
        for (id, sha256) in &rows {
            let whole = match id.parse() {
                Ok(id) => hex(&Sha256::digest(self.parts(scope, RecordingId(id)).await?)) == *sha256,
                Err(_) => false,
            };
            if !whole {
                return Ok(Err(format!("the bytes of recording {id} are not those that were added")));
            }
        }
        Ok(Ok(rows.len()))
    }

    async fn parts(&self, scope: &Scope, id: RecordingId) -> Result<Vec<u8>, Error> {
        let parts: Vec<(Vec<u8>,)> = sqlx::query_as(
            "SELECT content FROM recording_part WHERE practice_id = $1 AND recording_id = $2 ORDER BY part",
        )
        .bind(scope.practice_text())
        .bind(id.to_string())
        .fetch_all(&self.reader)
        .await?;
        Ok(parts.into_iter().map(|(part,)| part).collect::<Vec<_>>().concat())
    }
}

/// The recording of these bytes in this session, if there is one.
async fn known(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    session: ThreadId,
    sha256: &str,
) -> Result<Option<RecordingId>, Error> {
    let row: Option<(String,)> =
        sqlx::query_as("SELECT id FROM recording WHERE practice_id = $1 AND session_id = $2 AND sha256 = $3")
            .bind(scope.practice_text())
            .bind(session.to_string())
            .bind(sha256)
            .fetch_optional(&mut **change)
            .await?;
    let id = row.map(|(id,)| id.parse());
    id.transpose().map_err(|reason: uuid::Error| Error::Unreadable {
        id: sha256.to_owned(),
        step: "recording".to_owned(),
        reason: reason.to_string(),
    })
}

/// Notes that a recording is read another way from now on.
async fn read_as(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    id: RecordingId,
    reading: &Reading,
    now: Timestamp,
) -> Result<(), Error> {
    let text = text_of(reading);
    let before: (Option<String>,) = sqlx::query_as("SELECT reading FROM recording WHERE practice_id = $1 AND id = $2")
        .bind(scope.practice_text())
        .bind(id.to_string())
        .fetch_one(&mut **change)
        .await?;
    if before.0 == text {
        return Ok(());
    }
    sqlx::query("UPDATE recording SET reading = $3 WHERE practice_id = $1 AND id = $2")
        .bind(scope.practice_text())
        .bind(id.to_string())
        .bind(text)
        .execute(&mut **change)
        .await?;
    crate::journal::write(change, scope, "amend", "recording", &id.to_string(), now).await
}

/// A reading that says nothing is kept as nothing.
fn text_of(reading: &Reading) -> Option<String> {
    (*reading != Reading::default()).then(|| json(reading))
}

fn recording_of(scope: &Scope, row: Row) -> Result<Recording, Error> {
    let (id, client, episode, session, name, sha256, bytes, added_by, added_at, reading) = row;
    let unreadable = |reason: uuid::Error| Error::Unreadable {
        id: id.clone(),
        step: "recording".to_owned(),
        reason: reason.to_string(),
    };
    let client = client.parse().map_err(unreadable)?;
    scope.saw(client);
    Ok(Recording {
        id: id.parse().map_err(unreadable)?,
        client,
        episode: episode.parse().map_err(unreadable)?,
        session: session.parse().map_err(unreadable)?,
        name,
        sha256,
        bytes,
        added_by,
        added_at: instant(added_at),
        reading: reading.map_or_else(|| Ok(Reading::default()), |text| crate::reading::read(&id, &text))?,
    })
}
