//! How files of a tool are read that do not say all themselves: what a person said once is tried first the next time.

use jiff::Timestamp;
use xystra_dose::read::Reading;

use crate::db::micros;
use crate::entries::json;
use crate::{Error, Scope, Store};

impl Store {
    /// What was said of this tool's files; `None` when nothing was.
    pub async fn tool_reading(&self, scope: &Scope, tool: &str) -> Result<Option<Reading>, Error> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT reading FROM tool_reading WHERE practice_id = $1 AND tool = $2")
                .bind(scope.practice_text())
                .bind(tool)
                .fetch_optional(&self.reader)
                .await?;
        row.map(|(text,)| read(tool, &text)).transpose()
    }

    /// Keeps what was said of this tool's files, in place of what was said before.
    pub async fn keep_tool_reading(
        &self,
        scope: &Scope,
        tool: &str,
        reading: &Reading,
        now: Timestamp,
    ) -> Result<(), Error> {
        let mut change = self.begin(scope).await?;
        sqlx::query(
            "INSERT INTO tool_reading (practice_id, tool, reading, saved_by, saved_at) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (practice_id, tool) DO UPDATE SET reading = excluded.reading, saved_by = excluded.saved_by, \
             saved_at = excluded.saved_at",
        )
        .bind(scope.practice_text())
        .bind(tool)
        .bind(json(reading))
        .bind(&scope.author().name)
        .bind(micros(now))
        .execute(&mut *change)
        .await?;
        crate::journal::write(&mut change, scope, "keep-reading", "practice", &scope.practice_text(), now).await?;
        change.commit().await?;
        Ok(())
    }
}

/// A reading as it is kept.
pub(crate) fn read(id: &str, text: &str) -> Result<Reading, Error> {
    serde_json::from_str(text).map_err(|reason| Error::Unreadable {
        id: id.to_owned(),
        step: "reading".to_owned(),
        reason: reason.to_string(),
    })
}
