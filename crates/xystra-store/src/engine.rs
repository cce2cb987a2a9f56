//! The two engines, and all that is different between them: how they are opened, how a write begins, which words a
//! schema uses. Every other statement is one text for both.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions, install_default_drivers};
use sqlx::{Any, AnyPool, ConnectOptions, Connection, Executor, Transaction};
use uuid::Uuid;

use crate::Error;

/// Which database keeps the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// A file in the data folder, with one process that writes to it.
    Sqlite,
    /// A server, with as many processes as the clinic runs.
    Postgres,
}

/// Statements for each new connection of SQLite that writes: every commit is on the disk before it is acknowledged, and
/// what is deleted is overwritten with zeros.
const SQLITE_WRITER: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
    PRAGMA secure_delete = ON; PRAGMA busy_timeout = 10000";
/// A reader keeps 16 MB of pages at hand: a search walks through the row of every client.
const SQLITE_READER: &str = "PRAGMA query_only = ON; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -16000";
/// A commit is acknowledged once the server's own disk has it, whatever the server's default is.
const POSTGRES_WRITER: &str = "SET synchronous_commit = on; SET lock_timeout = '10s'; SET TIME ZONE 'UTC'";
const POSTGRES_READER: &str = "SET default_transaction_read_only = on; SET TIME ZONE 'UTC'";

/// Connections that write at a time: SQLite has one writer, and PostgreSQL serves practices beside each other.
const POSTGRES_WRITERS: u32 = 6;
/// Connections that only read.
const READERS: u32 = 4;
/// How long a request waits for a connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// The lock of what belongs to no practice: making one, changing the schema.
pub(crate) const EVERY_PRACTICE: i64 = 0;

impl Engine {
    /// The engine behind an address.
    pub(crate) fn of(url: &str) -> Result<Self, Error> {
        match url.split_once("://").map(|(scheme, _)| scheme) {
            Some("postgres" | "postgresql") => Ok(Self::Postgres),
            _ => Err(Error::Address { reason: "an address begins with postgres://".to_owned() }),
        }
    }

    /// Connections that may write.
    pub(crate) async fn writer(self, url: &str) -> Result<AnyPool, Error> {
        let (count, set_up) = match self {
            Self::Sqlite => (1, SQLITE_WRITER),
            Self::Postgres => (POSTGRES_WRITERS, POSTGRES_WRITER),
        };
        pool(url, count, set_up).await
    }

    /// Connections that may not.
    pub(crate) async fn reader(self, url: &str) -> Result<AnyPool, Error> {
        let set_up = match self {
            Self::Sqlite => SQLITE_READER,
            Self::Postgres => POSTGRES_READER,
        };
        pool(url, READERS, set_up).await
    }

    /// Begins a write. Nobody else writes to what `lock` stands for until it ends, on whichever node they are.
    pub(crate) async fn begin(self, writer: &AnyPool, lock: i64) -> Result<Transaction<'static, Any>, Error> {
        match self {
            Self::Sqlite => Ok(writer.begin_with("BEGIN IMMEDIATE").await?),
            Self::Postgres => {
                let mut change = writer.begin().await?;
                sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(lock).execute(&mut *change).await?;
                Ok(change)
            }
        }
    }

    /// Begins a reading that sees one moment throughout.
    pub(crate) async fn reading(self, reader: &AnyPool) -> Result<Transaction<'static, Any>, Error> {
        match self {
            Self::Sqlite => Ok(reader.begin().await?),
            Self::Postgres => Ok(reader.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?),
        }
    }

    /// Asks for the job that is due for longest at `$1`. A server holds its row for the transaction that asks, and passes over
    /// rows that others hold; a file has one process, which asks for one job after another.
    pub(crate) fn due_job(self) -> &'static str {
        match self {
            Self::Sqlite => {
                "SELECT practice_id, kind, subject_id, due_at, tries, problem FROM job WHERE due_at <= $1 ORDER BY due_at LIMIT 1"
            }
            Self::Postgres => {
                "SELECT practice_id, kind, subject_id, due_at, tries, problem FROM job WHERE due_at <= $1 ORDER BY due_at LIMIT 1 \
                 FOR UPDATE SKIP LOCKED"
            }
        }
    }

    /// After an erasure: folds the write-ahead log, which still holds what was deleted, into the file and empties it. `false`
    /// when a reading held on to it, or when the server does this in its own time.
    pub(crate) async fn empty_log(self, writer: &AnyPool) -> Result<bool, Error> {
        match self {
            Self::Sqlite => {
                let (busy, _, _): (i64, i64, i64) =
                    sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(writer).await?;
                Ok(busy == 0)
            }
            Self::Postgres => Ok(false),
        }
    }

    /// Counts again what the server's planner goes by, after many rows came at once: without it, it takes a few clients for
    /// reason enough to read everybody. SQLite's indexes are made so that it needs no counting.
    pub(crate) async fn count_again(self, writer: &AnyPool) -> Result<(), Error> {
        if self == Self::Postgres {
            sqlx::query("ANALYZE").execute(writer).await?;
        }
        Ok(())
    }

    /// A schema's text in the words of this engine. Text is compared byte by byte on both.
    pub(crate) fn schema_text(self, sql: &str) -> String {
        match self {
            Self::Sqlite => sql.to_owned(),
            Self::Postgres => sql.replace(" BLOB", " BYTEA").replace(" TEXT", " TEXT COLLATE \"C\""),
        }
    }
}

/// The lock of one practice's writes: they follow one another, as the journal's chain needs.
pub(crate) fn lock_of(practice: Uuid) -> i64 {
    let (high, low) = practice.as_u64_pair();
    (high ^ low).cast_signed()
}

/// SQLite ends a transaction itself when the disk is full, and sqlx does not notice: without the test before each use, the
/// one writer would refuse every later write.
async fn pool(url: &str, connections: u32, set_up: &'static str) -> Result<AnyPool, Error> {
    install_default_drivers();
    let options: AnyConnectOptions = url.parse()?;
    // The pool tries a failing connection again and again; this one says at once what is wrong.
    let mut first = options.connect().await?;
    first.execute(sqlx::raw_sql(set_up)).await?;
    first.close().await?;
    let pool = AnyPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .after_connect(move |connection, _| {
            Box::pin(async move { connection.execute(sqlx::raw_sql(set_up)).await.map(|_| ()) })
        })
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }));
    Ok(pool.connect_with(options).await?)
}

/// The address of a database file; `mode` is `rwc`, `rw` or `ro`.
pub(crate) fn sqlite_url(file: &Path, mode: &str) -> Result<String, Error> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-~:\\".contains(byte);
    let name = file.to_str().ok_or_else(|| Error::Folder {
        folder: PathBuf::from(file),
        reason: "the name is not in Unicode: choose another with --data".to_owned(),
    })?;
    let escape = |byte: u8| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    Ok(format!("sqlite://{}?mode={mode}", name.bytes().map(escape).collect::<String>()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_with_a_strange_name_has_an_address() {
        let url = sqlite_url(Path::new("/a b/x?#%.db"), "ro").unwrap();
        assert_eq!(url, "sqlite:///a%20b/x%3F%23%25.db?mode=ro");
    }

    #[test]
    fn an_address_of_another_kind_is_refused() {
        assert_eq!(Engine::of("postgres://localhost/xystra").unwrap(), Engine::Postgres);
        assert!(Engine::of("mysql://localhost/xystra").is_err());
        assert!(Engine::of("localhost").is_err());
    }
}
