//! `xystra dose --session ID`: what a session of the record delivered, region by region, and how each number is known. It
//! needs no recording: where nobody measured, the clinician's band or the published clinicians stand in, with their doubt.

use anyhow::{Context, bail};
use jiff::Timestamp;
use serde::Serialize;
use xystra_care::id::ThreadId;
use xystra_care::session::{Application, Session};
use xystra_catalog::catalog;
use xystra_course::dosing::{Basis, analyse_recording, applied, kept_dose, recording_of};
use xystra_dose::{Dose, METHOD, Options, Provenance};
use xystra_store::{Error, Scope, Store};

use crate::data::Data;
use crate::dose::table;

/// What a session delivered.
#[derive(Debug, Serialize)]
struct Delivered {
    session: ThreadId,
    applications: Vec<Applied>,
}

/// What one application delivered.
#[derive(Debug, Serialize)]
struct Applied {
    region: String,
    provenance: Provenance,
    basis: Vec<Basis>,
    dose: Option<Dose>,
    /// Why there is no dose.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

/// Prints the doses of a session that was done.
pub(super) async fn run(session: ThreadId, data: &Data, as_json: bool) -> anyhow::Result<()> {
    let now = Timestamp::now();
    let store = data.open_kept(now).await?;
    let (scope, body) = find(&store, session).await?;
    let mut applications = Vec::new();
    for application in body.done() {
        applications.push(delivered(&store, &scope, application).await?);
    }
    store.note_seen(&scope, now).await?;
    store.close().await;
    let delivered = Delivered { session, applications };
    if as_json {
        println!("{}", serde_json::to_string_pretty(&delivered)?);
    } else {
        delivered.print();
    }
    Ok(())
}

/// The session, in whichever practice it is.
async fn find(store: &Store, session: ThreadId) -> anyhow::Result<(Scope, Session)> {
    for held in store.practices().await? {
        let scope = Scope::of(&held.owner);
        match store.thread::<Session>(&scope, session).await {
            Ok(entry) if entry.struck => bail!("session {session} was struck out: it never was"),
            Ok(entry) => return Ok((scope, entry.body)),
            Err(Error::NotFound) => {}
            Err(error) => return Err(error.into()),
        }
    }
    bail!("no session {session} here: its id stands in the address of its page, /sessions/ID")
}

async fn delivered(store: &Store, scope: &Scope, application: &Application) -> anyhow::Result<Applied> {
    let measured = match recording_of(application) {
        Some(id) => measured(store, scope, id).await.map(Some),
        None => Ok(None),
    };
    let (measured, problem) = match measured {
        Ok(measured) => (measured, None),
        Err(problem) => (None, Some(format!("{problem:#}"))),
    };
    let applied = applied(application, measured.as_ref(), catalog());
    let (region, provenance, basis, dose) = (applied.region, applied.provenance, applied.basis, applied.dose);
    Ok(Applied { region, provenance, basis, dose, problem })
}

/// The dose of a kept recording: as this method kept it, or analysed now.
async fn measured(store: &Store, scope: &Scope, id: xystra_care::id::RecordingId) -> anyhow::Result<Dose> {
    let recording = store.recording(scope, id).await?;
    let kept = store.doses_of(scope, id).await?.into_iter().find(|result| result.method == METHOD);
    if let Some(dose) = kept.and_then(|result| kept_dose(&result.body)) {
        return Ok(dose);
    }
    let bytes = store.recording_bytes(scope, id).await?;
    let analysis = analyse_recording(&recording.name, &bytes, &recording.reading, &Options::default());
    Ok(analysis.with_context(|| recording.name.clone())?.dose)
}

impl Delivered {
    fn print(&self) {
        println!("session {}", self.session);
        if self.applications.is_empty() {
            println!("\nno region was marked as done");
        }
        for applied in &self.applications {
            println!("\n{} ({})", applied.region, applied.provenance);
            match (&applied.dose, &applied.problem) {
                (Some(dose), _) => print!("{}", table::quantities(dose)),
                (None, problem) => println!("  no dose: {}", problem.as_deref().unwrap_or("it is not known")),
            }
            for basis in &applied.basis {
                let verified = if basis.verified { "" } else { ", unverified" };
                println!("  {}: {} [{}{verified}]", basis.quantity, basis.from, basis.source);
            }
        }
    }
}
