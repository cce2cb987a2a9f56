//! Where somebody is signed in: one row for each browser, known by the hash of its cookie.

use jiff::Timestamp;
use sqlx::{Any, Transaction};
use xystra_care::id::AccountId;

use crate::account::{Account, account_of};
use crate::db::{instant, micros};
use crate::{Error, Scope, Store};

/// A browser that is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Whose.
    pub account: Account,
    /// When it signed in.
    pub created_at: Timestamp,
    /// Last request.
    pub seen_at: Timestamp,
    /// When it ends whatever happens.
    pub ends_at: Timestamp,
    /// The one page that is open while the device is in a client's hands.
    pub kiosk: Option<String>,
}

/// A browser as the list of somebody's devices shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// SHA-256 of its cookie.
    pub token_hash: String,
    /// What the browser calls itself; empty when it said nothing.
    pub device: String,
    /// When it signed in.
    pub created_at: Timestamp,
    /// Last request.
    pub seen_at: Timestamp,
    /// When it ends whatever happens.
    pub ends_at: Timestamp,
}

impl Store {
    /// Remembers a browser by the hash of its cookie; `device` is what it calls itself.
    pub async fn sign_in(
        &self,
        scope: &Scope,
        token_hash: &str,
        device: &str,
        ends_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        forget_ended(&mut change, scope, now).await?;
        sqlx::query(
            "INSERT INTO sign_in (practice_id, token_hash, account_id, created_at, seen_at, ends_at, device) \
             VALUES ($1, $2, $3, $4, $4, $5, $6)",
        )
        .bind(scope.practice_text())
        .bind(token_hash)
        .bind(scope.author().account.to_string())
        .bind(micros(now))
        .bind(micros(ends_at))
        .bind(device)
        .execute(&mut *change)
        .await?;
        seen(&mut change, scope, now).await?;
        let account = scope.author().account.to_string();
        crate::journal::write(&mut change, scope, "sign-in", "account", &account, now).await?;
        self.commit(scope, change).await
    }

    /// The browser behind a cookie's hash, whatever its times say.
    pub async fn signed_in(&self, token_hash: &str) -> Result<Option<SignIn>, Error> {
        type Row = (String, String, String, String, String, String, i64, i64, i64, Option<String>);
        let row: Option<Row> = sqlx::query_as(
            "SELECT a.practice_id, a.id, a.login, a.name, a.role, a.password_hash, s.created_at, s.seen_at, s.ends_at, s.kiosk \
             FROM sign_in s JOIN account a ON a.practice_id = s.practice_id AND a.id = s.account_id \
             WHERE s.token_hash = $1 AND a.disabled_at IS NULL",
        )
        .bind(token_hash)
        .fetch_optional(&self.reader)
        .await?;
        let Some((practice, id, login, name, role, hash, created_at, seen_at, ends_at, kiosk)) = row else {
            return Ok(None);
        };
        let account = account_of((practice, id, login, name, role, hash))?;
        let (created_at, seen_at, ends_at) = (instant(created_at), instant(seen_at), instant(ends_at));
        Ok(Some(SignIn { account, created_at, seen_at, ends_at, kiosk }))
    }

    /// Notes that a browser was used.
    pub async fn touch_sign_in(&self, scope: &Scope, token_hash: &str, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        sqlx::query("UPDATE sign_in SET seen_at = $3 WHERE practice_id = $1 AND token_hash = $2")
            .bind(scope.practice_text())
            .bind(token_hash)
            .bind(micros(now))
            .execute(&mut *change)
            .await?;
        seen(&mut change, scope, now).await?;
        self.commit(scope, change).await
    }

    /// Leaves one page open on a browser, for a client to hold, or opens all of them again.
    pub async fn set_kiosk(
        &self,
        scope: &Scope,
        token_hash: &str,
        page: Option<&str>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        sqlx::query("UPDATE sign_in SET kiosk = $3 WHERE practice_id = $1 AND token_hash = $2")
            .bind(scope.practice_text())
            .bind(token_hash)
            .bind(page)
            .execute(&mut *change)
            .await?;
        let action = if page.is_some() { "hand-over" } else { "unlock" };
        let account = scope.author().account.to_string();
        crate::journal::write(&mut change, scope, action, "account", &account, now).await?;
        self.commit(scope, change).await
    }

