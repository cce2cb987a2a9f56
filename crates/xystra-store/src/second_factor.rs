//! The second factor: a shared secret that makes codes, and the browser that still owes one.

use jiff::Timestamp;
use sqlx::{Any, Transaction};
use xystra_care::id::AccountId;

use crate::account::{Account, AccountRow, account_of};
use crate::db::micros;
use crate::sign_in::forget_ended;
use crate::{Error, Scope, Store};

/// A secret that makes codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// Shared with the person's device, base 32.
    pub secret: String,
    /// The last time step that was used; `None` until a code confirmed the secret, and so long it does not count.
    pub step: Option<i64>,
    /// Recovery codes that are left.
    pub codes_left: i64,
}

impl Store {
    /// The second factor of the person of this scope.
    pub async fn second_factor(&self, scope: &Scope) -> Result<Option<SecondFactor>, Error> {
        let row: (Option<String>, Option<i64>, i64) = sqlx::query_as(
            "SELECT a.totp_secret, a.totp_step, \
             (SELECT COUNT(*) FROM recovery_code c WHERE c.practice_id = a.practice_id AND c.account_id = a.id) \
             FROM account a WHERE a.practice_id = $1 AND a.id = $2",
        )
        .bind(scope.practice_text())
        .bind(scope.author().account.to_string())
        .fetch_one(&self.reader)
        .await?;
        let (secret, step, codes_left) = row;
        Ok(secret.map(|secret| SecondFactor { secret, step, codes_left }))
    }

    /// Keeps a secret that does not count yet, in place of one that never did.
    pub async fn begin_second_factor(&self, scope: &Scope, secret: &str) -> Result<(), Error> {
        let begun =
            sqlx::query("UPDATE account SET totp_secret = $3 WHERE practice_id = $1 AND id = $2 AND totp_step IS NULL")
                .bind(scope.practice_text())
                .bind(scope.author().account.to_string())
                .bind(secret)
                .execute(&self.writer)
                .await?;
        if begun.rows_affected() == 0 { Err(Error::Conflict) } else { Ok(()) }
    }

    /// A code fitted, at this time step: from now on the secret counts, and these recovery codes stand in for it. Everybody who
    /// is signed in with the account is signed out.
    pub async fn confirm_second_factor(
        &self,
        scope: &Scope,
        step: i64,
        code_hashes: &[String],
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        let account = scope.author().account;
        sqlx::query("UPDATE account SET totp_step = $3 WHERE practice_id = $1 AND id = $2 AND totp_secret IS NOT NULL")
            .bind(scope.practice_text())
            .bind(account.to_string())
            .bind(step)
            .execute(&mut *change)
            .await?;
        replace_codes(&mut change, scope, account, code_hashes).await?;
        crate::sign_in::end_all(&mut change, scope, account, None).await?;
        crate::journal::write(&mut change, scope, "second-factor-on", "account", &account.to_string(), now).await?;
        self.commit(scope, change).await
    }

    /// New recovery codes in place of those that are left.
    pub async fn renew_codes(&self, scope: &Scope, code_hashes: &[String], now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        let account = scope.author().account;
        replace_codes(&mut change, scope, account, code_hashes).await?;
        crate::journal::write(&mut change, scope, "renew-codes", "account", &account.to_string(), now).await?;
        self.commit(scope, change).await
    }

    /// Asks no second factor of somebody any more.
    pub async fn turn_off_second_factor(&self, scope: &Scope, account: AccountId, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        let gone =
            sqlx::query("UPDATE account SET totp_secret = NULL, totp_step = NULL WHERE practice_id = $1 AND id = $2")
                .bind(scope.practice_text())
                .bind(account.to_string())
                .execute(&mut *change)
                .await?;
        if gone.rows_affected() == 0 {
            return Err(Error::NotFound);
        }
        replace_codes(&mut change, scope, account, &[]).await?;
        crate::sign_in::end_all(&mut change, scope, account, None).await?;
        crate::journal::write(&mut change, scope, "second-factor-off", "account", &account.to_string(), now).await?;
        self.commit(scope, change).await
    }

