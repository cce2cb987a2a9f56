//! The catalog's values as a page says them.

#![expect(clippy::trivially_copy_pass_by_ref, clippy::ref_option, reason = "templates pass fields by reference")]

use xystra_catalog::advice::{Action, CaseKind, Comparison, Context, Value};
use xystra_catalog::claim::ClaimVerdict;
use xystra_catalog::condition::{Arm, CodeSide, TrialResult};
use xystra_catalog::course::Band;
use xystra_catalog::measure::Better;
use xystra_catalog::screening::{Scope, Urgency, Verdict};
use xystra_catalog::{Range, Status, catalog};

pub(crate) use crate::show::capital;
use crate::show::number;

/// The key of what is our own rule, default or wording.
const OURS: &str = "xystra";

/// A verdict as a word, a shape and a colour; the colour says nothing that the word does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chip {
    /// `is-clear`, `is-precaution`, `is-stop` or nothing.
    pub(crate) class: &'static str,
    /// Name of the icon; empty for a word without weight.
    pub(crate) icon: &'static str,
    /// The word.
    pub(crate) word: &'static str,
}

const fn chip(class: &'static str, icon: &'static str, word: &'static str) -> Chip {
    Chip { class, icon, word }
}

/// How a source is quoted: "Ikonen 2022"; what we say ourselves is "ours".
pub(crate) fn cite(key: &str) -> String {
    if key == OURS {
        return "ours".to_owned();
    }
    catalog().source(key).map_or_else(|| key.to_owned(), xystra_catalog::Source::short)
}

/// Was it read at its source?
pub(crate) fn is_verified(status: &Status) -> bool {
    *status == Status::Verified
}

/// At most two decimals.
pub(crate) fn num(value: &f64) -> String {
    number(*value, 2)
}

/// "30 to 60", or one number when both ends agree.
pub(crate) fn range(range: &Range) -> String {
    let (low, high) = (num(&range.low), num(&range.high));
    if low == high { low } else { format!("{low} to {high}") }
}

/// How fast.
pub(crate) fn urgency(urgency: &Urgency) -> Chip {
    match urgency {
        Urgency::None => chip("", "", "nothing to refer"),
        Urgency::Routine => chip("", "note", "routine: a letter"),
        Urgency::Urgent => chip("is-precaution", "calendar", "urgent: within days"),
        Urgency::SameDay => chip("is-stop", "clock", "same day"),
        Urgency::Emergency => chip("is-stop", "phone", "emergency: now"),
    }
}

/// What a "yes" means.
pub(crate) fn verdict(verdict: &Verdict) -> Chip {
    match verdict {
        Verdict::Precaution => chip("is-precaution", "warn", "precaution"),
        Verdict::DoNotTreat => chip("is-stop", "stop", "do not treat"),
    }
}

/// Whom it concerns.
pub(crate) fn scope(scope: &Scope) -> &'static str {
    match scope {
        Scope::Client => "the client",
        Scope::Region => "the region",
    }
}

/// Which way a trial went for the instrument.
pub(crate) fn trial(result: &TrialResult) -> Chip {
    match result {
        TrialResult::Better => chip("is-clear", "up", "better"),
        TrialResult::Null => chip("", "pause", "no better"),
        TrialResult::Mixed => chip("", "question", "mixed"),
        TrialResult::Worse => chip("is-stop", "down", "worse"),
        TrialResult::None => chip("", "search", "no trial found"),
    }
}

/// Where a claim stands.
pub(crate) fn claim(verdict: &ClaimVerdict) -> Chip {
    match verdict {
        ClaimVerdict::Supported => chip("is-clear", "check", "supported"),
        ClaimVerdict::Plausible => chip("", "question", "plausible"),
        ClaimVerdict::Unsupported => chip("is-precaution", "warn", "unsupported"),
        ClaimVerdict::Contradicted => chip("is-stop", "stop", "contradicted"),
    }
}

/// Whose course it is.
pub(crate) fn arm(arm: &Arm) -> &'static str {
    match arm {
        Arm::Untreated => "people left untreated, or told to wait and see",
        Arm::Advice => "people given advice only",
        Arm::UsualCare => "people in usual or mixed care: at best this well untreated",
        Arm::Placebo => "people given a placebo or sham",
        Arm::Active => "people given another treatment, for want of anything better",
        Arm::None => "nobody: the course has not been measured",
    }
}

