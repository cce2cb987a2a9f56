//! The dose of a recording: computed from its bytes, kept beside them, and made again by a newer program.

use xystra_course::dosing::analyse_recording;
use xystra_dose::{Analysis, Dose, Error, Options};
use xystra_store::derived::Making;
use xystra_store::recording::Recording;

use crate::app::App;
use crate::auth::Visitor;
use crate::error::WebError;

/// Under which word doses are kept.
const KIND: &str = "dose";
/// The program that computes them.
pub(in crate::pages) const PROGRAM: &str = env!("CARGO_PKG_VERSION");

fn making<'a>(recording: &'a Recording, subject: &'a str) -> Making<'a> {
    Making { subject, kind: KIND, client: recording.client, made_from: &recording.sha256, program: PROGRAM }
}

/// Analyses away from the threads that answer requests; gives the bytes back.
pub(in crate::pages) async fn analysed(
    name: &str,
    bytes: Vec<u8>,
    options: Options,
) -> (Vec<u8>, Result<Analysis, Error>) {
    let name = name.to_owned();
    let work = move || {
        let analysis = analyse_recording(&name, &bytes, &options);
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
    let subject = recording.id.to_string();
    Ok(app.store().derive(&visitor.scope, &making(recording, &subject), dose, visitor.now).await?)
}

/// The dose as this program computed it before.
pub(in crate::pages) async fn known_dose(
    app: &App,
    visitor: &Visitor,
    recording: &Recording,
) -> Result<Option<Dose>, WebError> {
    let subject = recording.id.to_string();
    Ok(app.store().derived(&visitor.scope, &making(recording, &subject)).await?)
}

/// The dose, computed again when another version made it; `None` when the recording yields no honest one.
pub(in crate::pages) async fn dose_of(
    app: &App,
    visitor: &Visitor,
    recording: &Recording,
) -> Result<Option<Dose>, WebError> {
    if let Some(dose) = known_dose(app, visitor, recording).await? {
        return Ok(Some(dose));
    }
    let bytes = app.store().recording_bytes(&visitor.scope, recording.id).await?;
    let (_, analysis) = analysed(&recording.name, bytes, Options::default()).await;
    let Ok(analysis) = analysis else { return Ok(None) };
    keep_dose(app, visitor, recording, &analysis.dose).await?;
    Ok(Some(analysis.dose))
}