    /// Takes a time step, so that no code serves twice; false when it or a later one was taken already.
    pub async fn use_step(&self, scope: &Scope, step: i64) -> Result<bool, Error> {
        let used =
            sqlx::query("UPDATE account SET totp_step = $3 WHERE practice_id = $1 AND id = $2 AND totp_step < $3")
                .bind(scope.practice_text())
                .bind(scope.author().account.to_string())
                .bind(step)
                .execute(&self.writer)
                .await?;
        Ok(used.rows_affected() == 1)
    }

    /// Takes a recovery code; false when there is none like it.
    pub async fn use_code(&self, scope: &Scope, code_hash: &str, now: Timestamp) -> Result<bool, Error> {
        let mut change = self.begin(scope).await?;
        let account = scope.author().account.to_string();
        let used =
            sqlx::query("DELETE FROM recovery_code WHERE practice_id = $1 AND account_id = $2 AND code_hash = $3")
                .bind(scope.practice_text())
                .bind(&account)
                .bind(code_hash)
                .execute(&mut *change)
                .await?;
        if used.rows_affected() == 0 {
            return Ok(false);
        }
        crate::journal::write(&mut change, scope, "use-code", "account", &account, now).await?;
        self.commit(scope, change).await?;
        Ok(true)
    }

    /// Remembers a browser that knew the password and still owes a code.
    pub async fn half_sign_in(
        &self,
        scope: &Scope,
        token_hash: &str,
        ends_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        forget_ended(&mut change, scope, now).await?;
        sqlx::query("INSERT INTO half_sign_in (practice_id, token_hash, account_id, ends_at) VALUES ($1, $2, $3, $4)")
            .bind(scope.practice_text())
            .bind(token_hash)
            .bind(scope.author().account.to_string())
            .bind(micros(ends_at))
            .execute(&mut *change)
            .await?;
        self.commit(scope, change).await
    }

    /// Whose code a browser still owes.
    pub async fn half_signed_in(&self, token_hash: &str, now: Timestamp) -> Result<Option<Account>, Error> {
        let row: Option<AccountRow> = sqlx::query_as(
            "SELECT a.practice_id, a.id, a.login, a.name, a.role, a.password_hash \
             FROM half_sign_in h JOIN account a ON a.practice_id = h.practice_id AND a.id = h.account_id \
             WHERE h.token_hash = $1 AND h.ends_at > $2 AND a.disabled_at IS NULL",
        )
        .bind(token_hash)
        .bind(micros(now))
        .fetch_optional(&self.reader)
        .await?;
        row.map(account_of).transpose()
    }

    /// The code came: the browser owes nothing more. False when another request paid with the same half.
    pub async fn end_half_sign_in(&self, scope: &Scope, token_hash: &str) -> Result<bool, Error> {
        let gone = sqlx::query("DELETE FROM half_sign_in WHERE practice_id = $1 AND token_hash = $2")
            .bind(scope.practice_text())
            .bind(token_hash)
            .execute(&self.writer)
            .await?;
        Ok(gone.rows_affected() == 1)
    }
}

async fn replace_codes(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    account: AccountId,
    code_hashes: &[String],
) -> Result<(), Error> {
    sqlx::query("DELETE FROM recovery_code WHERE practice_id = $1 AND account_id = $2")
        .bind(scope.practice_text())
        .bind(account.to_string())
        .execute(&mut **change)
        .await?;
    for hash in code_hashes {
        sqlx::query("INSERT INTO recovery_code (practice_id, account_id, code_hash) VALUES ($1, $2, $3)")
            .bind(scope.practice_text())
            .bind(account.to_string())
            .bind(hash)
            .execute(&mut **change)
            .await?;
    }
    Ok(())
}
