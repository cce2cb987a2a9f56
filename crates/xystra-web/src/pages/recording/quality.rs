//! What is wrong with a recording, in words.

use xystra_dose::{Issue, IssueKind};

use crate::show::{capital, number};

/// One thing that is wrong, or good to know.
pub(super) struct Line {
    /// Does it concern the numbers?
    pub(super) warns: bool,
    pub(super) what: String,
    pub(super) consequence: String,
}

/// An issue with its extent and consequence.
pub(super) fn line(issue: &Issue) -> Line {
    let channel = issue.channel.as_ref().map(|channel| format!(" of {channel}")).unwrap_or_default();
    let (from, to) = (number(issue.extent.start_s, 2), number(issue.extent.end_s, 2));
    let extent = match issue.share {
        share if share >= 1.0 => String::new(),
        share => format!(", {from} to {to} s, {} %", number(100.0 * share, 1)),
    };
    let (what, warns) = words(issue.kind);
    Line { warns, what: format!("{what}{channel}{extent}"), consequence: capital(&issue.consequence) }
}

/// Share of the recording that is missing, 0-1.
pub(super) fn lost(issues: &[Issue]) -> f64 {
    issues.iter().filter(|issue| issue.kind == IssueKind::Gap).map(|issue| issue.share).sum()
}

/// What it is called, and whether it concerns the numbers.
pub(super) fn words(kind: IssueKind) -> (&'static str, bool) {
    match kind {
        IssueKind::Gap => ("Samples missing", true),
        IssueKind::ClockReset => ("Clock set anew", true),
        IssueKind::LostRows => ("Rows left out", true),
        IssueKind::InventedRows => ("Invented rows left out", true),
        IssueKind::NotStarted => ("Rows before the start left out", false),
        IssueKind::Mislabelled => ("Columns wrongly named", true),
        IssueKind::IrregularClock => ("Clock irregular", true),
        IssueKind::SlowClock => ("Clock slow", true),
        IssueKind::Frozen => ("Frozen values", true),
        IssueKind::Saturated => ("Clipped values", true),
        IssueKind::Silent => ("Silent channel", true),
        IssueKind::Implausible => ("Force implausible", true),
        IssueKind::StartsInContact => ("Starts in contact", true),
        IssueKind::NoRest => ("No quiet part", true),
        IssueKind::Drift => ("Drift", true),
        IssueKind::Spike => ("Spikes", true),
        IssueKind::Knock => ("Knocks", false),
        IssueKind::MissingAxis => ("Axis of force missing", true),
        IssueKind::NoGravity => ("Weight of the tool", true),
        IssueKind::LongContact => ("Long contact", true),
        IssueKind::LargeOffset => ("Large resting level", true),
        IssueKind::OneAxis => ("One axis of force", false),
        IssueKind::NoMotion => ("No position", false),
        IssueKind::Synthetic => ("Synthetic", false),
        _ => ("Worth knowing", true),
    }
}

#[cfg(test)]
mod tests {
    use xystra_dose::Interval;

    use super::*;

    #[test]
    fn an_issue_says_what_where_how_much_and_what_follows() {
        let issue = Issue {
            kind: IssueKind::Gap,
            channel: None,
            extent: Interval { start_s: 13.1, end_s: 13.34 },
            share: 0.006,
            consequence: "bridged".into(),
        };
        let said = line(&issue);
        assert_eq!(
            (said.what.as_str(), said.consequence.as_str()),
            ("Samples missing, 13.1 to 13.34 s, 0.6 %", "Bridged")
        );
        assert!(said.warns);
        assert!((lost(&[issue.clone(), issue]) - 0.012).abs() < 1e-12);
    }
}
