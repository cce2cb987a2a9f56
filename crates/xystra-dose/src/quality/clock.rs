//! The clock: its usual step, gaps and jitter.

use crate::constants::{GAP, GAP_STEPS, JITTER, JITTER_SHARE, SLOW_RATE};
use crate::interval::Interval;
use crate::quality::{Issue, IssueKind};
use crate::vector::median;

/// Most steps that are kept to find the usual one.
const KEPT: usize = 1 << 16;

/// Watches the steps of a clock in bounded memory: an even choice of all steps, and every long one.
#[derive(Debug, Clone)]
pub(crate) struct Clock {
    chosen_s: Vec<f64>,
    /// Every so many steps one is chosen.
    every: usize,
    seen: usize,
    long: Vec<Interval>,
    last_s: Option<f64>,
}

/// What a clock showed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ticks {
    /// Number of samples.
    pub(crate) samples: usize,
    /// Time of the last sample, s.
    pub(crate) end_s: f64,
    /// The usual step, s.
    pub(crate) step_s: f64,
    /// Steps in which samples are missing.
    pub(crate) gaps: Vec<Interval>,
    /// Share of steps that differ from the usual one.
    pub(crate) uneven: f64,
}

impl Clock {
    pub(crate) fn new() -> Self {
        Self { chosen_s: Vec::new(), every: 1, seen: 0, long: Vec::new(), last_s: None }
    }

    pub(crate) fn add(&mut self, time_s: &[f64]) {
        for t in time_s {
            if let Some(last_s) = self.last_s.replace(*t) {
                self.step(Interval::new(last_s, *t));
            }
        }
    }

    pub(crate) fn finish(self) -> Ticks {
        let step_s = median(self.chosen_s.clone());
        let limit_s = GAP.value.max(GAP_STEPS.value * step_s);
        let is_uneven = |s: &&f64| (*s - step_s).abs() > JITTER.value * step_s;
        let uneven = self.chosen_s.iter().filter(is_uneven).count() as f64 / self.chosen_s.len().max(1) as f64;
        let gaps = self.long.into_iter().filter(|step| step.duration_s() > limit_s).collect();
        let samples = self.seen + usize::from(self.last_s.is_some());
        Ticks { samples, end_s: self.last_s.unwrap_or(0.0), step_s, gaps, uneven }
    }

    fn step(&mut self, step: Interval) {
        if self.seen.is_multiple_of(self.every) {
            self.chosen_s.push(step.duration_s());
        }
        if self.chosen_s.len() > KEPT {
            let mut is_kept = false;
            self.chosen_s.retain(|_| {
                is_kept = !is_kept;
                is_kept
            });
            self.every *= 2;
        }
        if step.duration_s() > GAP.value {
            self.long.push(step);
        }
        self.seen += 1;
    }
}

impl Ticks {
    /// Samples per second, Hz.
    pub(crate) fn rate_hz(&self) -> f64 {
        1.0 / self.step_s
    }

    /// Gaps, an irregular clock, a slow clock.
    pub(crate) fn issues(&self) -> Vec<Issue> {
        let text = "samples are missing: no contact, stroke or impulse is counted across the gap";
        let gap = |extent: &Interval| Issue {
            share: extent.duration_s() / self.end_s,
            ..Issue::whole(IssueKind::Gap, *extent, text)
        };
        self.gaps.iter().map(gap).chain(self.irregular()).chain(self.slow()).collect()
    }

    fn extent(&self) -> Interval {
        Interval::new(0.0, self.end_s)
    }

    fn irregular(&self) -> Option<Issue> {
        let text = "the steps of the clock vary: times and path are as stamped, peaks may fall between samples";
        let issue = Issue { share: self.uneven, ..Issue::whole(IssueKind::IrregularClock, self.extent(), text) };
        (self.uneven > JITTER_SHARE.value).then_some(issue)
    }

    fn slow(&self) -> Option<Issue> {
        let rate_hz = self.rate_hz();
        let text = format!("{rate_hz:.0} samples per second: peaks are understated and short strokes may be missed");
        (rate_hz < SLOW_RATE.value).then(|| Issue::whole(IssueKind::SlowClock, self.extent(), text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(time_s: &[f64]) -> Ticks {
        let mut clock = Clock::new();
        time_s.chunks(7).for_each(|part| clock.add(part));
        clock.finish()
    }

    #[test]
    fn a_gap_and_jitter_are_told_apart() {
        let time: Vec<f64> = (0..200).map(|i| f64::from(i) * 0.01 + if i >= 100 { 0.5 } else { 0.0 }).collect();
        let gappy = ticks(&time);
        assert_eq!(gappy.issues().iter().map(|i| i.kind).collect::<Vec<_>>(), [IssueKind::Gap]);
        assert!((gappy.gaps[0].duration_s() - 0.51).abs() < 1e-9);
        let time: Vec<f64> = (0..200).map(|i| f64::from(i) * 0.01 + f64::from(i % 3) * 0.004).collect();
        assert_eq!(ticks(&time).issues()[0].kind, IssueKind::IrregularClock);
    }

    #[test]
    fn a_long_clock_is_watched_in_bounded_memory() {
        let mut clock = Clock::new();
        for i in 0..400_000_u32 {
            clock.add(&[f64::from(i) * 0.001]);
        }
        assert!(clock.chosen_s.len() <= KEPT + 1);
        let ticks = clock.finish();
        assert_eq!(ticks.samples, 400_000);
        assert!((ticks.step_s - 0.001).abs() < 1e-9);
    }
}
