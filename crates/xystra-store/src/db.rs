//! The database: one writer, a few readers, write-ahead log, every commit on the disk before it is acknowledged, and
//! what is deleted overwritten with zeros.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, Sqlite, Transaction};

use crate::Error;
use crate::migrate;

/// Name of the database file within the data folder.
pub(crate) const FILE: &str = "xystra.db";

/// What is kept in one data folder.
#[derive(Debug)]
pub struct Store {
    pub(crate) folder: PathBuf,
    pub(crate) writer: SqlitePool,
    pub(crate) reader: SqlitePool,
    _lock: File,
}

impl Store {
    /// Opens the folder, making it and the database when they are not there yet.
    ///
    /// Checks the file, refuses one from a newer program, and makes a verified copy before it changes a schema.
    pub async fn open(folder: &Path, now: Timestamp) -> Result<Self, Error> {
        make_folder(folder)?;
        let lock = lock(folder)?;
        let file = folder.join(FILE);
        let writer = pool(&file, 1, false).await?;
        check(&writer, &file).await?;
        migrate::migrate(&writer, folder, now).await?;
        let reader = pool(&file, 4, true).await?;
        Ok(Self { folder: folder.to_owned(), writer, reader, _lock: lock })
    }

    /// Where it is kept.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The schema of the database, counted from 1.
    pub fn schema(&self) -> i64 {
        migrate::newest()
    }

    /// Begins a write; other writers wait, readers do not.
    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Sqlite>, Error> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    /// Folds the write-ahead log into the file and closes it.
    pub async fn close(self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

fn make_folder(folder: &Path) -> Result<(), Error> {
    folder_builder().recursive(true).create(folder).map_err(|source| Error::Folder {
        folder: folder.to_owned(),
        reason: format!("cannot be made ({source}): choose another with --data"),
    })
}

/// On Unix nobody but the owner may look into a new data folder; elsewhere it inherits its parent's rights.
fn folder_builder() -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Two processes on one folder would each believe to be the only writer.
fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join("xystra.lock");
    let file = File::create(&path).map_err(|source| Error::Folder {
        folder: folder.to_owned(),
        reason: format!("cannot be written ({source}): make it writable, or choose another with --data"),
    })?;
    file.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => Error::InUse { folder: folder.to_owned() },
        TryLockError::Error(source) => Error::Io { path, source },
    })?;
    Ok(file)
}

/// SQLite ends a transaction itself when the disk is full, and sqlx does not notice: without the test before each use, the
/// one writer would refuse every later write.
async fn pool(file: &Path, connections: u32, read_only: bool) -> Result<SqlitePool, Error> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(!read_only)
        .read_only(read_only)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("secure_delete", "ON")
        .busy_timeout(Duration::from_secs(10));
    SqlitePoolOptions::new()
        .max_connections(connections)
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .connect_with(options)
        .await
        .map_err(|error| at_file(error, file))
}

/// `quick_check` reads every page's structure; a damaged file is refused before anything is written to it.
async fn check(pool: &SqlitePool, file: &Path) -> Result<(), Error> {
    let verdict: (String,) =
        sqlx::query_as("PRAGMA quick_check(1)").fetch_one(pool).await.map_err(|error| at_file(error, file))?;
    match verdict.0.as_str() {
        "ok" => Ok(()),
        reason => Err(Error::Corrupt { file: file.to_owned(), reason: reason.to_owned() }),
    }
}

fn at_file(error: sqlx::Error, file: &Path) -> Error {
    match Error::from(error) {
        Error::Corrupt { reason, .. } => Error::Corrupt { file: file.to_owned(), reason },
        Error::Database(error) if is_locked_away(&error) => Error::Folder {
            folder: file.to_owned(),
            reason: format!(
                "cannot be opened ({error}): make it readable and writable, or choose another folder with --data"
            ),
        },
        other => other,
    }
}

/// `SQLITE_CANTOPEN`: the file, or one that belongs to it, may not be opened.
fn is_locked_away(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<i64>().ok());
    code.is_some_and(|code| code & 0xff == 14)
}

/// Microseconds since 1970, as instants are kept.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The instant of so many microseconds; the epoch for a number no program of ours has written.
pub(crate) fn instant(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use xystra_care::id::{ClientId, EpisodeId, ThreadId};

    use super::*;
    use crate::recording::Place;
    use crate::{NewOwner, Scope};

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn place() -> Place {
        let id = uuid::Uuid::from_u128(1);
        Place { client: ClientId(id), episode: EpisodeId(id), session: ThreadId(id) }
    }

    async fn opened(folder: &Path) -> (Store, Scope) {
        let store = Store::open(folder, NOW).await.unwrap();
        let scope = Scope::of(&store.found_practice(&NewOwner::example(), NOW).await.unwrap());
        (store, scope)
    }

    async fn pragma(store: &Store, statement: &'static str) {
        sqlx::query(statement).execute(&store.writer).await.unwrap();
    }

    #[tokio::test]
    async fn a_full_disk_keeps_nothing_by_halves_and_the_next_try_succeeds() {
        let folder = tempfile::tempdir().unwrap();
        let (store, scope) = opened(folder.path()).await;
        let before = store.fingerprint().await.unwrap();
        let content = vec![7; 600 * 1024];
        pragma(&store, "PRAGMA max_page_count = 120").await;
        let error = store.add_recording(&scope, place(), "rim.csv", &content, NOW).await.unwrap_err();
        assert!(matches!(error, Error::DiskFull), "{error}");
        assert_eq!(store.fingerprint().await.unwrap(), before);

        pragma(&store, "PRAGMA max_page_count = 100000").await;
        let id = store.add_recording(&scope, place(), "rim.csv", &content, NOW).await.unwrap();
        assert_eq!(store.recording_bytes(&scope, id).await.unwrap(), content);
        assert_eq!(store.verify_journal(&scope).await.unwrap(), Ok(2));
    }

    #[tokio::test]
    async fn a_read_only_database_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let (store, scope) = opened(folder.path()).await;
        pragma(&store, "PRAGMA query_only = ON").await;
        let error = store.keep_draft(&scope, "client", 0, "tab", "name=A", NOW).await.unwrap_err();
        assert!(matches!(error, Error::ReadOnly), "{error}");
    }

    #[tokio::test]
    async fn a_commit_waits_for_the_disk_and_what_is_deleted_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let (store, _) = opened(folder.path()).await;
        for (statement, expected) in
            [("PRAGMA synchronous", 2), ("PRAGMA secure_delete", 1), ("PRAGMA foreign_keys", 1)]
        {
            let value: (i64,) = sqlx::query_as(statement).fetch_one(&store.writer).await.unwrap();
            assert_eq!(value.0, expected, "{statement}");
        }
        let mode: (String,) = sqlx::query_as("PRAGMA journal_mode").fetch_one(&store.writer).await.unwrap();
        assert_eq!(mode.0, "wal");
    }
}
