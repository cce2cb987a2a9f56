//! The measured doses of a record's sessions.

use std::collections::BTreeMap;

use xystra_care::Entry;
use xystra_care::id::RecordingId;
use xystra_care::session::Session;
use xystra_course::dosing::recording_of;
use xystra_dose::Dose;
use xystra_store::Error;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;
use crate::pages::recording::dose_of;

/// By recording of these sessions, what the sensor saw; a recording that yields no honest dose is left out.
pub(in crate::pages) async fn measured(
    app: &App,
    visitor: &Visitor,
    sessions: &[&Entry<Session>],
) -> Result<BTreeMap<RecordingId, Dose>, WebError> {
    let mut doses = BTreeMap::new();
    for id in recordings(sessions) {
        let recording = match app.store().recording(&visitor.scope, id).await {
            Ok(recording) => recording,
            Err(Error::NotFound) => continue,
            Err(error) => return Err(error.into()),
        };
        if let Some(dose) = dose_of(app, visitor, &recording).await? {
            doses.insert(id, dose);
        }
    }
    Ok(doses)
}

fn recordings(sessions: &[&Entry<Session>]) -> impl Iterator<Item = RecordingId> {
    sessions.iter().flat_map(|entry| entry.body.done()).filter_map(recording_of)
}
