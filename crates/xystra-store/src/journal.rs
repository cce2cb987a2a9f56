//! The journal: who did what to which record, chained so that a changed or dropped row shows.
//!
//! It holds ids and words of ours, never health content.

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::{Any, Transaction};

use crate::db::{instant, micros};
use crate::{Error, Scope, Store};

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Counted from 1 within the practice.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// Which account.
    pub account: String,
    /// What: `add`, `amend`, `sign-in`, `backup` and so on.
    pub action: String,
    /// To what kind of thing.
    pub subject_kind: String,
    /// To which.
    pub subject_id: String,
    /// SHA-256 over the row before and this one, hexadecimal.
    pub hash: String,
}

type RowTuple = (i64, i64, Option<String>, String, String, String, String);

/// Writes a row within the change that it tells of: both are kept, or neither.
pub(crate) async fn write(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    action: &str,
    subject_kind: &str,
    subject_id: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let last: Option<(i64, String)> =
        sqlx::query_as("SELECT number, hash FROM journal WHERE practice_id = $1 ORDER BY number DESC LIMIT 1")
            .bind(scope.practice_text())
            .fetch_optional(&mut **change)
            .await?;
    let (number, before) = last.unwrap_or_default();
    let account = scope.author().account.to_string();
    let row = (
        number + 1,
        micros(now),
        Some(account),
        action.to_owned(),
        subject_kind.to_owned(),
        subject_id.to_owned(),
        String::new(),
    );
    let hash = chain(&before, &scope.practice_text(), &row);
    sqlx::query(
        "INSERT INTO journal (practice_id, number, at, account_id, action, subject_kind, subject_id, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(scope.practice_text())
    .bind(row.0)
    .bind(row.1)
    .bind(&row.2)
    .bind(&row.3)
    .bind(&row.4)
    .bind(&row.5)
    .bind(hash)
    .execute(&mut **change)
    .await?;
    Ok(())
}

/// Fields are joined by the unit separator, which none of them contains.
fn chain(before: &str, practice: &str, row: &RowTuple) -> String {
    let (number, at, account, action, kind, subject, _) = row;
    let account = account.as_deref().unwrap_or_default();
    let text = format!(
        "{before}\u{1f}{practice}\u{1f}{number}\u{1f}{at}\u{1f}{account}\u{1f}{action}\u{1f}{kind}\u{1f}{subject}"
    );
    hex(&Sha256::digest(text))
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |four: u8| char::from(DIGITS[usize::from(four)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

impl Store {
    /// The newest rows, newest first.
    pub async fn journal(&self, scope: &Scope, limit: u32) -> Result<Vec<Row>, Error> {
        let rows: Vec<RowTuple> = sqlx::query_as(
            "SELECT number, at, account_id, action, subject_kind, subject_id, hash FROM journal \
             WHERE practice_id = $1 ORDER BY number DESC LIMIT $2",
        )
        .bind(scope.practice_text())
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await?;
        Ok(rows.into_iter().map(row_of).collect())
    }

    /// Follows the chain from its first row, and holds every entry against it: so rows cut off at the end show too.
    /// The inner `Err` names the first row that does not fit.
    pub async fn verify_journal(&self, scope: &Scope) -> Result<Result<usize, String>, Error> {
        let rows: Vec<RowTuple> = sqlx::query_as(
            "SELECT number, at, account_id, action, subject_kind, subject_id, hash FROM journal \
             WHERE practice_id = $1 ORDER BY number",
        )
        .bind(scope.practice_text())
        .fetch_all(&self.reader)
        .await?;
        let followed = follow(&scope.practice_text(), &rows);
        let Some(entry) = self.entry_without_row(scope).await? else { return Ok(followed) };
        Ok(followed.and(Err(format!("the journal row of entry {entry} is missing"))))
    }

    async fn entry_without_row(&self, scope: &Scope) -> Result<Option<String>, Error> {
        let row: Option<(String,)> = sqlx::query_as(
            "SELECT id FROM entry WHERE practice_id = $1 \
             AND id NOT IN (SELECT subject_id FROM journal WHERE practice_id = $1) ORDER BY recorded_at, id LIMIT 1",
        )
        .bind(scope.practice_text())
        .fetch_optional(&self.reader)
        .await?;
        Ok(row.map(|(id,)| id))
    }
}

fn follow(practice: &str, rows: &[RowTuple]) -> Result<usize, String> {
    let mut before = String::new();
    for (row, expected) in rows.iter().zip(1..) {
        if row.0 != expected {
            return Err(format!("journal row {expected} is missing"));
        }
        if chain(&before, practice, row) != row.6 {
            return Err(format!("journal row {expected} was changed"));
        }
        before.clone_from(&row.6);
    }
    Ok(rows.len())
}

fn row_of(row: RowTuple) -> Row {
    let (number, at, account, action, subject_kind, subject_id, hash) = row;
    Row { number, at: instant(at), account: account.unwrap_or_default(), action, subject_kind, subject_id, hash }
}
