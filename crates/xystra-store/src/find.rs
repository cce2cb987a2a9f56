//! Instant find: clients by name, telephone, mail or complaint.
//!
//! The words are looked for in the row that each client has (`clients.rs`); entries are read of the clients found alone.

use std::collections::BTreeMap;

use jiff::Timestamp;
use sqlx::query::QueryAs;
use xystra_care::Entry;
use xystra_care::client::Client;
use xystra_care::id::ClientId;
use xystra_care::intake::Intake;

use crate::db::{instant, micros};
use crate::entries::{Kept, entry_of};
use crate::records::client_of;
use crate::step::Step;
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

/// Words that the statement looks for; further ones are held against what it finds.
const WORDS: usize = 4;
/// Clients that one statement reads about. The plus before `happened_at` keeps SQLite from walking through everybody's
/// entries of a step instead.
const AT_A_TIME: usize = 40;

/// The client's entry or an intake, with its words.
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
);

impl Store {
    /// Clients whose name, reach or complaints hold every word of `text`, the newest first; all when it is empty.
    pub async fn find_clients(&self, scope: &Scope, text: &str, limit: u32) -> Result<Vec<Found>, Error> {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        // A number or a long word is rare, and what it is not found in needs no look for the others.
        words.sort_by_key(|word| std::cmp::Reverse((word.starts_with(|c: char| c.is_ascii_digit()), word.len())));
        let clients = self.holding(scope, &words, limit).await?;
        let mut found = Vec::new();
        for clients in clients.chunks(AT_A_TIME) {
            found.extend(found_of(clients, &self.searched(scope, clients).await?)?);
        }
        for found in &found {
            scope.saw(found.id);
        }
        Ok(found)
    }

    /// How many clients there are.
    pub async fn count_clients(&self, scope: &Scope) -> Result<i64, Error> {
        let row: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM client WHERE practice_id = $1 AND struck = 0")
            .bind(scope.practice_text())
            .fetch_one(&self.reader)
            .await?;
        Ok(row.0)
    }

    /// Is there any client?
    pub async fn has_clients(&self, scope: &Scope) -> Result<bool, Error> {
        let row: Option<(i64,)> =
            sqlx::query_as("SELECT struck FROM client WHERE practice_id = $1 AND struck = 0 LIMIT 1")
                .bind(scope.practice_text())
                .fetch_optional(&self.reader)
                .await?;
        Ok(row.is_some())
    }

    /// When something of a step last happened to each of these clients before `now`; struck entries do not count.
    pub async fn last_of<T: Step>(
        &self,
        scope: &Scope,
        clients: &[ClientId],
        now: Timestamp,
    ) -> Result<BTreeMap<ClientId, Timestamp>, Error> {
        let mut last = BTreeMap::new();
        for clients in clients.chunks(AT_A_TIME) {
            let query = sqlx::query_as(
                "SELECT client_id, MAX(happened_at) FROM entry WHERE practice_id = $1 AND client_id IN \
                 ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, \
                 $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41) \
                 AND step = $42 AND latest = 1 AND struck = 0 AND +happened_at < $43 GROUP BY client_id",
            );
            let query = places(clients).fold(query.bind(scope.practice_text()), QueryAs::bind);
            let rows: Vec<(String, i64)> = query.bind(T::STEP).bind(micros(now)).fetch_all(&self.reader).await?;
            last.extend(rows.into_iter().filter_map(|(client, at)| Some((client.parse().ok()?, instant(at)))));
        }
        Ok(last)
    }

    /// Everything in force of one step that is to happen to these clients from `now` on, in order of time for each of them.
    pub async fn coming<T: Step>(
        &self,
        scope: &Scope,
        clients: &[ClientId],
        now: Timestamp,
    ) -> Result<Vec<(ClientId, Entry<T>)>, Error> {
        let mut coming = Vec::new();
        for clients in clients.chunks(AT_A_TIME) {
            let query = sqlx::query_as(
                "SELECT id, thread_id, version, step, client_id, episode_id, author_id, author_name, recorded_at, \
                 happened_at, reason, struck, body FROM entry WHERE practice_id = $1 AND client_id IN \
                 ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, \
                 $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41) \
                 AND step = $42 AND latest = 1 AND struck = 0 AND +happened_at >= $43 ORDER BY +happened_at, id",
            );
            let query = places(clients).fold(query.bind(scope.practice_text()), QueryAs::bind);
            let rows: Vec<Kept> = query.bind(T::STEP).bind(micros(now)).fetch_all(&self.reader).await?;
            for row in &rows {
                coming.push((client_of(row)?, entry_of(row)?));
            }
        }
        Ok(coming)
    }

