//! What a clinician decided about a proposal or about the episode.

use serde::{Deserialize, Serialize};

/// A decision under the clinician's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum Decision {
    /// A proposal was turned into a plan.
    Accepted {
        /// Rules that it named.
        rules: Vec<String>,
        /// The plan's version.
        plan_version: u32,
    },
    /// A choice of an outlook was turned into a plan.
    Chosen {
        /// The choice: `lighter`, `more-often`, `fewer`, `other-instrument`, `break`.
        choice: String,
        /// What that outlook was made from: SHA-256, in hexadecimal.
        outlook: String,
        /// By which version of the method.
        method: String,
        /// The plan's version.
        plan_version: u32,
    },
    /// A proposal was declined.
    Declined {
        /// Rules that it named.
        rules: Vec<String>,
        /// How many sessions were done then: the same rules may speak again after the next one.
        sessions_done: usize,
        /// Why.
        reason: String,
    },
    /// The episode was ended.
    Closed {
        /// How it ended.
        outcome: Ending,
        /// A word about it.
        summary: String,
    },
}

/// How an episode ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// The goal was met.
    GoalMet,
    /// It helped no further.
    NoResponse,
    /// Referred to somebody else.
    Referred,
    /// The client stopped.
    ClientStopped,
}
