//! Gaps and jitter of the clock.

use crate::constants::{GAP, GAP_STEPS, JITTER, JITTER_SHARE, SLOW_RATE};
use crate::interval::Interval;
use crate::quality::{Issue, IssueKind};
use crate::recording::Recording;

/// The steps of the clock in which samples are missing.
pub(crate) fn gaps(recording: &Recording) -> Vec<Interval> {
    let limit_s = GAP.value.max(GAP_STEPS.value * recording.step_s());
    let steps = recording.time_s.windows(2).map(|w| Interval::new(w[0], w[1]));
    steps.filter(|step| step.duration_s() > limit_s).collect()
}

/// Gaps, an irregular clock, a slow clock.
pub(crate) fn issues(recording: &Recording) -> Vec<Issue> {
    let length_s = recording.extent().duration_s();
    let gap = |extent: Interval| Issue {
        share: extent.duration_s() / length_s,
        ..Issue::whole(
            IssueKind::Gap,
            extent,
            "samples are missing: no contact, stroke or impulse is counted across the gap",
        )
    };
    let mut issues: Vec<Issue> = gaps(recording).into_iter().map(gap).collect();
    issues.extend(irregular(recording));
    issues.extend(slow(recording));
    issues
}

fn irregular(recording: &Recording) -> Option<Issue> {
    let step_s = recording.step_s();
    let uneven = recording.time_s.windows(2).filter(|w| (w[1] - w[0] - step_s).abs() > JITTER.value * step_s).count();
    let share = uneven as f64 / (recording.time_s.len() - 1) as f64;
    let text = "the steps of the clock vary: times and path are as stamped, peaks may fall between samples";
    let issue = Issue { share, ..Issue::whole(IssueKind::IrregularClock, recording.extent(), text) };
    (share > JITTER_SHARE.value).then_some(issue)
}

fn slow(recording: &Recording) -> Option<Issue> {
    let text =
        format!("{:.0} samples per second: peaks are understated and short strokes may be missed", recording.rate_hz());
    let issue = Issue::whole(IssueKind::SlowClock, recording.extent(), text);
    (recording.rate_hz() < SLOW_RATE.value).then_some(issue)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_and_jitter_are_told_apart() {
        let time: Vec<f64> = (0..200).map(|i| f64::from(i) * 0.01 + if i >= 100 { 0.5 } else { 0.0 }).collect();
        let gappy = Recording::new("", &time, vec![[0.0; 3]; 200]).unwrap();
        assert_eq!(issues(&gappy).iter().map(|i| i.kind).collect::<Vec<_>>(), [IssueKind::Gap]);
        assert!((gaps(&gappy)[0].duration_s() - 0.51).abs() < 1e-9);
        let time: Vec<f64> = (0..200).map(|i| f64::from(i) * 0.01 + f64::from(i % 3) * 0.004).collect();
        let uneven = Recording::new("", &time, vec![[0.0; 3]; 200]).unwrap();
        assert_eq!(issues(&uneven)[0].kind, IssueKind::IrregularClock);
    }
}
