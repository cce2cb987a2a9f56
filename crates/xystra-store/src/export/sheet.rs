//! A table as it is written: a CSV file for spreadsheets and a file of JSON lines for programs, row by row.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::at;
use super::cell::cell;
use super::dictionary::{Column, Sheeting, dictionary};
use super::flatten::Row;
use crate::Error;

/// Every table of an export, each opened when its first row or its turn comes.
#[derive(Debug)]
pub(super) struct Sheets {
    folder: PathBuf,
    open: Vec<Sheet>,
}

/// One table.
#[derive(Debug)]
struct Sheet {
    file: Sheeting,
    csv: csv::Writer<File>,
    csv_path: PathBuf,
    lines: BufWriter<File>,
    lines_path: PathBuf,
    rows: u64,
}

impl Sheets {
    /// The tables of a folder that is being written.
    pub(super) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), open: Vec::new() }
    }

    /// Writes one row of a table. Its values are those of the dictionary's columns; what is missing is empty.
    pub(super) fn write(&mut self, table: &str, row: &Row) -> Result<(), Error> {
        let place = match self.open.iter().position(|sheet| sheet.file.name == table) {
            Some(place) => place,
            None => self.add(table)?,
        };
        self.open[place].write(row)
    }

    /// Ends every table, those without a row too; their names and rows in the dictionary's order.
    pub(super) fn finish(mut self) -> Result<Vec<(&'static str, u64)>, Error> {
        let names: Vec<&'static str> = dictionary().files().into_iter().map(|file| file.name).collect();
        for name in &names {
            if !self.open.iter().any(|sheet| sheet.file.name == *name) {
                self.add(name)?;
            }
        }
        let mut written = Vec::new();
        for sheet in self.open {
            written.push((sheet.file.name, sheet.rows));
            sheet.finish()?;
        }
        written.sort_by_key(|(name, _)| names.iter().position(|known| known == name));
        Ok(written)
    }

    fn add(&mut self, table: &str) -> Result<usize, Error> {
        let unknown = || Error::Unreadable {
            id: table.to_owned(),
            step: "export".to_owned(),
            reason: "this program has no dictionary for it: update xystra".to_owned(),
        };
        let file = dictionary().file(table).ok_or_else(unknown)?;
        self.open.push(Sheet::new(&self.folder, file)?);
        Ok(self.open.len() - 1)
    }
}

impl Sheet {
    fn new(folder: &Path, file: Sheeting) -> Result<Self, Error> {
        let (csv_path, csv_file) = new_file(folder, "csv", file.name, "csv")?;
        let (lines_path, lines_file) = new_file(folder, "jsonl", file.name, "jsonl")?;
        let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(csv_file);
        csv.write_record(file.columns.iter().map(|column| &column.name)).map_err(at(&csv_path))?;
        Ok(Self { file, csv, csv_path, lines: BufWriter::new(lines_file), lines_path, rows: 0 })
    }

    fn write(&mut self, row: &Row) -> Result<(), Error> {
        let columns = &self.file.columns;
        let cells = columns.iter().map(|column| row.get(&column.name).map(cell).unwrap_or_default());
        self.csv.write_record(cells).map_err(at(&self.csv_path))?;
        serde_json::to_writer(&mut self.lines, &Line { columns, row }).map_err(at(&self.lines_path))?;
        self.lines.write_all(b"\n").map_err(at(&self.lines_path))?;
        self.rows += 1;
        Ok(())
    }

    /// Waits until the disk has it all.
    fn finish(self) -> Result<(), Error> {
        let csv = self.csv.into_inner().map_err(|error| at(&self.csv_path)(error.into_error()))?;
        let lines = self.lines.into_inner().map_err(|error| at(&self.lines_path)(error.into_error()))?;
        csv.sync_all().map_err(at(&self.csv_path))?;
        lines.sync_all().map_err(at(&self.lines_path))
    }
}

fn new_file(folder: &Path, kind: &str, name: &str, ending: &str) -> Result<(PathBuf, File), Error> {
    let folder = folder.join(kind);
    fs::create_dir_all(&folder).map_err(at(&folder))?;
    let path = folder.join(format!("{name}.{ending}"));
    let file = File::create_new(&path).map_err(at(&path))?;
    Ok((path, file))
}

/// A row with every column in the dictionary's order.
struct Line<'a> {
    columns: &'a [&'static Column],
    row: &'a Row,
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let value = |column: &&'static Column| (&column.name, self.row.get(&column.name).unwrap_or(&Value::Null));
        serializer.collect_map(self.columns.iter().map(value))
    }
}
