//! The practice and its own ways.

use jiff::Timestamp;
use sqlx::{Any, Transaction};
use xystra_care::practice::Practice;

use crate::account::Account;
use crate::db::micros;
use crate::{Error, Scope, Store};

impl Store {
    /// Is there a practice yet?
    pub async fn has_practice(&self) -> Result<bool, Error> {
        let count: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM practice").fetch_one(&self.reader).await?;
        Ok(count.0 > 0)
    }

    /// The practice's own ways.
    pub async fn practice(&self, scope: &Scope) -> Result<Practice, Error> {
        let row: Option<(String,)> = sqlx::query_as("SELECT body FROM practice WHERE id = $1")
            .bind(scope.practice_text())
            .fetch_optional(&self.reader)
            .await?;
        let (body,) = row.ok_or(Error::NotFound)?;
        serde_json::from_str(&body).map_err(|reason| Error::Unreadable {
            id: scope.practice_text(),
            step: "practice".to_owned(),
            reason: reason.to_string(),
        })
    }

    /// Changes the practice's own ways.
    pub async fn set_practice(&self, scope: &Scope, practice: &Practice, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        sqlx::query("UPDATE practice SET body = $2 WHERE id = $1")
            .bind(scope.practice_text())
            .bind(crate::entries::json(practice))
            .execute(&mut *change)
            .await?;
        crate::journal::write(&mut change, scope, "change", "practice", &scope.practice_text(), now).await?;
        change.commit().await?;
        Ok(())
    }
}

/// Writes the practice's own row.
pub(crate) async fn insert(
    change: &mut Transaction<'_, Any>,
    account: &Account,
    practice: &Practice,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query("INSERT INTO practice (id, body, created_at) VALUES ($1, $2, $3)")
        .bind(account.practice.to_string())
        .bind(crate::entries::json(practice))
        .bind(micros(now))
        .execute(&mut **change)
        .await?;
    Ok(())
}
