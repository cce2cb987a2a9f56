//! What was computed from ground: kept with what it was made from, thrown away and rebuilt at will.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use xystra_care::id::ClientId;

use crate::db::micros;
use crate::entries::json;
use crate::{Error, Scope, Store};

/// What a derived document says of its making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Making<'a> {
    /// What it is about: an id.
    pub subject: &'a str,
    /// What it is: `dose`.
    pub kind: &'a str,
    /// Whose.
    pub client: ClientId,
    /// From what: the recording's SHA-256.
    pub made_from: &'a str,
    /// By which program version.
    pub program: &'a str,
}

impl Store {
    /// Keeps a derived document in place of the one before.
    pub async fn derive<T: Serialize>(
        &self,
        scope: &Scope,
        making: &Making<'_>,
        body: &T,
        now: Timestamp,
    ) -> Result<(), Error> {
        sqlx::query(
            "INSERT INTO derived (practice_id, subject_id, kind, client_id, made_from, program, catalog, made_at, body) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
             ON CONFLICT (practice_id, subject_id, kind) DO UPDATE SET made_from = $5, program = $6, catalog = $7, made_at = $8, body = $9",
        )
        .bind(scope.practice_text())
        .bind(making.subject)
        .bind(making.kind)
        .bind(making.client.to_string())
        .bind(making.made_from)
        .bind(making.program)
        .bind(xystra_catalog::VERSION)
        .bind(micros(now))
        .bind(json(body))
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// A derived document made by this program version from this ground; `None` when it has to be made again.
    pub async fn derived<T: DeserializeOwned>(&self, scope: &Scope, making: &Making<'_>) -> Result<Option<T>, Error> {
        let row: Option<(String,)> = sqlx::query_as(
            "SELECT body FROM derived WHERE practice_id = $1 AND subject_id = $2 AND kind = $3 AND made_from = $4 \
             AND program = $5 AND catalog = $6",
        )
        .bind(scope.practice_text())
        .bind(making.subject)
        .bind(making.kind)
        .bind(making.made_from)
        .bind(making.program)
        .bind(xystra_catalog::VERSION)
        .fetch_optional(&self.reader)
        .await?;
        Ok(row.and_then(|(body,)| serde_json::from_str(&body).ok()))
    }
}
