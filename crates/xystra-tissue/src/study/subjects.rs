//! Who or what is studied.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The subjects of a study, all arms together.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subjects {
    /// How many in each arm that does not say its own number.
    #[serde(default)]
    pub n: Option<usize>,
    /// What was measured before anything was done.
    #[serde(default)]
    pub baseline: Vec<Baseline>,
    /// Parameters of the middle subject, by id, where these people or animals are known to differ.
    #[serde(default)]
    pub values: BTreeMap<String, f64>,
    /// An injury that all arms share, unless an arm says `injured = false`.
    #[serde(default)]
    pub injury: Option<Injury>,
}

/// One quantity at entry.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// An output of the model, such as `pain` or `motion`.
    pub quantity: String,
    /// Which movement, where the quantity is `motion`; any word, the same as in the endpoint.
    #[serde(default)]
    pub movement: Option<String>,
    /// Mean over the subjects; none, with `normal` given: the full range less what the condition takes.
    #[serde(default)]
    pub mean: Option<f64>,
    /// Standard deviation between them.
    #[serde(default)]
    pub sd: f64,
    /// Unit of mean and SD; none: that of the quantity.
    #[serde(default)]
    pub unit: Option<String>,
    /// Full range of the movement in health, degrees; for `motion` only.
    #[serde(default)]
    pub normal: Option<f64>,
}

/// An injury, or an eccentric bout that damages.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Injury {
    /// Microtrauma done, 1; none: that of the condition.
    #[serde(default)]
    pub severity: Option<f64>,
    /// Share of the collagen and its order that is lost, 0 to 1; none: that of the condition.
    #[serde(default)]
    pub loss: Option<f64>,
    /// Days from the injury to day 0 of the plan.
    #[serde(default)]
    pub days_before: f64,
}

impl Baseline {
    /// Is it about this quantity and movement?
    pub fn is_of(&self, quantity: &str, movement: Option<&str>) -> bool {
        self.quantity == quantity && self.movement.as_deref() == movement
    }
}
