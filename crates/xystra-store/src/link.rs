//! Links for clients: each opens one thing without signing in, once or until it ends.
//!
//! Only the SHA-256 of a link's secret is kept. What stands behind a link is read and written by the functions here, with the
//! ids that stand in the link; a page never gets a [`Scope`] from one, so it cannot reach further.

mod open;

use jiff::Timestamp;
use sqlx::{Any, Transaction};
use xystra_care::id::{AccountId, ClientId, EpisodeId, PracticeId, ThreadId};

pub use open::Behind;

use crate::db::{instant, micros};
use crate::{Error, Scope, Store};

/// What a link opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The form of the check-in a day after a session; once.
    Day,
    /// The form of the check-in two days after a session; once.
    TwoDays,
    /// The client's own page, until the link ends.
    Page,
}

/// Every kind with the word that it is kept under.
const KINDS: [(Kind, &str); 3] = [(Kind::Day, "checkin-24"), (Kind::TwoDays, "checkin-48"), (Kind::Page, "page")];

impl Kind {
    /// The check-in of so many hours after a session: 24 or 48.
    pub fn of_hours(hours: u8) -> Option<Self> {
        [Self::Day, Self::TwoDays].into_iter().find(|kind| kind.hours() == Some(hours))
    }

    /// Hours after the session, for a check-in.
    pub fn hours(self) -> Option<u8> {
        match self {
            Self::Day => Some(24),
            Self::TwoDays => Some(48),
            Self::Page => None,
        }
    }

    fn word(self) -> &'static str {
        KINDS.into_iter().find(|(kind, _)| *kind == self).map(|(_, word)| word).unwrap_or_default()
    }

    fn of_word(word: &str) -> Option<Self> {
        KINDS.into_iter().find(|(_, known)| *known == word).map(|(kind, _)| kind)
    }
}

/// A link that is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewLink {
    /// What it opens.
    pub kind: Kind,
    /// For whom.
    pub client: ClientId,
    /// About which complaint.
    pub episode: EpisodeId,
    /// About which session, for a check-in.
    pub session: Option<ThreadId>,
    /// Until when.
    pub ends_at: Timestamp,
}

/// A link as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it opens.
    pub kind: Kind,
    /// For whom.
    pub client: ClientId,
    /// About which complaint.
    pub episode: EpisodeId,
    /// About which session, for a check-in.
    pub session: Option<ThreadId>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it serves.
    pub ends_at: Timestamp,
    /// When the form was sent, or the page last opened.
    pub used_at: Option<Timestamp>,
    practice: PracticeId,
    maker: AccountId,
    hash: String,
}

/// How a link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It opens.
    Open,
    /// Its form was sent.
    Used,
    /// Its time is over.
    Ended,
}

impl Link {
    /// The SHA-256 of its secret, by which it is taken back: nobody can open it with that.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// How it stands at `now`.
    pub fn standing(&self, now: Timestamp) -> Standing {
        match self.kind {
            _ if now >= self.ends_at => Standing::Ended,
            Kind::Day | Kind::TwoDays if self.used_at.is_some() => Standing::Used,
            _ => Standing::Open,
        }
    }

    /// In the name of whoever made it.
    fn scope(&self) -> Scope {
        Scope::of_link(self.practice, self.maker)
    }
}

impl Store {
    /// Makes a link. One that was made before for the same and not used goes, so that one paper is good at a time; so do
    /// those of the practice whose time is over.
    pub async fn make_link(&self, scope: &Scope, new: &NewLink, hash: &str, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        forget(&mut change, scope, new, now).await?;
        sqlx::query(
            "INSERT INTO link (practice_id, token_hash, kind, client_id, episode_id, session_id, made_by, created_at, ends_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(scope.practice_text())
        .bind(hash)
        .bind(new.kind.word())
        .bind(new.client.to_string())
        .bind(new.episode.to_string())
        .bind(new.session.map(|session| session.to_string()))
        .bind(scope.author().account.to_string())
        .bind(micros(now))
        .bind(micros(new.ends_at))
        .execute(&mut *change)
        .await?;
        crate::journal::write(&mut change, scope, "make-link", "client", &new.client.to_string(), now).await?;
        self.commit(scope, change).await
    }

    /// The links of a client that were made and not taken back, the newest first.
    pub async fn links_of(&self, scope: &Scope, client: ClientId) -> Result<Vec<Link>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT practice_id, token_hash, kind, client_id, episode_id, session_id, made_by, created_at, ends_at, used_at \
             FROM link WHERE practice_id = $1 AND client_id = $2 ORDER BY created_at DESC, token_hash",
        )
        .bind(scope.practice_text())
        .bind(client.to_string())
        .fetch_all(&self.reader)
        .await?;
        rows.into_iter().map(link_of).collect()
    }

    /// Takes a link back: it opens nothing from here on. `false` when the client has no such link.
    pub async fn take_back_link(
        &self,
        scope: &Scope,
        client: ClientId,
        hash: &str,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let mut change = self.begin(scope).await?;
        let taken = sqlx::query("DELETE FROM link WHERE practice_id = $1 AND client_id = $2 AND token_hash = $3")
            .bind(scope.practice_text())
            .bind(client.to_string())
            .bind(hash)
            .execute(&mut *change)
            .await?;
        if taken.rows_affected() == 0 {
            return Ok(false);
        }
        crate::journal::write(&mut change, scope, "take-back-link", "client", &client.to_string(), now).await?;
        self.commit(scope, change).await?;
        Ok(true)
    }
}

/// Forgets what a new link takes the place of, and what is over.
async fn forget(change: &mut Transaction<'_, Any>, scope: &Scope, new: &NewLink, now: Timestamp) -> Result<(), Error> {
    sqlx::query(
        "DELETE FROM link WHERE practice_id = $1 AND (ends_at <= $2 OR (kind = $3 AND episode_id = $4 \
         AND (session_id = $5 OR session_id IS NULL) AND (used_at IS NULL OR kind = 'page')))",
    )
    .bind(scope.practice_text())
    .bind(micros(now))
    .bind(new.kind.word())
    .bind(new.episode.to_string())
    .bind(new.session.map(|session| session.to_string()))
    .execute(&mut **change)
    .await?;
    Ok(())
}

/// Practice, hash, kind, client, episode, session, maker, made, ends, used.
type Row = (String, String, String, String, String, Option<String>, String, i64, i64, Option<i64>);

fn link_of(row: Row) -> Result<Link, Error> {
    let (practice, hash, kind, client, episode, session, maker, made_at, ends_at, used_at) = row;
    let unreadable = |reason: String| Error::Unreadable { id: hash.clone(), step: "link".to_owned(), reason };
    let no_id = |reason: uuid::Error| unreadable(reason.to_string());
    Ok(Link {
        kind: Kind::of_word(&kind).ok_or_else(|| unreadable(format!("{kind} is no kind of link: update xystra")))?,
        client: client.parse().map_err(no_id)?,
        episode: episode.parse().map_err(no_id)?,
        session: session.map(|session| session.parse()).transpose().map_err(no_id)?,
        made_at: instant(made_at),
        ends_at: instant(ends_at),
        used_at: used_at.map(instant),
        practice: practice.parse().map_err(no_id)?,
        maker: maker.parse().map_err(no_id)?,
        hash: hash.clone(),
    })
}
