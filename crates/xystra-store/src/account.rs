//! Who may sign in.

use jiff::Timestamp;
use sqlx::{Any, Transaction};
use xystra_care::id::{AccountId, PracticeId};
use xystra_care::practice::Practice;

use crate::db::micros;
pub use crate::sign_in::SignIn;
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

/// Practice, id, login, name, role and password hash.
pub(crate) type AccountRow = (String, String, String, String, String, String);

pub(crate) fn account_of(row: AccountRow) -> Result<Account, Error> {
    let (practice, id, login, name, role, password_hash) = row;
    let unreadable = |reason: uuid::Error| Error::Unreadable {
        id: id.clone(),
        step: "account".to_owned(),
        reason: reason.to_string(),
    };
    Ok(Account {
        practice: practice.parse().map_err(unreadable)?,
        id: id.parse().map_err(unreadable)?,
        login,
        name,
        role,
        password_hash,
    })
}

impl Store {
    /// Makes the practice and its owner; refuses when there is one already.
    pub async fn found_practice(&self, new: &NewOwner, now: Timestamp) -> Result<Account, Error> {
        let mut change = self.begin_for_all().await?;
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
        crate::practice::insert(&mut change, &account, &new.practice, now).await?;
        insert(&mut change, &account, now).await?;
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
        let mut change = self.begin(scope).await?;
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
}

async fn insert(change: &mut Transaction<'_, Any>, account: &Account, now: Timestamp) -> Result<(), Error> {
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
