//! Links that let somebody join the practice, or set a new password. Each serves once, and is kept as its SHA-256.

use jiff::Timestamp;
use sqlx::{Any, Transaction};
use uuid::Uuid;
use xystra_care::id::{AccountId, PracticeId};
use xystra_care::role::Role;

use crate::account::{self, Account, AccountRow, account_of};
use crate::db::{instant, micros};
use crate::sign_in::end_all;
use crate::{Error, Scope, Store};

/// A link that still serves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// SHA-256 of its secret, hexadecimal.
    pub token_hash: String,
    /// The practice.
    pub practice: PracticeId,
    /// Whose new password it sets; `None` when somebody is asked to join.
    pub account: Option<AccountId>,
    /// What they may do.
    pub role: Role,
    /// Their name.
    pub name: String,
    /// Who made it.
    pub invited_by: AccountId,
    /// When.
    pub created_at: Timestamp,
    /// Until when it serves.
    pub ends_at: Timestamp,
}

type Row = (String, String, Option<String>, String, String, String, i64, i64);

impl Store {
    /// Keeps a link to join as `name` with `role`.
    pub async fn invite(
        &self,
        scope: &Scope,
        (name, role): (&str, Role),
        token_hash: &str,
        ends_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        insert(&mut change, scope, (None, name, role), token_hash, [now, ends_at]).await?;
        let subject = format!("{token_hash} {}", role.word());
        crate::journal::write(&mut change, scope, "invite", "invitation", &subject, now).await?;
        self.commit(scope, change).await
    }

    /// Keeps a link by which somebody of the practice sets a new password; an earlier one serves no more.
    pub async fn offer_password(
        &self,
        scope: &Scope,
        account: &Account,
        token_hash: &str,
        ends_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        let id = account.id.to_string();
        sqlx::query("DELETE FROM invitation WHERE practice_id = $1 AND account_id = $2 AND used_at IS NULL")
            .bind(scope.practice_text())
            .bind(&id)
            .execute(&mut *change)
            .await?;
        let whom = (Some(account.id), account.name.as_str(), account.role);
        insert(&mut change, scope, whom, token_hash, [now, ends_at]).await?;
        crate::journal::write(&mut change, scope, "offer-password", "account", &id, now).await?;
        self.commit(scope, change).await
    }

