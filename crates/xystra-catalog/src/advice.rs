//! Advice as data: each rule with its id, source and cases.
//!
//! A rule's `when` is read by `xystra-care`, which owns the facts; here it is only shape.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::source::Status;

/// One rule.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Stable key, shown wherever the rule speaks.
    pub id: String,
    /// What it says to the clinician, in one sentence.
    pub says: String,
    /// Why, honestly.
    pub why: String,
    /// When the rule is asked.
    pub context: Context,
    /// What to do.
    pub action: Action,
    /// Every test must hold for the rule to speak.
    pub when: Vec<Test>,
    /// What to ask or measure when a fact is missing.
    pub ask: String,
    /// Key into the references.
    pub source: String,
    /// Was it read there?
    pub status: Status,
    /// At least one positive, one negative and one missing case.
    pub cases: Vec<Case>,
}

/// When a rule is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Context {
    /// Before the next session begins.
    Before,
    /// While the client lies on the table.
    During,
    /// When the plan is made or looked at again.
    Course,
}

/// What a rule asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Say it, and let the clinician decide.
    Warn,
    /// Press less, now.
    LightenNow,
    /// No more strokes on this region today.
    StopRegionToday,
    /// The next plan is one step lighter.
    LightenPlan,
    /// No strokes on this region until its skin is clear.
    HoldRegion,
    /// Stop the course and refer.
    StopAndRefer,
    /// The next session waits.
    Wait,
    /// Measure again and think again.
    Reassess,
    /// Consider ending the course.
    ConsiderStopping,
    /// Plan the discharge.
    PlanDischarge,
    /// Keep to the technique named.
    LimitTechnique,
    /// Do not treat this region.
    DoNotTreat,
}

/// One test of one fact.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    /// Key of the fact.
    pub fact: String,
    /// How it is compared.
    pub is: Comparison,
    /// With what.
    pub value: Value,
    /// For `count-at-least`: how many of the list.
    pub times: Option<usize>,
}

/// How a fact is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Comparison {
    /// Number >= value.
    AtLeast,
    /// Number < value.
    Below,
    /// Equal, for numbers, words and yes/no.
    Equal,
    /// The word is one of the list.
    OneOf,
    /// At least `times` entries of the list are >= value.
    CountAtLeast,
}

/// A fact's or a test's value.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Yes or no.
    Flag(bool),
    /// A number; the fact's name carries the unit.
    Number(f64),
    /// A word.
    Word(String),
    /// Numbers, oldest first.
    Numbers(Vec<f64>),
    /// Words.
    Words(Vec<String>),
}

/// An example that the rule must get right.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What should come out.
    pub kind: CaseKind,
    /// The facts; a fact left out is not known.
    pub facts: BTreeMap<String, Value>,
}

/// What should come out of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseKind {
    /// The rule speaks.
    Positive,
    /// The rule is silent.
    Negative,
    /// A fact is missing: the rule asks.
    Missing,
}
