//! Putting two records of one person together, and taking them apart again.
//!
//! Whose an entry is stands in its heading, and that alone is changed; what was said stays as it was. The merge is itself an
//! entry of the record that is kept: it says what came from the other one, so that undoing it moves exactly that back.

use jiff::Timestamp;
use sqlx::{Any, Transaction};
use xystra_care::Entry;
use xystra_care::client::Client;
use xystra_care::id::{ClientId, EpisodeId, ThreadId};
use xystra_care::merge::Merge;

use crate::clients::index_client;
use crate::entries::{About, Batch, Kept, entry_of, write};
use crate::journal;
use crate::step::Step;
use crate::{Error, Scope, Store};

impl Store {
    /// Moves everything of `from` into the record of `into`, and strikes `from` out. Returns the merge, for undoing it.
    ///
    /// # Errors
    /// [`Error::NotFound`] when one of them is not in force; [`Error::Conflict`] when both are the same.
    pub async fn merge_clients(
        &self,
        scope: &Scope,
        from: ClientId,
        into: ClientId,
        now: Timestamp,
    ) -> Result<ThreadId, Error> {
        if from == into {
            return Err(Error::Conflict);
        }
        let mut change = self.begin(scope).await?;
        let own = own_entry(&mut change, scope, from, false).await?;
        own_entry(&mut change, scope, into, false).await?;
        let merge = Merge {
            from,
            name: own.body.name.clone(),
            episodes: episodes_of(&mut change, scope, from).await?,
            threads: threads_of(&mut change, scope, from).await?,
        };
        move_all(&mut change, scope, &merge, from, into).await?;
        let mut batch = Batch::default();
        let thread = batch.add(About::client(into), now, &merge);
        batch.strike(&own, About::client(from), &format!("merged into {into}"));
        write(&mut change, scope, &batch, now).await?;
        index_client(&mut change, &scope.practice_text(), &into.to_string()).await?;
        journal::write(&mut change, scope, "merge", "client", &format!("{from} {into}"), now).await?;
        self.commit(scope, change).await?;
        Ok(thread)
    }

    /// Takes a merge apart: what it brought goes back, with all that was added to those complaints and facts since. Returns
    /// the client that is there again.
    ///
    /// # Errors
    /// [`Error::Conflict`] when it was undone before.
    pub async fn unmerge(&self, scope: &Scope, merge: ThreadId, now: Timestamp) -> Result<ClientId, Error> {
        let mut change = self.begin(scope).await?;
        let (into, entry) = merge_entry(&mut change, scope, merge).await?;
        if entry.struck {
            return Err(Error::Conflict);
        }
        let from = entry.body.from;
        let own = own_entry(&mut change, scope, from, true).await?;
        move_all(&mut change, scope, &entry.body, into, from).await?;
        let mut batch = Batch::default();
        batch.strike(&entry, About::client(into), "the merge was undone");
        batch.amend(&own, About::client(from), own.happened_at, "the merge was undone", &own.body);
        write(&mut change, scope, &batch, now).await?;
        index_client(&mut change, &scope.practice_text(), &into.to_string()).await?;
        journal::write(&mut change, scope, "unmerge", "client", &format!("{from} {into}"), now).await?;
        self.commit(scope, change).await?;
        Ok(from)
    }

    /// Every client in force.
    pub async fn clients(&self, scope: &Scope) -> Result<Vec<(ClientId, Entry<Client>)>, Error> {
        self.between(scope, Timestamp::MIN, Timestamp::MAX).await
    }
}

/// The client's own entry, in force or struck out.
async fn own_entry(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    client: ClientId,
    struck: bool,
) -> Result<Entry<Client>, Error> {
    let row: Option<Kept> = sqlx::query_as(
        "SELECT id, thread_id, version, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, \
         reason, struck, body FROM entry \
         WHERE practice_id = $1 AND client_id = $2 AND step = 'client' AND latest = 1 AND struck = $3 ORDER BY id DESC LIMIT 1",
    )
    .bind(scope.practice_text())
    .bind(client.to_string())
    .bind(i64::from(struck))
    .fetch_optional(&mut **change)
    .await?;
    entry_of(&row.ok_or(Error::NotFound)?)
}

