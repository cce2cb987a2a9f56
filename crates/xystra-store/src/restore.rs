//! Restoring: a backup comes back whole, into any database that does not hold its practice yet.

use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;
use sqlx::{Any, Transaction};

use crate::backup::{Contents, broken, lines, read_back};
use crate::clients::index_clients;
use crate::erase::erase_again;
use crate::rows::insert;
use crate::tables::{TABLES, Table};
use crate::{Error, Store};

impl Store {
    /// Puts the practice of a backup into this database: all of it, or nothing. A practice or a login that is here already
    /// is refused. Reads the backups of every released schema. Who was erased since, by the list in the data folder or
    /// beside the backup, is erased again before anybody can sign in.
    pub async fn restore(&self, file: &Path, now: Timestamp) -> Result<Contents, Error> {
        let contents = read_back(file)?;
        let mut change = self.begin_for_all().await?;
        let mut sheet = None;
        let mut practice = None;
        for (line, number) in lines(file)?.zip(1..).skip(1) {
            match serde_json::from_str(&line?).map_err(|reason| broken(file, number, &reason))? {
                Value::Array(row) => {
                    let sheet: &Sheet = sheet.as_ref().ok_or_else(|| broken(file, number, &"a row without a table"))?;
                    let row = sheet.today(&row).map_err(|reason| broken(file, number, &reason))?;
                    belongs(&mut change, &mut practice, sheet.table, &row, (file, number)).await?;
                    write(&mut change, sheet.table, &row).await.map_err(|error| at_line(error, file, number))?;
                }
                Value::Object(heading) if heading.contains_key("table") => {
                    sheet = Some(Sheet::of(&heading).map_err(|reason| broken(file, number, &reason))?);
                }
                Value::Object(_) => {}
                _ => return Err(broken(file, number, &"neither a heading nor a row")),
            }
        }
        let practice = practice.ok_or_else(|| broken(file, 1, &"it holds no practice: use another"))?;
        index_clients(&mut change, &practice).await?;
        erase_again(&mut change, &practice, &[&self.folder, file.parent().unwrap_or(file)], now).await?;
        change.commit().await?;
        self.engine.count_again(&self.writer).await?;
        Ok(contents)
    }
}

/// A table of a backup, whose columns stand in the order of the program that wrote it.
struct Sheet {
    table: &'static Table,
    /// For each column of today, where it stands in the backup.
    places: Vec<Option<usize>>,
    width: usize,
}

impl Sheet {
    fn of(heading: &serde_json::Map<String, Value>) -> Result<Self, String> {
        let name = heading.get("table").and_then(Value::as_str).unwrap_or_default();
        let table = TABLES.iter().find(|table| table.name == name);
        let table = table.ok_or_else(|| format!("table {name} is not known to this program: update xystra"))?;
        let columns: Vec<&str> = heading
            .get("columns")
            .and_then(Value::as_array)
            .map_or_else(Vec::new, |columns| columns.iter().filter_map(Value::as_str).collect());
        if let Some(unknown) = columns.iter().find(|column| !table.columns.iter().any(|(known, _)| known == *column)) {
            return Err(format!("column {unknown} of table {name} is not known to this program: update xystra"));
        }
        let place = |(column, _): &(&str, _)| columns.iter().position(|there| there == column);
        Ok(Self { table, places: table.columns.iter().map(place).collect(), width: columns.len() })
    }

    /// A row in the columns of today. What the backup's schema did not have is empty.
    fn today(&self, row: &[Value]) -> Result<Vec<Value>, String> {
        if row.len() != self.width {
            return Err(format!("{} columns instead of {}", row.len(), self.width));
        }
        let cell = |place: &Option<usize>| place.map_or(Value::Null, |place| row[place].clone());
        Ok(self.places.iter().map(cell).collect())
    }
}

/// The first row is that of the practice, and every other row belongs to it: a backup reaches into no other practice.
async fn belongs(
    change: &mut Transaction<'_, Any>,
    practice: &mut Option<String>,
    table: &Table,
    row: &[Value],
    (file, line): (&Path, usize),
) -> Result<(), Error> {
    let whose = row.first().and_then(Value::as_str).unwrap_or_default();
    match practice {
        None if table.name == "practice" => {
            refused(change, whose).await?;
            *practice = Some(whose.to_owned());
            Ok(())
        }
        Some(practice) if practice == whose && table.name != "practice" => Ok(()),
        _ => Err(broken(file, line, &"a row of another practice: the backup was not made by xystra, use another")),
    }
}

/// Refuses a practice that this database holds already.
pub(crate) async fn refused(change: &mut Transaction<'_, Any>, practice: &str) -> Result<(), Error> {
    let row: Option<(String,)> =
        sqlx::query_as("SELECT id FROM practice WHERE id = $1").bind(practice).fetch_optional(&mut **change).await?;
    row.map_or(Ok(()), |_| Err(Error::Held))
}

/// Writes one row. A login that somebody else has here is named.
pub(crate) async fn write(
    change: &mut Transaction<'_, Any>,
    table: &'static Table,
    row: &[Value],
) -> Result<(), Error> {
    let misfit = |reason| Error::Unreadable { id: String::new(), step: table.name.to_owned(), reason };
    let written = insert(table, row).map_err(misfit)?.execute(&mut **change).await.map_err(Error::from);
    match written {
        Ok(_) => Ok(()),
        Err(Error::Conflict) if table.name == "account" => {
            let login = table.columns.iter().position(|(name, _)| *name == "login").and_then(|at| row[at].as_str());
            Err(Error::LoginTaken { login: login.unwrap_or_default().to_owned() })
        }
        Err(error) => Err(error),
    }
}

fn at_line(error: Error, file: &Path, line: usize) -> Error {
    match error {
        Error::Unreadable { reason, .. } => broken(file, line, &reason),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn sheet(heading: &Value) -> Result<Sheet, String> {
        Sheet::of(heading.as_object().unwrap())
    }

    #[test]
    fn columns_are_matched_by_name_and_missing_ones_are_empty() {
        let old = sheet(&json!({ "table": "practice", "columns": ["created_at", "id"] })).unwrap();
        assert_eq!(old.today(&[json!(7), json!("p")]).unwrap(), [json!("p"), Value::Null, json!(7)]);
        assert_eq!(old.today(&[json!(7)]).unwrap_err(), "1 columns instead of 2");
    }

    #[test]
    fn what_this_program_does_not_know_is_named() {
        let said = |heading: &Value| sheet(heading).err().unwrap();
        assert!(said(&json!({ "table": "motto", "columns": [] })).starts_with("table motto is not known"));
        let column = said(&json!({ "table": "practice", "columns": ["id", "motto"] }));
        assert!(column.starts_with("column motto of table practice is not known"), "{column}");
    }
}
