//! The outlook as the client may see it: one plain sentence and one band, without a promise.

use xystra_care::Record;
use xystra_catalog::catalog;
use xystra_course::outlook::{Foretold, MIN_OBSERVATIONS, key, outlooks, spoken};
use xystra_store::Scope;

use super::band::plain;
use super::told::Told;
use crate::app::App;
use crate::error::WebError;
use crate::show::Show;

/// What the page shows.
pub(in crate::pages) struct Plainly {
    pub(in crate::pages) label: String,
    pub(in crate::pages) unit: String,
    pub(in crate::pages) says: String,
    /// The drawing, wide and narrow.
    pub(in crate::pages) svg: String,
    /// Until when the record was known.
    pub(in crate::pages) as_of: String,
}

/// The outlook on the main measure; nothing while too little was measured, or after the end.
pub(in crate::pages) async fn plainly(
    app: &App,
    scope: &Scope,
    record: &Record,
    show: &Show,
) -> Result<Option<Plainly>, WebError> {
    if record.closed().is_some() {
        return Ok(None);
    }
    let held = app.store().outlook_of::<Foretold>(scope, record.episode).await?;
    Ok(held.and_then(|held| of(&Told::new(record, held.body, held.made_at), record, show)))
}

fn of(told: &Told<'_>, record: &Record, show: &Show) -> Option<Plainly> {
    let seen = told.about("")?;
    let outlooks = outlooks(record, catalog(), show.zone());
    let outlook = outlooks.iter().find(|outlook| outlook.label == seen.series.label)?;
    if seen.series.points.len() < MIN_OBSERVATIONS {
        return None;
    }
    let says = spoken(&told.foretold, outlook, &key(seen.series))?.client;
    Some(Plainly {
        label: seen.series.label.clone(),
        unit: seen.unit().to_owned(),
        svg: plain(told, &seen, &says, show),
        as_of: show.date(told.foretold.as_of),
        says,
    })
}
