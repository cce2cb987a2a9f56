//! Outlooks of episodes: the answer, the virtual clients kept beside it, and how earlier answers did. What they hold is not known here.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use xystra_care::id::{ClientId, EpisodeId};

use crate::db::instant;
use crate::derived::{Making, put};
use crate::job::Job;
use crate::{Error, Scope, Store};

/// The kind of job that makes outlooks; its subject is the episode.
pub const JOB: &str = "outlook";
/// Under which word each document is kept.
const OUTLOOK: &str = "outlook";
const CLIENTS: &str = "outlook-kept";
const SCORES: &str = "outlook-scores";

/// How an outlook was made.
#[derive(Debug, Clone, Copy)]
pub struct OutlookMaking<'a> {
    /// About which complaint.
    pub episode: EpisodeId,
    /// Whose.
    pub client: ClientId,
    /// From what: a hash of the case and the choices.
    pub made_from: &'a str,
    /// By which version of the method.
    pub method: &'a str,
    /// By which program version.
    pub program: &'a str,
}

/// A document with the heading it is kept under.
#[derive(Debug, Clone, PartialEq)]
pub struct Held<T> {
    /// From what it was made.
    pub made_from: String,
    /// By which version of the method.
    pub method: String,
    /// When.
    pub made_at: Timestamp,
    /// The document.
    pub body: T,
}

impl Store {
    /// Keeps an outlook with its virtual clients and the scores of those before it: all or nothing, in place of what the same method made
    /// before.
    pub async fn keep_outlook<O: Serialize, K: Serialize, S: Serialize>(
        &self,
        scope: &Scope,
        making: OutlookMaking<'_>,
        (outlook, clients, scores): (&O, &K, &S),
        now: Timestamp,
    ) -> Result<(), Error> {
        let subject = making.episode.to_string();
        let of = |kind| Making {
            subject: &subject,
            kind,
            client: making.client,
            made_from: making.made_from,
            method: making.method,
            program: making.program,
        };
        let mut change = self.begin(scope).await?;
        put(&mut change, scope, &of(OUTLOOK), outlook, now).await?;
        put(&mut change, scope, &of(CLIENTS), clients, now).await?;
        put(&mut change, scope, &of(SCORES), scores, now).await?;
        change.commit().await?;
        Ok(())
    }

    /// The newest outlook on an episode that this program can read.
    pub async fn outlook_of<T: DeserializeOwned>(
        &self,
        scope: &Scope,
        episode: EpisodeId,
    ) -> Result<Option<Held<T>>, Error> {
        self.newest(scope, episode, OUTLOOK).await
    }

    /// The virtual clients that the newest outlook was made with.
    pub async fn outlook_clients_of<T: DeserializeOwned>(
        &self,
        scope: &Scope,
        episode: EpisodeId,
    ) -> Result<Option<Held<T>>, Error> {
        self.newest(scope, episode, CLIENTS).await
    }

    /// How the outlooks on an episode did so far.
    pub async fn outlook_scores_of<T: DeserializeOwned>(
        &self,
        scope: &Scope,
        episode: EpisodeId,
    ) -> Result<Option<Held<T>>, Error> {
        self.newest(scope, episode, SCORES).await
    }

    /// How all outlooks of the practice did, by each method: the scores of every episode that has any.
    pub async fn outlook_scores<T: DeserializeOwned>(&self, scope: &Scope) -> Result<Vec<Held<T>>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT made_from, method, made_at, body FROM derived WHERE practice_id = $1 AND kind = $2 \
             ORDER BY subject_id, made_at",
        )
        .bind(scope.practice_text())
        .bind(SCORES)
        .fetch_all(&self.reader)
        .await?;
        Ok(rows.into_iter().filter_map(held).collect())
    }

    /// The work on an episode's outlook that waits or is being done, with what went wrong if it was tried in vain.
    pub async fn outlook_awaited(&self, scope: &Scope, episode: EpisodeId) -> Result<Option<Job>, Error> {
        self.queued(scope, JOB, &episode.to_string()).await
    }

    /// Asks for a new outlook on an episode.
    pub async fn want_outlook(&self, scope: &Scope, episode: EpisodeId, now: Timestamp) -> Result<(), Error> {
        self.queue(scope, JOB, &episode.to_string(), now).await?;
        self.wake.notify_one();
        Ok(())
    }

    async fn newest<T: DeserializeOwned>(
        &self,
        scope: &Scope,
        episode: EpisodeId,
        kind: &str,
    ) -> Result<Option<Held<T>>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT made_from, method, made_at, body FROM derived \
             WHERE practice_id = $1 AND subject_id = $2 AND kind = $3 ORDER BY made_at DESC, method DESC",
        )
        .bind(scope.practice_text())
        .bind(episode.to_string())
        .bind(kind)
        .fetch_all(&self.reader)
        .await?;
        Ok(rows.into_iter().find_map(held))
    }
}

/// Made from, method, when, document.
type Row = (String, String, i64, String);

/// A document that another version wrote in another form is as good as none: it can be made again.
fn held<T: DeserializeOwned>((made_from, method, made_at, body): Row) -> Option<Held<T>> {
    let body = serde_json::from_str(&body).ok()?;
    Some(Held { made_from, method, made_at: instant(made_at), body })
}
