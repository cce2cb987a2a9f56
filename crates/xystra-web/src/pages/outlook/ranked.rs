//! The choices in their order, each with its reason; a plan only under a clinician's name.

use xystra_care::Record;
use xystra_care::facts::facts;
use xystra_catalog::catalog;
use xystra_course::proposal::{self, Ranking, rank};

use super::kept::Kept;
use super::words;
use crate::auth::Visitor;
use crate::show::number;

/// What the card shows.
pub(super) struct Ranked {
    pub(super) says: String,
    pub(super) rows: Vec<Row>,
    /// Weeks from now at which they are compared.
    pub(super) weeks: String,
    /// On which outlook it stands, so that what is accepted is what was shown.
    pub(super) outlook: String,
    pub(super) who: String,
}

/// One choice.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: &'static str,
    pub(super) means: String,
    pub(super) reason: String,
    pub(super) given_up: String,
    /// The version it would become; `None` for a choice that is no change of plan.
    pub(super) version: Option<u32>,
}

impl Ranked {
    /// The order, while no rule waits for a decision and the outlook is current.
    pub(super) fn of(kept: &Kept<'_>, visitor: &Visitor, record: &Record) -> Option<Self> {
        let ranking = ranking(kept, visitor, record)?;
        let version = record.plan().ok()?.version + 1;
        let best =
            Row { reason: ranking.reason.clone(), given_up: ranking.given_up.clone(), ..row(&ranking.best, version) };
        let others = ranking.others.iter().map(|one| row(one, version));
        Some(Self {
            says: says(&best),
            rows: [best].into_iter().chain(others).collect(),
            weeks: number(ranking.weeks.round(), 0),
            outlook: kept.told.as_ref()?.foretold.made_from.clone(),
            who: visitor.account.name.clone(),
        })
    }

    /// Is there anything to decide?
    pub(super) fn waits(&self) -> bool {
        self.rows.first().is_some_and(|best| best.version.is_some())
    }
}

/// The ranking of the outlook that is kept; `None` when it may not be followed.
pub(super) fn ranking(kept: &Kept<'_>, visitor: &Visitor, record: &Record) -> Option<Ranking> {
    let facts = facts(record, catalog(), visitor.show.zone(), visitor.now);
    let both = (kept.asked.as_ref()?, &kept.told.as_ref()?.foretold);
    rank(record, &facts, both, catalog(), visitor.now)
}

fn row(ranked: &proposal::Ranked, version: u32) -> Row {
    Row {
        id: ranked.offer.id.clone(),
        name: words::choice(&ranked.offer.id),
        means: ranked.offer.says.clone(),
        reason: ranked.says.clone(),
        given_up: String::new(),
        version: ranked.offer.draft.as_ref().map(|_| version),
    }
}

fn says(best: &Row) -> String {
    match best.id.as_str() {
        "continue" => "Go on as planned: no other choice leads by enough to be worth a change.".to_owned(),
        "stop" => "Stopping comes out first: what more sessions would bring does not outweigh them.".to_owned(),
        _ => format!("{} comes out first: {}.", best.name, best.means.to_lowercase()),
    }
}
