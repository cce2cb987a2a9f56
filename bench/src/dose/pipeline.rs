//! SciPy's pipeline by `xystra-signal`: filter, strokes by hysteresis, measures, spectra.

use std::time::Instant;

use anyhow::Result;
use serde_json::{Value, json};
use xystra_signal::{Filter, Welch, ZeroPhase, welch, zero_phase};

use crate::dose::recording::{CHANNELS, RATE_HZ};

/// Samples that go through all stages while they are in the second cache.
const PART: usize = 4096;

/// What the pipeline is told.
#[derive(Debug, Clone, Copy)]
pub struct How {
    /// Order of the low-pass, and where it halves the power, Hz.
    pub order: usize,
    /// Where it halves the power, Hz.
    pub cutoff_hz: f64,
    /// Force above which a stroke counts, N.
    pub enter_n: f64,
    /// Force above which it lasts, N.
    pub leave_n: f64,
    /// Samples of a segment of the spectrum.
    pub segment: usize,
}

/// A stroke: first sample, duration (s), mean and peak force (N), impulse (N s).
pub type Stroke = [f64; 5];

/// What comes out.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The filtered channels; empty when they were not kept.
    pub smooth: Vec<Vec<f64>>,
    /// Strokes in order.
    pub strokes: Vec<Stroke>,
    /// Density of each channel.
    pub density: Vec<Vec<f64>>,
    /// Filter, strokes, spectra: how long each took, s.
    pub stages_s: [f64; 3],
}

impl Default for How {
    fn default() -> Self {
        Self { order: 4, cutoff_hz: 20.0, enter_n: 1.0, leave_n: 0.5, segment: 1024 }
    }
}

impl How {
    /// The same for the peer.
    pub fn json(&self) -> Value {
        let Self { order, cutoff_hz: cutoff, enter_n: enter, leave_n: leave, segment } = self;
        json!({"rate": RATE_HZ, "order": order, "cutoff": cutoff, "enter": enter, "leave": leave, "segment": segment})
    }

    fn filter(&self) -> Result<Filter> {
        Ok(Filter::low_pass(self.order, self.cutoff_hz, RATE_HZ.into())?)
    }
}

impl Outcome {
    /// All stages, s.
    pub fn seconds(&self) -> f64 {
        self.stages_s.iter().sum()
    }
}

/// Each stage over the whole recording, keeping what it made, as SciPy does.
pub fn whole(how: &How, channels: &[&[f64]]) -> Result<Outcome> {
    let start = Instant::now();
    let smooth = zero_phase(&how.filter()?, channels);
    let filtered = Instant::now();
    let mut finder = Finder::new(how);
    finder.take(&smooth);
    let strokes = finder.finish();
    let found = Instant::now();
    let density = channels.iter().map(|channel| welch(channel, RATE_HZ.into(), how.segment).density).collect();
    let stages_s = [filtered - start, found - filtered, found.elapsed()].map(|time| time.as_secs_f64());
    Ok(Outcome { smooth, strokes, density, stages_s })
}

/// All stages over one part after the other, keeping strokes and spectra only: how a file of any length is read.
pub fn in_parts(how: &How, channels: &[&[f64]]) -> Result<Outcome> {
    let mut filter = ZeroPhase::new(&how.filter()?, CHANNELS);
    let mut spectra: Vec<Welch> = channels.iter().map(|_| Welch::new(RATE_HZ.into(), how.segment)).collect();
    let mut finder = Finder::new(how);
    let mut smooth = vec![Vec::new(); CHANNELS];
    let mut stages_s = [0.0; 3];
    let length = channels.first().map_or(0, |channel| channel.len());
    for start in (0..length).step_by(PART) {
        let part: Vec<&[f64]> = channels.iter().map(|channel| &channel[start..length.min(start + PART)]).collect();
        timed(&mut stages_s[2], || spectra.iter_mut().zip(&part).for_each(|(welch, part)| welch.push(part)));
        timed(&mut stages_s[0], || filter.push(&part, &mut smooth));
        timed(&mut stages_s[1], || finder.take(&smooth));
        smooth.iter_mut().for_each(Vec::clear);
    }
    timed(&mut stages_s[0], || filter.finish(&mut smooth));
    timed(&mut stages_s[1], || finder.take(&smooth));
    let density = timed(&mut stages_s[2], || spectra.into_iter().map(|welch| welch.finish().density).collect());
    Ok(Outcome { smooth: Vec::new(), strokes: finder.finish(), density, stages_s })
}

