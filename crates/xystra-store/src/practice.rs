//! The practices that a database holds, and the own ways of each.

use jiff::Timestamp;
use sqlx::{Any, Transaction};
use uuid::Uuid;
use xystra_care::id::{AccountId, PracticeId};
use xystra_care::practice::Practice;
use xystra_care::role::Role;

use crate::account::{self, Account};
use crate::db::micros;
use crate::{Error, NewOwner, Scope, Store};

/// A practice that a database holds.
#[derive(Debug, Clone)]
pub struct Held {
    /// Its ways, with its name.
    pub practice: Practice,
    /// Its first owner.
    pub owner: Account,
}

impl Store {
    /// Makes the first practice and its owner; refuses when there is one already.
    pub async fn found_practice(&self, new: &NewOwner, now: Timestamp) -> Result<Account, Error> {
        let mut change = self.begin_for_all().await?;
        let count: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM practice").fetch_one(&mut *change).await?;
        if count.0 > 0 {
            return Err(Error::Conflict);
        }
        let owner = found(&mut change, new, now).await?;
        change.commit().await?;
        Ok(owner)
    }

    /// Makes one more practice and its owner. A login that somebody has in this database already is refused.
    pub async fn add_practice(&self, new: &NewOwner, now: Timestamp) -> Result<Account, Error> {
        let mut change = self.begin_for_all().await?;
        let owner = found(&mut change, new, now).await.map_err(|error| match error {
            Error::Conflict => Error::LoginTaken { login: new.login.trim().to_lowercase() },
            other => other,
        })?;
        change.commit().await?;
        Ok(owner)
    }

    /// Every practice of this database, the oldest first.
    pub async fn practices(&self) -> Result<Vec<Held>, Error> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT id, body FROM practice ORDER BY created_at, id").fetch_all(&self.reader).await?;
        let mut practices = Vec::new();
        for (id, body) in rows {
            let owner = self.owner_of(&id).await?.ok_or(Error::NotFound)?;
            practices.push(Held { practice: practice_of(&id, &body)?, owner });
        }
        Ok(practices)
    }

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
        practice_of(&scope.practice_text(), &body)
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

async fn found(change: &mut Transaction<'_, Any>, new: &NewOwner, now: Timestamp) -> Result<Account, Error> {
    let owner = Account {
        practice: PracticeId(Uuid::now_v7()),
        id: AccountId(Uuid::now_v7()),
        login: new.login.trim().to_lowercase(),
        name: new.name.trim().to_owned(),
        role: Role::Owner,
        password_hash: new.password_hash.clone(),
    };
    sqlx::query("INSERT INTO practice (id, body, created_at) VALUES ($1, $2, $3)")
        .bind(owner.practice.to_string())
        .bind(crate::entries::json(&new.practice))
        .bind(micros(now))
        .execute(&mut **change)
        .await?;
    account::insert(change, &owner, now).await?;
    crate::journal::write(change, &Scope::of(&owner), "found", "practice", &owner.practice.to_string(), now).await?;
    Ok(owner)
}

fn practice_of(id: &str, body: &str) -> Result<Practice, Error> {
    serde_json::from_str(body).map_err(|reason| Error::Unreadable {
        id: id.to_owned(),
        step: "practice".to_owned(),
        reason: reason.to_string(),
    })
}
