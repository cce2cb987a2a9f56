//! What each number of a dose stands on.

use serde::Serialize;
use xystra_care::session::{Application, Force};
use xystra_catalog::{Catalog, Status};

/// What a quantity stands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Basis {
    /// Which quantity of the dose: `force`, `contact`, `strokes`; `all` when one recording says all of them.
    pub quantity: &'static str,
    /// What it was taken from, in words.
    pub from: String,
    /// Key into the references; `recording` when a sensor said it, `clinician` when a person did.
    pub source: String,
    /// Was the number read at that source, or said or measured here?
    pub verified: bool,
}

/// What the dose of an application stands on.
pub(super) fn of(application: &Application, catalog: &Catalog) -> Vec<Basis> {
    let force = match application.force {
        Force::Measured(id) => return vec![said("all", format!("recording {id}"), "recording")],
        Force::Banded(band) => catalog.band(band).map(|band| {
            let from = format!("the band \"{}\", {} to {} N", band.name, band.newton.low, band.newton.high);
            Basis { quantity: "force", from, source: band.source.clone(), verified: is_read(band.status) }
        }),
        Force::Guessed => guess("force", "mean-one-hand", catalog),
    };
    let minutes = match application.minutes {
        Some(minutes) => Some(said("contact", format!("{minutes} min"), "clinician")),
        None => guess("contact", "minutes", catalog),
    };
    let strokes = match application.strokes {
        Some(count) => {
            [Some(said("strokes", format!("{count} strokes"), "clinician")), guess("strokes", "count", catalog)]
        }
        None => [None, guess("strokes", "rate", catalog)],
    };
    [force, minutes, guess("contact", "contact", catalog)].into_iter().chain(strokes).flatten().collect()
}

fn said(quantity: &'static str, from: String, source: &str) -> Basis {
    Basis { quantity, from, source: source.to_owned(), verified: true }
}

fn guess(quantity: &'static str, id: &str, catalog: &Catalog) -> Option<Basis> {
    let guess = catalog.guess(id)?;
    let unit = if guess.unit == "1" { String::new() } else { format!(" {}", guess.unit) };
    let from = format!("{}: {} ({} to {}){unit}", guess.what, guess.value, guess.low, guess.high);
    Some(Basis { quantity, from, source: guess.source.clone(), verified: is_read(guess.status) })
}

fn is_read(status: Status) -> bool {
    status == Status::Verified
}