    /// Forgets a browser.
    pub async fn sign_out(&self, scope: &Scope, token_hash: &str, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        sqlx::query("DELETE FROM sign_in WHERE practice_id = $1 AND token_hash = $2")
            .bind(scope.practice_text())
            .bind(token_hash)
            .execute(&mut *change)
            .await?;
        let account = scope.author().account.to_string();
        crate::journal::write(&mut change, scope, "sign-out", "account", &account, now).await?;
        self.commit(scope, change).await
    }

    /// Where somebody of this practice is signed in, the last used first.
    pub async fn devices(&self, scope: &Scope, account: AccountId, now: Timestamp) -> Result<Vec<Device>, Error> {
        let rows: Vec<(String, Option<String>, i64, i64, i64)> = sqlx::query_as(
            "SELECT token_hash, device, created_at, seen_at, ends_at FROM sign_in \
             WHERE practice_id = $1 AND account_id = $2 AND ends_at > $3 ORDER BY seen_at DESC, token_hash",
        )
        .bind(scope.practice_text())
        .bind(account.to_string())
        .bind(micros(now))
        .fetch_all(&self.reader)
        .await?;
        let device = |(token_hash, device, created_at, seen_at, ends_at): (_, Option<String>, _, _, _)| Device {
            token_hash,
            device: device.unwrap_or_default(),
            created_at: instant(created_at),
            seen_at: instant(seen_at),
            ends_at: instant(ends_at),
        };
        Ok(rows.into_iter().map(device).collect())
    }

    /// Signs one browser of somebody out.
    pub async fn end_sign_in(
        &self,
        scope: &Scope,
        account: AccountId,
        token_hash: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        let gone = sqlx::query("DELETE FROM sign_in WHERE practice_id = $1 AND account_id = $2 AND token_hash = $3")
            .bind(scope.practice_text())
            .bind(account.to_string())
            .bind(token_hash)
            .execute(&mut *change)
            .await?;
        if gone.rows_affected() == 0 {
            return Err(Error::NotFound);
        }
        crate::journal::write(&mut change, scope, "end-sign-in", "account", &account.to_string(), now).await?;
        self.commit(scope, change).await
    }

    /// Signs somebody out everywhere but in the browser `kept`.
    pub async fn end_sign_ins(
        &self,
        scope: &Scope,
        account: AccountId,
        kept: Option<&str>,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        end_all(&mut change, scope, account, kept).await?;
        crate::journal::write(&mut change, scope, "end-sign-ins", "account", &account.to_string(), now).await?;
        self.commit(scope, change).await
    }
}

/// Ends every sign-in of somebody, half ones too, but for the browser `kept`.
pub(crate) async fn end_all(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    account: AccountId,
    kept: Option<&str>,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM sign_in WHERE practice_id = $1 AND account_id = $2 AND token_hash <> $3")
        .bind(scope.practice_text())
        .bind(account.to_string())
        .bind(kept.unwrap_or_default())
        .execute(&mut **change)
        .await?;
    sqlx::query("DELETE FROM half_sign_in WHERE practice_id = $1 AND account_id = $2")
        .bind(scope.practice_text())
        .bind(account.to_string())
        .execute(&mut **change)
        .await?;
    Ok(())
}

/// Forgets sign-ins whose time is over.
pub(crate) async fn forget_ended(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query("DELETE FROM sign_in WHERE practice_id = $1 AND ends_at < $2")
        .bind(scope.practice_text())
        .bind(micros(now))
        .execute(&mut **change)
        .await?;
    sqlx::query("DELETE FROM half_sign_in WHERE practice_id = $1 AND ends_at < $2")
        .bind(scope.practice_text())
        .bind(micros(now))
        .execute(&mut **change)
        .await?;
    Ok(())
}

/// Notes that the person of this scope was here.
async fn seen(change: &mut Transaction<'_, Any>, scope: &Scope, now: Timestamp) -> Result<(), Error> {
    sqlx::query("UPDATE account SET seen_at = $3 WHERE practice_id = $1 AND id = $2")
        .bind(scope.practice_text())
        .bind(scope.author().account.to_string())
        .bind(micros(now))
        .execute(&mut **change)
        .await?;
    Ok(())
}
