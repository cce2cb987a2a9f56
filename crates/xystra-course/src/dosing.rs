//! What one application of a session delivered, and how each number is known.

use xystra_care::finding::label;
use xystra_care::plan::Target;
use xystra_care::practice::ForceUnit;
use xystra_care::session::{Application, Force};
use xystra_catalog::{Catalog, Range};
use xystra_dose::{Analysis, Dose, Error, Options, Provenance, analyse, read};

use crate::words::{count, decimals, number};

/// What was delivered to one region.
#[derive(Debug, Clone, PartialEq)]
pub struct AppliedDose {
    /// The region's name with side and view.
    pub region: String,
    /// How the force is known.
    pub provenance: Provenance,
    /// How hard; `None` when a recording was named that yields no dose.
    pub force: Option<AppliedForce>,
    /// How long as the clinician said, minutes.
    pub minutes: Option<f64>,
    /// How many strokes.
    pub strokes: Option<Strokes>,
    /// Contact time (s), rate (per min), peaks (N) and impulse (N s), when a sensor recorded them.
    pub measured: Option<Dose>,
}

/// How hard, N. What nobody measured stays a range.
#[derive(Debug, Clone, PartialEq)]
pub enum AppliedForce {
    /// What clinicians press with one hand (`data/catalog/guessed.toml`).
    Guessed {
        /// Mean over clinicians, N.
        mean_n: f64,
        /// The lightest and the firmest clinician, N.
        clinicians_n: Option<Range>,
    },
    /// The band that the clinician named (`data/catalog/bands.toml`).
    Banded {
        /// What the band is called.
        name: String,
        /// Mean force of a stroke in that band, N.
        newton: Range,
    },
    /// What the recording says: normal force in contact.
    Measured {
        /// Mean, N.
        mean_n: f64,
        /// Largest, N.
        peak_n: f64,
    },
}

/// A number of strokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strokes {
    /// How many.
    pub count: u32,
    /// Who counted.
    pub how: Counted,
}

/// Who counted the strokes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// The clinician counted or estimated.
    ByClinician,
    /// The recording shows them.
    Measured,
}

/// The dose of one application. `measured` is the dose of the recording that it names, and is left aside when it names none.
pub fn applied(application: &Application, measured: Option<&Dose>, catalog: &Catalog) -> AppliedDose {
    let measured = measured.filter(|_| matches!(application.force, Force::Measured(_))).copied();
    AppliedDose {
        region: label(&application.region),
        provenance: application.force.provenance(),
        force: force(application.force, measured.as_ref(), catalog),
        minutes: application.minutes,
        strokes: strokes(application, measured.as_ref()),
        measured,
    }
}

/// From the bytes of an uploaded table to strokes and dose.
///
/// # Errors
/// Those of [`read::csv`] and [`analyse`]: no honest dose exists.
pub fn analyse_recording(name: &str, bytes: &[u8], options: &Options) -> Result<Analysis, Error> {
    analyse(&read::csv(name, bytes)?, options)
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

impl AppliedDose {
    /// "6.4 N mean, 118 strokes, 4 min", "3.5–6 N, about 120 strokes, 5 min" or "near 4.5 N (1.6–10), 3 min".
    pub fn words(&self, unit: ForceUnit) -> String {
        let force = self.force.as_ref().map_or_else(|| "force not known".to_owned(), |force| force.words(unit));
        let parts = [Some(force), self.strokes.map(Strokes::words), self.time_words()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// The clinician's minutes; else the measured time in contact.
    fn time_words(&self) -> Option<String> {
        let minutes = self.minutes.map(|minutes| format!("{} min", number(minutes)));
        minutes.or_else(|| self.measured.map(|dose| format!("{} s in contact", decimals(dose.contact_s, 0))))
    }
}

impl AppliedForce {
    /// "6.4 N mean", "3.5–6 N" or "near 4.5 N (1.6–10)".
    pub fn words(&self, unit: ForceUnit) -> String {
        match self {
            Self::Measured { mean_n, .. } => format!("{} {} mean", shown(*mean_n, unit), unit.sign()),
            Self::Banded { newton, .. } => span(*newton, unit),
            Self::Guessed { mean_n, clinicians_n } => {
                let near = format!("near {} {}", shown(*mean_n, unit), unit.sign());
                match clinicians_n {
                    Some(range) => format!("{near} ({})", ends(*range, unit)),
                    None => format!("{near}, spread not known"),
                }
            }
        }
    }
}

impl Strokes {
    fn words(self) -> String {
        let many = count(self.count as usize, "stroke");
        match self.how {
            Counted::Measured => many,
            Counted::ByClinician => format!("about {many}"),
        }
    }
}

fn force(force: Force, measured: Option<&Dose>, catalog: &Catalog) -> Option<AppliedForce> {
    match force {
        Force::Measured(_) => {
            measured.map(|dose| AppliedForce::Measured { mean_n: dose.mean_force_n, peak_n: dose.peak_force_n })
        }
        Force::Banded(band) => {
            catalog.band(band).map(|entry| AppliedForce::Banded { name: entry.name.clone(), newton: entry.newton })
        }
        Force::Guessed => {
            let one_hand = catalog.guessed.iter().find(|entry| entry.hands == "one")?;
            Some(AppliedForce::Guessed { mean_n: one_hand.mean_newton, clinicians_n: one_hand.clinicians_newton })
        }
    }
}

/// What the recording shows outranks what was counted by hand.
fn strokes(application: &Application, measured: Option<&Dose>) -> Option<Strokes> {
    let shown = measured.and_then(|dose| u32::try_from(dose.strokes).ok());
    let shown = shown.map(|count| Strokes { count, how: Counted::Measured });
    shown.or_else(|| application.strokes.map(|count| Strokes { count, how: Counted::ByClinician }))
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
