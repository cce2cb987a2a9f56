//! What choices, twins, causes and verdicts are called.

use xystra_cohort::answer::Verdict;

/// What could be done, as a verb of the clinic.
pub(super) fn choice(id: &str) -> &'static str {
    match id {
        "continue" => "Continue the plan",
        "lighter" => "Lighter",
        "more-often" => "More often",
        "fewer" => "Fewer sessions",
        "other-instrument" => "Another instrument",
        "break" => "A planned break",
        "stop" => "Stop now",
        "untreated" => "Without treatment",
        "sham" => "A sham instead",
        "what-if" => "What you set",
        _ => "Another choice",
    }
}

/// A cause of change.
pub(super) fn cause(id: &str) -> &'static str {
    match id {
        "natural" => "Recovery alone",
        "expectation" => "Expectation",
        "neural" => "Neural",
        "fluid" => "Fluid",
        "remodelling" => "Remodelling",
        "mechanical" => "Mechanical",
        "exercise" => "Home exercise",
        _ => "Another cause",
    }
}

/// What can be said of the treatment.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::CannotTell => "Nobody can tell yet",
        Verdict::Helps => "It probably helps",
        Verdict::AddsNothing => "It probably adds nothing",
        Verdict::Harms => "It probably harms",
    }
}

/// Its class and drawing; nobody is told by colour alone.
pub(super) fn mark(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::CannotTell => ("", "question"),
        Verdict::Helps => ("is-clear", "check"),
        Verdict::AddsNothing => ("is-precaution", "warn"),
        Verdict::Harms => ("is-stop", "stop"),
    }
}

/// A way of measuring or pausing.
pub(super) fn design(id: &str) -> &'static str {
    match id {
        "as-planned" => "As planned",
        "three-baselines" => "Three baseline measurements",
        "break" => "A planned break of two weeks",
        "both" => "Both",
        _ => "Another way",
    }
}
