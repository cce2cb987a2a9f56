//! What is wrong with a recording, where, how much of it, and what follows.

pub(crate) mod clock;
mod run;
pub(crate) mod sensor;

use serde::{Deserialize, Serialize};

use crate::interval::Interval;

/// One thing that is wrong, or that a reader of the numbers should know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    /// What kind of thing.
    pub kind: IssueKind,
    /// The channel concerned, by its name in the file; none when it is the whole recording.
    pub channel: Option<String>,
    /// From where to where, s.
    #[serde(flatten)]
    pub extent: Interval,
    /// How much it concerns, 0-1: of the contact for a sensor's fault, of the recording otherwise.
    pub share: f64,
    /// What follows, in words.
    pub consequence: String,
}

/// Kinds of issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum IssueKind {
    /// Samples are missing.
    Gap,
    /// The clock was set anew: what lies between is unknown.
    ClockReset,
    /// Rows without a force, or that could not be used, were left out.
    LostRows,
    /// Rows that the writing program invented were left out.
    InventedRows,
    /// Rows from before the device was ready were left out.
    NotStarted,
    /// Columns carry another quantity than their header says.
    Mislabelled,
    /// The clock's steps vary.
    IrregularClock,
    /// Too few samples per second.
    SlowClock,
    /// A channel repeats one value.
    Frozen,
    /// A channel is clipped at its extreme.
    Saturated,
    /// A shear channel never changes.
    Silent,
    /// The force is more than a hand can press.
    Implausible,
    /// The first samples are already in contact.
    StartsInContact,
    /// No quiet part was found.
    NoRest,
    /// Quiet parts differ.
    Drift,
    /// Single samples far from their neighbours.
    Spike,
    /// A touch too short to be a stroke.
    Knock,
    /// The axes of force do not all exist.
    MissingAxis,
    /// The weight of the tool is not taken off.
    NoGravity,
    /// Most of the force does not lie along the tool's axis.
    Misplaced,
    /// A contact too long to be held at once was cut.
    LongContact,
    /// The resting level is larger than the force above it.
    LargeOffset,
    /// Force is known along one axis only.
    OneAxis,
    /// There is no position.
    NoMotion,
    /// The file says of itself that it is synthetic.
    Synthetic,
}

/// Was the recording made by a program? Whatever shows it says so.
pub fn is_synthetic(issues: &[Issue]) -> bool {
    issues.iter().any(|issue| issue.kind == IssueKind::Synthetic)
}

impl Issue {
    /// An issue of the whole recording.
    pub(crate) fn whole(kind: IssueKind, extent: Interval, consequence: impl Into<String>) -> Self {
        Self { kind, channel: None, extent, share: 1.0, consequence: consequence.into() }
    }
}
