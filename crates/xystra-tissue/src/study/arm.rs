//! An arm: what its subjects are given, and when.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::study::schedule::Schedule;
use crate::study::subjects::Baseline;

/// One arm of a study.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Arm {
    /// Short key, used by the endpoints.
    pub id: String,
    /// Name for a reader; none: the id.
    #[serde(default)]
    pub name: Option<String>,
    /// What kind of arm it is; sets what its subjects expect.
    pub comparator: Comparator,
    /// How many subjects; none: `n` of the study's subjects.
    #[serde(default)]
    pub n: Option<usize>,
    /// How much is expected of it, 0 nothing to 1 a full treatment; none: as data/tissue/assumptions.toml has it for the comparator.
    #[serde(default)]
    pub belief: Option<f64>,
    /// Did the subjects not know which arm was the real one? Then all are expected to work as much as a sham.
    #[serde(default)]
    pub blinded: bool,
    /// Does it share the subjects' injury?
    #[serde(default = "yes")]
    pub injured: bool,
    /// Where its baseline differs from that of all subjects.
    #[serde(default)]
    pub baseline: Vec<Baseline>,
    /// Parameters of its middle subject, by id, where they differ from those of the other arms.
    #[serde(default)]
    pub values: BTreeMap<String, f64>,
    /// Strokes and presses with whatever does them.
    #[serde(default)]
    pub treatment: Vec<Treatment>,
    /// Exercise, stretching, warm-up: loads of the person's own.
    #[serde(default)]
    pub exercise: Vec<Exercise>,
    /// Visits without strokes: advice, a detuned machine, heat. They act through expectation alone.
    #[serde(default)]
    pub visit: Vec<Visit>,
    /// What cells in a dish are given.
    #[serde(default)]
    pub culture: Vec<Culture>,
}

/// What an arm is to the study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparator {
    /// The treatment under study.
    Treatment,
    /// Nothing is done.
    Untreated,
    /// A waiting list.
    Waiting,
    /// A sham that looks like the treatment.
    Sham,
    /// Advice alone.
    Advice,
    /// Exercise alone.
    Exercise,
    /// The care that is usual.
    UsualCare,
    /// Another technique of the same kind, such as hands or a roller.
    OtherTechnique,
}

/// Strokes given at the times of a schedule.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Treatment {
    /// When.
    pub schedule: Schedule,
    /// How much.
    pub dose: Dose,
}

/// How much is given in one session.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dose {
    /// What gives it.
    #[serde(default)]
    pub by: By,
    /// Mean force of a stroke, N.
    #[serde(default)]
    pub force_n: Option<f64>,
    /// Standard deviation of that force between subjects, N.
    #[serde(default)]
    pub force_sd_n: Option<f64>,
    /// Mean pressure, kPa, in place of a force.
    #[serde(default)]
    pub pressure_kpa: Option<f64>,
    /// In place of a number: how hard in words.
    #[serde(default)]
    pub force: Option<Firmness>,
    /// Minutes of strokes on the site in one session; none: from `strokes` and `rate_per_min`, else the catalog's guess.
    #[serde(default)]
    pub minutes: Option<f64>,
    /// Strokes in one session.
    #[serde(default)]
    pub strokes: Option<f64>,
    /// Strokes in a minute.
    #[serde(default)]
    pub rate_per_min: Option<f64>,
    /// Speed over the skin, mm/s.
    #[serde(default)]
    pub speed_mm_s: Option<f64>,
    /// An instrument of the catalog, such as `gt-4`.
    #[serde(default)]
    pub instrument: Option<String>,
    /// Radius of the edge that meets the skin, mm.
    #[serde(default)]
    pub edge_radius_mm: Option<f64>,
    /// Length of the edge in contact, mm.
    #[serde(default)]
    pub edge_length_mm: Option<f64>,
    /// Area in contact, cm2: for hands, rollers and devices.
    #[serde(default)]
    pub contact_area_cm2: Option<f64>,
}

/// What touches the skin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// An edge of steel, stone or resin.
    #[default]
    Instrument,
    /// The palm or the whole hand.
    Hand,
    /// Thumb or fingertips.
    Thumb,
    /// A foam roller or roller massager.
    Roller,
    /// A machine with a blunt tip or wheel.
    Device,
}

/// How hard, where nobody measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Firmness {
    /// As clinicians press who were measured: mean of one hand.
    Guessed,
    /// The catalog's light band.
    Light,
    /// The catalog's medium band.
    Medium,
    /// The catalog's firm band.
    Firm,
}

/// Exercise given at the times of a schedule.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exercise {
    /// When.
    pub schedule: Schedule,
    /// What; sets the load where none is given.
    #[serde(default)]
    pub kind: ExerciseKind,
    /// Load by the most that the person can do, 0 to 1.
    #[serde(default)]
    pub load: Option<f64>,
    /// Minutes under load.
    pub minutes: f64,
}

/// Kinds of exercise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExerciseKind {
    /// Against resistance.
    #[default]
    Strength,
    /// Lengthening under load.
    Eccentric,
    /// Running, kicking, cycling.
    Endurance,
    /// Static or dynamic stretching.
    Stretch,
    /// Balance and control.
    Balance,
    /// Before a treatment.
    WarmUp,
}

/// Visits without strokes.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// When.
    pub schedule: Schedule,
    /// What was done there, in words.
    #[serde(default)]
    pub what: Option<String>,
    /// How much is expected of it; none: the arm's.
    #[serde(default)]
    pub belief: Option<f64>,
}

/// What cells in a dish are given for some hours.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Culture {
    /// Stretch of the cells, 0.04 is 4 %.
    #[serde(default)]
    pub stretch: f64,
    /// Inflammatory stimulus, 1 is that of 10 pM interleukin-1 beta.
    #[serde(default)]
    pub irritant: f64,
    /// For how long, hours.
    pub hours: f64,
    /// Hours from the start of the plan to its beginning.
    #[serde(default)]
    pub start_h: f64,
}

impl Arm {
    /// Its name for a reader.
    pub fn name(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

fn yes() -> bool {
    true
}
