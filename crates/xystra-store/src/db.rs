//! The database: one writer, a few readers, write-ahead log, every commit on the disk before it is acknowledged.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, Transaction};

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
    fs::create_dir_all(folder).map_err(|source| Error::Folder {
        folder: folder.to_owned(),
        reason: format!("cannot be made ({source}): choose another with --data"),
    })
}

/// Two processes on one folder would each believe to be the only writer.
fn lock(folder: &Path) -> Result<File, Error> {
    let path = folder.join("xystra.lock");
    let file = File::create(&path).map_err(|source| Error::Folder {
        folder: folder.to_owned(),
        reason: format!("cannot be written ({source}): make it writable, or choose another with --data"),
    })?;
    file.try_lock().map_err(|_| Error::InUse { folder: folder.to_owned() })?;
    Ok(file)
}

async fn pool(file: &Path, connections: u32, read_only: bool) -> Result<SqlitePool, Error> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(!read_only)
        .read_only(read_only)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(10));
    SqlitePoolOptions::new().max_connections(connections).connect_with(options).await.map_err(|error| at_file(error, file))
}

/// `quick_check` reads every page's structure; a damaged file is refused before anything is written to it.
async fn check(pool: &SqlitePool, file: &Path) -> Result<(), Error> {
    let verdict: (String,) = sqlx::query_as("PRAGMA quick_check(1)").fetch_one(pool).await.map_err(|error| at_file(error, file))?;
    match verdict.0.as_str() {
        "ok" => Ok(()),
        reason => Err(Error::Corrupt { file: file.to_owned(), reason: reason.to_owned() }),
    }
}

fn at_file(error: sqlx::Error, file: &Path) -> Error {
    match Error::from(error) {
        Error::Corrupt { reason, .. } => Error::Corrupt { file: file.to_owned(), reason },
        other => other,
    }
}

/// Microseconds since 1970, as instants are kept.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The instant of so many microseconds; the epoch for a number no program of ours has written.
pub(crate) fn instant(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH)
}
