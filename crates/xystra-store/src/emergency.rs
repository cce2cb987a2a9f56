//! Emergency access: somebody reads a record that is not theirs to read, says why, and the owner looks at it.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use xystra_care::id::{AccountId, ClientId};

use crate::db::{instant, micros};
use crate::{Error, Scope, Store};

/// How long one stays open.
pub const OPEN_FOR: SignedDuration = SignedDuration::from_mins(60);

/// A record that was opened in an emergency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Emergency {
    /// Which.
    pub id: Uuid,
    /// Who opened it.
    pub account: AccountId,
    /// Whose record.
    pub client: ClientId,
    /// Why, in the words of whoever opened it.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// Until when it is open.
    pub ends_at: Timestamp,
}

type Row = (String, String, String, String, i64, i64);

impl Store {
    /// Opens one client's record to the person of this scope for [`OPEN_FOR`]. The reason is kept for the owner; the journal
    /// holds the client's id alone.
    pub async fn open_emergency(
        &self,
        scope: &Scope,
        client: ClientId,
        reason: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        let known: Option<(i64,)> =
            sqlx::query_as("SELECT revision FROM client WHERE practice_id = $1 AND id = $2 AND struck = 0")
                .bind(scope.practice_text())
                .bind(client.to_string())
                .fetch_optional(&mut *change)
                .await?;
        known.ok_or(Error::NotFound)?;
        sqlx::query(
            "INSERT INTO emergency (practice_id, id, account_id, client_id, reason, at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(scope.practice_text())
        .bind(Uuid::now_v7().to_string())
        .bind(scope.author().account.to_string())
        .bind(client.to_string())
        .bind(reason)
        .bind(micros(now))
        .bind(micros(now + OPEN_FOR))
        .execute(&mut *change)
        .await?;
        crate::journal::write(&mut change, scope, "emergency", "client", &client.to_string(), now).await?;
        self.commit(scope, change).await
    }

    /// The clients whose records are open to the person of this scope, and until when the first of them closes.
    pub async fn in_emergency(
        &self,
        scope: &Scope,
        now: Timestamp,
    ) -> Result<(BTreeSet<ClientId>, Option<Timestamp>), Error> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT client_id, ends_at FROM emergency \
             WHERE practice_id = $1 AND account_id = $2 AND at <= $3 AND ends_at > $3 ORDER BY ends_at",
        )
        .bind(scope.practice_text())
        .bind(scope.author().account.to_string())
        .bind(micros(now))
        .fetch_all(&self.reader)
        .await?;
        let first = rows.first().map(|(_, ends_at)| instant(*ends_at));
        Ok((rows.iter().filter_map(|(client, _)| client.parse().ok()).collect(), first))
    }

    /// What was opened in the practice and no owner has looked at yet, newest first.
    pub async fn unseen_emergencies(&self, scope: &Scope) -> Result<Vec<Emergency>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, account_id, client_id, reason, at, ends_at FROM emergency \
             WHERE practice_id = $1 AND seen_at IS NULL ORDER BY at DESC, id DESC",
        )
        .bind(scope.practice_text())
        .fetch_all(&self.reader)
        .await?;
        rows.into_iter().map(emergency_of).collect()
    }

    /// The owner has looked at it.
    pub async fn see_emergency(&self, scope: &Scope, id: Uuid, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        let seen = sqlx::query(
            "UPDATE emergency SET seen_by = $3, seen_at = $4 WHERE practice_id = $1 AND id = $2 AND seen_at IS NULL",
        )
        .bind(scope.practice_text())
        .bind(id.to_string())
        .bind(scope.author().account.to_string())
        .bind(micros(now))
        .execute(&mut *change)
        .await?;
        if seen.rows_affected() == 0 {
            return Err(Error::NotFound);
        }
        crate::journal::write(&mut change, scope, "see", "emergency", &id.to_string(), now).await?;
        self.commit(scope, change).await
    }
}

fn emergency_of(row: Row) -> Result<Emergency, Error> {
    let (id, account, client, reason, at, ends_at) = row;
    let unreadable = |problem: uuid::Error| Error::Unreadable {
        id: id.clone(),
        step: "emergency".to_owned(),
        reason: problem.to_string(),
    };
    Ok(Emergency {
        id: id.parse().map_err(unreadable)?,
        account: account.parse().map_err(unreadable)?,
        client: client.parse().map_err(unreadable)?,
        reason,
        at: instant(at),
        ends_at: instant(ends_at),
    })
}
