//! The history of an episode: every version of everything, who wrote it when, and what changed.

mod body;
mod fact;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use xystra_care::id::{EpisodeId, ThreadId};
use xystra_store::records::Line;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::frame::{Frame, Nav};
use crate::pages::keep::Whose;
use crate::routes::Routes;
use crate::show::Show;
use body::Reading;
use fact::{Changed, Fact, changed};

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new().get("/episodes/{episode}/history", history)
}

/// Every version of everything, the newest first.
#[derive(Template)]
#[template(path = "episode/history.html")]
struct History {
    frame: Frame,
    whose: Whose,
    steps: Vec<Choice>,
    lines: Vec<Written>,
    total: usize,
    wanted: String,
}

/// A kind of entry to look at.
struct Choice {
    word: String,
    step: String,
    count: usize,
    is_shown: bool,
}

/// One version of one fact.
struct Written {
    step: String,
    title: String,
    when: String,
    who: String,
    version: u32,
    /// Why it replaced the version before.
    reason: Option<String>,
    /// When it was so, if it was written down later.
    back_dated: Option<String>,
    struck: bool,
    /// What differs from the version before.
    changes: Vec<Changed>,
    facts: Vec<Fact>,
    /// The body as it is kept, where nothing here can read it.
    raw: Option<String>,
}

/// Which kind of entry somebody wants to see.
#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    step: String,
}

async fn history(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    let lines = app.store().history(&visitor.scope, &record).await?;
    let read = Read::of(&lines, &visitor.show);
    let is_wanted = |line: &&Line| wanted.step.is_empty() || line.step == wanted.step;
    page(&History {
        frame: visitor.frame(format!("History, {}", record.client.body.name), Nav::Clients),
        whose: Whose::of(&record),
        steps: choices(&lines, &wanted.step),
        lines: lines.iter().filter(is_wanted).map(|line| read.version(line, &visitor.show)).collect(),
        total: lines.len(),
        wanted: wanted.step,
    })
}

fn choices(lines: &[Line], wanted: &str) -> Vec<Choice> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines {
        *counts.entry(&line.step).or_default() += 1;
    }
    let choice = |(step, count): (&str, usize)| Choice {
        word: body::step_word(step),
        step: step.to_owned(),
        count,
        is_shown: step == wanted,
    };
    counts.into_iter().map(choice).collect()
}

/// Every body in words, to hold a version against the one before.
struct Read(BTreeMap<(ThreadId, u32), Reading>);

impl Read {
    fn of(lines: &[Line], show: &Show) -> Self {
        let readings = lines.iter().filter_map(|line| {
            let reading = body::read(&line.step, &line.entry.body, show)?;
            Some(((line.entry.thread, line.entry.version), reading))
        });
        Self(readings.collect())
    }

    fn version(&self, line: &Line, show: &Show) -> Written {
        let entry = &line.entry;
        let reading = self.0.get(&(entry.thread, entry.version));
        let before = entry.version.checked_sub(1).and_then(|version| self.0.get(&(entry.thread, version)));
        let facts = reading.map(|reading| reading.facts.clone()).unwrap_or_default();
        Written {
            step: body::step_word(&line.step),
            title: reading.map(|reading| reading.title.clone()).unwrap_or_default(),
            when: show.moment(entry.recorded_at),
            who: entry.author.name.clone(),
            version: entry.version,
            reason: entry.reason.clone(),
            back_dated: entry.is_back_dated().then(|| show.moment(entry.happened_at)),
            struck: entry.struck,
            changes: before.map(|before| changed(&before.facts, &facts)).unwrap_or_default(),
            raw: reading.is_none().then(|| serde_json::to_string_pretty(&entry.body).unwrap_or_default()),
            facts,
        }
    }
}
