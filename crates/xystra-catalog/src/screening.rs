//! What is asked before anybody is treated.

use serde::Deserialize;

use crate::source::Status;

/// One question; "yes" is always the answer that matters.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Stable key.
    pub id: String,
    /// The question, in plain words.
    pub ask: String,
    /// What to look for or do, for the clinician.
    pub help: Option<String>,
    /// Which group of the form it stands in.
    pub group: String,
    /// Whom a "yes" concerns.
    pub scope: Scope,
    /// How fast a "yes" must be acted on.
    pub urgency: Urgency,
    /// What a "yes" means for treatment.
    pub verdict: Verdict,
    /// Why, in one sentence that the verdict prints.
    pub reason: String,
    /// For a precaution: what to change.
    pub change: Option<String>,
    /// For "do not treat": whom to refer to, or what has to happen first.
    pub refer: Option<String>,
    /// Only asked when one of these atlas groups or sites is part of the complaint; empty: always.
    #[serde(default)]
    pub regions: Vec<String>,
    /// Key into the references.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}

/// Whom a "yes" concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// The whole client.
    Client,
    /// The region it is found at.
    Region,
}

/// How fast a "yes" must be acted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// Nothing to refer.
    None,
    /// A letter.
    Routine,
    /// Days, at most two weeks.
    Urgent,
    /// A doctor sees the person today.
    SameDay,
    /// Emergency department now.
    Emergency,
}

/// What a "yes" means for treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Treat, with a change.
    Precaution,
    /// Do not treat.
    DoNotTreat,
}
