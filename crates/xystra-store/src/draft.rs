//! Drafts: what somebody is still typing, kept on the server within a second of each keystroke.
//!
//! Each save names the revision it continues. A second tab that continues an older one is told, not obeyed.

use jiff::Timestamp;
use sqlx::{Any, AnyConnection, Transaction};

use crate::db::{instant, micros};
use crate::{Error, Scope, Store};

/// What is still being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Counted from 1; each save is one more.
    pub revision: i64,
    /// The browser tab that saved last.
    pub tab: String,
    /// When.
    pub saved_at: Timestamp,
    /// The form's fields, URL-encoded as a browser would post them.
    pub body: String,
}

/// What became of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// It is kept, at this revision.
    At(i64),
    /// Another tab has saved meanwhile; its draft was left as it is.
    Elsewhere(Draft),
}

impl Store {
    /// Keeps a draft that continues `revision` (0: there was none), unless another tab saved meanwhile.
    pub async fn keep_draft(
        &self,
        scope: &Scope,
        form: &str,
        revision: i64,
        tab: &str,
        body: &str,
        now: Timestamp,
    ) -> Result<Kept, Error> {
        let mut change = self.begin(scope).await?;
        let there = read(&mut change, scope, form).await?;
        let at = there.as_ref().map_or(0, |draft| draft.revision);
        if let Some(draft) = there.filter(|draft| draft.revision != revision && draft.tab != tab) {
            return Ok(Kept::Elsewhere(draft));
        }
        sqlx::query(
            "INSERT INTO draft (practice_id, account_id, form, revision, tab, saved_at, body) VALUES ($1, $2, $3, $4, $5, $6, $7) \
             ON CONFLICT (practice_id, account_id, form) DO UPDATE SET revision = $4, tab = $5, saved_at = $6, body = $7",
        )
        .bind(scope.practice_text())
        .bind(scope.author().account.to_string())
        .bind(form)
        .bind(at + 1)
        .bind(tab)
        .bind(micros(now))
        .bind(body)
        .execute(&mut *change)
        .await?;
        change.commit().await?;
        Ok(Kept::At(at + 1))
    }

    /// The draft of a form, if there is one.
    pub async fn draft(&self, scope: &Scope, form: &str) -> Result<Option<Draft>, Error> {
        read(&mut *self.reader.acquire().await?, scope, form).await
    }

    /// Forms with a draft, newest first.
    pub async fn drafts(&self, scope: &Scope) -> Result<Vec<(String, Timestamp)>, Error> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT form, saved_at FROM draft WHERE practice_id = $1 AND account_id = $2 ORDER BY saved_at DESC",
        )
        .bind(scope.practice_text())
        .bind(scope.author().account.to_string())
        .fetch_all(&self.reader)
        .await?;
        Ok(rows.into_iter().map(|(form, at)| (form, instant(at))).collect())
    }

    /// Throws a draft away.
    pub async fn drop_draft(&self, scope: &Scope, form: &str) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        delete(&mut change, scope, form).await?;
        change.commit().await?;
        Ok(())
    }
}

async fn read(connection: &mut AnyConnection, scope: &Scope, form: &str) -> Result<Option<Draft>, Error> {
    let row: Option<(i64, String, i64, String)> = sqlx::query_as(
        "SELECT revision, tab, saved_at, body FROM draft WHERE practice_id = $1 AND account_id = $2 AND form = $3",
    )
    .bind(scope.practice_text())
    .bind(scope.author().account.to_string())
    .bind(form)
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|(revision, tab, saved_at, body)| Draft { revision, tab, saved_at: instant(saved_at), body }))
}

pub(crate) async fn delete(change: &mut Transaction<'_, Any>, scope: &Scope, form: &str) -> Result<(), Error> {
    sqlx::query("DELETE FROM draft WHERE practice_id = $1 AND account_id = $2 AND form = $3")
        .bind(scope.practice_text())
        .bind(scope.author().account.to_string())
        .bind(form)
        .execute(&mut **change)
        .await?;
    Ok(())
}
