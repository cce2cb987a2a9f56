//! Take away: everything of a practice as tables that any spreadsheet and any program reads, with a dictionary of every column.
//!
//! The folder appears whole or not at all. Rows go from the database to the files one by one, so a large practice needs no
//! more memory than a small one.

mod cell;
mod dictionary;
mod flatten;
mod ground;
mod readme;
mod recordings;
mod sheet;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::{Error, Scope, Store};
use sheet::Sheets;

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// Tables, each a CSV file and a file of JSON lines.
    pub tables: u64,
    /// Rows of all tables together.
    pub rows: u64,
    /// Files: two for each table, one for each recording, and the dictionary's two.
    pub files: u64,
    /// Recordings whose bytes are not those that came, by their path within the folder. They were written as they are.
    pub damaged: Vec<String>,
}

/// What is said of an export in its own README.
#[derive(Debug)]
struct Making<'a> {
    practice: String,
    zone: TimeZone,
    zone_name: String,
    program: &'a str,
    schema: i64,
    at: Timestamp,
}

impl Store {
    /// Writes everything of a practice into `folder`, which must be empty or not there yet, and a row into the journal.
    ///
    /// # Errors
    /// A folder that holds something; a body of a step that this program does not know; what the disk or database says.
    pub async fn export_tables(
        &self,
        scope: &Scope,
        folder: &Path,
        program: &str,
        now: Timestamp,
    ) -> Result<Figures, Error> {
        let part = room_beside(folder)?;
        let written = match self.write_tables(scope, &part, program, now).await {
            Ok(figures) => self.note_export(scope, now).await.map(|()| figures),
            Err(error) => Err(error),
        };
        let moved = written.and_then(|figures| put_in_place(&part, folder).map(|()| figures));
        if moved.is_err() {
            let _ = fs::remove_dir_all(&part);
        }
        moved
    }

    async fn write_tables(
        &self,
        scope: &Scope,
        folder: &Path,
        program: &str,
        now: Timestamp,
    ) -> Result<Figures, Error> {
        let practice = self.practice(scope).await?;
        let (practice, zone, zone_name) = (practice.name.clone(), practice.zone(), practice.time_zone);
        let making = Making { practice, zone, zone_name, program, schema: self.schema(), at: now };
        let mut sheets = Sheets::in_folder(folder);
        let mut reading = self.reading().await?;
        ground::write(&mut reading, scope, &mut sheets, &making).await?;
        tables::write(&mut reading, scope, &mut sheets).await?;
        let damaged = recordings::write(&mut reading, scope, &mut sheets, folder).await?;
        let written = sheets.finish()?;
        readme::write(folder, &making, &written)?;
        let tables = written.len() as u64;
        let recordings = written.iter().find(|(name, _)| *name == "recording").map_or(0, |(_, rows)| *rows);
        let rows = written.iter().map(|(_, rows)| rows).sum();
        Ok(Figures { tables, rows, files: 2 * tables + recordings + 2, damaged })
    }

    async fn note_export(&self, scope: &Scope, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        crate::journal::write(&mut change, scope, "export", "practice", &scope.practice_text(), now).await?;
        self.commit(scope, change).await
    }
}

/// A new folder beside the wanted one, in which everything is written first.
fn room_beside(folder: &Path) -> Result<PathBuf, Error> {
    let refuse = |reason: &str| Error::Folder { folder: folder.to_owned(), reason: reason.to_owned() };
    if fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_some()) || folder.is_file() {
        return Err(refuse("is not empty: name a new folder"));
    }
    let mut name = folder.file_name().ok_or_else(|| refuse("is no name for a new folder: name another"))?.to_owned();
    name.push(".part");
    let part = folder.with_file_name(name);
    if part.exists() {
        let reason = "is left of an export that was stopped half way: delete it first";
        return Err(Error::Folder { folder: part, reason: reason.to_owned() });
    }
    crate::db::folder_builder().recursive(true).create(&part).map_err(at(&part))?;
    Ok(part)
}

/// The written folder under its own name. An empty folder of that name gives way.
fn put_in_place(part: &Path, folder: &Path) -> Result<(), Error> {
    if folder.is_dir() {
        fs::remove_dir(folder).map_err(at(folder))?;
    }
    fs::rename(part, folder).map_err(at(folder))
}

/// Names the file that an error of the operating system is about.
fn at<E: Into<std::io::Error>>(path: &Path) -> impl FnOnce(E) -> Error {
    move |source| Error::Io { path: path.to_owned(), source: source.into() }
}
