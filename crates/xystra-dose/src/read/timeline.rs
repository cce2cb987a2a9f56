//! The clock of a table: seconds from the first stamp, which never go back.

use super::number::Decimal;
use crate::constants::{GAP, GAP_STEPS, RESET_RUN};
use crate::error::Error;
use crate::interval::Interval;
use crate::quality::{Issue, IssueKind};
use crate::vector::samples;

/// Most steps from which the usual one is told.
const STEPS: usize = 1000;

/// Turns stamps into time, and joins the parts of a clock that was set anew.
pub(super) struct Timeline {
    /// Name of the clock's column.
    column: String,
    /// A stamp's unit: seconds = stamp times `factor` times ten to `power`.
    factor: f64,
    power: i32,
    first: Option<Decimal>,
    /// What is added since the clock was last set anew, s.
    offset_s: f64,
    /// The last two stamps settled, s from the first.
    last: Option<f64>,
    before: Option<f64>,
    step_s: Option<f64>,
    resets: Vec<Reset>,
}

struct Reset {
    line: u64,
    extent: Interval,
    from_s: f64,
    to_s: f64,
}

impl Timeline {
    /// The clock of `column`, whose unit is `factor` seconds.
    pub(super) fn new(column: &str, factor: f64) -> Self {
        let tens = [(1.0, 0), (1e-3, -3), (1e-6, -6), (1e-9, -9)]
            .into_iter()
            .find(|(of, _): &(f64, i32)| of.to_bits() == factor.to_bits());
        let (factor, power) = tens.map_or((factor, 0), |(_, power)| (1.0, power));
        Self {
            column: column.to_owned(),
            factor,
            power,
            first: None,
            offset_s: 0.0,
            last: None,
            before: None,
            step_s: None,
            resets: Vec::new(),
        }
    }

    /// Back to the first stamp.
    pub(super) fn rewind(&mut self) {
        *self = Self { power: self.power, ..Self::new(&self.column, self.factor) };
    }

    /// Seconds from the first stamp, as stamped.
    #[inline]
    pub(super) fn since_first(&mut self, stamp: Decimal) -> f64 {
        let first = *self.first.get_or_insert(stamp);
        stamp.since(first, self.power) * self.factor
    }

    /// Makes time of stamps (s from the first) in place, and says how many are settled: behind a step back it takes some
    /// more stamps, unless there are none (`is_end`). `lines` are theirs.
    ///
    /// # Errors
    /// [`Error::TimeBackwards`] for stamps that go back and do not go on from there.
    pub(super) fn settle(&mut self, time_s: &mut [f64], lines: &[u64], is_end: bool) -> Result<usize, Error> {
        if self.step_s.is_none() {
            self.step_s = usual_step(time_s);
        }
        for at in 0..time_s.len() {
            let stamp = time_s[at];
            if let Some(last) = self.last.filter(|last| stamp < *last) {
                let Some(goes_on) = self.goes_on(&time_s[at..], last, is_end) else { return Ok(at) };
                if !goes_on {
                    return Err(self.backwards(lines[at], last, stamp));
                }
                self.reset(lines[at], last, stamp);
            }
            (self.before, self.last) = (self.last, Some(stamp));
            time_s[at] = stamp + self.offset_s;
        }
        Ok(time_s.len())
    }

    /// Where the clock was set anew.
    pub(super) fn issues(&self) -> Vec<Issue> {
        self.resets.iter().map(Reset::issue).collect()
    }

    /// Does the clock go on from its step back? A stamp that is alone, or whose neighbour was, is an error. None when too few
    /// stamps are known.
    fn goes_on(&self, stamps: &[f64], last: f64, is_end: bool) -> Option<bool> {
        let run = samples(RESET_RUN.value, 1.0);
        if stamps.len() < run && !is_end {
            return None;
        }
        let stamps = &stamps[..run.min(stamps.len())];
        let is_ascending = stamps.len() >= 3 && stamps.windows(2).all(|w| w[0] <= w[1]);
        Some(is_ascending && stamps[1] < last && self.before.is_none_or(|before| stamps[0] < before))
    }