    /// Links of the practice that still serve, newest first.
    pub async fn invitations(&self, scope: &Scope, now: Timestamp) -> Result<Vec<Invitation>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT token_hash, practice_id, account_id, role, name, invited_by, created_at, ends_at FROM invitation \
             WHERE practice_id = $1 AND used_at IS NULL AND ends_at > $2 ORDER BY created_at DESC, token_hash",
        )
        .bind(scope.practice_text())
        .bind(micros(now))
        .fetch_all(&self.reader)
        .await?;
        rows.into_iter().map(invitation_of).collect()
    }

    /// The link behind a hash while it serves, for somebody who is not signed in.
    pub async fn invitation(&self, token_hash: &str, now: Timestamp) -> Result<Option<Invitation>, Error> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT token_hash, practice_id, account_id, role, name, invited_by, created_at, ends_at FROM invitation \
             WHERE token_hash = $1 AND used_at IS NULL AND ends_at > $2",
        )
        .bind(token_hash)
        .bind(micros(now))
        .fetch_optional(&self.reader)
        .await?;
        row.map(invitation_of).transpose()
    }

    /// Takes a link back: it serves no more.
    pub async fn take_back(&self, scope: &Scope, token_hash: &str, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        let gone = sqlx::query("DELETE FROM invitation WHERE practice_id = $1 AND token_hash = $2 AND used_at IS NULL")
            .bind(scope.practice_text())
            .bind(token_hash)
            .execute(&mut *change)
            .await?;
        if gone.rows_affected() == 0 {
            return Err(Error::NotFound);
        }
        crate::journal::write(&mut change, scope, "take-back", "invitation", token_hash, now).await?;
        self.commit(scope, change).await
    }

    /// Uses a link to join with a login and a password's hash; whoever comes second is not found. A login that somebody
    /// has is refused, and the link still serves.
    pub async fn join(
        &self,
        invitation: &Invitation,
        login: &str,
        hash: &str,
        now: Timestamp,
    ) -> Result<Account, Error> {
        let account = Account {
            practice: invitation.practice,
            id: AccountId(Uuid::now_v7()),
            login: login.trim().to_lowercase(),
            name: invitation.name.clone(),
            role: invitation.role,
            password_hash: hash.to_owned(),
        };
        let scope = Scope::of(&account);
        let mut change = self.begin(&scope).await?;
        use_up(&mut change, &scope, &invitation.token_hash, now).await?;
        account::insert(&mut change, &account, now).await.map_err(|error| match error {
            Error::Conflict => Error::LoginTaken { login: account.login.clone() },
            other => other,
        })?;
        crate::journal::write(&mut change, &scope, "join", "account", &account.id.to_string(), now).await?;
        self.commit(&scope, change).await?;
        Ok(account)
    }

    /// Uses a link to set a new password for the account that it was made for; signs it out everywhere.
    pub async fn reset_password(&self, invitation: &Invitation, hash: &str, now: Timestamp) -> Result<Account, Error> {
        let id = invitation.account.ok_or(Error::NotFound)?;
        let account = self.account_of(invitation.practice, id).await?.ok_or(Error::NotFound)?;
        let scope = Scope::of(&account);
        let mut change = self.begin(&scope).await?;
        use_up(&mut change, &scope, &invitation.token_hash, now).await?;
        sqlx::query("UPDATE account SET password_hash = $3 WHERE practice_id = $1 AND id = $2")
            .bind(scope.practice_text())
            .bind(id.to_string())
            .bind(hash)
            .execute(&mut *change)
            .await?;
        end_all(&mut change, &scope, id, None).await?;
        crate::journal::write(&mut change, &scope, "set-password", "account", &id.to_string(), now).await?;
        self.commit(&scope, change).await?;
        Ok(account)
    }

    /// Somebody of a practice who may come in.
    async fn account_of(&self, practice: PracticeId, id: AccountId) -> Result<Option<Account>, Error> {
        let row: Option<AccountRow> = sqlx::query_as(
            "SELECT practice_id, id, login, name, role, password_hash FROM account \
             WHERE practice_id = $1 AND id = $2 AND disabled_at IS NULL",
        )
        .bind(practice.to_string())
        .bind(id.to_string())
        .fetch_optional(&self.reader)
        .await?;
        row.map(account_of).transpose()
    }
}

async fn insert(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    (account, name, role): (Option<AccountId>, &str, Role),
    token_hash: &str,
    [now, ends_at]: [Timestamp; 2],
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO invitation (practice_id, token_hash, account_id, role, name, invited_by, created_at, ends_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(scope.practice_text())
    .bind(token_hash)
    .bind(account.map(|id| id.to_string()))
    .bind(role.word())
    .bind(name)
    .bind(scope.author().account.to_string())
    .bind(micros(now))
    .bind(micros(ends_at))
    .execute(&mut **change)
    .await?;
    Ok(())
}

/// Marks a link as used, if it still serves.
async fn use_up(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    token_hash: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let used = sqlx::query(
        "UPDATE invitation SET used_at = $3 WHERE practice_id = $1 AND token_hash = $2 AND used_at IS NULL AND ends_at > $3",
    )
    .bind(scope.practice_text())
    .bind(token_hash)
    .bind(micros(now))
    .execute(&mut **change)
    .await?;
    if used.rows_affected() == 0 { Err(Error::NotFound) } else { Ok(()) }
}

fn invitation_of(row: Row) -> Result<Invitation, Error> {
    let (token_hash, practice, account, role, name, invited_by, created_at, ends_at) = row;
    let unreadable =
        |reason: String| Error::Unreadable { id: token_hash.clone(), step: "invitation".to_owned(), reason };
    let unknown = |reason: uuid::Error| unreadable(reason.to_string());
    Ok(Invitation {
        practice: practice.parse().map_err(unknown)?,
        account: account.map(|id| id.parse()).transpose().map_err(unknown)?,
        role: Role::of_word(&role).ok_or_else(|| unreadable(format!("{role} is no role")))?,
        name,
        invited_by: invited_by.parse().map_err(unknown)?,
        created_at: instant(created_at),
        ends_at: instant(ends_at),
        token_hash,
    })
}
