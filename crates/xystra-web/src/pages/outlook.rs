//! The outlook: what virtual clients who fit this one's observations say of it, what each choice would likely do, and what nobody can
//! tell yet.

mod accept;
mod band;
mod brief;
mod card;
mod choices;
mod designs;
mod effect;
mod kept;
mod plainly;
mod ranked;
mod report;
mod says;
mod scores;
mod standing;
mod told;
mod what_if;
mod words;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use xystra_care::Record;
use xystra_care::id::EpisodeId;

use super::keep::Whose;
use crate::app::App;
use crate::auth::Visitor;
use crate::error::{WebError, page};
use crate::form::Form;
use crate::frame::{Frame, Nav};
use crate::routes::Routes;
use crate::show::Show;
pub(super) use brief::{Brief, brief};
use card::Card;
use choices::Choices;
use designs::Way;
use effect::Account;
use kept::{Kept, kept};
pub(super) use plainly::{Plainly, plainly};
use ranked::Ranked;
pub(super) use scores::Scores;
use standing::Note;
use told::{Seen, Told};

/// The way to the pages of this module.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/episodes/{episode}/outlook", show)
        .post("/episodes/{episode}/outlook/accept", accept::accept)
        .get("/episodes/{episode}/what-if", what_if::show)
        .get("/episodes/{episode}/what-if/answer", what_if::answer)
        .get("/episodes/{episode}/report", report::show)
}

#[derive(Template)]
#[template(path = "outlook/page.html")]
struct Page {
    frame: Frame,
    whose: Whose,
    /// The address of the episode.
    path: String,
    note: Option<Note>,
    told: Option<Shown>,
    /// Said when there is nothing to look out on.
    nothing: String,
    form: Form,
}

/// The outlook on one measure, and what follows from it.
struct Shown {
    path: String,
    measure: String,
    choice: String,
    switch: Vec<Switch>,
    card: Card,
    choices: Choices,
    /// How far the choice and stopping end apart.
    apart: String,
    bruise: String,
    account: Account,
    ways: Vec<Way>,
    ranked: Option<Ranked>,
    scores: Option<Scores>,
}

/// A measure to look at.
pub(super) struct Switch {
    pub(super) label: String,
    pub(super) href: String,
    pub(super) is_shown: bool,
}

/// Which measure and which choice are looked at.
#[derive(Debug, Default, Deserialize)]
struct Wanted {
    #[serde(default)]
    measure: String,
    #[serde(default)]
    choice: String,
}

async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(episode): Path<EpisodeId>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, WebError> {
    let record = app.store().record(&visitor.scope, episode).await?;
    page(&Page::of(&app, &visitor, &record, &wanted, Form::new()).await?)
}

impl Page {
    async fn of(app: &App, visitor: &Visitor, record: &Record, wanted: &Wanted, form: Form) -> Result<Self, WebError> {
        let path = path(record.episode);
        let kept = kept(app, visitor, record).await?;
        let here = format!("{path}/outlook");
        Ok(Self {
            frame: visitor.frame("Outlook", Nav::Clients),
            whose: Whose::of(record),
            note: standing::note(&kept.standing, kept.made_at(), &visitor.show, &here),
            told: Shown::of(&kept, visitor, record, wanted),
            nothing: kept.nothing.clone(),
            form,
            path,
        })
    }
}

impl Shown {
    fn of(kept: &Kept<'_>, visitor: &Visitor, record: &Record, wanted: &Wanted) -> Option<Self> {
        let (told, show) = (kept.told.as_ref()?, &visitor.show);
        let seen = told.about(&wanted.measure)?;
        let choice = chosen(&seen, &wanted.choice);
        let sentence = sentence(kept, &seen, choice, record, show);
        Some(Self {
            path: path(record.episode),
            measure: seen.said.track.clone(),
            switch: switch(told, &seen, &format!("{}/outlook", path(record.episode)), ""),
            card: Card::of(told, &seen, choice, sentence, record, show),
            choices: Choices::of(told, &seen, show),
            apart: says::apart(told, &seen, choice, show),
            bruise: says::bruise(told),
            account: Account::of(&seen),
            ways: designs::ways(told, record),
            ranked: Ranked::of(kept, visitor, record),
            scores: Scores::of([&kept.scores]),
            choice: choice.to_owned(),
        })
    }

    /// Is this the choice that is drawn large?
    fn is_shown(&self, choice: &str) -> bool {
        self.choice == choice
    }

    /// The page with another choice.
    fn href(&self, choice: &str) -> String {
        format!("{}/outlook?measure={}&choice={choice}#likely", self.path, self.measure)
    }
}

/// What is said of a choice: of the one that goes on by itself, what can be said of the treatment as well.
fn sentence(kept: &Kept<'_>, seen: &Seen<'_>, choice: &str, record: &Record, show: &Show) -> String {
    let first = chosen(seen, "") == choice;
    let spoken = kept.sentence(seen, record, show).filter(|_| first);
    spoken.or_else(|| Some(says::ahead(kept.told.as_ref()?, seen, choice, show))).unwrap_or_default()
}

/// The choice that was asked for, or the first.
fn chosen<'a>(seen: &Seen<'a>, wanted: &str) -> &'a str {
    let ahead = &seen.said.ahead;
    let choice = ahead.iter().find(|ahead| ahead.choice == wanted).or_else(|| ahead.first());
    choice.map(|ahead| ahead.choice.as_str()).unwrap_or_default()
}

/// Every measure, with its address.
fn switch(told: &Told<'_>, shown: &Seen<'_>, at: &str, place: &str) -> Vec<Switch> {
    let one = |seen: Seen<'_>| Switch {
        label: seen.series.label.clone(),
        href: format!("{at}?measure={}{place}", seen.said.track),
        is_shown: seen.said.track == shown.said.track,
    };
    told.seen().map(one).collect()
}

/// The address of an episode.
fn path(episode: EpisodeId) -> String {
    format!("/episodes/{episode}")
}
