//! The outlook that is kept of a record, beside the record as it is now.

use jiff::Timestamp;
use xystra_care::Record;
use xystra_catalog::catalog;
use xystra_course::dosing::kept_dose;
use xystra_course::outlook::case::{Doses, recordings};
use xystra_course::outlook::{Asked, Foretold, Scores, ask, key, outlooks, spoken};
use xystra_store::job::Job;

use super::standing::Standing;
use super::told::{Seen, Told};
use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;
use crate::show::Show;

/// What is known.
pub(in crate::pages) struct Kept<'a> {
    pub(super) standing: Standing,
    /// The last that was worked out.
    pub(super) told: Option<Told<'a>>,
    /// The record as the virtual clients know it now.
    pub(super) asked: Option<Asked>,
    /// How earlier outlooks on this record did.
    pub(super) scores: Scores,
    /// Why there is none.
    pub(super) nothing: String,
}

/// Reads it, and whether it is current.
pub(in crate::pages) async fn kept<'a>(app: &App, visitor: &Visitor, record: &'a Record) -> Result<Kept<'a>, WebError> {
    let doses = doses(app, visitor, record).await?;
    let asked = match ask(record, &doses, catalog(), visitor.show.zone(), visitor.now) {
        Ok(asked) => asked,
        Err(why) => return Ok(Kept::none(crate::show::capital(&format!("{why}.")))),
    };
    let last = app.store().outlook_of::<Foretold>(&visitor.scope, record.episode).await?;
    let waits = app.store().outlook_awaited(&visitor.scope, record.episode).await?;
    let scores = app.store().outlook_scores_of(&visitor.scope, record.episode).await?;
    let is_current = last.as_ref().is_some_and(|held| held.body.made_from == asked.made_from);
    if !is_current && waits.is_none() && record.closed().is_none() {
        app.store().want_outlook(&visitor.scope, record.episode, visitor.now).await?;
    }
    Ok(Kept {
        standing: if is_current { Standing::Current } else { coming(waits) },
        nothing: if last.is_some() { String::new() } else { COMING.to_owned() },
        told: last.map(|held| Told::new(record, held.body, held.made_at)),
        scores: scores.map(|held| held.body).unwrap_or_default(),
        asked: Some(asked),
    })
}

const COMING: &str = "The virtual clients are being weighed by what was observed. What they say will stand here.";

/// The doses that were kept of the recordings, as whoever makes outlooks takes them.
async fn doses(app: &App, visitor: &Visitor, record: &Record) -> Result<Doses, WebError> {
    let mut doses = Doses::new();
    for recording in recordings(record) {
        let kept = app.store().doses_of(&visitor.scope, recording).await?;
        doses.extend(kept.iter().find_map(|result| kept_dose(&result.body)).map(|dose| (recording, dose)));
    }
    Ok(doses)
}

/// A newer one comes, or was tried in vain.
fn coming(waits: Option<Job>) -> Standing {
    waits.and_then(|job| job.problem).map_or(Standing::Coming, Standing::Failed)
}

impl Kept<'_> {
    fn none(nothing: String) -> Self {
        Self { standing: Standing::Current, told: None, asked: None, scores: Scores::default(), nothing }
    }

    /// When the outlook was worked out.
    pub(super) fn made_at(&self) -> Option<Timestamp> {
        self.told.as_ref().map(|told| told.made_at)
    }

    /// The plain sentence about one measure and the choice that goes on by itself.
    pub(super) fn sentence(&self, seen: &Seen<'_>, record: &Record, show: &Show) -> Option<String> {
        let outlooks = outlooks(record, catalog(), show.zone());
        let place = outlooks.iter().position(|outlook| outlook.label == seen.series.label)?;
        let told = self.told.as_ref()?;
        Some(spoken(&told.foretold, &outlooks[place], &key(seen.series))?.therapist)
    }
}
