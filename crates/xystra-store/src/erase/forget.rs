//! Removing every row about a person, table by table, in an order in which no row is left without what it refers to.

use sqlx::{Any, Transaction};

use super::Count;
use super::person::Person;
use crate::Error;

/// What belongs to a client by its id.
const BY_CLIENT: &[(&str, &str)] = &[
    (
        "recording_part",
        "DELETE FROM recording_part WHERE practice_id = $1 \
         AND recording_id IN (SELECT id FROM recording WHERE practice_id = $1 AND client_id = $2)",
    ),
    ("recording", "DELETE FROM recording WHERE practice_id = $1 AND client_id = $2"),
    ("derived", "DELETE FROM derived WHERE practice_id = $1 AND client_id = $2"),
    ("link", "DELETE FROM link WHERE practice_id = $1 AND client_id = $2"),
    ("emergency", "DELETE FROM emergency WHERE practice_id = $1 AND client_id = $2"),
    ("client", "DELETE FROM client WHERE practice_id = $1 AND id = $2"),
    ("entry", "DELETE FROM entry WHERE practice_id = $1 AND client_id = $2"),
];

/// What names an id within a text: the key of each row, and that text.
const BY_TEXT: &[(&str, &str, &str)] = &[
    (
        "draft",
        "SELECT form, form FROM draft WHERE practice_id = $1",
        "DELETE FROM draft WHERE practice_id = $1 AND form = $2",
    ),
    (
        "operation",
        "SELECT id, location FROM operation WHERE practice_id = $1",
        "DELETE FROM operation WHERE practice_id = $1 AND id = $2",
    ),
    (
        "job",
        "SELECT subject_id, subject_id FROM job WHERE practice_id = $1",
        "DELETE FROM job WHERE practice_id = $1 AND subject_id = $2",
    ),
];

/// Removes every row about a person; how many from each table that had any.
pub(super) async fn forget(
    change: &mut Transaction<'_, Any>,
    practice: &str,
    person: &Person,
) -> Result<Vec<Count>, Error> {
    let mut counts: Vec<Count> = Vec::new();
    for (table, select, statement) in BY_TEXT {
        let keys = keys(change, practice, person, select).await?;
        counts.push((table, each(change, practice, statement, &keys).await?));
    }
    for (table, statement) in BY_CLIENT {
        counts.push((table, each(change, practice, statement, &person.clients).await?));
    }
    let named = "DELETE FROM entry WHERE practice_id = $1 AND thread_id = $2 AND step = 'merge'";
    counts.push(("entry", each(change, practice, named, &person.named_in).await?));
    Ok(summed(&counts))
}

/// Keys of the rows whose text names the person.
async fn keys(
    change: &mut Transaction<'_, Any>,
    practice: &str,
    person: &Person,
    select: &'static str,
) -> Result<Vec<String>, Error> {
    let rows: Vec<(String, String)> = sqlx::query_as(select).bind(practice).fetch_all(&mut **change).await?;
    let mut keys: Vec<String> = rows.into_iter().filter(|(_, text)| person.is_in(text)).map(|(key, _)| key).collect();
    keys.dedup();
    Ok(keys)
}

/// Runs a statement for each key; the rows that it removed in all.
async fn each(
    change: &mut Transaction<'_, Any>,
    practice: &str,
    statement: &'static str,
    keys: &[String],
) -> Result<u64, Error> {
    let mut rows = 0;
    for key in keys {
        rows += sqlx::query(statement).bind(practice).bind(key).execute(&mut **change).await?.rows_affected();
    }
    Ok(rows)
}

/// One count for each table, in the order in which they came; none for a table without a row.
fn summed(counts: &[Count]) -> Vec<Count> {
    let mut sums: Vec<Count> = Vec::new();
    for (table, rows) in counts.iter().filter(|(_, rows)| *rows > 0) {
        match sums.iter_mut().find(|(known, _)| known == table) {
            Some((_, sum)) => *sum += rows,
            None => sums.push((table, *rows)),
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_of_one_table_are_one_count() {
        assert_eq!(summed(&[("entry", 3), ("job", 0), ("draft", 1), ("entry", 2)]), [("entry", 5), ("draft", 1)]);
    }
}
