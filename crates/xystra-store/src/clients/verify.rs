//! Whether each client's row is what the client's entries say.

use std::collections::BTreeMap;

use sqlx::{Any, Transaction};

use super::{Row, Said, said_of};
use crate::{Error, Scope, Store};

impl Store {
    /// Holds every client's row against the client's entries; how many there are. The inner `Err` names the first that does
    /// not fit.
    pub async fn verify_clients(&self, scope: &Scope) -> Result<Result<usize, String>, Error> {
        let practice = scope.practice_text();
        let mut reading = self.reading().await?;
        let (entries, written) = (entries(&mut reading, &practice).await?, written(&mut reading, &practice).await?);
        let rows = rows(&mut reading, &practice).await?;
        let clients = entries.chunk_by(|a, b| a.0 == b.0).filter_map(|rows| Some((rows[0].0.as_str(), said_of(rows)?)));
        let mut count = 0;
        for (client, said) in clients {
            let fits = rows.get(client).is_some_and(|(at, row)| *row == said && Some(at) >= written.get(client));
            if !fits {
                return Ok(Err(format!("the row of client {client} is not what its entries say")));
            }
            count += 1;
        }
        Ok(Ok(count))
    }
}

/// What the rows are made from, client by client.
async fn entries(reading: &mut Transaction<'_, Any>, practice: &str) -> Result<Vec<Row>, Error> {
    let entries = sqlx::query_as(
        "SELECT client_id, step, happened_at, struck, find FROM entry \
         WHERE practice_id = $1 AND step IN ('client', 'intake') AND latest = 1 ORDER BY client_id, id",
    );
    Ok(entries.bind(practice).fetch_all(&mut **reading).await?)
}

/// When anything about each client was last written.
async fn written(reading: &mut Transaction<'_, Any>, practice: &str) -> Result<BTreeMap<String, i64>, Error> {
    let written: Vec<(String, i64)> = sqlx::query_as(
        "SELECT client_id, MAX(recorded_at) FROM entry WHERE practice_id = $1 AND client_id IS NOT NULL GROUP BY client_id",
    )
    .bind(practice)
    .fetch_all(&mut **reading)
    .await?;
    Ok(written.into_iter().collect())
}

/// The rows as they are kept: when the client was last written about, and what is said.
async fn rows(reading: &mut Transaction<'_, Any>, practice: &str) -> Result<BTreeMap<String, (i64, Said)>, Error> {
    let rows: Vec<(String, i64, i64, i64, String)> =
        sqlx::query_as("SELECT id, written_at, since, struck, find FROM client WHERE practice_id = $1")
            .bind(practice)
            .fetch_all(&mut **reading)
            .await?;
    Ok(rows.into_iter().map(|(id, at, since, struck, find)| (id, (at, (since, struck, find)))).collect())
}
