//! Instant find: clients by name, telephone, mail or complaint.

use xystra_care::Entry;
use xystra_care::client::Client;
use xystra_care::id::ClientId;

use crate::entries::{Kept, entry_of};
use crate::{Error, Scope, Store};

/// A client found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Who.
    pub id: ClientId,
    /// The client.
    pub client: Entry<Client>,
    /// Complaints, newest first, as they were searched.
    pub complaints: Vec<String>,
}

/// The client's entry, how it is searched, and how one of its complaints is.
type Row = (
    String,
    String,
    i64,
    String,
    Option<String>,
    Option<String>,
    String,
    String,
    i64,
    i64,
    Option<String>,
    i64,
    String,
    Option<String>,
    Option<String>,
);

impl Store {
    /// Clients whose name, reach or complaints hold every word of `text`, the newest first; all when it is empty.
    pub async fn find_clients(&self, scope: &Scope, text: &str, limit: u32) -> Result<Vec<Found>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT c.id, c.thread_id, c.version, c.step, c.client_id, c.episode_id, c.author_id, c.author_name, c.recorded_at, \
             c.happened_at, c.reason, c.struck, c.body, c.find, i.find \
             FROM entry c LEFT JOIN entry i ON i.practice_id = c.practice_id AND i.client_id = c.client_id \
             AND i.step = 'intake' AND i.latest = 1 AND i.struck = 0 \
             WHERE c.practice_id = $1 AND c.step = 'client' AND c.latest = 1 AND c.struck = 0 \
             ORDER BY c.happened_at DESC, c.id DESC, i.happened_at DESC, i.id DESC",
        )
        .bind(scope.practice_text())
        .fetch_all(&self.reader)
        .await?;
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        let clients = rows.chunk_by(|a, b| a.4 == b.4).filter(|rows| holds_all(rows, &words));
        clients.take(limit as usize).map(found_of).collect()
    }

    /// How many clients there are.
    pub async fn count_clients(&self, scope: &Scope) -> Result<i64, Error> {
        let row: (i64,) = sqlx::query_as(
            "SELECT COUNT(*) FROM entry WHERE practice_id = $1 AND step = 'client' AND latest = 1 AND struck = 0",
        )
        .bind(scope.practice_text())
        .fetch_one(&self.reader)
        .await?;
        Ok(row.0)
    }
}

/// Is every word in the client's own text or in that of a complaint?
fn holds_all(rows: &[Row], words: &[String]) -> bool {
    let texts = || rows.iter().flat_map(|row| [row.13.as_deref(), row.14.as_deref()]).flatten();
    words.iter().all(|word| texts().any(|text| text.contains(word)))
}

fn found_of(rows: &[Row]) -> Result<Found, Error> {
    let first = rows.first().ok_or(Error::NotFound)?;
    let id = first.4.as_deref().and_then(|text| text.parse().ok()).ok_or(Error::NotFound)?;
    let complaints = rows.iter().filter_map(|row| row.14.clone()).collect();
    Ok(Found { id, client: entry_of(&kept(first.clone()))?, complaints })
}

fn kept(row: Row) -> Kept {
    let (id, thread, version, step, client, episode, author, name, recorded, happened, reason, struck, body, _, _) =
        row;
    (id, thread, version, step, client, episode, author, name, recorded, happened, reason, struck, body)
}
