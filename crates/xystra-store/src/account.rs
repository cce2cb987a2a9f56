//! Who may sign in.

use jiff::Timestamp;
use sqlx::{Any, Transaction};
use xystra_care::id::{AccountId, PracticeId};
use xystra_care::practice::Practice;
use xystra_care::role::Role;

use crate::db::micros;
pub use crate::sign_in::{Device, SignIn};
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
    /// What they may do; the first account is the owner.
    pub role: Role,
    /// Argon2id hash of the password, in PHC text form.
    pub password_hash: String,
}

/// Somebody behind a login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// Who.
    pub account: Account,
    /// Has nobody disabled the account?
    pub may_enter: bool,
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
    let unknown = || Error::Unreadable {
        id: id.clone(),
        step: "account".to_owned(),
        reason: format!("{role} is no role that this program knows: update xystra"),
    };
    Ok(Account {
        practice: practice.parse().map_err(unreadable)?,
        id: id.parse().map_err(unreadable)?,
        role: Role::of_word(&role).ok_or_else(unknown)?,
        login,
        name,
        password_hash,
    })
}

impl Store {
    /// The account behind a login, if it may sign in.
    pub async fn account_by_login(&self, login: &str) -> Result<Option<Account>, Error> {
        Ok(self.login(login).await?.filter(|known| known.may_enter).map(|known| known.account))
    }

    /// Who has a login, and whether they may sign in.
    pub async fn login(&self, login: &str) -> Result<Option<Login>, Error> {
        type Row = (String, String, String, String, String, String, Option<i64>);
        let row: Option<Row> = sqlx::query_as(
            "SELECT practice_id, id, login, name, role, password_hash, disabled_at FROM account WHERE login = $1",
        )
        .bind(login.trim().to_lowercase())
        .fetch_optional(&self.reader)
        .await?;
        let Some((practice, id, login, name, role, hash, disabled_at)) = row else { return Ok(None) };
        let account = account_of((practice, id, login, name, role, hash))?;
        Ok(Some(Login { account, may_enter: disabled_at.is_none() }))
    }

    /// The owner of the first practice.
    pub async fn owner(&self) -> Result<Option<Account>, Error> {
        Ok(self.practices().await?.into_iter().next().map(|held| held.owner))
    }

    /// The first owner of a practice.
    pub(crate) async fn owner_of(&self, practice: &str) -> Result<Option<Account>, Error> {
        let row: Option<AccountRow> = sqlx::query_as(
            "SELECT practice_id, id, login, name, role, password_hash FROM account \
             WHERE practice_id = $1 AND role = 'owner' ORDER BY created_at, id LIMIT 1",
        )
        .bind(practice)
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
        crate::sign_in::end_all(&mut change, scope, scope.author().account, None).await?;
        crate::journal::write(&mut change, scope, "set-password", "account", &account, now).await?;
        self.commit(scope, change).await
    }
}

/// Writes an account's row.
pub(crate) async fn insert(change: &mut Transaction<'_, Any>, account: &Account, now: Timestamp) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO account (practice_id, id, login, name, role, password_hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(account.practice.to_string())
    .bind(account.id.to_string())
    .bind(&account.login)
    .bind(&account.name)
    .bind(account.role.word())
    .bind(&account.password_hash)
    .bind(micros(now))
    .execute(&mut **change)
    .await?;
    Ok(())
}
