//! Backups: one text format for every engine, written whole, read back before it counts, restored as one.
//!
//! Line 1 says what it is; then for each table a heading line and its rows, one JSON array a line; the last line counts
//! the rows and carries the SHA-256 of everything before it. The file holds health content in the clear: keep it safe.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use sqlx::any::AnyRow;
use sqlx::{Any, Row, Transaction};

use crate::db::{instant, micros};
use crate::journal::hex;
use crate::tables::{Kind, TABLES, Table};
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
    /// Writes a backup of everything and reads it back. The file appears whole, or not at all.
    pub async fn back_up(&self, file: &Path, program: &str, now: Timestamp) -> Result<Contents, Error> {
        let part = part_of(file);
        let written = self.write_backup(&part, program, now).await.and_then(|()| read_back(&part));
        let contents = match written {
            Ok(contents) => contents,
            Err(error) => {
                let _ = fs::remove_file(&part);
                return Err(error);
            }
        };
        fs::rename(&part, file).map_err(|source| Error::Io { path: file.to_owned(), source })?;
        self.note_backup(&contents).await?;
        Ok(contents)
    }

    /// Puts a backup into an empty data folder: all of it, or nothing.
    pub async fn restore(&self, file: &Path) -> Result<Contents, Error> {
        let contents = read_back(file)?;
        if self.has_practice().await? {
            return Err(Error::Folder {
                folder: self.folder.clone(),
                reason: "holds a practice already: restore into an empty folder (--data DIR)".to_owned(),
            });
        }
        let mut change = self.begin_for_all().await?;
        let mut table = None;
        for (number, line) in lines(file)?.skip(1).enumerate() {
            let line = line?;
            let value: Value = serde_json::from_str(&line).map_err(|reason| broken(file, number + 2, &reason))?;
            match value {
                Value::Array(row) => insert(&mut change, table, &row, file, number + 2).await?,
                Value::Object(heading) => {
                    let name = heading.get("table").and_then(Value::as_str);
                    table = name.and_then(|name| TABLES.iter().find(|table| table.name == name));
                }
                _ => return Err(broken(file, number + 2, &"neither a heading nor a row")),
            }
        }
        change.commit().await?;
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

    /// Every row as the backup would hold it: two stores with the same rows are equal.
    pub async fn fingerprint(&self) -> Result<String, Error> {
        let mut digest = Sha256::new();
        let mut reading = self.reading().await?;
        for table in TABLES.iter().filter(|table| table.name != "backup") {
            let hashed = |row: Value| {
                digest.update(row.to_string());
                Ok(())
            };
            each_row(&mut reading, table, hashed).await?;
        }
        Ok(hex(&digest.finalize()))
    }

    async fn write_backup(&self, part: &Path, program: &str, now: Timestamp) -> Result<(), Error> {
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
        let mut rows = 0;
        for table in TABLES {
            let columns: Vec<&str> = table.columns.iter().map(|(name, _)| *name).collect();
            out.line(&serde_json::json!({ "table": table.name, "columns": columns })).map_err(at)?;
            rows += each_row(&mut reading, table, |row| out.line(&row).map_err(at)).await?;
        }
        out.end(rows).map_err(at)
    }

    async fn note_backup(&self, contents: &Contents) -> Result<(), Error> {
        let Some(owner) = self.owner().await? else { return Ok(()) };
        let scope = Scope::of(&owner);
        let mut change = self.begin(&scope).await?;
        sqlx::query(
            "INSERT INTO backup (practice_id, made_at, bytes, sha256) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(scope.practice_text())
        .bind(micros(contents.made_at))
        .bind(i64::try_from(contents.bytes).unwrap_or(i64::MAX))
        .bind(&contents.sha256)
        .execute(&mut *change)
        .await?;
        crate::journal::write(&mut change, &scope, "backup", "practice", &scope.practice_text(), contents.made_at)
            .await?;
        change.commit().await?;
        Ok(())
    }
}

/// Shows each row of a table as the backup holds it, a page at a time, so that recordings never fill the memory.
async fn each_row(
    reading: &mut Transaction<'_, Any>,
    table: &Table,
    mut see: impl FnMut(Value) -> Result<(), Error> + Send,
) -> Result<u64, Error> {
    let mut done = 0i64;
    loop {
        let query = sqlx::query(table.select).bind(table.page()).bind(done);
        let rows = query.fetch_all(&mut **reading).await?;
        if rows.is_empty() {
            return Ok(done.unsigned_abs());
        }
        for row in rows {
            see(row_json(table, &row)?)?;
            done += 1;
        }
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
    Ok(Contents { made_at: heading.made_at, rows, bytes, sha256 })
}

fn heading_of(file: &Path, line: &str) -> Result<Heading, Error> {
    let heading: Heading =
        serde_json::from_str(line).map_err(|_| broken(file, 1, &"this is not a backup of xystra"))?;
    match (heading.format, heading.schema) {
        (FORMAT, schema) if schema == migrate::newest() => Ok(heading),
        (format, schema) => Err(broken(
            file,
            1,
            &format!(
                "format {format} and schema {schema} are not those of this program ({FORMAT} and {}): use the xystra that made it",
                migrate::newest()
            ),
        )),
    }
}

fn lines(file: &Path) -> Result<impl Iterator<Item = Result<String, Error>>, Error> {
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

fn broken(file: &Path, line: usize, reason: &dyn std::fmt::Display) -> Error {
    Error::Backup { file: file.to_owned(), line, reason: reason.to_string() }
}

fn row_json(table: &Table, row: &AnyRow) -> Result<Value, Error> {
    let cells = table.columns.iter().enumerate().map(|(n, (_, kind))| {
        Ok(match kind {
            Kind::Text => row.try_get::<Option<String>, _>(n)?.into(),
            Kind::Number => row.try_get::<Option<i64>, _>(n)?.into(),
            Kind::Bytes => hex(&row.try_get::<Vec<u8>, _>(n)?).into(),
        })
    });
    Ok(Value::Array(cells.collect::<Result<_, sqlx::Error>>()?))
}

async fn insert(
    change: &mut Transaction<'_, Any>,
    table: Option<&Table>,
    row: &[Value],
    file: &Path,
    line: usize,
) -> Result<(), Error> {
    let table = table.ok_or_else(|| broken(file, line, &"a row without a table"))?;
    if row.len() != table.columns.len() {
        return Err(broken(file, line, &format!("{} columns instead of {}", row.len(), table.columns.len())));
    }
    let mut query = sqlx::query(table.insert);
    for ((_, kind), cell) in table.columns.iter().zip(row) {
        query = match kind {
            Kind::Text => query.bind(cell.as_str().map(str::to_owned)),
            Kind::Number => query.bind(cell.as_i64()),
            Kind::Bytes => query.bind(
                unhex(cell.as_str().unwrap_or_default())
                    .ok_or_else(|| broken(file, line, &"bytes that are no bytes"))?,
            ),
        };
    }
    query.execute(&mut **change).await?;
    Ok(())
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    digits.chunks(2).map(|pair| Some(pair[0] * 16 + pair.get(1)?)).collect()
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
