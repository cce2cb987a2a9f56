//! The rows of a practice, one after another, as backup, restore, move and fingerprint see them.

use futures_util::stream::{BoxStream, StreamExt};
use serde_json::Value;
use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, Row, Transaction};

use crate::Error;
use crate::journal::hex;
use crate::tables::{Kind, Table};

/// The cells of a row in the order of its table's columns; bytes are hexadecimal text.
pub(crate) type Cells = Vec<Value>;

/// A practice's rows of a table in an order that is the same on each engine. They come one at a time, so that recordings never
/// fill the memory.
pub(crate) fn rows_of<'a>(
    reading: &'a mut Transaction<'_, Any>,
    table: &'static Table,
    practice: &str,
) -> BoxStream<'a, Result<Cells, Error>> {
    let rows = sqlx::query(table.select).bind(practice.to_owned()).fetch(&mut **reading);
    rows.map(move |row| Ok(cells(table, &row?)?)).boxed()
}

/// The statement that writes a row; an error says which cell is not what its column holds.
pub(crate) fn insert(table: &'static Table, cells: &[Value]) -> Result<Query<'static, Any, AnyArguments>, String> {
    let mut query = sqlx::query(table.insert);
    for ((name, kind), cell) in table.columns.iter().zip(cells) {
        let misfit = || format!("column {name} of table {} holds another kind of value", table.name);
        query = match (kind, cell) {
            (Kind::Text, Value::Null) => query.bind(None::<String>),
            (Kind::Number, Value::Null) => query.bind(None::<i64>),
            (Kind::Text, Value::String(text)) => query.bind(text.clone()),
            (Kind::Number, Value::Number(number)) => query.bind(number.as_i64().ok_or_else(misfit)?),
            (Kind::Bytes, Value::String(text)) => query.bind(unhex(text).ok_or_else(misfit)?),
            _ => return Err(misfit()),
        };
    }
    Ok(query)
}

fn cells(table: &Table, row: &AnyRow) -> Result<Cells, sqlx::Error> {
    let cell = |(at, (_, kind)): (usize, &(&str, Kind))| {
        Ok(match kind {
            Kind::Text => row.try_get::<Option<String>, _>(at)?.into(),
            Kind::Number => row.try_get::<Option<i64>, _>(at)?.into(),
            Kind::Bytes => hex(&row.try_get::<Vec<u8>, _>(at)?).into(),
        })
    };
    table.columns.iter().enumerate().map(cell).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
    digits.chunks(2).map(|pair| Some(pair[0] * 16 + pair.get(1)?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::TABLES;

    #[test]
    fn bytes_come_back_from_their_digits() {
        assert_eq!(unhex(&hex(&[0, 10, 255])), Some(vec![0, 10, 255]));
        assert_eq!((unhex("0"), unhex("0g")), (None, None));
    }

    #[test]
    fn a_cell_of_another_kind_is_refused_by_its_column() {
        let practice = &TABLES[0];
        assert!(insert(practice, &["p".into(), "{}".into(), 7.into()]).is_ok());
        for row in [["p".into(), "{}".into(), "7".into()], ["p".into(), "{}".into(), 0.5.into()]] {
            let said = insert(practice, &row).err();
            assert_eq!(said.as_deref(), Some("column created_at of table practice holds another kind of value"));
        }
    }
}
