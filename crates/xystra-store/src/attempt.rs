//! Slows guessing: after a few failures a login, or whatever else is guessed at, has to wait. Every node counts in one table.
//!
//! A try is counted before it is looked at and forgiven when it was right, so that many tries at once gain nothing.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use sqlx::{Any, Transaction};

use crate::db::{instant, micros};
use crate::{Error, Scope, Store};

/// Failures that are free.
const FREE: i64 = 5;
/// The first wait, seconds; each further failure doubles it.
const FIRST_WAIT_S: i64 = 30;
/// The longest wait, seconds.
const LONGEST_WAIT_S: i64 = 15 * 60;
/// Failures older than this are forgotten.
const MEMORY: SignedDuration = SignedDuration::from_hours(24);

impl Store {
    /// Counts a try at `what`, such as `login:owner`, unless it has to wait; then the seconds that are left.
    pub async fn take_try(&self, what: &str, now: Timestamp) -> Result<Option<i64>, Error> {
        let mut change = self.begin_for_all().await?;
        let what = hashed(what);
        forget_old(&mut change, now).await?;
        let row: Option<(i64, i64)> = sqlx::query_as("SELECT failures, last_at FROM attempt WHERE login_hash = $1")
            .bind(&what)
            .fetch_optional(&mut *change)
            .await?;
        let (failures, last_at) = row.unwrap_or_default();
        if let Some(seconds) = wait(failures, instant(last_at), now) {
            return Ok(Some(seconds));
        }
        sqlx::query(
            "INSERT INTO attempt (login_hash, failures, last_at) VALUES ($1, 1, $2) \
             ON CONFLICT (login_hash) DO UPDATE SET failures = attempt.failures + 1, last_at = $2",
        )
        .bind(what)
        .bind(micros(now))
        .execute(&mut *change)
        .await?;
        change.commit().await?;
        Ok(None)
    }

    /// Forgets the failures at `what`: the last try was right, or the owner's own hand opened the door.
    pub async fn forgive(&self, what: &str) -> Result<(), Error> {
        sqlx::query("DELETE FROM attempt WHERE login_hash = $1").bind(hashed(what)).execute(&self.writer).await?;
        Ok(())
    }

    /// Notes that a try at `what` was wrong, in the journal of `known` if somebody has that login. One commit either way, so
    /// that the time it takes does not tell which.
    pub async fn sign_in_failed(&self, what: &str, known: Option<&Scope>, now: Timestamp) -> Result<(), Error> {
        let mut change = match known {
            Some(scope) => self.begin(scope).await?,
            None => self.begin_for_all().await?,
        };
        sqlx::query("UPDATE attempt SET last_at = $2 WHERE login_hash = $1")
            .bind(hashed(what))
            .bind(micros(now))
            .execute(&mut *change)
            .await?;
        if let Some(scope) = known {
            let account = scope.author().account.to_string();
            crate::journal::write(&mut change, scope, "sign-in-failed", "account", &account, now).await?;
        }
        change.commit().await?;
        Ok(())
    }
}

/// Seconds to wait after so many failures. A clock that was set back shortens no wait, and makes none longer than the longest.
fn wait(failures: i64, last_at: Timestamp, now: Timestamp) -> Option<i64> {
    let over = failures - FREE;
    if over < 0 {
        return None;
    }
    let doubled = FIRST_WAIT_S << over.min(10);
    let wait = doubled.min(LONGEST_WAIT_S);
    let left = wait - now.duration_since(last_at).as_secs().max(0);
    (left > 0).then_some(left)
}

async fn forget_old(change: &mut Transaction<'_, Any>, now: Timestamp) -> Result<(), Error> {
    sqlx::query("DELETE FROM attempt WHERE last_at < $1").bind(micros(now - MEMORY)).execute(&mut **change).await?;
    Ok(())
}

/// Somebody may type a password where the login goes, so nothing is kept as it was typed.
fn hashed(what: &str) -> String {
    crate::journal::hex(&Sha256::digest(what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_from_half_a_minute_to_a_quarter_of_an_hour() {
        let at = Timestamp::UNIX_EPOCH;
        let waits: Vec<_> = [4, 5, 6, 7, 8, 9, 10, 60].map(|failures| wait(failures, at, at)).into();
        let grown = [30, 60, 120, 240, 480, 900, 900].map(Some);
        assert_eq!((waits[0], &waits[1..]), (None, &grown[..]));
        assert_eq!(wait(5, at, at + SignedDuration::from_secs(29)), Some(1));
        assert_eq!(wait(5, at, at + SignedDuration::from_secs(30)), None);
    }

    #[test]
    fn a_clock_that_was_set_back_neither_frees_nor_locks_for_long() {
        let at = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(48);
        assert_eq!(wait(5, at, Timestamp::UNIX_EPOCH), Some(30));
    }
}
