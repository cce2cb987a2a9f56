//! What was computed from ground: kept with what it was made from and by which method. A newer method's result stands beside
//! the old one.

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::AnyConnection;
use xystra_care::id::ClientId;

use crate::db::{instant, micros};
use crate::entries::json;
use crate::{Error, Scope, Store};

/// What a derived document says of its making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Making<'a> {
    /// What it is about: an id.
    pub subject: &'a str,
    /// What it is: `dose`, `outlook`, `outlook-kept`, `outlook-scores`.
    pub kind: &'a str,
    /// Whose.
    pub client: ClientId,
    /// From what: the recording's SHA-256, or that of an outlook's case and choices.
    pub made_from: &'a str,
    /// By which version of the method: `dose-2`.
    pub method: &'a str,
    /// By which program version.
    pub program: &'a str,
}

/// A derived document as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// By which version of the method.
    pub method: String,
    /// From what: the recording's SHA-256.
    pub made_from: String,
    /// By which program version.
    pub program: String,
    /// With which catalog.
    pub catalog: String,
    /// When.
    pub made_at: Timestamp,
    /// The document, as that method wrote it.
    pub body: Value,
}

type Row = (String, String, String, String, i64, String);

impl Store {
    /// Keeps a derived document: in place of one by the same method, beside those of others.
    pub async fn derive<T: Serialize>(
        &self,
        scope: &Scope,
        making: &Making<'_>,
        body: &T,
        now: Timestamp,
    ) -> Result<(), Error> {
        put(&mut *self.writer.acquire().await?, scope, making, body, now).await
    }

    /// A derived document made by this method from this ground; `None` when it has to be made.
    pub async fn derived<T: DeserializeOwned>(&self, scope: &Scope, making: &Making<'_>) -> Result<Option<T>, Error> {
        let row: Option<(String,)> = sqlx::query_as(
            "SELECT body FROM derived WHERE practice_id = $1 AND subject_id = $2 AND kind = $3 AND method = $4 \
             AND made_from = $5",
        )
        .bind(scope.practice_text())
        .bind(making.subject)
        .bind(making.kind)
        .bind(making.method)
        .bind(making.made_from)
        .fetch_optional(&self.reader)
        .await?;
        Ok(row.and_then(|(body,)| serde_json::from_str(&body).ok()))
    }

    /// The documents of every method about a subject, the newest first.
    pub async fn results(&self, scope: &Scope, subject: &str, kind: &str) -> Result<Vec<Derived>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT method, made_from, program, catalog, made_at, body FROM derived \
             WHERE practice_id = $1 AND subject_id = $2 AND kind = $3 ORDER BY made_at DESC, method DESC",
        )
        .bind(scope.practice_text())
        .bind(subject)
        .bind(kind)
        .fetch_all(&self.reader)
        .await?;
        rows.into_iter().map(|row| derived_of(subject, kind, row)).collect()
    }
}

/// Writes a derived document within a change, or on a connection of its own.
pub(crate) async fn put<T: Serialize>(
    connection: &mut AnyConnection,
    scope: &Scope,
    making: &Making<'_>,
    body: &T,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO derived (practice_id, subject_id, kind, client_id, made_from, program, catalog, made_at, body, method) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (practice_id, subject_id, kind, method) DO UPDATE SET \
         client_id = excluded.client_id, made_from = excluded.made_from, program = excluded.program, \
         catalog = excluded.catalog, made_at = excluded.made_at, body = excluded.body",
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
    .bind(making.method)
    .execute(connection)
    .await?;
    Ok(())
}

fn derived_of(subject: &str, kind: &str, row: Row) -> Result<Derived, Error> {
    let (method, made_from, program, catalog, made_at, body) = row;
    let unreadable = |reason: serde_json::Error| Error::Unreadable {
        id: subject.to_owned(),
        step: kind.to_owned(),
        reason: reason.to_string(),
    };
    let body = serde_json::from_str(&body).map_err(unreadable)?;
    Ok(Derived { method, made_from, program, catalog, made_at: instant(made_at), body })
}
