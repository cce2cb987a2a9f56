//! Sweeping: what has served its time and is no part of the record.

use jiff::{SignedDuration, Timestamp};

use crate::db::micros;
use crate::erase::delete_copies;
use crate::{Error, Scope, Store};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const MONTH: SignedDuration = SignedDuration::from_hours(24 * 30);

/// What goes from a practice, once it is older than `$2`. A form that was posted is posted again within minutes, if ever.
/// A draft without an id, such as that of a new client, belongs to no record that would remind anybody of it.
const OF_A_PRACTICE: [(&str, SignedDuration); 6] = [
    ("DELETE FROM sign_in WHERE practice_id = $1 AND ends_at < $2", SignedDuration::ZERO),
    ("DELETE FROM half_sign_in WHERE practice_id = $1 AND ends_at < $2", SignedDuration::ZERO),
    ("DELETE FROM operation WHERE practice_id = $1 AND at < $2", DAY),
    ("DELETE FROM draft WHERE practice_id = $1 AND saved_at < $2 AND form NOT LIKE '%-%-%-%-%'", MONTH),
    ("DELETE FROM link WHERE practice_id = $1 AND (ends_at < $2 OR used_at < $2)", MONTH),
    ("DELETE FROM invitation WHERE practice_id = $1 AND (ends_at < $2 OR used_at < $2)", MONTH),
];

impl Store {
    /// Removes sign-ins that ended, operations and failed sign-ins older than a day, and drafts without an id, links and
    /// invitations that have been over for 30 days, and copies from before a change of schema that are older.
    pub async fn sweep(&self, scope: &Scope, now: Timestamp) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        for (statement, age) in OF_A_PRACTICE {
            let before = micros(now - age);
            let sweeping = sqlx::query(statement).bind(scope.practice_text()).bind(before);
            sweeping.execute(&mut *change).await?;
        }
        sqlx::query("DELETE FROM attempt WHERE last_at < $1").bind(micros(now - DAY)).execute(&mut *change).await?;
        change.commit().await?;
        delete_copies(&self.folder, now - MONTH)?;
        Ok(())
    }
}
