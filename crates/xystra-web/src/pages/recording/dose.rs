//! The dose of a recording: computed from its bytes and kept beside them, one for each version of the method.

use xystra_course::dosing::{analyse_recording, kept_dose};
use xystra_dose::read::Reading;
use xystra_dose::{Analysis, Dose, Error, Options};
use xystra_store::recording::Recording;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;

/// The program that computes them.
pub(in crate::pages) const PROGRAM: &str = env!("CARGO_PKG_VERSION");

/// Analyses away from the threads that answer requests; gives the bytes back.
pub(in crate::pages) async fn analysed(
    name: &str,
    bytes: Vec<u8>,
    reading: &Reading,
    options: Options,
) -> (Vec<u8>, Result<Analysis, Error>) {
    let (name, reading) = (name.to_owned(), reading.clone());
    let work = move || {
        let analysis = analyse_recording(&name, &bytes, &reading, &options);
        (bytes, analysis)
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
}

/// Keeps the dose of a recording.
pub(in crate::pages) async fn keep_dose(
    app: &App,
    visitor: &Visitor,
    recording: &Recording,
    dose: &Dose,
) -> Result<(), WebError> {
    Ok(app.store().keep_dose(&visitor.scope, recording, dose, PROGRAM, visitor.now).await?)
}

/// The dose as it was computed last.
pub(in crate::pages) async fn known_dose(
    app: &App,
    visitor: &Visitor,
    recording: &Recording,
) -> Result<Option<Dose>, WebError> {
    let results = app.store().doses_of(&visitor.scope, recording.id).await?;
    let mut ours = results.iter().filter(|result| result.made_from == recording.sha256);
    Ok(ours.find_map(|result| kept_dose(&result.body)))
}

/// The dose, computed if no method did so before; `None` when the recording yields no honest one. A dose of an older method
/// stands until it is computed again on purpose.
pub(in crate::pages) async fn dose_of(
    app: &App,
    visitor: &Visitor,
    recording: &Recording,
) -> Result<Option<Dose>, WebError> {
    if let Some(dose) = known_dose(app, visitor, recording).await? {
        return Ok(Some(dose));
    }
    let bytes = app.store().recording_bytes(&visitor.scope, recording.id).await?;
    let (_, analysis) = analysed(&recording.name, bytes, &recording.reading, Options::default()).await;
    let Ok(analysis) = analysis else { return Ok(None) };
    keep_dose(app, visitor, recording, &analysis.dose).await?;
    Ok(Some(analysis.dose))
}
