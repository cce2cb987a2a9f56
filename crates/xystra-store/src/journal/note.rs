//! Rows that tell of no change: what somebody was shown, or was refused. They wait together and are written together, with
//! whichever change or note gets the writer first.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use sqlx::{Any, Transaction};
use tokio::sync::oneshot;
use xystra_care::id::{AccountId, ClientId, PracticeId};

use super::{Act, Chain};
use crate::{Error, Scope, Store};

/// Within this time one person seeing one client again is the same reading.
const SAME_READING: SignedDuration = SignedDuration::from_mins(15);
/// Readings remembered before those that are over are forgotten.
const REMEMBERED: usize = 20_000;
/// Rows that may wait while nothing can be written, so that a full disk does not fill the memory too.
const WAITING: usize = 50_000;

/// Rows that wait to be written, and the readings of the last minutes.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    waiting: Mutex<Vec<Waiting>>,
    readings: Mutex<HashMap<(AccountId, ClientId), Timestamp>>,
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Waiting {
    practice: PracticeId,
    act: Act,
    written: oneshot::Sender<()>,
}

impl Store {
    /// Notes whom the person of this scope was shown, once in 15 minutes for each client. Returns when the row is on the disk.
    ///
    /// A row that cannot be written waits in memory for the next write that succeeds.
    pub async fn note_seen(&self, scope: &Scope, now: Timestamp) -> Result<(), Error> {
        let fresh = self.notes.fresh(scope, now);
        if fresh.is_empty() {
            return Ok(());
        }
        self.note(scope, "read", "client", &fresh.join(" "), now).await
    }

    /// Notes something that changed nothing, such as a request that was refused.
    pub async fn note(
        &self,
        scope: &Scope,
        action: &'static str,
        kind: &str,
        id: &str,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut written = self.notes.wait(scope.practice(), Act::of(scope, action, kind, id, now));
        let _turn = self.notes.turn.lock().await;
        if written.try_recv().is_ok() {
            return Ok(());
        }
        let change = self.begin(scope).await?;
        self.commit(scope, change).await
    }

    /// Commits a change, and with it every row that waits for this practice.
    pub(crate) async fn commit(&self, scope: &Scope, mut change: Transaction<'static, Any>) -> Result<(), Error> {
        let group = self.notes.take(scope.practice());
        group.write(&mut change).await?;
        change.commit().await?;
        group.done();
        Ok(())
    }
}

impl Notes {
    /// The clients of a scope that this person has not just seen.
    fn fresh(&self, scope: &Scope, now: Timestamp) -> Vec<String> {
        let mut readings = locked(&self.readings);
        if readings.len() > REMEMBERED {
            readings.retain(|_, at| is_recent(*at, now));
        }
        let person = scope.author().account;
        let seen: BTreeSet<ClientId> = scope.seen();
        let fresh = seen.into_iter().filter(|client| {
            let before = readings.get(&(person, *client)).copied();
            let is_fresh = before.is_none_or(|at| !is_recent(at, now));
            if is_fresh {
                readings.insert((person, *client), now);
            }
            is_fresh
        });
        fresh.map(|client| client.to_string()).collect()
    }

    fn wait(&self, practice: PracticeId, act: Act) -> oneshot::Receiver<()> {
        let (written, receiver) = oneshot::channel();
        let mut waiting = locked(&self.waiting);
        if waiting.len() < WAITING {
            waiting.push(Waiting { practice, act, written });
        }
        receiver
    }

    fn take(&self, practice: PracticeId) -> Group<'_> {
        let mut waiting = locked(&self.waiting);
        let (rows, others) = waiting.drain(..).partition(|row| row.practice == practice);
        *waiting = others;
        Group { notes: self, practice, rows }
    }
}

/// Rows taken to be written; those that were not go back to wait.
struct Group<'a> {
    notes: &'a Notes,
    practice: PracticeId,
    rows: Vec<Waiting>,
}

impl Group<'_> {
    async fn write(&self, change: &mut Transaction<'_, Any>) -> Result<(), Error> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut chain = Chain::of(change, &self.practice.to_string()).await?;
        for row in &self.rows {
            chain.add(change, row.act.clone()).await?;
        }
        Ok(())
    }

    fn done(mut self) {
        for row in self.rows.drain(..) {
            // Whoever waited may have gone; the row is written all the same.
            let _ = row.written.send(());
        }
    }
}

impl Drop for Group<'_> {
    fn drop(&mut self) {
        if !self.rows.is_empty() {
            let mut waiting = locked(&self.notes.waiting);
            waiting.splice(0..0, self.rows.drain(..));
        }
    }
}

/// A clock that was set back makes no reading recent.
fn is_recent(at: Timestamp, now: Timestamp) -> bool {
    let since = now.duration_since(at);
    !since.is_negative() && since < SAME_READING
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_the_same_for_a_quarter_of_an_hour() {
        let at = Timestamp::UNIX_EPOCH;
        let after = |minutes| at + SignedDuration::from_mins(minutes);
        assert!(is_recent(at, at) && is_recent(at, after(14)));
        assert!(!is_recent(at, after(15)));
        assert!(!is_recent(after(5), at), "the clock was set back");
    }

    #[test]
    fn rows_of_a_change_that_failed_wait_in_their_old_order() {
        let notes = Notes::default();
        let practice = PracticeId(uuid::Uuid::from_u128(1));
        let act = |id: &str| Act {
            account: String::new(),
            action: "read",
            kind: "client".into(),
            id: id.into(),
            at: Timestamp::UNIX_EPOCH,
        };
        let _first = notes.wait(practice, act("first"));
        let group = notes.take(practice);
        let _second = notes.wait(practice, act("second"));
        drop(group);
        let ids: Vec<String> = notes.take(practice).rows.iter().map(|row| row.act.id.clone()).collect();
        assert_eq!(ids, ["first", "second"]);
    }
}
