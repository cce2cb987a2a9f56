//! What one application of a session delivered, and how each number is known.
//!
//! Every application has a dose with its doubt: as the recording shows it, as wide as the band that the clinician named, or as
//! wide as the published clinicians.

mod basis;
mod kept;
mod supposed;

use xystra_care::finding::label;
use xystra_care::id::RecordingId;
use xystra_care::plan::Target;
use xystra_care::practice::ForceUnit;
use xystra_care::session::{Application, Force};
use xystra_catalog::{Catalog, Range};
use xystra_dose::read::Reading;
use xystra_dose::{Analysis, Dose, Error, Estimate, Options, Provenance, analyse, read};

pub use basis::Basis;
pub use kept::kept_dose;

use crate::words::{count, decimals, number};

/// What was delivered to one region.
#[derive(Debug, Clone, PartialEq)]
pub struct AppliedDose {
    /// The region's name with side and view.
    pub region: String,
    /// How the force is known.
    pub provenance: Provenance,
    /// What each number stands on.
    pub basis: Vec<Basis>,
    /// How much; `None` when a recording was named that yields no dose.
    pub dose: Option<Dose>,
    /// How long as the clinician said, minutes.
    pub minutes: Option<f64>,
    /// How many strokes as the clinician counted or estimated.
    pub counted: Option<u32>,
}

/// The dose of one application. `measured` is the dose of the recording that it names, and is left aside when it names none.
pub fn applied(application: &Application, measured: Option<&Dose>, catalog: &Catalog) -> AppliedDose {
    let dose = match application.force {
        Force::Measured(_) => measured.copied(),
        Force::Banded(_) | Force::Guessed => supposed::dose(application, catalog),
    };
    AppliedDose {
        region: label(&application.region),
        provenance: application.force.provenance(),
        basis: basis::of(application, catalog),
        dose,
        minutes: application.minutes,
        counted: application.strokes,
    }
}

/// The recording that says an application's force, if one does.
pub fn recording_of(application: &Application) -> Option<RecordingId> {
    match application.force {
        Force::Measured(id) => Some(id),
        Force::Guessed | Force::Banded(_) => None,
    }
}

/// From the bytes of an uploaded file to strokes and dose; `reading` is what the file does not say itself.
///
/// # Errors
/// Those of [`read::whole`] and [`analyse`]: no honest dose exists.
pub fn analyse_recording(name: &str, bytes: &[u8], reading: &Reading, options: &Options) -> Result<Analysis, Error> {
    analyse(&read::whole(name, bytes, reading)?, options)
}

/// A planned force: "medium (3.5–6 N)", or "4.2–5.6 N" when it is measured.
pub fn target_words(target: Target, unit: ForceUnit, catalog: &Catalog) -> String {
    match target {
        Target::Newton { low, high } => span(Range { low, high }, unit),
        Target::Band(band) => match catalog.band(band) {
            Some(entry) => format!("{} ({})", entry.name, span(entry.newton, unit)),
            None => "force not known".to_owned(),
        },
    }
}

/// A force with its interval: "4.5 N (1.6–10)"; without doubt "4.5 N".
pub fn force_words(force_n: Estimate, unit: ForceUnit) -> String {
    let value = format!("{} {}", shown(force_n.value, unit), unit.sign());
    let ends = ends(Range { low: force_n.low, high: force_n.high }, unit);
    let is_exact = shown(force_n.low, unit) == shown(force_n.high, unit);
    if is_exact { value } else { format!("{value} ({ends})") }
}

impl AppliedDose {
    /// "6.4 N (6.2–6.6), 118 strokes, 4 min" when measured, "4.8 N (3.5–6), about 120 strokes, 5 min" when banded, "4.5 N
    /// (1.6–10), 3 min" when guessed.
    pub fn words(&self, unit: ForceUnit) -> String {
        let force = self.dose.map_or_else(|| "force not known".to_owned(), |dose| force_words(dose.mean_force_n, unit));
        [Some(force), self.stroke_words(), self.time_words()].into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// The dose, if a recording shows it.
    pub fn measured(&self) -> Option<&Dose> {
        self.dose.as_ref().filter(|dose| dose.provenance == Provenance::Measured)
    }

    /// What the recording shows outranks what was counted by hand.
    fn stroke_words(&self) -> Option<String> {
        let shown = self.measured().map(|dose| many(dose.strokes.value));
        shown.or_else(|| self.counted.map(|counted| format!("about {}", count(counted as usize, "stroke"))))
    }

    /// The clinician's minutes; else the measured time in contact.
    fn time_words(&self) -> Option<String> {
        let minutes = self.minutes.map(|minutes| format!("{} min", number(minutes)));
        minutes.or_else(|| self.measured().map(|dose| format!("{} s in contact", decimals(dose.contact_s.value, 0))))
    }
}

fn many(strokes: f64) -> String {
    let shown = decimals(strokes, 0);
    if shown == "1" { "1 stroke".to_owned() } else { format!("{shown} strokes") }
}

fn span(range: Range, unit: ForceUnit) -> String {
    format!("{} {}", ends(range, unit), unit.sign())
}

fn ends(range: Range, unit: ForceUnit) -> String {
    format!("{}–{}", shown(range.low, unit), shown(range.high, unit))
}

/// A tenth of a newton is about a hundredth of a kilogram-force.
fn shown(newton: f64, unit: ForceUnit) -> String {
    let places = match unit {
        ForceUnit::Newton => 1,
        ForceUnit::KilogramForce => 2,
    };
    decimals(unit.show(newton), places)
}
