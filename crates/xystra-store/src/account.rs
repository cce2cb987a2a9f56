//! Who may sign in, and where they are signed in.

use jiff::Timestamp;
use xystra_care::id::{AccountId, PracticeId};
use xystra_care::practice::Practice;

use crate::db::{instant, micros};
use crate::{Error, Scope, Store};

/// Somebody who signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Their practice.
    pub practice: PracticeId,
    /// Who.
    pub id: AccountId,
    /// What they type to sign in.
    pub login: String,
    /// Their name, as it stands under what they write.
    pub name: String,
    /// What they may do; the first account is the `owner`.
    pub role: String,
    /// Argon2id hash of the password, in PHC text form.
    pub password_hash: String,
}

/// The first account of a new practice.
#[derive(Debug, Clone)]
pub struct NewOwner {
    /// The practice.
    pub practice: Practice,
    /// What they will type to sign in.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Argon2id hash of the password, in PHC text form.
    pub password_hash: String,
}

impl NewOwner {
    /// An owner for examples and tests, whom no password opens.
    pub fn example() -> Self {
        Self {
            practice: Practice { name: "Example".to_owned(), ..Practice::default() },
            login: "owner".to_owned(),
            name: "Example therapist".to_owned(),
            password_hash: String::new(),
        }
    }
}

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

type AccountRow = (String, String, String, String, String, String);

fn account_of(row: AccountRow) -> Result<Account, Error> {
    let unreadable = |reason: uuid::Error| Error::Unreadable {
        id: row.1.clone(),
        step: "account".to_owned(),
        reason: reason.to_string(),
    };
    Ok(Account {
        practice: row.0.parse().map_err(unreadable)?,
        id: row.1.parse().map_err(unreadable)?,
        login: row.2.clone(),
        name: row.3.clone(),
        role: row.4.clone(),
        password_hash: row.5.clone(),
    })
}

impl Store {
    /// Is there a practice yet?
    pub async fn has_practice(&self) -> Result<bool, Error> {
        let count: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM practice").fetch_one(&self.reader).await?;
        Ok(count.0 > 0)
    }

    /// Makes the practice and its owner; refuses when there is one already.
    pub async fn found_practice(&self, new: &NewOwner, now: Timestamp) -> Result<Account, Error> {
        let mut change = self.begin().await?;
        let count: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM practice").fetch_one(&mut *change).await?;
        if count.0 > 0 {
            return Err(Error::Conflict);
        }
        let account = Account {
            practice: PracticeId(uuid::Uuid::now_v7()),
            id: AccountId(uuid::Uuid::now_v7()),
            login: new.login.trim().to_lowercase(),
            name: new.name.trim().to_owned(),
            role: "owner".to_owned(),
            password_hash: new.password_hash.clone(),
        };
        insert_practice(&mut change, &account, &new.practice, now).await?;
        let scope = Scope::of(&account);
        crate::journal::write(&mut change, &scope, "found", "practice", &account.practice.to_string(), now).await?;
        change.commit().await?;
        Ok(account)
    }

    /// The account behind a login, if it may sign in.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>, Error> {
        let row: Option<AccountRow> = sqlx::query_as(
            "SELECT practice_id, id, login, name, role, password_hash FROM account WHERE login = $1 AND disabled_at IS NULL",
        )
        .bind(login.trim().to_lowercase())
        .fetch_optional(&self.reader)
        .await?;
        row.map(account_of).transpose()
    }

    /// The owner, for recovery on the command line.
    pub async fn owner(&self) -> Result<Option<Account>, Error> {
        let row: Option<AccountRow> = sqlx::query_as(
            "SELECT practice_id, id, login, name, role, password_hash FROM account WHERE role = 'owner' ORDER BY created_at",
        )
        .fetch_optional(&self.reader)
        .await?;
        row.map(account_of).transpose()
    }

    /// Gives an account a new password and signs it out everywhere.
    pub async fn set_password(&self, scope: &Scope, hash: &str, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin().await?;
        let account = scope.author().account.to_string();
        sqlx::query("UPDATE account SET password_hash = $3 WHERE practice_id = $1 AND id = $2")
            .bind(scope.practice_text())
            .bind(&account)
            .bind(hash)
            .execute(&mut *change)
            .await?;
        sqlx::query("DELETE FROM sign_in WHERE practice_id = $1 AND account_id = $2")
            .bind(scope.practice_text())
            .bind(&account)
            .execute(&mut *change)
            .await?;
        crate::journal::write(&mut change, scope, "set-password", "account", &account, now).await?;
        change.commit().await?;
        Ok(())
    }

    /// Remembers a browser by the hash of its cookie.
    pub async fn sign_in(&self, scope: &Scope, token_hash: &str, ends_at: Timestamp, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin().await?;
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
        crate::journal::write(&mut change, scope, "sign-in", "account", &scope.author().account.to_string(), now).await?;
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
        let mut change = self.begin().await?;
        sqlx::query("DELETE FROM sign_in WHERE practice_id = $1 AND token_hash = $2")
            .bind(scope.practice_text())
            .bind(token_hash)
            .execute(&mut *change)
            .await?;
        crate::journal::write(&mut change, scope, "sign-out", "account", &scope.author().account.to_string(), now).await?;
        change.commit().await?;
        Ok(())
    }

    /// The practice's own ways.
    pub async fn practice(&self, scope: &Scope) -> Result<Practice, Error> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT body FROM practice WHERE id = $1 /* practice_id */").bind(scope.practice_text()).fetch_optional(&self.reader).await?;
        let (body,) = row.ok_or(Error::NotFound)?;
        serde_json::from_str(&body).map_err(|reason| Error::Unreadable {
            id: scope.practice_text(),
            step: "practice".to_owned(),
            reason: reason.to_string(),
        })
    }

    /// Changes the practice's own ways.
    pub async fn set_practice(&self, scope: &Scope, practice: &Practice, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin().await?;
        sqlx::query("UPDATE practice SET body = $2 WHERE id = $1 /* practice_id */")
            .bind(scope.practice_text())
            .bind(crate::entries::json(practice))
            .execute(&mut *change)
            .await?;
        crate::journal::write(&mut change, scope, "change", "practice", &scope.practice_text(), now).await?;
        change.commit().await?;
        Ok(())
    }
}

async fn insert_practice(
    change: &mut sqlx::Transaction<'_, sqlx::Sqlite>,
    account: &Account,
    practice: &Practice,
    now: Timestamp,
) -> Result<(), Error> {
    sqlx::query("INSERT INTO practice (id, body, created_at) VALUES ($1, $2, $3) /* practice_id */")
        .bind(account.practice.to_string())
        .bind(crate::entries::json(practice))
        .bind(micros(now))
        .execute(&mut **change)
        .await?;
    sqlx::query(
        "INSERT INTO account (practice_id, id, login, name, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(account.practice.to_string())
    .bind(account.id.to_string())
    .bind(&account.login)
    .bind(&account.name)
    .bind(&account.role)
    .bind(&account.password_hash)
    .bind(micros(now))
    .execute(&mut **change)
    .await?;
    Ok(())
}
