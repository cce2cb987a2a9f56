//! The end of an episode.

use axum::extract::{Path, State};
use axum::response::Response;
use xystra_care::decision::{Decision, Ending};
use xystra_care::id::EpisodeId;
use xystra_care::{FieldError, Record};
use xystra_store::Batch;
use xystra_store::entries::About;

use super::{Episode, Forms, Wanted, path};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, refused_page};
use crate::form::{Form, Posted};
use crate::pages::keep::keep;
use crate::show::Show;

/// How it ended.
pub(super) struct Closed {
    pub(super) day: String,
    pub(super) who: String,
    pub(super) ending: &'static str,
    pub(super) summary: String,
}

/// What a form posts and a person reads.
pub(super) const ENDINGS: [(&str, &str); 4] = [
    ("goal-met", "Goal met"),
    ("no-response", "It helped no further"),
    ("referred", "Referred"),
    ("client-stopped", "The client stopped"),
];

/// In words.
pub(in crate::pages) fn ending(ending: Ending) -> &'static str {
    match ending {
        Ending::GoalMet => ENDINGS[0].1,
        Ending::NoResponse => ENDINGS[1].1,
        Ending::Referred => ENDINGS[2].1,
        Ending::ClientStopped => ENDINGS[3].1,
    }
}

/// Under which key the draft is kept.
pub(super) fn key(episode: EpisodeId) -> String {
    format!("close:{episode}")
}

/// How and when the episode ended, if it did.
pub(super) fn closed(show: &Show, record: &Record) -> Option<Closed> {
    let entry = record.closed()?;
    let Decision::Closed { outcome, summary } = &entry.body else { return None };
    Some(Closed {
        day: show.date(entry.happened_at),
        who: entry.author.name.clone(),
        ending: ending(*outcome),
        summary: summary.clone(),
    })
}

/// `POST /episodes/{episode}/close`: the episode ends, how, and in a few words.
pub(super) async fn close(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    posted: Posted,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let location = path(episode);
    if record.closed().is_some() {
        return keep(&app, &visitor, &Batch::default(), &location).await;
    }
    let Ok(decision) = read(&posted.form, &visitor.show, &record) else {
        return refuse(&app, &visitor, &record, posted.form).await;
    };
    let mut batch = Batch::once(posted.operation, &location).and_forget_draft(key(episode));
    batch.add(About::episode(record.client_id, episode), visitor.now, &decision);
    keep(&app, &visitor, &batch, &location).await
}

fn read(form: &Form, show: &Show, record: &Record) -> Result<Decision, Vec<FieldError>> {
    let mut reader = form.reader(show.zone());
    let outcome = reader.choice::<Ending>("outcome");
    let outcome = reader.need("outcome", outcome, "choose how it ended");
    let summary = reader.text("summary");
    if let Some(open) = record.open_session() {
        reader.wrong("outcome", format!("session {} is under way: finish it first", open.body.number));
    }
    let errors = reader.errors();
    match outcome {
        Some(outcome) if errors.is_empty() => Ok(Decision::Closed { outcome, summary }),
        _ => Err(errors),
    }
}

async fn refuse(app: &App, visitor: &Visitor, record: &Record, form: Form) -> Result<Response, WebError> {
    let errors = read(&form, &visitor.show, record).err().unwrap_or_default();
    let form = form.refused(errors).keyed(key(record.episode));
    let forms = Forms { close: form, ..Forms::drafted(app, visitor, record.episode).await? };
    refused_page(&Episode::of(app, visitor, record, &Wanted::default(), forms).await?)
}