/// The side of a code.
pub(crate) fn code_side(side: &Option<CodeSide>) -> &'static str {
    match side {
        Some(CodeSide::Left) => "left",
        Some(CodeSide::Right) => "right",
        Some(CodeSide::Both) => "both",
        Some(CodeSide::Unspecified) => "side not said",
        None => "no side",
    }
}

/// A force band with its newtons: "light, 1.6 to 3.5 N".
pub(crate) fn band(band: &Band) -> String {
    let entry = catalog().band(*band);
    entry.map(|entry| format!("{}, {} N", entry.name, range(&entry.newton))).unwrap_or_default()
}

/// The name of a stroke.
pub(crate) fn stroke(id: &str) -> &str {
    catalog().stroke(id).map_or(id, |stroke| &stroke.name)
}

/// Which way is better.
pub(crate) fn better(better: &Better) -> &'static str {
    match better {
        Better::Lower => "lower is better",
        Better::Higher => "higher is better",
    }
}

/// What kind of measuring error.
pub(crate) fn error_kind(kind: &str) -> &str {
    match kind {
        "mdc95" => "95 % limit",
        "mdc90" => "90 % limit",
        other => other,
    }
}

/// Who measured twice.
pub(crate) fn raters(raters: &str) -> String {
    format!("{raters} rater{}", if raters == "same" { "" } else { "s" })
}

/// When a rule is asked.
pub(crate) fn context(context: &Context) -> &'static str {
    match context {
        Context::Before => "Before the next session",
        Context::During => "During a session",
        Context::Course => "When the plan is made or looked at again",
    }
}

/// What a rule asks for.
pub(crate) fn action(action: &Action) -> Chip {
    match action {
        Action::Warn => chip("is-precaution", "warn", "warn"),
        Action::LightenNow => chip("is-precaution", "down", "press less, now"),
        Action::StopRegionToday => chip("is-stop", "stop", "stop this region today"),
        Action::LightenPlan => chip("is-precaution", "down", "next plan one step lighter"),
        Action::HoldRegion => chip("is-stop", "pause", "hold this region"),
        Action::StopAndRefer => chip("is-stop", "stop", "stop and refer"),
        Action::Wait => chip("is-precaution", "clock", "wait"),
        Action::Reassess => chip("", "ruler", "measure again"),
        Action::ConsiderStopping => chip("is-precaution", "question", "consider stopping"),
        Action::PlanDischarge => chip("is-clear", "check", "plan the discharge"),
        Action::LimitTechnique => chip("is-precaution", "warn", "keep to the technique named"),
        Action::DoNotTreat => chip("is-stop", "stop", "do not treat"),
    }
}

/// How a fact is compared.
pub(crate) fn comparison(comparison: &Comparison) -> &'static str {
    match comparison {
        Comparison::AtLeast => "at least",
        Comparison::Below => "below",
        Comparison::Equal => "is",
        Comparison::OneOf => "is one of",
        Comparison::CountAtLeast => "each at least",
    }
}

/// A fact's value.
pub(crate) fn value(value: &Value) -> String {
    match value {
        Value::Flag(true) => "yes".to_owned(),
        Value::Flag(false) => "no".to_owned(),
        Value::Number(number) => num(number),
        Value::Word(word) => word.clone(),
        Value::Numbers(numbers) => numbers.iter().map(num).collect::<Vec<_>>().join(", "),
        Value::Words(words) => words.join(", "),
    }
}

/// What should come out of a case.
pub(crate) fn case(kind: &CaseKind) -> &'static str {
    match kind {
        CaseKind::Positive => "the rule speaks",
        CaseKind::Negative => "the rule is silent",
        CaseKind::Missing => "the rule asks",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_quoted_by_name_and_a_range_by_its_ends() {
        assert_eq!((cite("abbott2014").as_str(), cite("xystra").as_str()), ("Abbott and Schmitt 2014", "ours"));
        assert_eq!(cite("not-there"), "not-there");
        assert_eq!(range(&Range { low: 0.05, high: 0.5 }), "0.05 to 0.5");
        assert_eq!(range(&Range { low: 30.0, high: 30.0 }), "30");
        assert_eq!(num(&-5.0), "\u{2212}5");
    }
}