    fn reset(&mut self, line: u64, last: f64, stamp: f64) {
        let step_s = self.step_s.unwrap_or(0.0);
        let pause_s = step_s + 2.0 * GAP.value.max(GAP_STEPS.value * step_s);
        let start_s = last + self.offset_s;
        let extent = Interval::new(start_s, start_s + pause_s);
        self.resets.push(Reset { line, extent, from_s: last, to_s: stamp });
        self.offset_s = extent.end_s - stamp;
    }

    fn backwards(&self, line: u64, before_s: f64, after_s: f64) -> Error {
        Error::TimeBackwards { line, column: self.column.clone(), before_s, after_s }
    }
}

impl Reset {
    fn issue(&self) -> Issue {
        let text = format!(
            "the clock was set anew at line {} (from {:.3} s to {:.3} s): how long lies between is not known, a pause of {:.2} s stands for it, and nothing is counted across",
            self.line,
            self.from_s,
            self.to_s,
            self.extent.duration_s(),
        );
        Issue { share: 0.0, ..Issue::whole(IssueKind::ClockReset, self.extent, text) }
    }
}

fn usual_step(stamps: &[f64]) -> Option<f64> {
    let steps = stamps.windows(2).map(|w| w[1] - w[0]).filter(|step| *step > 0.0).take(STEPS);
    let mut steps: Vec<f64> = steps.collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(stamps: &[f64]) -> Result<(Vec<f64>, usize), Error> {
        let mut timeline = Timeline::new("t", 1.0);
        let mut time = stamps.to_vec();
        let lines: Vec<u64> = (2..).take(stamps.len()).collect();
        let count = timeline.settle(&mut time, &lines, true)?;
        assert_eq!(count, stamps.len());
        Ok((time, timeline.issues().len()))
    }

    fn clock(from: u32, to: u32) -> Vec<f64> {
        (from..to).map(|i| f64::from(i) * 0.01).collect()
    }

    #[test]
    fn a_clock_set_anew_goes_on_behind_a_gap() {
        let stamps = [clock(0, 100), clock(0, 100)].concat();
        let (time, resets) = settled(&stamps).unwrap();
        assert_eq!(resets, 1);
        assert!(time.windows(2).all(|w| w[0] < w[1]));
        assert!((time[100] - time[99] - 0.21).abs() < 1e-9);
        assert!((time[199] - time[100] - 0.99).abs() < 1e-9);
    }

    #[test]
    fn stray_stamps_are_errors() {
        let with = |at: usize, stamp: f64| {
            let mut stamps = clock(0, 100);
            stamps[at] = stamp;
            settled(&stamps)
        };
        assert!(matches!(with(50, 0.1), Err(Error::TimeBackwards { line: 52, .. })));
        assert!(matches!(with(50, 9.0), Err(Error::TimeBackwards { line: 53, .. })));
        assert!(matches!(with(99, 0.1), Err(Error::TimeBackwards { line: 101, .. })));
        let shuffled: Vec<f64> = clock(0, 100).chunks(2).flat_map(|w| [w[1], w[0]]).collect();
        assert!(settled(&shuffled).is_err());
    }

    #[test]
    fn a_step_back_waits_for_what_follows() {
        let mut timeline = Timeline::new("t", 1.0);
        let mut time = [clock(0, 50), clock(0, 5)].concat();
        let lines: Vec<u64> = (2..).take(55).collect();
        assert_eq!(timeline.settle(&mut time, &lines, false).unwrap(), 50);
        let mut more = clock(0, 40);
        assert_eq!(timeline.settle(&mut more, &lines, false).unwrap(), 40);
        assert!(more[0] > 0.5);
    }
}
