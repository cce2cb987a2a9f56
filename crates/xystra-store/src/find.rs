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

impl Store {
    /// Clients whose name, reach or complaint holds every word of `text`, the last seen first; all when it is empty.
    pub async fn find_clients(&self, scope: &Scope, text: &str, limit: u32) -> Result<Vec<Found>, Error> {
        let mut words = text.split_whitespace().map(pattern);
        let mut next = || words.next().unwrap_or_else(|| "%".to_owned());
        let rows: Vec<Kept> = sqlx::query_as(
            "SELECT c.id, c.thread_id, c.version, c.step, c.client_id, c.episode_id, c.author_id, c.author_name, c.recorded_at, \
             c.happened_at, c.reason, c.struck, c.body FROM entry c \
             WHERE c.practice_id = $1 AND c.step = 'client' AND c.latest = 1 AND c.struck = 0 AND \
             (c.find LIKE $2 ESCAPE '!' OR EXISTS (SELECT 1 FROM entry i WHERE i.practice_id = $1 AND i.client_id = c.client_id \
              AND i.step = 'intake' AND i.latest = 1 AND i.find LIKE $2 ESCAPE '!')) AND \
             (c.find LIKE $3 ESCAPE '!' OR EXISTS (SELECT 1 FROM entry i WHERE i.practice_id = $1 AND i.client_id = c.client_id \
              AND i.step = 'intake' AND i.latest = 1 AND i.find LIKE $3 ESCAPE '!')) AND \
             (c.find LIKE $4 ESCAPE '!' OR EXISTS (SELECT 1 FROM entry i WHERE i.practice_id = $1 AND i.client_id = c.client_id \
              AND i.step = 'intake' AND i.latest = 1 AND i.find LIKE $4 ESCAPE '!')) \
             ORDER BY c.recorded_at DESC, c.id DESC LIMIT $5",
        )
        .bind(scope.practice_text())
        .bind(next())
        .bind(next())
        .bind(next())
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            found.push(self.found_of(scope, row).await?);
        }
        Ok(found)
    }

    async fn found_of(&self, scope: &Scope, row: &Kept) -> Result<Found, Error> {
        let id: ClientId = row.4.as_deref().and_then(|text| text.parse().ok()).ok_or(Error::NotFound)?;
        let complaints: Vec<(Option<String>,)> = sqlx::query_as(
            "SELECT find FROM entry WHERE practice_id = $1 AND client_id = $2 AND step = 'intake' AND latest = 1 \
             ORDER BY happened_at DESC",
        )
        .bind(scope.practice_text())
        .bind(id.to_string())
        .fetch_all(&self.reader)
        .await?;
        Ok(Found { id, client: entry_of(row)?, complaints: complaints.into_iter().filter_map(|(text,)| text).collect() })
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

/// The word anywhere in the text; `!` takes the meaning from `%`, `_` and itself.
fn pattern(word: &str) -> String {
    let escaped: String = word.to_lowercase().chars().flat_map(|c| if "!%_".contains(c) { vec!['!', c] } else { vec![c] }).collect();
    format!("%{escaped}%")
}

#[cfg(test)]
mod tests {
    #[test]
    fn signs_of_like_are_taken_literally() {
        assert_eq!(super::pattern("100%_A!"), "%100!%!_a!!%");
    }
}
