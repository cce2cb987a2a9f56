//! Force channels that are frozen, clipped or silent.

use crate::constants::{CLIPPED_RUN, CLIPPED_STEP, FROZEN, FROZEN_RUN, SPOILED};
use crate::error::Error;
use crate::interval::{Interval, inside, total_s, union};
use crate::quality::{Issue, IssueKind};
use crate::recording::Recording;

/// Stretches in which a force channel did not measure.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fault {
    pub(crate) kind: IssueKind,
    pub(crate) channel: String,
    pub(crate) extents: Vec<Interval>,
}

/// A run of one repeated value, by sample index, both ends in.
struct Run {
    first: usize,
    last: usize,
}

impl Run {
    fn len(&self) -> usize {
        self.last - self.first + 1
    }
}

/// The faults of every force channel. A shear axis that never changes is not connected, and no fault.
pub(crate) fn faults(recording: &Recording) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (axis, name, values) in recording.force_channels() {
        if axis != 2 && is_silent(&values) {
            continue;
        }
        let (frozen, rest): (Vec<Run>, _) = runs(&values).into_iter().partition(|run| is_frozen(recording, run));
        let clipped = clipped(&values, rest);
        faults.push(fault(recording, IssueKind::Frozen, name, &frozen));
        faults.push(fault(recording, IssueKind::Saturated, name, &clipped));
    }
    faults.retain(|fault| !fault.extents.is_empty());
    faults
}

/// Everything spoiled by any of `faults`.
pub(crate) fn spoiled(faults: &[Fault]) -> Vec<Interval> {
    union(faults.iter().flat_map(|fault| fault.extents.clone()).collect())
}

/// Refuses when most of `contact` is spoiled, and names the worst channel.
pub(crate) fn refuse_spoiled(faults: &[Fault], contact: &[Interval]) -> Result<(), Error> {
    let share_of = |extents: &[Interval]| total_s(&inside(contact, extents)) / total_s(contact);
    let worst = faults.iter().map(|f| (f, share_of(&f.extents))).max_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((fault, share)) = worst.filter(|(_, share)| *share > SPOILED.value) {
        let channel = fault.channel.clone();
        return Err(if fault.kind == IssueKind::Frozen {
            Error::Frozen { channel, share }
        } else {
            Error::Saturated { channel, share }
        });
    }
    let share = share_of(&spoiled(faults));
    let channels = faults.iter().map(|f| f.channel.as_str()).collect::<Vec<_>>().join(", ");
    if share > SPOILED.value { Err(Error::Spoiled { channels, share }) } else { Ok(()) }
}

/// The faults that touch `contact`, each extent with its share of it.
pub(crate) fn issues(faults: &[Fault], contact: &[Interval]) -> Vec<Issue> {
    let touching = |fault: &Fault, extent: Interval| {
        let share = total_s(&inside(contact, &[extent])) / total_s(contact);
        let consequence = match fault.kind {
            IssueKind::Frozen => "the channel repeats one value: this part is left out of strokes and dose",
            _ => "the channel is clipped: this part is left out of strokes and dose",
        };
        let issue = Issue {
            kind: fault.kind,
            channel: Some(fault.channel.clone()),
            extent,
            share,
            consequence: consequence.to_owned(),
        };
        (share > 0.0).then_some(issue)
    };
    faults.iter().flat_map(|fault| fault.extents.iter().filter_map(move |extent| touching(fault, *extent))).collect()
}

/// Shear axes that never change.
pub(crate) fn silent(recording: &Recording) -> Vec<Issue> {
    let text = "the channel never changes, as if not connected: the resultant lacks this axis";
    let issue = |name: &str| Issue {
        channel: Some(name.to_owned()),
        ..Issue::whole(IssueKind::Silent, recording.extent(), text)
    };
    let shear = recording.force_channels().filter(|(axis, _, values)| *axis != 2 && is_silent(values));
    shear.map(|(_, name, _)| issue(name)).collect()
}

fn is_silent(values: &[f64]) -> bool {
    values.windows(2).all(|pair| pair[0].to_bits() == pair[1].to_bits())
}

fn is_frozen(recording: &Recording, run: &Run) -> bool {
    let lasted_s = recording.time_s[run.last] - recording.time_s[run.first];
    run.len() as f64 >= FROZEN_RUN.value && lasted_s >= FROZEN.value
}

