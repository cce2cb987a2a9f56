//! Runs of one repeated value in a channel.

use crate::constants::{CLIPPED_RUN, CLIPPED_STEP, COARSE, COARSE_CREST, FROZEN, FROZEN_RUN, FROZEN_USUAL};
use crate::interval::Interval;
use crate::vector::median;

/// Most lengths of runs that are kept to find the usual one.
const KEPT: usize = 1 << 14;

/// Fewer changes say nothing of a channel's steps.
const FEW_CHANGES: usize = 20;

/// Watches one channel, sample by sample, in memory bounded by the number of its faults.
#[derive(Debug, Clone, Default)]
pub(crate) struct Runs {
    low: Option<f64>,
    high: Option<f64>,
    /// The smallest difference between two neighbouring samples that differ.
    resolution: Option<f64>,
    open: Option<Run>,
    before: Option<f64>,
    last_s: f64,
    long: Vec<Run>,
    at_low: Vec<Run>,
    at_high: Vec<Run>,
    lengths: Vec<f64>,
    /// Samples in short and in long runs.
    samples: [usize; 2],
    changes: usize,
}

/// A run: where, of what, and by how large a step it was entered or left.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Run {
    extent: Interval,
    value: f64,
    count: usize,
    step: f64,
}

/// Where a channel did not measure.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Spoiled {
    pub(crate) frozen: Vec<Interval>,
    pub(crate) clipped: Vec<Interval>,
    /// It never changed.
    pub(crate) is_silent: bool,
    /// The smallest step of the channel; zero when it never moved.
    pub(crate) step: f64,
}

impl Runs {
    #[expect(clippy::float_cmp, reason = "a dead channel repeats to the last bit")]
    pub(crate) fn add(&mut self, time_s: f64, value: f64) {
        match &mut self.open {
            Some(run) if run.value == value => {
                run.count += 1;
                run.extent.end_s = time_s;
            }
            _ => self.turn_to(time_s, value),
        }
        self.last_s = time_s;
    }

    pub(crate) fn finish(mut self) -> Spoiled {
        if let Some(run) = self.open.take() {
            self.close(run);
        }
        let step = self.resolution.unwrap_or(0.0);
        let mostly_long = self.samples[1] > self.samples[0];
        let usual = if mostly_long { 1.0 } else { median(self.lengths.clone()) };
        let (mut frozen, mut clipped) = (Vec::new(), Vec::new());
        let limit = CLIPPED_STEP.value * self.resolution.unwrap_or(0.0) * (1.0 - 1e-6);
        let sides = if self.moves_by(COARSE_CREST.value) { vec![&self.at_low, &self.at_high] } else { Vec::new() };
        for side in sides {
            let cut: Vec<&Run> = side.iter().filter(|run| run.step >= limit && limit > 0.0).collect();
            let returns = cut.len() > 1;
            clipped.extend(cut.into_iter().filter(|run| returns || !run.is_long()).map(|run| run.extent));
        }
        let can_freeze = self.moves_by(COARSE.value);
        let is_frozen =
            |run: &&Run| can_freeze && run.count as f64 >= FROZEN_USUAL.value * usual && !clipped.contains(&run.extent);
        frozen.extend(self.long.iter().filter(is_frozen).map(|run| run.extent));
        clipped.sort_by(|a: &Interval, b| a.start_s.total_cmp(&b.start_s));
        Spoiled { frozen, clipped, is_silent: self.changes == 0, step }
    }

    /// Does the channel move by so many of its own steps? A coarser one repeats itself by nature; one that hardly ever moves is
    /// judged all the same.
    fn moves_by(&self, steps: f64) -> bool {
        let range = self.high.zip(self.low).map_or(0.0, |(high, low)| high - low);
        self.changes < FEW_CHANGES || self.resolution.is_none_or(|step| range >= steps * step)
    }

    fn turn_to(&mut self, time_s: f64, value: f64) {
        if let Some(mut run) = self.open.take() {
            let step = (value - run.value).abs();
            run.step = run.step.max(step);
            self.resolution = Some(self.resolution.map_or(step, |r| r.min(step)));
            self.before = Some(run.value);
            self.changes += 1;
            self.close(run);
        }
        if self.low.is_none_or(|low| value < low) {
            self.low = Some(value);
            self.at_low.clear();
        }
        if self.high.is_none_or(|high| value > high) {
            self.high = Some(value);
            self.at_high.clear();
        }
        let step = self.before.map_or(0.0, |before| (value - before).abs());
        self.open = Some(Run { extent: Interval::new(time_s, time_s), value, count: 1, step });
    }

    fn close(&mut self, run: Run) {
        self.samples[usize::from(run.is_long())] += run.count;
        if self.lengths.len() < KEPT && !run.is_long() {
            self.lengths.push(run.count as f64);
        }
        if (run.count as f64) < CLIPPED_RUN.value {
            return;
        }
        if run.is_long() {
            self.long.push(run);
        }
        if self.low == Some(run.value) {
            self.at_low.push(run);
        }
        if self.high == Some(run.value) {
            self.at_high.push(run);
        }
    }
}

impl Run {
    /// Long enough to be a frozen channel.
    fn is_long(&self) -> bool {
        self.count as f64 >= FROZEN_RUN.value && self.extent.duration_s() >= FROZEN.value
    }
}
