//! The journal: who saw or did what to which record, chained so that a changed, dropped or moved row shows.
//!
//! It holds ids and words of ours, never health content.

mod anchor;
mod filter;
mod note;
mod verify;

use jiff::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::{Any, Transaction};

pub(crate) use anchor::anchors_of;
pub use filter::Filter;
pub(crate) use note::Notes;

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
    /// What: `add`, `amend`, `read`, `sign-in`, `backup` and so on.
    pub action: String,
    /// To what kind of thing.
    pub subject_kind: String,
    /// To which; several ids stand apart by a space.
    pub subject_id: String,
    /// SHA-256 over the row before and this one, hexadecimal.
    pub hash: String,
}

type RowTuple = (i64, i64, Option<String>, String, String, String, String);

/// What a row tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Act {
    pub(crate) account: String,
    pub(crate) action: &'static str,
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) at: Timestamp,
}

impl Act {
    /// What the person of a scope does.
    pub(crate) fn of(scope: &Scope, action: &'static str, kind: &str, id: &str, at: Timestamp) -> Self {
        let account = scope.author().account.to_string();
        Self { account, action, kind: kind.to_owned(), id: id.to_owned(), at }
    }
}

/// The end of a practice's chain, within a change that goes on with it.
#[derive(Debug)]
pub(crate) struct Chain {
    practice: String,
    number: i64,
    hash: String,
}

impl Chain {
    /// The chain as it stands. The change holds the practice's write lock, so nobody else goes on with it meanwhile.
    pub(crate) async fn of(change: &mut Transaction<'_, Any>, practice: &str) -> Result<Self, Error> {
        let last: Option<(i64, String)> =
            sqlx::query_as("SELECT number, hash FROM journal WHERE practice_id = $1 ORDER BY number DESC LIMIT 1")
                .bind(practice)
                .fetch_optional(&mut **change)
                .await?;
        let (number, hash) = last.unwrap_or_default();
        Ok(Self { practice: practice.to_owned(), number, hash })
    }

    /// Adds a row.
    pub(crate) async fn add(&mut self, change: &mut Transaction<'_, Any>, act: Act) -> Result<(), Error> {
        let row: RowTuple = (
            self.number + 1,
            micros(act.at),
            Some(act.account),
            act.action.to_owned(),
            act.kind,
            act.id,
            String::new(),
        );
        let hash = link(&self.hash, &self.practice, &row);
        sqlx::query(
            "INSERT INTO journal (practice_id, number, at, account_id, action, subject_kind, subject_id, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        )
        .bind(&self.practice)
        .bind(row.0)
        .bind(row.1)
        .bind(row.2)
        .bind(row.3)
        .bind(row.4)
        .bind(row.5)
        .bind(&hash)
        .execute(&mut **change)
        .await?;
        (self.number, self.hash) = (self.number + 1, hash);
        Ok(())
    }
}

/// Writes one row within the change that it tells of: both are kept, or neither.
pub(crate) async fn write(
    change: &mut Transaction<'_, Any>,
    scope: &Scope,
    action: &'static str,
    subject_kind: &str,
    subject_id: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let mut chain = Chain::of(change, &scope.practice_text()).await?;
    chain.add(change, Act::of(scope, action, subject_kind, subject_id, now)).await
}

/// The hash of a row. Fields are joined by the unit separator, which none of them contains.
fn link(before: &str, practice: &str, row: &RowTuple) -> String {
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
    /// The newest rows before a number, newest first.
    pub async fn journal(&self, scope: &Scope, before: Option<i64>, limit: u32) -> Result<Vec<Row>, Error> {
        let rows: Vec<RowTuple> = sqlx::query_as(
            "SELECT number, at, account_id, action, subject_kind, subject_id, hash FROM journal \
             WHERE practice_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3",
        )
        .bind(scope.practice_text())
        .bind(before.unwrap_or(i64::MAX))
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await?;
        Ok(rows.into_iter().map(row_of).collect())
    }
}

pub(crate) fn row_of(row: RowTuple) -> Row {
    let (number, at, account, action, subject_kind, subject_id, hash) = row;
    Row { number, at: instant(at), account: account.unwrap_or_default(), action, subject_kind, subject_id, hash }
}
