//! What if it were another plan: the kept virtual clients answer while somebody slides.

mod answer;
mod settings;

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::response::{Html, IntoResponse, Response};
use xystra_care::Record;
use xystra_care::facts::facts;
use xystra_care::id::EpisodeId;
use xystra_care::plan::Draft;
use xystra_catalog::catalog;
use xystra_course::outlook::choices::allowed;
use xystra_course::outlook::{KeptClients, what_if};

use super::kept::{Kept, kept};
use super::path;
use super::standing::{self, Note, Standing};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use crate::pages::keep::Whose;
use crate::pages::lab::kept::Kept as Answers;
use crate::pages::lab::worked_out;
use answer::Answer;
use settings::Settings;

#[derive(Template)]
#[template(path = "outlook/what_if.html")]
struct Page {
    frame: Frame,
    whose: Whose,
    path: String,
    note: Option<Note>,
    settings: Option<Settings>,
    answer: Arc<String>,
    /// Why nothing can be asked.
    nothing: String,
}

/// Answers by outlook and settings: sliding back and forth asks nobody twice.
static ANSWERS: Answers<String> = Answers::new();

/// `GET /episodes/{episode}/what-if`.
pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let kept = kept(&app, &visitor, &record).await?;
    let path = path(episode);
    let note = standing::note(&kept.standing, kept.made_at(), &visitor.show, &format!("{path}/what-if"));
    let (asked, nothing) = match question(&kept, &visitor, &record, &query.unwrap_or_default()) {
        Ok(question) => (Some(question), String::new()),
        Err(nothing) => (None, nothing),
    };
    let answer = match &asked {
        Some((settings, draft)) => answered(&app, &visitor, &record, &kept, (settings, draft)).await?,
        None => Arc::default(),
    };
    page(&Page {
        frame: visitor.frame("What if", Nav::Clients),
        whose: Whose::of(&record),
        note,
        settings: asked.map(|(settings, _)| settings),
        answer,
        nothing,
        path,
    })
}

/// `GET /episodes/{episode}/what-if/answer`: the part of the page that follows the sliders.
pub(super) async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let kept = kept(&app, &visitor, &record).await?;
    let Ok((settings, draft)) = question(&kept, &visitor, &record, &query.unwrap_or_default()) else {
        return Ok(Html(String::new()).into_response());
    };
    let answer = answered(&app, &visitor, &record, &kept, (&settings, &draft)).await?;
    Ok(Html(answer.as_str().to_owned()).into_response())
}

/// What is asked: only of a current outlook, and only of a plan that the rules let be followed.
fn question(kept: &Kept<'_>, visitor: &Visitor, record: &Record, query: &str) -> Result<(Settings, Draft), String> {
    if kept.told.is_none() {
        return Err(kept.nothing.clone());
    }
    if kept.standing != Standing::Current {
        return Err(
            "The virtual clients are being weighed anew with what came since; then they can be asked.".to_owned()
        );
    }
    let facts = facts(record, catalog(), visitor.show.zone(), visitor.now);
    let allowed = allowed(record, &facts, catalog(), visitor.now).ok_or_else(|| {
        "Nothing may be treated now: there is no plan in force that the safety rules allow.".to_owned()
    })?;
    let settings = Settings::read(query, record, &allowed.draft);
    let draft = settings.draft(&allowed.draft, record.finished_sessions().len());
    Ok((settings, draft))
}

async fn answered(
    app: &App,
    visitor: &Visitor,
    record: &Record,
    kept: &Kept<'_>,
    (settings, draft): (&Settings, &Draft),
) -> Result<Arc<String>, WebError> {
    let (Some(asked), Some(told)) = (&kept.asked, &kept.told) else { return Ok(Arc::default()) };
    let key = format!("{}:{}:{}", record.episode, asked.made_from, settings.words());
    if let Some(known) = ANSWERS.known(&key) {
        return Ok(known);
    }
    let Some(held) = app.store().outlook_clients_of::<KeptClients>(&visitor.scope, record.episode).await? else {
        return Ok(Arc::default());
    };
    let (question, clients, plan, record_of) = (asked.clone(), held.body, draft.clone(), record.clone());
    let thought = worked_out(move || Ok(what_if(&record_of, &question, &clients, &plan, catalog())?)).await?;
    let answer = Answer::of(told, &thought, draft, record, visitor).render()?;
    ANSWERS.get(&key, || Ok(answer))
}
