//! Erasing a client: everything that tells of the person goes, and the proof that it was done stays (`docs/design-erasure.md`).
//!
//! The proof is a row of the journal, which holds ids alone. A reason is not asked for: its words could say of the person
//! what has just been erased.

mod again;
mod forget;
mod person;

use jiff::Timestamp;
use sqlx::{Any, Transaction};
use xystra_care::id::ClientId;

use crate::db::{instant, micros};
use crate::shelf::Shelf;
use crate::{Engine, Error, Scope, Store, journal};
use forget::forget;
use person::Person;

pub(crate) use again::{LIST, delete_copies, erase_again};

/// Rows of one table.
pub type Count = (&'static str, u64);

/// What was erased, and the proof of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erased {
    /// Rows removed from each table that had any.
    pub rows: Vec<Count>,
    /// The row of the journal.
    pub proof: journal::Row,
    /// Whole copies of the database, made before a change of schema, that were deleted.
    pub copies: usize,
    /// Is the text gone from the database's own files? On SQLite it is overwritten, unless a long reading kept the log from
    /// being emptied: then it goes with the next erasure, or when the program ends. A server overwrites it in its own time.
    pub overwritten: bool,
}

impl Store {
    /// Erases a client with every record that was merged into it: all of it, or nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] without anything about this client.
    pub async fn erase_client(&self, scope: &Scope, client: ClientId, now: Timestamp) -> Result<Erased, Error> {
        let mut change = self.begin(scope).await?;
        let person = Person::of(&mut change, &scope.practice_text(), client).await?;
        let rows = forget(&mut change, &scope.practice_text(), &person).await?;
        let ids = person.clients.join(" ");
        journal::write(&mut change, scope, "erase", "client", &ids, now).await?;
        let proof = proof(&mut change, scope, &ids).await?.ok_or(Error::NotFound)?;
        // Before the commit: a restore of an older backup then erases again, whatever happens in between.
        again::remember(&self.folder, &person.clients)?;
        again::remember_beside(Shelf::of(self, scope).folder(), &person.clients)?;
        let copies = delete_copies(&self.folder, Timestamp::MAX)?;
        self.commit(scope, change).await?;
        // From here on the client is gone, so nothing may say otherwise.
        let overwritten = self.engine.empty_log(&self.writer).await.is_ok_and(|emptied| emptied);
        Ok(Erased { rows, proof, copies, overwritten })
    }

    /// What erasing would remove, found by doing it and taking it back.
    pub async fn would_erase(&self, scope: &Scope, client: ClientId) -> Result<Vec<Count>, Error> {
        let mut change = self.begin(scope).await?;
        let person = Person::of(&mut change, &scope.practice_text(), client).await?;
        let rows = forget(&mut change, &scope.practice_text(), &person).await?;
        change.rollback().await?;
        Ok(rows)
    }

    /// The proof that a client was erased.
    pub async fn erasure_of(&self, scope: &Scope, client: ClientId) -> Result<Option<journal::Row>, Error> {
        let mut reading = self.reading().await?;
        proof(&mut reading, scope, &format!("%{client}%")).await
    }

    /// When the oldest backup was made that this database knows of: it may still hold whom a later erasure removed.
    pub async fn oldest_backup(&self, scope: &Scope) -> Result<Option<Timestamp>, Error> {
        let row: (Option<i64>,) = sqlx::query_as("SELECT MIN(made_at) FROM backup WHERE practice_id = $1")
            .bind(scope.practice_text())
            .fetch_one(&self.reader)
            .await?;
        Ok(row.0.map(instant))
    }

    /// Clients of whom nothing was written at or after an instant, with the last time that something was.
    pub async fn silent_since(&self, scope: &Scope, at: Timestamp) -> Result<Vec<(ClientId, Timestamp)>, Error> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT id, written_at FROM client WHERE practice_id = $1 AND written_at < $2 ORDER BY written_at, id",
        )
        .bind(scope.practice_text())
        .bind(micros(at))
        .fetch_all(&self.reader)
        .await?;
        rows.into_iter().map(|(id, at)| Ok((id.parse().map_err(|_| Error::NotFound)?, instant(at)))).collect()
    }

    /// When something was last written about a client.
    pub async fn written_about(&self, scope: &Scope, client: ClientId) -> Result<Option<Timestamp>, Error> {
        let row: Option<(i64,)> = sqlx::query_as("SELECT written_at FROM client WHERE practice_id = $1 AND id = $2")
            .bind(scope.practice_text())
            .bind(client.to_string())
            .fetch_optional(&self.reader)
            .await?;
        Ok(row.map(|(at,)| instant(at)))
    }

    /// Does the engine overwrite what is deleted at once?
    pub fn overwrites(&self) -> bool {
        self.engine == Engine::Sqlite
    }
}

async fn proof(change: &mut Transaction<'_, Any>, scope: &Scope, ids: &str) -> Result<Option<journal::Row>, Error> {
    let row = sqlx::query_as(
        "SELECT number, at, account_id, action, subject_kind, subject_id, hash FROM journal \
         WHERE practice_id = $1 AND action = 'erase' AND subject_id LIKE $2 ORDER BY number DESC LIMIT 1",
    )
    .bind(scope.practice_text())
    .bind(ids)
    .fetch_optional(&mut **change)
    .await?;
    Ok(row.map(journal::row_of))
}