/// Runs of at least three repeated values.
fn runs(values: &[f64]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut first = 0;
    for i in 1..=values.len() {
        if values.get(i) != Some(&values[first]) {
            runs.push(Run { first, last: i - 1 });
            first = i;
        }
    }
    runs.retain(|run| run.len() as f64 >= CLIPPED_RUN.value);
    runs
}

/// Runs at the channel's extreme that the value entered or left by more than the channel's resolution: a smooth crest, or one
/// of a coarse sensor, does not.
#[expect(clippy::float_cmp, reason = "a clipped channel repeats to the last bit")]
fn clipped(values: &[f64], runs: Vec<Run>) -> Vec<Run> {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let limit = CLIPPED_STEP.value * resolution(values) * (1.0 - 1e-6);
    let steps_in = |run: &Run| {
        let neighbours = [run.first.checked_sub(1), Some(run.last + 1)];
        let mut steps =
            neighbours.iter().flatten().filter_map(|i| values.get(*i)).map(|v| (v - values[run.first]).abs());
        steps.any(|step| step >= limit)
    };
    let at_extreme = |run: &Run| values[run.first] == low || values[run.first] == high;
    runs.into_iter().filter(|run| at_extreme(run) && steps_in(run)).collect()
}

/// The smallest difference between two neighbouring samples that differ.
fn resolution(values: &[f64]) -> f64 {
    let steps = values.windows(2).map(|w| (w[1] - w[0]).abs());
    steps.filter(|step| *step > 0.0).fold(f64::INFINITY, f64::min)
}

fn fault(recording: &Recording, kind: IssueKind, channel: &str, runs: &[Run]) -> Fault {
    let extents = runs.iter().map(|r| Interval::new(recording.time_s[r.first], recording.time_s[r.last])).collect();
    Fault { kind, channel: channel.to_owned(), extents }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    fn kinds(force: impl Fn(f64) -> f64) -> Vec<(IssueKind, f64)> {
        let time: Vec<f64> = (0..400).map(|i| f64::from(i) * 0.01).collect();
        let values = time.iter().map(|t| [0.0, 0.0, force(*t)]).collect();
        let recording = Recording::new("", &time, values).unwrap();
        faults(&recording).iter().map(|f| (f.kind, total_s(&f.extents))).collect()
    }

    #[test]
    fn a_wave_has_no_fault_even_when_coarse() {
        assert!(kinds(|t| (TAU * t).sin()).is_empty());
        assert!(kinds(|t| (20.0 * (TAU * t).sin()).round() / 4.0).is_empty());
    }

    #[test]
    fn freezing_and_clipping_are_told_apart() {
        let frozen = kinds(|t| if t < 1.0 { 0.7 } else { (TAU * t).sin() });
        assert_eq!(frozen[0].0, IssueKind::Frozen);
        assert!((frozen[0].1 - 0.99).abs() < 1e-9);
        let clipped = kinds(|t| (TAU * t).sin().min(0.9));
        assert_eq!(clipped.iter().map(|c| c.0).collect::<Vec<_>>(), [IssueKind::Saturated]);
    }

    #[test]
    fn an_axis_that_never_changes_is_named_and_no_fault() {
        let time: Vec<f64> = (0..400).map(|i| f64::from(i) * 0.01).collect();
        let values = time.iter().map(|t| [0.2, (3.0 * t).cos(), (TAU * t).sin()]).collect();
        let recording = Recording::new("", &time, values).unwrap();
        assert!(faults(&recording).is_empty());
        assert_eq!(silent(&recording)[0].channel.as_deref(), Some("fx"));
    }

    #[test]
    fn most_of_the_contact_spoiled_is_refused() {
        let fault = |channel: &str, a, b| Fault {
            kind: IssueKind::Frozen,
            channel: channel.into(),
            extents: vec![Interval::new(a, b)],
        };
        let contact = [Interval::new(0.0, 10.0)];
        assert!(refuse_spoiled(&[fault("fz", 0.0, 5.0)], &contact).is_ok());
        assert!(matches!(refuse_spoiled(&[fault("fz", 0.0, 5.1)], &contact), Err(Error::Frozen { .. })));
        let both = [fault("fy", 0.0, 3.0), fault("fz", 6.0, 9.0)];
        assert!(matches!(refuse_spoiled(&both, &contact), Err(Error::Spoiled { .. })));
        assert!((issues(&both, &contact)[1].share - 0.3).abs() < 1e-12);
    }
}
