//! Entries: a file for each step, a file for each list within its bodies.

use futures_util::TryStreamExt;
use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{Any, Row as _, Transaction};

use super::Making;
use super::dictionary::{Column, Dictionary, List, Step, dictionary};
use super::flatten::{Row, flatten};
use super::sheet::Sheets;
use super::tables::value;
use crate::db::instant;
use crate::{Error, Scope};

/// How the practice's own clock is written: what a spreadsheet takes for a moment.
const LOCAL: &str = "%Y-%m-%d %H:%M:%S";

/// In the order in which they were written down.
const ENTRIES: &str = "SELECT id AS entry_id, thread_id, version, latest, struck, reason AS version_reason, client_id, episode_id, \
     author_id, author_name, recorded_at, happened_at, step, body FROM entry WHERE practice_id = $1 ORDER BY recorded_at, id";

pub(super) async fn write(
    reading: &mut Transaction<'_, Any>,
    scope: &Scope,
    sheets: &mut Sheets,
    making: &Making<'_>,
) -> Result<(), Error> {
    let dictionary = dictionary();
    let kinds: Vec<Kind> = dictionary.step.iter().map(|step| Kind::of(step, dictionary)).collect();
    let mut entries = sqlx::query(ENTRIES).bind(scope.practice_text()).fetch(&mut **reading);
    while let Some(entry) = entries.try_next().await? {
        let (step, body): (String, String) = (entry.try_get("step")?, entry.try_get("body")?);
        let mut heading = heading(&entry, dictionary, making)?;
        let id = heading.get("entry_id").cloned().unwrap_or_default();
        let unreadable = |reason: String| Error::Unreadable {
            id: id.as_str().unwrap_or_default().to_owned(),
            step: step.clone(),
            reason,
        };
        let kind = kinds.iter().find(|kind| kind.step.name == step);
        let kind = kind.ok_or_else(|| unreadable("this program knows no such step: update xystra".to_owned()))?;
        let body: Value = serde_json::from_str(&body).map_err(|reason| unreadable(reason.to_string()))?;
        let flat = flatten(body, &kind.columns, &kind.lists, &dictionary.rest.name);
        let own = heading.clone();
        heading.extend(flat.row);
        sheets.write(&step, &heading)?;
        for (list, rows) in kind.lists.iter().zip(flat.lists) {
            children(sheets, list, &own, rows)?;
        }
    }
    Ok(())
}

/// A step with what its bodies are taken apart into.
struct Kind {
    step: &'static Step,
    columns: Vec<&'static Column>,
    lists: Vec<&'static List>,
}

impl Kind {
    fn of(step: &'static Step, dictionary: &'static Dictionary) -> Self {
        Self { step, columns: step.body.iter().collect(), lists: dictionary.lists_of(&step.name) }
    }
}

fn heading(entry: &AnyRow, dictionary: &Dictionary, making: &Making<'_>) -> Result<Row, Error> {
    let mut row = Row::new();
    for column in &dictionary.heading {
        let value = if column.kind == "local time" {
            let at = instant(entry.try_get("happened_at")?).to_zoned(making.zone.clone());
            at.strftime(LOCAL).to_string().into()
        } else {
            value(entry, column)?
        };
        row.insert(column.name.clone(), value);
    }
    Ok(row)
}

/// Rows of a list, each with what it needs of its entry's heading.
fn children(sheets: &mut Sheets, list: &List, heading: &Row, rows: Vec<Row>) -> Result<(), Error> {
    for (index, mut row) in rows.into_iter().enumerate() {
        for column in dictionary().child.iter().filter(|column| heading.contains_key(&column.name)) {
            row.insert(column.name.clone(), heading[&column.name].clone());
        }
        row.insert("index".to_owned(), index.into());
        sheets.write(&list.name, &row)?;
    }
    Ok(())
}
