//! Backups: one text format for every engine, written whole, read back before it counts.
//!
//! Line 1 says what it is; then for each table a heading line and its rows, one JSON array a line; the last line counts
//! the rows and carries the SHA-256 of everything before it. A backup holds one practice. The file holds health content
//! in the clear: keep it safe.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use futures_util::TryStreamExt;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::db::{instant, micros};
use crate::journal::hex;
use crate::rows::rows_of;
use crate::tables::TABLES;
use crate::{Error, Scope, Store, migrate};

const FORMAT: u32 = 1;

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Heading {
    xystra: String,
    format: u32,
    schema: i64,
    program: String,
    made_at: Timestamp,
}

/// The last line.
#[derive(Debug, Serialize, Deserialize)]
struct Ending {
    rows: u64,
    sha256: String,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// When it was made.
    pub made_at: Timestamp,
    /// The schema of the database that it was made from.
    pub schema: i64,
    /// Rows in all.
    pub rows: u64,
    /// Bytes of the file.
    pub bytes: u64,
    /// SHA-256 of everything before the last line.
    pub sha256: String,
}

/// The last backup that was made and read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastBackup {
    /// When.
    pub made_at: Timestamp,
    /// Its size.
    pub bytes: i64,
}

impl Store {
    /// Writes a backup of a practice and reads it back. The file appears whole, or not at all.
    pub async fn back_up(&self, scope: &Scope, file: &Path, program: &str, now: Timestamp) -> Result<Contents, Error> {
        let part = part_of(file);
        let written = self.write_backup(scope, &part, program, now).await.and_then(|()| read_back(&part));
        let contents = match written {
            Ok(contents) => contents,
            Err(error) => {
                let _ = fs::remove_file(&part);
                return Err(error);
            }
        };
        fs::rename(&part, file).map_err(|source| Error::Io { path: file.to_owned(), source })?;
        self.note_backup(scope, &contents).await?;
        Ok(contents)
    }

    /// The last backup that was made.
    pub async fn last_backup(&self, scope: &Scope) -> Result<Option<LastBackup>, Error> {
        let row: Option<(i64, i64)> =
            sqlx::query_as("SELECT made_at, bytes FROM backup WHERE practice_id = $1 ORDER BY made_at DESC LIMIT 1")
                .bind(scope.practice_text())
                .fetch_optional(&self.reader)
                .await?;
        Ok(row.map(|(made_at, bytes)| LastBackup { made_at: instant(made_at), bytes }))
    }

    async fn write_backup(&self, scope: &Scope, part: &Path, program: &str, now: Timestamp) -> Result<(), Error> {
        let at = |source| Error::Io { path: part.to_owned(), source };
        let mut out = Hashing::new(private_file(part).map_err(at)?);
        let heading = Heading {
            xystra: "backup".to_owned(),
            format: FORMAT,
            schema: migrate::newest(),
            program: program.to_owned(),
            made_at: now,
        };
        out.line(&heading).map_err(at)?;
        let mut reading = self.reading().await?;
        let mut count = 0;
        for table in TABLES {
            let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
            out.line(&serde_json::json!({ "table": table.name, "columns": columns })).map_err(at)?;
            let mut rows = rows_of(&mut reading, table, &scope.practice_text());
            while let Some(row) = rows.try_next().await? {
                out.line(&row).map_err(at)?;
                count += 1;
            }
        }
        out.end(count).map_err(at)
    }

    async fn note_backup(&self, scope: &Scope, contents: &Contents) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        sqlx::query(
            "INSERT INTO backup (practice_id, made_at, bytes, sha256) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(scope.practice_text())
        .bind(micros(contents.made_at))
        .bind(i64::try_from(contents.bytes).unwrap_or(i64::MAX))
        .bind(&contents.sha256)
        .execute(&mut *change)
        .await?;
        crate::journal::write(&mut change, scope, "backup", "practice", &scope.practice_text(), contents.made_at)
            .await?;
        change.commit().await?;
        Ok(())
    }
}

/// On Unix only the owner may read the new file.
fn private_file(file: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file)
}

fn part_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".part");
    name.into()
}