fn timed<T>(sum_s: &mut f64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    *sum_s += start.elapsed().as_secs_f64();
    done
}

/// Runs of force above one threshold that reach another.
#[derive(Debug)]
struct Finder {
    enter_n: f64,
    leave_n: f64,
    at: usize,
    force_n: Vec<f64>,
    run: Option<Run>,
    strokes: Vec<Stroke>,
}

#[derive(Debug, Clone, Copy)]
struct Run {
    start: usize,
    sum_n: f64,
    peak_n: f64,
}

impl Finder {
    fn new(how: &How) -> Self {
        let (enter_n, leave_n) = (how.enter_n, how.leave_n);
        Self { enter_n, leave_n, at: 0, force_n: Vec::new(), run: None, strokes: Vec::new() }
    }

    /// Force is the first three channels.
    fn take(&mut self, smooth: &[Vec<f64>]) {
        let [x, y, z] = [0, 1, 2].map(|axis| &smooth[axis][..]);
        let mut force_n = std::mem::take(&mut self.force_n);
        force_n.clear();
        force_n.extend(x.iter().zip(y).zip(z).map(|((x, y), z)| (x * x + y * y + z * z).sqrt()));
        self.walk(&force_n);
        self.force_n = force_n;
    }

    /// From one end of a run to the next.
    fn walk(&mut self, mut force_n: &[f64]) {
        while let Some(first) = force_n.first() {
            let (leave_n, is_above) = (self.leave_n, *first > self.leave_n);
            let same = force_n.iter().position(|f| (*f > leave_n) != is_above).unwrap_or(force_n.len());
            let (here, rest) = force_n.split_at(same);
            if is_above {
                let run = self.run.get_or_insert(Run { start: self.at, sum_n: 0.0, peak_n: 0.0 });
                run.sum_n += here.iter().sum::<f64>();
                run.peak_n = here.iter().fold(run.peak_n, |most, f| most.max(*f));
            } else if let Some(run) = self.run.take() {
                self.end(run);
            }
            self.at += same;
            force_n = rest;
        }
    }

    fn end(&mut self, run: Run) {
        if run.peak_n > self.enter_n {
            let (count, rate_hz) = ((self.at - run.start) as f64, f64::from(RATE_HZ));
            self.strokes.push([run.start as f64, count / rate_hz, run.sum_n / count, run.peak_n, run.sum_n / rate_hz]);
        }
    }

    fn finish(mut self) -> Vec<Stroke> {
        if let Some(run) = self.run.take() {
            self.end(run);
        }
        self.strokes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(count: usize) -> Vec<Vec<f64>> {
        let force = |i: usize| if i % 1000 < 400 { 5.0 } else { 0.0 };
        (0..CHANNELS).map(|c| (0..count).map(|i| if c == 2 { force(i) } else { 0.0 }).collect()).collect()
    }

    #[test]
    fn in_parts_is_the_whole() -> Result<()> {
        let channels = press(20_400);
        let slices: Vec<&[f64]> = channels.iter().map(Vec::as_slice).collect();
        let how = How::default();
        let (whole, parts) = (whole(&how, &slices)?, in_parts(&how, &slices)?);
        assert_eq!((whole.strokes.len(), parts.strokes.len()), (21, 21));
        // Sums over blocks round otherwise than sums over the whole.
        for (a, b) in whole.strokes.iter().flatten().zip(parts.strokes.iter().flatten()) {
            assert!((a - b).abs() <= 1e-12 * a.abs(), "{a} for {b}");
        }
        assert!((whole.strokes[3][4] - 2.0).abs() < 0.05);
        Ok(())
    }
}
