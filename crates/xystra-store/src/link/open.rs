//! What somebody who holds a link may reach: the record it was made for, and its form, once.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use xystra_care::Record;
use xystra_care::appointment::Appointment;
use xystra_care::entry::Entry;
use xystra_care::measurement::Measurement;
use xystra_care::practice::Practice;
use xystra_care::response::Checkin;

use super::{Kind, Link, Row, link_of};
use crate::db::micros;
use crate::entries::About;
use crate::{Batch, Error, Store};

/// Within this time a page that is opened again is the same opening.
const SAME_OPENING: SignedDuration = SignedDuration::from_mins(15);

/// What stands behind a link.
#[derive(Debug, Clone)]
pub struct Behind {
    /// The practice's own ways.
    pub practice: Practice,
    /// The complaint that the link was made for.
    pub record: Arc<Record>,
    /// The client's appointments, oldest first.
    pub appointments: Vec<Entry<Appointment>>,
}

impl Store {
    /// The link behind a secret's hash, however it stands; `None` when nobody made it or it was taken back.
    pub async fn link(&self, hash: &str) -> Result<Option<Link>, Error> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT practice_id, token_hash, kind, client_id, episode_id, session_id, made_by, created_at, ends_at, used_at \
             FROM link WHERE token_hash = $1",
        )
        .bind(hash)
        .fetch_optional(&self.reader)
        .await?;
        row.map(link_of).transpose()
    }

    /// What stands behind a link. Not found when the client, the complaint or the session was struck out since.
    pub async fn behind(&self, link: &Link) -> Result<Behind, Error> {
        let scope = link.scope();
        let record = self.record(&scope, link.episode).await?;
        let is_struck = |session| record.sessions.iter().any(|entry| entry.thread == session && entry.struck);
        if record.client.struck || record.intake.struck || link.session.is_some_and(is_struck) {
            return Err(Error::NotFound);
        }
        let appointments = self.of_client(&scope, record.client_id).await?;
        Ok(Behind { practice: self.practice(&scope).await?, record, appointments })
    }

    /// Notes that a client's page was opened by its link, once in a quarter of an hour.
    pub async fn note_opened(&self, link: &Link, now: Timestamp) -> Result<(), Error> {
        let scope = link.scope();
        let mut change = self.begin(&scope).await?;
        let noted = sqlx::query(
            "UPDATE link SET used_at = $3 WHERE practice_id = $1 AND token_hash = $2 AND (used_at IS NULL OR used_at <= $4)",
        )
        .bind(scope.practice_text())
        .bind(&link.hash)
        .bind(micros(now))
        .bind(micros(now - SAME_OPENING))
        .execute(&mut *change)
        .await?;
        if noted.rows_affected() > 0 {
            crate::journal::write(&mut change, &scope, "open-link", "client", &link.client.to_string(), now).await?;
        }
        self.commit(&scope, change).await
    }

    /// Keeps what a client sent with a check-in's link, and uses the link up in the same change. `false`, and nothing is kept,
    /// when it was used, taken back or over already.
    pub async fn answer(
        &self,
        link: &Link,
        checkin: &Checkin,
        measured: Option<&Measurement>,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let scope = link.scope();
        if link.kind == Kind::Page || link.session != Some(checkin.session) {
            return Err(Error::NotFound);
        }
        let record = self.behind(link).await?.record;
        let about = About::episode(record.client_id, record.episode);
        let mut batch = Batch::default();
        batch.add(about, checkin.at, checkin);
        if let Some(measured) = measured {
            batch.add(about, checkin.at, measured);
        }
        let mut change = self.begin(&scope).await?;
        let used = sqlx::query(
            "UPDATE link SET used_at = $3 WHERE practice_id = $1 AND token_hash = $2 AND used_at IS NULL AND ends_at > $3",
        )
        .bind(scope.practice_text())
        .bind(&link.hash)
        .bind(micros(now))
        .execute(&mut *change)
        .await?;
        if used.rows_affected() == 0 {
            return Ok(false);
        }
        crate::entries::write(&mut change, &scope, &batch, now).await?;
        crate::journal::write(&mut change, &scope, "use-link", "client", &record.client_id.to_string(), now).await?;
        self.commit(&scope, change).await?;
        self.wake.notify_one();
        Ok(true)
    }
}
