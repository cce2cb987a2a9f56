//! Claims made for the technique, and the questions that clients ask.

use serde::Deserialize;

use crate::source::{Statement, Status};

/// A claim and what is known of it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Stable key.
    pub id: String,
    /// The claim as it is made.
    pub claim: String,
    /// What is known, in one plain sentence a client can read.
    pub plain: String,
    /// Where the claim stands.
    pub verdict: ClaimVerdict,
    /// How strong the evidence is for what stands in `plain`: `good`, `fair`, `weak`, `none`.
    pub strength: String,
    /// The findings behind it.
    pub known: Vec<Statement>,
}

/// Where a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClaimVerdict {
    /// Measured, and so.
    Supported,
    /// Could be; nobody has shown it.
    Plausible,
    /// Nothing found for it.
    Unsupported,
    /// What was measured points the other way.
    Contradicted,
}

/// A question that clients ask, answered plainly.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Stable key.
    pub id: String,
    /// As a client asks it.
    pub ask: String,
    /// The answer, in plain words.
    pub answer: String,
    /// Keys into the references.
    pub sources: Vec<String>,
    /// Was everything in it read there?
    pub status: Status,
}