/// Reads a backup from its first line to its last and holds it against its own count and hash.
pub fn read_back(file: &Path) -> Result<Contents, Error> {
    let mut digest = Sha256::new();
    let mut heading: Option<Heading> = None;
    let mut rows = 0;
    let mut ending: Option<Ending> = None;
    let mut number = 0;
    for line in lines(file)? {
        let line = line?;
        number += 1;
        if ending.is_some() {
            return Err(broken(file, number, &"something follows the last line"));
        }
        if number == 1 {
            heading = Some(heading_of(file, &line)?);
        } else if let Ok(end) = serde_json::from_str::<Ending>(&line) {
            ending = Some(end);
            continue;
        } else if line.starts_with('[') {
            rows += 1;
        }
        digest.update(&line);
        digest.update(b"\n");
    }
    let sha256 = hex(&digest.finalize());
    let (Some(heading), Some(ending)) = (heading, ending) else {
        return Err(broken(file, number, &"it ends too early: the backup is not whole, use another"));
    };
    if ending.rows != rows || ending.sha256 != sha256 {
        return Err(broken(
            file,
            number,
            &"count or fingerprint do not fit: the backup was changed or damaged, use another",
        ));
    }
    let bytes = fs::metadata(file).map_err(|source| Error::Io { path: file.to_owned(), source })?.len();
    Ok(Contents { made_at: heading.made_at, schema: heading.schema, rows, bytes, sha256 })
}

/// Every released schema is read: a line names its columns, and what a schema did not have yet is left empty.
fn heading_of(file: &Path, line: &str) -> Result<Heading, Error> {
    let heading: Heading =
        serde_json::from_str(line).map_err(|_| broken(file, 1, &"this is not a backup of xystra"))?;
    if heading.format == FORMAT && (1..=migrate::newest()).contains(&heading.schema) {
        return Ok(heading);
    }
    let (format, schema, newest) = (heading.format, heading.schema, migrate::newest());
    let reason = format!(
        "format {format} and schema {schema} are newer than this program ({FORMAT} and {newest}): update xystra"
    );
    Err(broken(file, 1, &reason))
}

/// Whose backup it is: the first cell of its third line, the practice's own row.
pub(crate) fn practice_in(file: &Path) -> Option<String> {
    let mut lines = lines(file).ok()?;
    heading_of(file, &lines.next()?.ok()?).ok()?;
    let row: Vec<serde_json::Value> = serde_json::from_str(&lines.nth(1)?.ok()?).ok()?;
    Some(row.first()?.as_str()?.to_owned())
}

/// The lines of a backup, each without its end.
pub(crate) fn lines(file: &Path) -> Result<impl Iterator<Item = Result<String, Error>>, Error> {
    let path = file.to_owned();
    let open = File::open(file).map_err(|source| Error::Io { path: path.clone(), source })?;
    let numbered = BufReader::new(open).lines().zip(1..);
    Ok(numbered.map(move |(line, number)| {
        line.map_err(|source| match source.kind() {
            std::io::ErrorKind::InvalidData => {
                broken(&path, number, &"this is no text, so not a whole backup: use another")
            }
            _ => Error::Io { path: path.clone(), source },
        })
    }))
}

/// A line that is not what it should be.
pub(crate) fn broken(file: &Path, line: usize, reason: &dyn std::fmt::Display) -> Error {
    Error::Backup { file: file.to_owned(), line, reason: reason.to_string() }
}

/// A file that remembers the hash of what went into it.
struct Hashing {
    file: BufWriter<File>,
    digest: Sha256,
}

impl Hashing {
    fn new(file: File) -> Self {
        Self { file: BufWriter::new(file), digest: Sha256::new() }
    }

    fn line<T: Serialize>(&mut self, value: &T) -> std::io::Result<()> {
        let mut line = serde_json::to_string(value)?;
        line.push('\n');
        self.digest.update(&line);
        self.file.write_all(line.as_bytes())
    }

    /// Writes the last line and waits until the disk has it all.
    fn end(self, rows: u64) -> std::io::Result<()> {
        let Self { mut file, digest } = self;
        let ending = Ending { rows, sha256: hex(&digest.finalize()) };
        writeln!(file, "{}", serde_json::to_string(&ending)?)?;
        file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
    }
}
