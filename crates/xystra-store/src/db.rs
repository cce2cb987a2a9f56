//! The store: where the record is kept, and the way to it.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sqlx::{Any, AnyPool, Transaction};
use tokio::sync::Notify;

use crate::cache::Cache;
use crate::engine::{EVERY_PRACTICE, lock_of, sqlite_url};
use crate::journal::Notes;
use crate::{Engine, Error, Scope, migrate};

/// Name of the database file within the data folder.
pub(crate) const FILE: &str = "xystra.db";

/// What is kept: in a data folder, or on a server with a data folder for what belongs to this node.
#[derive(Debug)]
pub struct Store {
    pub(crate) folder: PathBuf,
    pub(crate) engine: Engine,
    pub(crate) writer: AnyPool,
    pub(crate) reader: AnyPool,
    pub(crate) notes: Notes,
    pub(crate) cache: Cache,
    /// Rung when a job was queued by this process.
    pub(crate) wake: Notify,
    _lock: Option<File>,
}

impl Store {
    /// Opens the folder, making it and the database when they are not there yet.
    ///
    /// Checks the file, refuses one from a newer program, and makes a verified copy before it changes a schema.
    pub async fn open(folder: &Path, now: Timestamp) -> Result<Self, Error> {
        make_folder(folder)?;
        let lock = lock(folder)?;
        let file = folder.join(FILE);
        let engine = Engine::Sqlite;
        let writer = engine.writer(&sqlite_url(&file, "rwc")?).await.map_err(|error| at_file(error, &file))?;
        check(&writer, &file).await?;
        migrate::migrate(engine, &writer, folder, now).await?;
        let reader = engine.reader(&sqlite_url(&file, "ro")?).await.map_err(|error| at_file(error, &file))?;
        Ok(Self::of(folder, engine, writer, reader, Some(lock)))
    }

    /// Opens a database on a server, making its tables when they are not there yet. `url` is
    /// `postgres://user:password@host/database`; `folder` holds this node's own files, such as the journal's anchors.
    pub async fn open_server(url: &str, folder: &Path, now: Timestamp) -> Result<Self, Error> {
        let engine = Engine::of(url)?;
        make_folder(folder)?;
        let writer = engine.writer(url).await?;
        migrate::migrate(engine, &writer, folder, now).await?;
        let reader = engine.reader(url).await?;
        Ok(Self::of(folder, engine, writer, reader, None))
    }

    fn of(folder: &Path, engine: Engine, writer: AnyPool, reader: AnyPool, lock: Option<File>) -> Self {
        let folder = folder.to_owned();
        let (notes, cache, wake) = (Notes::default(), Cache::default(), Notify::new());
        Self { folder, engine, writer, reader, notes, cache, wake, _lock: lock }
    }

    /// Where this node's own files are kept; on SQLite the record too.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Which database keeps it.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The schema of the database, counted from 1.
    pub fn schema(&self) -> i64 {
        migrate::newest()
    }

    /// Waits until this process has queued work that somebody waits for.
    pub async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Begins a write to a practice; other writers to it wait, readers do not.
    pub(crate) async fn begin(&self, scope: &Scope) -> Result<Transaction<'static, Any>, Error> {
        self.engine.begin(&self.writer, lock_of(scope.practice().0)).await
    }

    /// Begins a write to what belongs to no practice.
    pub(crate) async fn begin_for_all(&self) -> Result<Transaction<'static, Any>, Error> {
        self.engine.begin(&self.writer, EVERY_PRACTICE).await
    }

    /// Begins a reading that sees one moment throughout.
    pub(crate) async fn reading(&self) -> Result<Transaction<'static, Any>, Error> {
        self.engine.reading(&self.reader).await
    }

    /// Ends every connection; SQLite folds its write-ahead log into the file.
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
pub(crate) fn folder_builder() -> fs::DirBuilder {
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

/// `quick_check` reads every page's structure; a damaged file is refused before anything is written to it.
async fn check(pool: &AnyPool, file: &Path) -> Result<(), Error> {
    let verdict: (String,) =
        sqlx::query_as("PRAGMA quick_check(1)").fetch_one(pool).await.map_err(|error| at_file(error.into(), file))?;
    match verdict.0.as_str() {
        "ok" => Ok(()),
        reason => Err(Error::Corrupt { file: file.to_owned(), reason: reason.to_owned() }),
    }
}

fn at_file(error: Error, file: &Path) -> Error {
    match error {
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
    use xystra_dose::read::Reading;

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
        let before = store.fingerprint(&scope).await.unwrap();
        let content = vec![7; 600 * 1024];
        pragma(&store, "PRAGMA max_page_count = 120").await;
        let error =
            store.add_recording(&scope, place(), "rim.csv", &content, &Reading::default(), NOW).await.unwrap_err();
        assert!(matches!(error, Error::DiskFull), "{error}");
        assert_eq!(store.fingerprint(&scope).await.unwrap(), before);

        pragma(&store, "PRAGMA max_page_count = 100000").await;
        let id = store.add_recording(&scope, place(), "rim.csv", &content, &Reading::default(), NOW).await.unwrap();
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