    /// The clients whose row holds every word, newest first.
    async fn holding(&self, scope: &Scope, words: &[String], limit: u32) -> Result<Vec<String>, Error> {
        let (first, more) = words.split_at(words.len().min(WORDS));
        let query = sqlx::query_as(
            "SELECT id, find FROM client WHERE practice_id = $1 AND struck = 0 \
             AND ($2 = '' OR find LIKE $2 ESCAPE '\\') AND ($3 = '' OR find LIKE $3 ESCAPE '\\') \
             AND ($4 = '' OR find LIKE $4 ESCAPE '\\') AND ($5 = '' OR find LIKE $5 ESCAPE '\\') \
             ORDER BY since DESC, id DESC LIMIT $6",
        );
        let patterns = first.iter().map(|word| pattern(word)).chain(std::iter::repeat(String::new())).take(WORDS);
        let query = patterns.fold(query.bind(scope.practice_text()), QueryAs::bind);
        let most = if more.is_empty() { i64::from(limit) } else { i64::MAX };
        let rows: Vec<(String, String)> = query.bind(most).fetch_all(&self.reader).await?;
        let holding = rows.into_iter().filter(|(_, find)| more.iter().all(|word| find.contains(word)));
        Ok(holding.take(limit as usize).map(|(id, _)| id).collect())
    }

    /// The entries that these clients are found by, the newest first.
    async fn searched(&self, scope: &Scope, clients: &[String]) -> Result<Vec<Row>, Error> {
        let query = sqlx::query_as(
            "SELECT id, thread_id, version, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, \
             reason, struck, body, find FROM entry WHERE practice_id = $1 AND client_id IN \
             ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, \
                 $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41) \
             AND step IN ('client', 'intake') AND latest = 1 AND struck = 0 ORDER BY +happened_at DESC, id DESC",
        );
        let query = places(clients).fold(query.bind(scope.practice_text()), QueryAs::bind);
        Ok(query.fetch_all(&self.reader).await?)
    }
}

/// As many places as a statement has; one that is not needed holds nobody.
fn places<T: ToString>(clients: &[T]) -> impl Iterator<Item = String> {
    clients.iter().map(T::to_string).chain(std::iter::repeat(String::new())).take(AT_A_TIME)
}

/// The word anywhere, whatever signs of a pattern it holds.
fn pattern(word: &str) -> String {
    let escaped: String =
        word.chars().flat_map(|sign| "\\%_".contains(sign).then_some('\\').into_iter().chain([sign])).collect();
    format!("%{escaped}%")
}

/// In the order of the clients; one whose entry went meanwhile is left out.
fn found_of(clients: &[String], rows: &[Row]) -> Result<Vec<Found>, Error> {
    let of = |client: &String, step: &'static str| {
        let client = client.clone();
        rows.iter().filter(move |row| row.4.as_ref() == Some(&client) && row.3 == step)
    };
    let mut found = Vec::new();
    for client in clients {
        let Some(own) = of(client, Client::STEP).next() else { continue };
        found.push(Found {
            id: client.parse().map_err(|_| Error::NotFound)?,
            client: entry_of(&kept(own.clone()))?,
            complaints: of(client, Intake::STEP).filter_map(|row| row.13.clone()).collect(),
        });
    }
    Ok(found)
}

fn kept(row: Row) -> Kept {
    let (id, thread, version, step, client, episode, author, name, recorded, happened, reason, struck, body, _) = row;
    (id, thread, version, step, client, episode, author, name, recorded, happened, reason, struck, body)
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn a_word_is_no_pattern() {
        assert_eq!(pattern("0%_\\x"), "%0\\%\\_\\\\x%");
    }
}
