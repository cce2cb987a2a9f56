//! Rows by who did it and whom it is about.

use xystra_care::id::{AccountId, ClientId};

use super::{Row, RowTuple, row_of};
use crate::{Error, Scope, Store};

/// Which rows are asked for; all of them without either.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filter {
    /// Who did it.
    pub account: Option<AccountId>,
    /// Whose record it is about: the client, an entry, an episode or a recording.
    pub client: Option<ClientId>,
}

impl Store {
    /// The newest rows before a number that a filter lets through, newest first.
    pub async fn journal_of(
        &self,
        scope: &Scope,
        filter: Filter,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<Row>, Error> {
        let rows: Vec<RowTuple> = sqlx::query_as(
            "SELECT number, at, account_id, action, subject_kind, subject_id, hash FROM journal \
             WHERE practice_id = $1 AND number < $2 AND ($3 = '' OR account_id = $3) AND ($4 = '' \
             OR subject_id LIKE '%' || $4 || '%' \
             OR subject_id IN (SELECT id FROM entry WHERE practice_id = $1 AND client_id = $4) \
             OR subject_id IN (SELECT episode_id FROM entry WHERE practice_id = $1 AND client_id = $4) \
             OR subject_id IN (SELECT id FROM recording WHERE practice_id = $1 AND client_id = $4)) \
             ORDER BY number DESC LIMIT $5",
        )
        .bind(scope.practice_text())
        .bind(before.unwrap_or(i64::MAX))
        .bind(filter.account.map(|id| id.to_string()).unwrap_or_default())
        .bind(filter.client.map(|id| id.to_string()).unwrap_or_default())
        .bind(i64::from(limit))
        .fetch_all(&self.reader)
        .await?;
        Ok(rows.into_iter().map(row_of).collect())
    }
}
