//! Where somebody is signed in: one row for each browser, known by the hash of its cookie.

use jiff::Timestamp;

use crate::account::{Account, account_of};
use crate::db::{instant, micros};
use crate::{Error, Scope, Store};

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Whose.
    pub account: Account,
    /// Last request.
    pub seen_at: Timestamp,
    /// When it ends whatever happens.
    pub ends_at: Timestamp,
}

impl Store {
    /// Remembers a browser by the hash of its cookie.
    pub async fn sign_in(
        &self,
        scope: &Scope,
        token_hash: &str,
        ends_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        sqlx::query("DELETE FROM sign_in WHERE practice_id = $1 AND ends_at < $2")
            .bind(scope.practice_text())
            .bind(micros(now))
            .execute(&mut *change)
            .await?;
        sqlx::query(
            "INSERT INTO sign_in (practice_id, token_hash, account_id, created_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $4, $5)",
        )
        .bind(scope.practice_text())
        .bind(token_hash)
        .bind(scope.author().account.to_string())
        .bind(micros(now))
        .bind(micros(ends_at))
        .execute(&mut *change)
        .await?;
        crate::journal::write(&mut change, scope, "sign-in", "account", &scope.author().account.to_string(), now)
            .await?;
        change.commit().await?;
        Ok(())
    }

    /// The browser behind a cookie's hash, whatever its times say.
    pub async fn signed_in(&self, token_hash: &str) -> Result<Option<SignIn>, Error> {
        type Row = (String, String, String, String, String, String, i64, i64);
        let row: Option<Row> = sqlx::query_as(
            "SELECT a.practice_id, a.id, a.login, a.name, a.role, a.password_hash, s.seen_at, s.ends_at \
             FROM sign_in s JOIN account a ON a.practice_id = s.practice_id AND a.id = s.account_id \
             WHERE s.token_hash = $1 AND a.disabled_at IS NULL",
        )
        .bind(token_hash)
        .fetch_optional(&self.reader)
        .await?;
        let Some((practice, id, login, name, role, hash, seen_at, ends_at)) = row else { return Ok(None) };
        let account = account_of((practice, id, login, name, role, hash))?;
        Ok(Some(SignIn { account, seen_at: instant(seen_at), ends_at: instant(ends_at) }))
    }

    /// Notes that a browser was used.
    pub async fn touch_sign_in(&self, scope: &Scope, token_hash: &str, now: Timestamp) -> Result<(), Error> {
        sqlx::query("UPDATE sign_in SET seen_at = $3 WHERE practice_id = $1 AND token_hash = $2")
            .bind(scope.practice_text())
            .bind(token_hash)
            .bind(micros(now))
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    /// Forgets a browser.
    pub async fn sign_out(&self, scope: &Scope, token_hash: &str, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        sqlx::query("DELETE FROM sign_in WHERE practice_id = $1 AND token_hash = $2")
            .bind(scope.practice_text())
            .bind(token_hash)
            .execute(&mut *change)
            .await?;
        crate::journal::write(&mut change, scope, "sign-out", "account", &scope.author().account.to_string(), now)
            .await?;
        change.commit().await?;
        Ok(())
    }
}
