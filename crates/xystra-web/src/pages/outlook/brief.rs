//! The outlook as the episode's page shows it: one measure, and the way to the rest.

use xystra_care::Record;
use xystra_course::outlook::MIN_OBSERVATIONS;

use super::card::Card;
use super::kept::kept;
use super::standing::{self, Note};
use super::{Switch, chosen, path, sentence, switch, words};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;

/// What the card shows.
pub(in crate::pages) struct Brief {
    /// What is to be said of its standing.
    pub(in crate::pages) note: Option<Note>,
    /// The outlook on one measure, when enough was measured for one.
    pub(in crate::pages) told: Option<Told>,
}

/// One measure.
pub(in crate::pages) struct Told {
    pub(in crate::pages) card: Card,
    pub(in crate::pages) switch: Vec<Switch>,
    pub(in crate::pages) verdict: &'static str,
    pub(in crate::pages) class: &'static str,
    pub(in crate::pages) icon: &'static str,
    /// The outlook's own page, on this measure.
    pub(in crate::pages) href: String,
}

/// The outlook on the measure that was asked for, or on the main one. Nothing is said from too few observations: then the page shows the
/// points alone.
pub(in crate::pages) async fn brief(
    app: &App,
    visitor: &Visitor,
    record: &Record,
    wanted: &str,
) -> Result<Brief, WebError> {
    let kept = kept(app, visitor, record).await?;
    let path = path(record.episode);
    let told = kept.told.as_ref().and_then(|told| Some((told, told.about(wanted)?)));
    let told = told.filter(|(_, seen)| seen.series.points.len() >= MIN_OBSERVATIONS).map(|(told, seen)| {
        let choice = chosen(&seen, "");
        let says = sentence(&kept, &seen, choice, record, &visitor.show);
        let (class, icon) = words::mark(seen.said.effect.verdict);
        Told {
            card: Card::of(told, &seen, choice, says, record, &visitor.show),
            switch: switch(told, &seen, &path, "#outlook"),
            verdict: words::verdict(seen.said.effect.verdict),
            class,
            icon,
            href: format!("{path}/outlook?measure={}", seen.said.track),
        }
    });
    let has_points = kept.asked.is_some();
    let note = standing::note(&kept.standing, kept.made_at(), &visitor.show, &path).filter(|_| has_points);
    Ok(Brief { note, told })
}
