//! The people of a practice: what each may do, and whether they may come in.

use jiff::Timestamp;
use sqlx::{Any, Transaction};
use xystra_care::id::AccountId;
use xystra_care::role::Role;

use crate::account::{Account, account_of};
use crate::db::{instant, micros};
use crate::sign_in::end_all;
use crate::{Error, Scope, Store};

/// Somebody of a practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub account: Account,
    /// When they were here last.
    pub seen_at: Option<Timestamp>,
    /// Since when they may not come in.
    pub disabled_at: Option<Timestamp>,
    /// Is a second factor asked of them?
    pub second_factor: bool,
}

type Row = (String, String, String, String, String, String, Option<i64>, Option<i64>, Option<i64>);

impl Store {
    /// Everybody of the practice, the first to join first.
    pub async fn people(&self, scope: &Scope) -> Result<Vec<Person>, Error> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT practice_id, id, login, name, role, password_hash, seen_at, disabled_at, totp_step FROM account \
             WHERE practice_id = $1 ORDER BY created_at, id",
        )
        .bind(scope.practice_text())
        .fetch_all(&self.reader)
        .await?;
        rows.into_iter().map(person_of).collect()
    }

    /// One of them.
    pub async fn person(&self, scope: &Scope, id: AccountId) -> Result<Person, Error> {
        let people = self.people(scope).await?;
        people.into_iter().find(|person| person.account.id == id).ok_or(Error::NotFound)
    }

    /// Gives somebody another role and signs them out, so that no page of the former one stays open. The practice keeps an
    /// owner who may come in.
    pub async fn set_role(&self, scope: &Scope, id: AccountId, role: Role, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        let changed = sqlx::query("UPDATE account SET role = $3 WHERE practice_id = $1 AND id = $2")
            .bind(scope.practice_text())
            .bind(id.to_string())
            .bind(role.word())
            .execute(&mut *change)
            .await?;
        revoke(&mut change, scope, id, changed.rows_affected()).await?;
        let subject = format!("{id} {}", role.word());
        crate::journal::write(&mut change, scope, "set-role", "account", &subject, now).await?;
        self.commit(scope, change).await
    }

    /// Keeps somebody out from now on, everywhere at once. The practice keeps an owner who may come in.
    pub async fn disable(&self, scope: &Scope, id: AccountId, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        let changed = sqlx::query("UPDATE account SET disabled_at = $3 WHERE practice_id = $1 AND id = $2")
            .bind(scope.practice_text())
            .bind(id.to_string())
            .bind(micros(now))
            .execute(&mut *change)
            .await?;
        revoke(&mut change, scope, id, changed.rows_affected()).await?;
        crate::journal::write(&mut change, scope, "disable", "account", &id.to_string(), now).await?;
        self.commit(scope, change).await
    }

    /// Lets somebody in again.
    pub async fn enable(&self, scope: &Scope, id: AccountId, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        let changed = sqlx::query("UPDATE account SET disabled_at = NULL WHERE practice_id = $1 AND id = $2")
            .bind(scope.practice_text())
            .bind(id.to_string())
            .execute(&mut *change)
            .await?;
        if changed.rows_affected() == 0 {
            return Err(Error::NotFound);
        }
        crate::journal::write(&mut change, scope, "enable", "account", &id.to_string(), now).await?;
        self.commit(scope, change).await
    }
}

/// What a change of role takes with it: sign-ins, and the links that this person made or was given.
async fn revoke(change: &mut Transaction<'_, Any>, scope: &Scope, id: AccountId, changed: u64) -> Result<(), Error> {
    if changed == 0 {
        return Err(Error::NotFound);
    }
    let owners: (i64,) = sqlx::query_as(
        "SELECT COUNT(*) FROM account WHERE practice_id = $1 AND role = 'owner' AND disabled_at IS NULL",
    )
    .bind(scope.practice_text())
    .fetch_one(&mut **change)
    .await?;
    if owners.0 == 0 {
        return Err(Error::LastOwner);
    }
    end_all(change, scope, id, None).await?;
    sqlx::query(
        "DELETE FROM invitation WHERE practice_id = $1 AND (invited_by = $2 OR account_id = $2) AND used_at IS NULL",
    )
    .bind(scope.practice_text())
    .bind(id.to_string())
    .execute(&mut **change)
    .await?;
    Ok(())
}

fn person_of(row: Row) -> Result<Person, Error> {
    let (practice, id, login, name, role, hash, seen_at, disabled_at, step) = row;
    Ok(Person {
        account: account_of((practice, id, login, name, role, hash))?,
        seen_at: seen_at.map(instant),
        disabled_at: disabled_at.map(instant),
        second_factor: step.is_some(),
    })
}
