//! Following the chain from its first row, and holding it against the entries and the anchors.

use super::anchor::Anchor;
use super::{RowTuple, link};
use crate::{Error, Scope, Store};

/// Rows read at a time.
const PAGE: i64 = 10_000;

/// How far the chain was followed.
struct Follower {
    practice: String,
    rows: i64,
    before: String,
    anchors: Vec<Anchor>,
}

impl Store {
    /// Follows the chain from its first row, and holds it against every entry and every anchor: so rows cut off at the end
    /// show too. The inner `Err` names the first row that does not fit.
    pub async fn verify_journal(&self, scope: &Scope) -> Result<Result<usize, String>, Error> {
        let mut follower = Follower::new(scope, self.anchors(scope)?);
        let mut reading = self.reading().await?;
        loop {
            let rows: Vec<RowTuple> = sqlx::query_as(
                "SELECT number, at, account_id, action, subject_kind, subject_id, hash FROM journal \
                 WHERE practice_id = $1 AND number > $2 ORDER BY number LIMIT $3",
            )
            .bind(scope.practice_text())
            .bind(follower.rows)
            .bind(PAGE)
            .fetch_all(&mut *reading)
            .await?;
            if rows.is_empty() {
                break;
            }
            if let Err(broken) = rows.iter().try_for_each(|row| follower.follow(row)) {
                return Ok(Err(broken));
            }
        }
        let verdict = follower.end();
        let Some(entry) = entry_without_row(&mut reading, scope).await? else { return Ok(verdict) };
        Ok(verdict.and(Err(format!("the journal row of entry {entry} is missing"))))
    }
}

impl Follower {
    fn new(scope: &Scope, anchors: Vec<Anchor>) -> Self {
        Self { practice: scope.practice_text(), rows: 0, before: String::new(), anchors }
    }

    fn follow(&mut self, row: &RowTuple) -> Result<(), String> {
        let expected = self.rows + 1;
        if row.0 != expected {
            return Err(format!("journal row {expected} is missing"));
        }
        if link(&self.before, &self.practice, row) != row.6 {
            return Err(format!("journal row {expected} was changed"));
        }
        if let Some(anchor) = self.anchors.iter().find(|anchor| anchor.number == expected && anchor.hash != row.6) {
            return Err(format!("journal row {expected} is not the one that was anchored {}", anchor.at));
        }
        (self.rows, self.before) = (expected, row.6.clone());
        Ok(())
    }

    fn end(self) -> Result<usize, String> {
        match self.anchors.iter().find(|anchor| anchor.number > self.rows) {
            Some(anchor) => {
                let (first, last) = (self.rows + 1, anchor.number);
                Err(format!("journal rows {first} to {last} are missing: they were there {}", anchor.at))
            }
            None => Ok(usize::try_from(self.rows).unwrap_or_default()),
        }
    }
}

async fn entry_without_row(
    reading: &mut sqlx::Transaction<'_, sqlx::Any>,
    scope: &Scope,
) -> Result<Option<String>, Error> {
    let row: Option<(String,)> = sqlx::query_as(
        "SELECT id FROM entry WHERE practice_id = $1 \
         AND id NOT IN (SELECT subject_id FROM journal WHERE practice_id = $1) ORDER BY recorded_at, id LIMIT 1",
    )
    .bind(scope.practice_text())
    .fetch_optional(&mut **reading)
    .await?;
    Ok(row.map(|(id,)| id))
}
