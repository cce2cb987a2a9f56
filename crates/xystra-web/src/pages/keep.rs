//! What pages about one episode share: whose it is, and how a change is kept.

use axum::response::{IntoResponse, Redirect, Response};
use xystra_care::id::{ClientId, EpisodeId};
use xystra_care::{Entry, FieldError, Record};
use xystra_catalog::catalog;
use xystra_store::entries::About;
use xystra_store::{Batch, Saved};

use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;
use crate::form::Form;

/// Whose record a page is about, for its heading and its links.
#[derive(Debug, Clone)]
pub(super) struct Whose {
    pub(super) episode: EpisodeId,
    pub(super) client_id: ClientId,
    pub(super) client: String,
    pub(super) complaint: String,
}

impl Whose {
    pub(super) fn of(record: &Record) -> Self {
        Self {
            episode: record.episode,
            client_id: record.client_id,
            client: record.client.body.name.clone(),
            complaint: record.intake.body.title(catalog()),
        }
    }

    /// What an entry of this record is about.
    pub(super) fn about(&self) -> About {
        About::episode(self.client_id, self.episode)
    }

    /// Whose record an entry of a known episode stands in.
    pub(super) async fn load(app: &App, visitor: &Visitor, episode: Option<EpisodeId>) -> Result<Self, WebError> {
        let episode = episode.ok_or(WebError::NotFound)?;
        let record = app.store().record(&visitor.scope, episode).await?;
        Ok(Self::of(&record))
    }
}

/// Saves a batch and leads on; a form that was posted before leads where it led then.
pub(super) async fn keep(app: &App, visitor: &Visitor, batch: &Batch, location: &str) -> Result<Response, WebError> {
    let saved = app.store().save(&visitor.scope, batch, visitor.now).await?;
    let location = match &saved {
        Saved::Now => location,
        Saved::Before(before) => before,
    };
    Ok(Redirect::to(location).into_response())
}

/// The entry at the version that the form was made from: saving over a later one is a conflict.
pub(super) fn as_seen<T>(entry: Entry<T>, form: &Form) -> Entry<T> {
    let seen = form.get("version").parse().unwrap_or(entry.version);
    Entry { version: seen.min(entry.version), ..entry }
}

/// What is wrong with the reason for a new version.
pub(super) fn reason_error(form: &Form) -> Option<FieldError> {
    let missing = form.get("reason").is_empty();
    missing.then(|| FieldError::new("reason", "a new version needs a reason: say in a few words what changed"))
}
