//! What the virtual clients say: kept as a document, drawn as bands, told in sentences.

use serde::{Deserialize, Serialize};

/// Version of the method: a change of numbers is a new one.
pub const METHOD: &str = "outlook-1";

/// The outlook on one case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// How it was weighed.
    pub weighing: Weighing,
    /// One for each track of the case that the model can foretell, in the case's order.
    pub tracks: Vec<TrackAnswer>,
    /// Chance that the next session as planned leaves at least reaction grade 3, 0-1; `None` without sessions to come.
    pub bruise: Option<f64>,
    /// What would narrow the answer about the treatment, and by how much.
    pub designs: Vec<Design>,
}

/// How virtual clients were weighed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Weighing {
    /// Virtual clients that were weighed.
    pub clients: usize,
    /// How many equally likely ones they are worth.
    pub effective: f64,
    /// Times that they were drawn anew nearer to what was observed.
    pub rounds: usize,
    /// Observations and reactions that they were weighed by.
    pub observations: usize,
    /// Seed of their chance.
    pub seed: u64,
}

/// The outlook on one measure. Every value is in the measure's unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TrackAnswer {
    /// Key of the track.
    pub track: String,
    /// From entry until now, given all observations: the level itself, without the error of a measurement.
    pub so_far: Vec<Band>,
    /// One for each choice, in the order asked for; then the twins `untreated` and `sham`, who never had a session.
    pub ahead: Vec<Ahead>,
    /// What the treatment so far has added, up to now.
    pub effect: Effect,
    /// What it will have added at the end if the first choice is followed.
    pub effect_ahead: Effect,
}

/// A band of a level, or of what would be measured, at one time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Band {
    /// Hours from entry.
    pub at_h: f64,
    /// Half lie below.
    pub middle: f64,
    /// Nine of ten lie within.
    pub ninety: [f64; 2],
    /// Half lie within.
    pub fifty: [f64; 2],
}

/// What one choice, or a twin, leads to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ahead {
    /// Key of the choice, or `untreated`, or `sham`.
    pub choice: String,
    /// The level from now on; for twins from entry.
    pub bands: Vec<Band>,
    /// What would be measured at the same times, with the error of a measurement: what a new observation is scored against.
    pub measured: Vec<Band>,
    /// Chance that the change since entry counts to a person at each time, 0-1; empty where no such change is known.
    pub chances: Vec<Chance>,
}

/// A chance at a time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Chance {
    /// Hours from entry.
    pub at_h: f64,
    /// 0-1.
    pub chance: f64,
}

/// What the strokes added, beside the same client with the same visits, the same belief and the same exercise but without strokes: so neither
/// natural recovery nor expectation counts for the treatment, and where strokes do nothing it is zero. Gains are positive whatever the
/// measure's direction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// At which hour.
    pub at_h: f64,
    /// Before the client's own observations.
    pub prior: Gain,
    /// After them.
    pub posterior: Gain,
    /// Whole change since entry by cause, before and after the observations; the parts add up to the change.
    pub parts: Vec<Part>,
    /// What can be said.
    pub verdict: Verdict,
}

/// A gain with its doubt, in points of the measure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Gain {
    /// Mean.
    pub mean: f64,
    /// Nine of ten lie within.
    pub ninety: [f64; 2],
    /// Chance that there is none, or less than anybody would notice (`nothing` in `data/cohort/outlook.toml`).
    pub none: f64,
    /// Chance that it helps.
    pub helps: f64,
    /// Chance that it harms.
    pub harms: f64,
}

/// One cause's share of the change, in points; order-free (Shapley), on some hundreds of the clients.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// `natural`, `expectation`, `neural`, `fluid`, `remodelling`, `mechanical`, `exercise`.
    pub cause: String,
    /// Before the client's own observations: mean and nine of ten.
    pub prior: (f64, [f64; 2]),
    /// After them.
    pub posterior: (f64, [f64; 2]),
}

/// What can be said about the treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Nobody can tell yet.
    CannotTell,
    /// It probably helps.
    Helps,
    /// It probably adds nothing.
    AddsNothing,
    /// It probably harms.
    Harms,
}

/// A way of measuring or pausing, and how much it would narrow the answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Design {
    /// `as-planned`, `three-baselines`, `break`, `both`.
    pub id: String,
    /// Expected width of the nine-of-ten band of the treatment's effect at the end, in points of the main measure.
    pub width: f64,
    /// Chance that the verdict is then not "cannot tell".
    pub tells: f64,
}
