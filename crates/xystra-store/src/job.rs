//! Work that waits for any node: the nightly backup, the daily anchor, sweeping, outlooks.
//!
//! A job is done by one node at a time. On a server its row is held by the transaction of the node that took it: when that
//! node dies, the server lets go of the row and another node takes the job.

use jiff::Timestamp;
use sqlx::{Any, AnyConnection, Transaction};

use crate::db::{instant, micros};
use crate::{Engine, Error, Scope, Store};

/// Work that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// What is to be done.
    pub kind: String,
    /// To what, in words of the kind.
    pub subject: String,
    /// Since when.
    pub due_at: Timestamp,
    /// How often it was tried in vain since it last went well.
    pub tries: i64,
    /// What the last of these said.
    pub problem: Option<String>,
}

/// A job that this node has taken. Dropped without an end, it is free again.
#[derive(Debug)]
pub struct TakenJob<'a> {
    /// The job.
    pub job: Job,
    /// The owner of the practice, in whose name it is done.
    pub scope: Scope,
    store: &'a Store,
    /// The transaction that holds the row; none on SQLite, whose one writer the work itself needs.
    hold: Option<Transaction<'static, Any>>,
}

/// Practice, kind, subject, due, tries, problem.
type Row = (String, String, String, i64, i64, Option<String>);

impl Store {
    /// Queues a job. One that waits already, or is being done, stays as it is.
    pub async fn queue(&self, scope: &Scope, kind: &str, subject: &str, due_at: Timestamp) -> Result<(), Error> {
        put(&mut *self.writer.acquire().await?, scope, kind, subject, due_at).await
    }

    /// A job that waits, or is being done.
    pub async fn queued(&self, scope: &Scope, kind: &str, subject: &str) -> Result<Option<Job>, Error> {
        let row: Option<(i64, i64, Option<String>)> = sqlx::query_as(
            "SELECT due_at, tries, problem FROM job WHERE practice_id = $1 AND kind = $2 AND subject_id = $3",
        )
        .bind(scope.practice_text())
        .bind(kind)
        .bind(subject)
        .fetch_optional(&self.reader)
        .await?;
        let (kind, subject) = (kind.to_owned(), subject.to_owned());
        Ok(row.map(|(due_at, tries, problem)| Job { kind, subject, due_at: instant(due_at), tries, problem }))
    }

    /// Takes the job of any practice that is due for longest, if there is one that no other node has.
    pub async fn take(&self, now: Timestamp) -> Result<Option<TakenJob<'_>>, Error> {
        let mut hold = match self.engine {
            Engine::Sqlite => self.reader.begin().await?,
            Engine::Postgres => self.writer.begin().await?,
        };
        let row: Option<Row> =
            sqlx::query_as(self.engine.due_job()).bind(micros(now)).fetch_optional(&mut *hold).await?;
        let Some((practice, kind, subject, due_at, tries, problem)) = row else { return Ok(None) };
        let owner = self.owner_of(&practice).await?.ok_or(Error::NotFound)?;
        let job = Job { kind, subject, due_at: instant(due_at), tries, problem };
        let hold = Some(hold).filter(|_| self.engine == Engine::Postgres);
        Ok(Some(TakenJob { job, scope: Scope::of(&owner), store: self, hold }))
    }
}

/// Queues a job within a change, or on a connection of its own. One that waits already, or is being done, stays as it is, and nobody
/// waits for whoever does it.
pub(crate) async fn put(
    connection: &mut AnyConnection,
    scope: &Scope,
    kind: &str,
    subject: &str,
    due_at: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO job (practice_id, kind, subject_id, due_at, tries) VALUES ($1, $2, $3, $4, 0) \
         ON CONFLICT (practice_id, kind, subject_id) DO NOTHING",
    )
    .bind(scope.practice_text())
    .bind(kind)
    .bind(subject)
    .bind(micros(due_at))
    .execute(connection)
    .await?;
    Ok(())
}

impl TakenJob<'_> {
    /// It is done and gone.
    pub async fn done(self) -> Result<(), Error> {
        let end = sqlx::query("DELETE FROM job WHERE practice_id = $1 AND kind = $2 AND subject_id = $3")
            .bind(self.scope.practice_text())
            .bind(self.job.kind.clone())
            .bind(self.job.subject.clone());
        self.end(end).await
    }

    /// It is done, and due again.
    pub async fn again(self, due_at: Timestamp) -> Result<(), Error> {
        self.put_off(due_at, 0, None).await
    }

    /// It could not be done; it is tried again.
    pub async fn failed(self, problem: &str, due_at: Timestamp) -> Result<(), Error> {
        let tries = self.job.tries + 1;
        self.put_off(due_at, tries, Some(problem.to_owned())).await
    }

    async fn put_off(self, due_at: Timestamp, tries: i64, problem: Option<String>) -> Result<(), Error> {
        let end = sqlx::query(
            "UPDATE job SET due_at = $4, tries = $5, problem = $6 WHERE practice_id = $1 AND kind = $2 AND subject_id = $3",
        )
        .bind(self.scope.practice_text())
        .bind(self.job.kind.clone())
        .bind(self.job.subject.clone())
        .bind(micros(due_at))
        .bind(tries)
        .bind(problem);
        self.end(end).await
    }

    /// Ends it within the transaction that holds it.
    async fn end(self, end: sqlx::query::Query<'_, Any, sqlx::any::AnyArguments>) -> Result<(), Error> {
        let mut change = match self.hold {
            Some(hold) => hold,
            None => self.store.begin(&self.scope).await?,
        };
        end.execute(&mut *change).await?;
        change.commit().await?;
        Ok(())
    }
}
