//! What can go wrong with what is kept, named for what the caller can do.

use std::path::PathBuf;

/// Why something was not kept or not found. Nothing is half-written when one of these is returned.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The data folder cannot be used.
    #[error("{folder}: {reason}", folder = folder.display())]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// Another process works on this folder.
    #[error("{folder}: another xystra is using this folder: stop it first", folder = folder.display())]
    InUse {
        /// Which folder.
        folder: PathBuf,
    },
    /// The database was written by a newer program.
    #[error("{file}: written by a newer xystra (schema {found}, this one knows {known}): update xystra", file = file.display())]
    Newer {
        /// Which file.
        file: PathBuf,
        /// Schema found.
        found: i64,
        /// Newest schema this program knows.
        known: i64,
    },
    /// The database file is damaged.
    #[error("{file}: the database is damaged ({reason}): restore the last backup with `xystra restore`", file = file.display())]
    Corrupt {
        /// Which file.
        file: PathBuf,
        /// What the check said.
        reason: String,
    },
    /// The disk is full.
    #[error("the disk is full: nothing was saved; free some space and try again")]
    DiskFull,
    /// The folder or file may not be written.
    #[error("the data folder is read-only: nothing was saved; make it writable and try again")]
    ReadOnly,
    /// Somebody else saved a newer version meanwhile.
    #[error("somebody saved a newer version meanwhile: look at it before you save yours")]
    Conflict,
    /// There is no such thing in this practice.
    #[error("not found in this practice")]
    NotFound,
    /// A stored body cannot be read.
    #[error("entry {id} of step {step} cannot be read: {reason}")]
    Unreadable {
        /// Its id.
        id: String,
        /// Its step.
        step: String,
        /// What the parser said.
        reason: String,
    },
    /// The database holds this practice already.
    #[error(
        "this practice is here already: nothing was changed; name another folder (--data) or database (--database)"
    )]
    Held,
    /// Somebody signs in with this login already.
    #[error("the login {login} is taken in this database: nothing was changed; choose another")]
    LoginTaken {
        /// The login.
        login: String,
    },
    /// The practice would be left without an owner who may come in.
    #[error("the practice needs an owner who may come in: nothing was changed; make somebody else an owner first")]
    LastOwner,
    /// A job that another version of the program queued.
    #[error("the job {kind} is not known to this program: update xystra")]
    UnknownJob {
        /// Its kind.
        kind: String,
    },
    /// A practice did not arrive as it left.
    #[error(
        "table {table} differs after the move ({here} rows here, {there} there): nothing was kept there, move it again"
    )]
    Unequal {
        /// Which table.
        table: &'static str,
        /// Its rows on this side.
        here: u64,
        /// Its rows on the other.
        there: u64,
    },
    /// A backup file is not whole.
    #[error("{file}: line {line}: {reason}", file = file.display())]
    Backup {
        /// Which file.
        file: PathBuf,
        /// Line, counted from 1.
        line: usize,
        /// What is wrong, and what to do.
        reason: String,
    },
    /// A file of anchors cannot be read.
    #[error("{file}: line {line} is no anchor: compare the file with the copy that you keep elsewhere", file = file.display())]
    Anchor {
        /// Which file.
        file: PathBuf,
        /// Line, counted from 1.
        line: usize,
    },
    /// The operating system said no.
    #[error("{path}: {source}", path = path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// The database does not answer.
    #[error("the database does not answer ({reason}): nothing was saved; see that it runs and can be reached")]
    Away {
        /// What was said.
        reason: String,
    },
    /// The address of a database makes no sense.
    #[error("the address of the database: {reason}")]
    Address {
        /// Why not.
        reason: String,
    },
    /// The database said no.
    #[error("database: {0}")]
    Database(sqlx::Error),
}

/// SQLite's primary result codes that mean something a person can act on.
const SQLITE_READONLY: i64 = 8;
const SQLITE_CORRUPT: i64 = 11;
const SQLITE_FULL: i64 = 13;
const SQLITE_NOTADB: i64 = 26;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let Some(database) = error.as_database_error() else { return without_answer(error) };
        if database.is_unique_violation() {
            return Self::Conflict;
        }
        let code = database.code().unwrap_or_default().into_owned();
        // PostgreSQL's codes have five characters, SQLite's are numbers of at most four.
        if code.len() == 5 {
            return of_postgres(&code, error);
        }
        match code.parse::<i64>().map(|code| code & 0xff) {
            Ok(SQLITE_FULL) => Self::DiskFull,
            Ok(SQLITE_READONLY) => Self::ReadOnly,
            Ok(SQLITE_CORRUPT | SQLITE_NOTADB) => {
                Self::Corrupt { file: crate::db::FILE.into(), reason: database.message().to_owned() }
            }
            _ => Self::Database(error),
        }
    }
}

/// By SQLSTATE: what a person can act on.
fn of_postgres(code: &str, error: sqlx::Error) -> Error {
    match code {
        "53100" => Error::DiskFull,
        "25006" => Error::ReadOnly,
        "XX001" | "XX002" => Error::Corrupt { file: "the server's database".into(), reason: error.to_string() },
        _ if code.starts_with("57P") || code.starts_with("08") || code.starts_with("53") || code.starts_with("28") => {
            Error::Away { reason: error.to_string() }
        }
        _ => Error::Database(error),
    }
}

/// The database did not answer, or what it answered was not understood.
fn without_answer(error: sqlx::Error) -> Error {
    use sqlx::Error as E;
    match error {
        E::Io(_) | E::Tls(_) | E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed => {
            Error::Away { reason: error.to_string() }
        }
        E::Configuration(reason) => Error::Address { reason: reason.to_string() },
        other => Error::Database(other),
    }
}