/// A merge, and in whose record it stands.
async fn merge_entry(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    merge: ThreadId,
) -> Result<(ClientId, Entry<Merge>), Error> {
    let row: Option<Kept> = sqlx::query_as(
        "SELECT id, thread_id, version, step, client_id, episode_id, author_id, author_name, recorded_at, happened_at, \
         reason, struck, body FROM entry WHERE practice_id = $1 AND thread_id = $2 AND step = $3 AND latest = 1",
    )
    .bind(scope.practice_text())
    .bind(merge.to_string())
    .bind(Merge::STEP)
    .fetch_optional(&mut **change)
    .await?;
    let row = row.ok_or(Error::NotFound)?;
    let into = row.4.as_deref().and_then(|text| text.parse().ok()).ok_or(Error::NotFound)?;
    Ok((into, entry_of(&row)?))
}

async fn episodes_of(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    client: ClientId,
) -> Result<Vec<EpisodeId>, Error> {
    let rows: Vec<(String,)> = sqlx::query_as(
        "SELECT DISTINCT episode_id FROM entry WHERE practice_id = $1 AND client_id = $2 AND episode_id IS NOT NULL \
         ORDER BY episode_id",
    )
    .bind(scope.practice_text())
    .bind(client.to_string())
    .fetch_all(&mut **change)
    .await?;
    rows.iter().map(|(id,)| id.parse().map_err(|_| Error::NotFound)).collect()
}

/// Facts that belong to no complaint. The client's own entry is none of them: it stays and is struck out.
async fn threads_of(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    client: ClientId,
) -> Result<Vec<ThreadId>, Error> {
    let rows: Vec<(String,)> = sqlx::query_as(
        "SELECT DISTINCT thread_id FROM entry WHERE practice_id = $1 AND client_id = $2 AND episode_id IS NULL \
         AND step <> 'client' ORDER BY thread_id",
    )
    .bind(scope.practice_text())
    .bind(client.to_string())
    .fetch_all(&mut **change)
    .await?;
    rows.iter().map(|(id,)| id.parse().map_err(|_| Error::NotFound)).collect()
}

/// Each statement changes whose rows of one complaint (`$4`) are, from `$2` to `$3`.
const BY_EPISODE: [&str; 4] = [
    "UPDATE entry SET client_id = $3 WHERE practice_id = $1 AND client_id = $2 AND episode_id = $4",
    // Before the recordings, by which they are found.
    "UPDATE derived SET client_id = $3 WHERE practice_id = $1 AND client_id = $2 \
     AND (subject_id = $4 OR subject_id IN (SELECT id FROM recording WHERE practice_id = $1 AND client_id = $2 AND episode_id = $4))",
    "UPDATE recording SET client_id = $3 WHERE practice_id = $1 AND client_id = $2 AND episode_id = $4",
    "UPDATE link SET client_id = $3 WHERE practice_id = $1 AND client_id = $2 AND episode_id = $4",
];
const BY_THREAD: &str = "UPDATE entry SET client_id = $3 WHERE practice_id = $1 AND client_id = $2 AND thread_id = $4";

/// Changes whose everything is that a merge names.
async fn move_all(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    merge: &Merge,
    from: ClientId,
    to: ClientId,
) -> Result<(), Error> {
    let episodes = merge.episodes.iter().flat_map(|id| BY_EPISODE.map(|statement| (statement, id.to_string())));
    let threads = merge.threads.iter().map(|id| (BY_THREAD, id.to_string()));
    for (statement, id) in episodes.chain(threads) {
        sqlx::query(statement)
            .bind(scope.practice_text())
            .bind(from.to_string())
            .bind(to.to_string())
            .bind(id)
            .execute(&mut **change)
            .await?;
    }
    Ok(())
}
