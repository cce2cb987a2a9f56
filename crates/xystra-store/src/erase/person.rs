//! Everybody that a person is in the record: the client, and records of the same person that were merged.

use std::collections::BTreeSet;

use sqlx::{Any, Transaction};
use xystra_care::id::ClientId;
use xystra_care::merge::Merge;

use crate::Error;

/// The clients that are one person, and every id about them.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) clients: Vec<String>,
    /// The clients, their complaints, facts, versions and recordings.
    pub(super) ids: BTreeSet<String>,
    /// Facts in other records that name one of the clients: merges that were undone.
    pub(super) named_in: Vec<String>,
}

/// Whose record a merge stands in, its thread, whether it holds, and what it says.
type Row = (Option<String>, String, i64, String);

impl Person {
    pub(super) async fn of(change: &mut Transaction<'_, Any>, practice: &str, client: ClientId) -> Result<Self, Error> {
        let merges = merges(change, practice).await?;
        let clients = one_person(client.to_string(), &merges);
        let mut ids: BTreeSet<String> = clients.iter().cloned().collect();
        for client in &clients {
            ids.extend(ids_of(change, practice, client).await?);
        }
        if ids.len() == clients.len() {
            return Err(Error::NotFound);
        }
        let others = merges.into_iter().filter(|merge| clients.contains(&merge.from) && !clients.contains(&merge.into));
        Ok(Self { named_in: others.map(|merge| merge.thread).collect(), clients, ids })
    }

    /// Does a text, such as a form's name or an address, hold an id of this person?
    pub(super) fn is_in(&self, text: &str) -> bool {
        let words = text.split(|c: char| !c.is_ascii_hexdigit() && c != '-');
        words.into_iter().any(|word| self.ids.contains(word))
    }
}

/// A merge, in force or undone.
struct Known {
    from: String,
    into: String,
    thread: String,
    holds: bool,
}

async fn merges(change: &mut Transaction<'_, Any>, practice: &str) -> Result<Vec<Known>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT client_id, thread_id, struck, body FROM entry WHERE practice_id = $1 AND step = 'merge' AND latest = 1",
    )
    .bind(practice)
    .fetch_all(&mut **change)
    .await?;
    let known = |(into, thread, struck, body): Row| {
        let merge: Merge = serde_json::from_str(&body).map_err(|reason| Error::Unreadable {
            id: thread.clone(),
            step: "merge".to_owned(),
            reason: reason.to_string(),
        })?;
        Ok(Known { from: merge.from.to_string(), into: into.unwrap_or_default(), thread, holds: struck == 0 })
    };
    rows.into_iter().map(known).collect()
}

/// The client and whoever is the same person by merges that hold, in both directions.
fn one_person(client: String, merges: &[Known]) -> Vec<String> {
    let mut clients = vec![client];
    loop {
        let is = |id: &String| clients.contains(id);
        let next =
            merges.iter().filter(|merge| merge.holds).find_map(|merge| match (is(&merge.from), is(&merge.into)) {
                (true, false) => Some(merge.into.clone()),
                (false, true) => Some(merge.from.clone()),
                _ => None,
            });
        match next {
            Some(id) => clients.push(id),
            None => return clients,
        }
    }
}

/// Every id in the client's entries and recordings.
async fn ids_of(change: &mut Transaction<'_, Any>, practice: &str, client: &str) -> Result<Vec<String>, Error> {
    let entries: Vec<(String, String, Option<String>)> =
        sqlx::query_as("SELECT id, thread_id, episode_id FROM entry WHERE practice_id = $1 AND client_id = $2")
            .bind(practice)
            .bind(client)
            .fetch_all(&mut **change)
            .await?;
    let recordings: Vec<(String,)> =
        sqlx::query_as("SELECT id FROM recording WHERE practice_id = $1 AND client_id = $2")
            .bind(practice)
            .bind(client)
            .fetch_all(&mut **change)
            .await?;
    let ids = entries.into_iter().flat_map(|(id, thread, episode)| [Some(id), Some(thread), episode]);
    Ok(ids.flatten().chain(recordings.into_iter().map(|(id,)| id)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn merge(from: &str, into: &str, holds: bool) -> Known {
        Known { from: from.into(), into: into.into(), thread: String::new(), holds }
    }

    #[test]
    fn merged_records_are_one_person_from_either_side() {
        let merges = [merge("a", "b", true), merge("b", "c", true), merge("x", "c", false), merge("y", "z", true)];
        for client in ["a", "b", "c"] {
            let mut person = one_person(client.into(), &merges);
            person.sort_unstable();
            assert_eq!(person, ["a", "b", "c"]);
        }
        assert_eq!(one_person("x".into(), &merges), ["x"], "a merge that was undone joins nobody");
    }

    #[test]
    fn an_id_is_found_within_a_form_name_or_an_address() {
        let id = "0198c0de-0000-7000-8000-00000000000a";
        let person = Person { clients: vec![id.into()], ids: BTreeSet::from([id.into()]), named_in: Vec::new() };
        for text in [format!("intake:{id}"), format!("/clients/{id}/consent?next=/"), id.to_owned()] {
            assert!(person.is_in(&text), "{text}");
        }
        assert!(!person.is_in("client:new") && !person.is_in(&id[1..]));
    }
}
