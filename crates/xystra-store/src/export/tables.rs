//! The tables beside the entries.

use futures_util::TryStreamExt;
use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};

use super::dictionary::{Column, Table, dictionary};
use super::flatten::{Row, flatten};
use super::sheet::Sheets;
use crate::db::instant;
use crate::{Error, Scope};

/// How each table is read; a test holds the columns against the dictionary. Recordings have a way of their own.
const SELECTS: &[(&str, &str)] = &[
    ("practice", "SELECT id, created_at, body FROM practice WHERE id = $1"),
    (
        "account",
        "SELECT id, login, name, role, created_at, disabled_at, seen_at FROM account WHERE practice_id = $1 ORDER BY created_at, id",
    ),
    (
        "sign_in",
        "SELECT account_id, device, kiosk, created_at, seen_at, ends_at FROM sign_in WHERE practice_id = $1 ORDER BY created_at",
    ),
    (
        "invitation",
        "SELECT account_id, role, name, invited_by, created_at, ends_at, used_at FROM invitation WHERE practice_id = $1 \
         ORDER BY created_at",
    ),
    (
        "emergency",
        "SELECT id, account_id, client_id, reason, at, ends_at, seen_by, seen_at FROM emergency WHERE practice_id = $1 \
         ORDER BY at, id",
    ),
    (
        "link",
        "SELECT kind, client_id, episode_id, session_id, made_by, created_at, ends_at, used_at FROM link \
         WHERE practice_id = $1 ORDER BY created_at",
    ),
    (
        "draft",
        "SELECT account_id, form, revision, tab, saved_at, body FROM draft WHERE practice_id = $1 ORDER BY saved_at, form",
    ),
    (
        "derived",
        "SELECT subject_id, kind, client_id, made_from, method, program, catalog, made_at, body FROM derived \
         WHERE practice_id = $1 AND kind <> 'outlook-kept' ORDER BY subject_id, kind, method",
    ),
    ("tool_reading", "SELECT tool, reading, saved_by, saved_at FROM tool_reading WHERE practice_id = $1 ORDER BY tool"),
    (
        "journal",
        "SELECT number, at, account_id, action, subject_kind, subject_id, hash FROM journal WHERE practice_id = $1 \
         ORDER BY number",
    ),
    ("backup", "SELECT made_at, bytes, sha256 FROM backup WHERE practice_id = $1 ORDER BY made_at"),
    ("operation", "SELECT id, location, at FROM operation WHERE practice_id = $1 ORDER BY at, id"),
    (
        "job",
        "SELECT kind, subject_id, due_at, tries, problem FROM job WHERE practice_id = $1 ORDER BY kind, subject_id",
    ),
];

pub(super) async fn write(reading: &mut Transaction<'_, Any>, scope: &Scope, sheets: &mut Sheets) -> Result<(), Error> {
    let dictionary = dictionary();
    for (name, select) in SELECTS {
        let Some(table) = dictionary.table.iter().find(|table| table.name == *name) else { continue };
        let body: Vec<&Column> = table.body.iter().collect();
        let mut rows = sqlx::query(*select).bind(scope.practice_text()).fetch(&mut **reading);
        while let Some(row) = rows.try_next().await? {
            let mut cells = cells(&row, table)?;
            if !body.is_empty() {
                cells.extend(flatten(document(&row, table)?, &body, &[], &dictionary.rest.name).row);
            }
            sheets.write(name, &cells)?;
        }
    }
    Ok(())
}

/// The table's own columns of a row.
pub(super) fn cells(row: &AnyRow, table: &Table) -> Result<Row, Error> {
    table.columns.iter().map(|column| Ok((column.name.clone(), value(row, column)?))).collect()
}

fn document(row: &AnyRow, table: &Table) -> Result<Value, Error> {
    let body: String = row.try_get("body")?;
    let unreadable = |reason: serde_json::Error| Error::Unreadable {
        id: row.try_get(0).unwrap_or_default(),
        step: table.name.clone(),
        reason: reason.to_string(),
    };
    serde_json::from_str(&body).map_err(unreadable)
}

/// A column's value in the dictionary's type.
pub(super) fn value(row: &AnyRow, column: &Column) -> Result<Value, Error> {
    let name = column.name.as_str();
    Ok(match column.kind.as_str() {
        "instant" => row.try_get::<Option<i64>, _>(name)?.map(|at| instant(at).to_string()).into(),
        "whole" => row.try_get::<Option<i64>, _>(name)?.into(),
        "yes-no" => row.try_get::<Option<i64>, _>(name)?.map(|yes| yes != 0).into(),
        _ => row.try_get::<Option<String>, _>(name)?.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The columns between SELECT and FROM.
    fn selected(statement: &str) -> Vec<&str> {
        let columns = statement.trim_start_matches("SELECT ").split(" FROM ").next().unwrap_or_default();
        columns.split(", ").map(str::trim).collect()
    }

    #[test]
    fn every_table_of_the_dictionary_is_read_with_all_its_columns() {
        for table in dictionary().table.iter().filter(|table| table.name != "recording") {
            let (_, select) = SELECTS.iter().find(|(name, _)| *name == table.name).expect(&table.name);
            let body = (!table.body.is_empty()).then_some("body");
            let wanted: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).chain(body).collect();
            assert_eq!(selected(select), wanted, "{}", table.name);
        }
        assert_eq!(SELECTS.len() + 1, dictionary().table.len());
    }
}
