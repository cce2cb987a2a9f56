//! One row for each client, derived from the client's entries: what lists, searches and the cache look at.
//!
//! Every change about a client moves the row on in its own transaction, so that `revision` never stands for two states.

mod verify;

use jiff::Timestamp;
use sqlx::{Any, Transaction};
use xystra_care::client::Client;
use xystra_care::intake::Intake;

use crate::Error;
use crate::db::micros;
use crate::step::Step;

/// Something was written about a client that leaves the words to find it by as they are.
pub(crate) async fn touch_client(
    change: &mut Transaction<'_, Any>,
    practice: &str,
    client: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let touched = sqlx::query(
        "UPDATE client SET revision = revision + 1, written_at = CASE WHEN written_at < $3 THEN $3 ELSE written_at END \
         WHERE practice_id = $1 AND id = $2",
    )
    .bind(practice)
    .bind(client)
    .bind(micros(now))
    .execute(&mut **change)
    .await?;
    if touched.rows_affected() > 0 { Ok(()) } else { index_client(change, practice, client).await }
}

/// Makes the row of one client anew from its entries. A client that lost its own entry keeps a struck row, so that its
/// revision goes on where it was should the entry come back.
pub(crate) async fn index_client(change: &mut Transaction<'_, Any>, practice: &str, client: &str) -> Result<(), Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT client_id, step, happened_at, struck, find FROM entry \
         WHERE practice_id = $1 AND client_id = $2 AND step IN ('client', 'intake') AND latest = 1 ORDER BY id",
    )
    .bind(practice)
    .bind(client)
    .fetch_all(&mut **change)
    .await?;
    match said_of(&rows) {
        Some(said) => write(change, practice, client, &said).await,
        None => strike(change, practice, client).await,
    }
}

/// Makes the rows of a whole practice anew.
pub(crate) async fn index_clients(change: &mut Transaction<'_, Any>, practice: &str) -> Result<(), Error> {
    let clients: Vec<(String,)> =
        sqlx::query_as("SELECT DISTINCT client_id FROM entry WHERE practice_id = $1 AND step = 'client'")
            .bind(practice)
            .fetch_all(&mut **change)
            .await?;
    for (client,) in clients {
        index_client(change, practice, &client).await?;
    }
    Ok(())
}

/// Client, step, when it happened, struck, what to find it by.
type Row = (String, String, i64, i64, Option<String>);

/// Since when, struck, what to find the client by.
type Said = (i64, i64, String);

/// What is said of a client by its own entry and the complaints in force; `None` without a client's entry.
fn said_of(rows: &[Row]) -> Option<Said> {
    let own = rows.iter().rfind(|row| row.1 == Client::STEP)?;
    let intakes = rows.iter().filter(|row| row.1 == Intake::STEP && row.3 == 0);
    let words: Vec<&str> = std::iter::once(own).chain(intakes).filter_map(|row| row.4.as_deref()).collect();
    Some((own.2, own.3, words.join("\n")))
}

/// The plus keeps a planner from walking back through the whole practice's entries for the newest of one client.
async fn write(change: &mut Transaction<'_, Any>, practice: &str, client: &str, said: &Said) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO client (practice_id, id, revision, written_at, since, struck, find) VALUES ($1, $2, 1, \
         (SELECT MAX(+recorded_at) FROM entry WHERE practice_id = $1 AND client_id = $2), $3, $4, $5) \
         ON CONFLICT (practice_id, id) DO UPDATE SET revision = client.revision + 1, \
         written_at = excluded.written_at, since = excluded.since, struck = excluded.struck, find = excluded.find",
    )
    .bind(practice)
    .bind(client)
    .bind(said.0)
    .bind(said.1)
    .bind(&said.2)
    .execute(&mut **change)
    .await?;
    Ok(())
}

async fn strike(change: &mut Transaction<'_, Any>, practice: &str, client: &str) -> Result<(), Error> {
    sqlx::query("UPDATE client SET revision = revision + 1, struck = 1, find = '' WHERE practice_id = $1 AND id = $2")
        .bind(practice)
        .bind(client)
        .execute(&mut **change)
        .await?;
    Ok(())
}
