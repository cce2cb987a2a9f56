//! Stamps of a stream with a nominal rate, straightened: between two breaks samples are evenly spaced.
//!
//! As pyxdf's `_jitter_removal`: a straight line through stamps over sample numbers, one for each part between breaks. But a
//! part that has a gap keeps the stamps it has: a line would spread what was lost over its neighbours, and hide it. A long step
//! is jitter, not a gap, where stamps also run back: samples then wait for one another, and none is lost.

use crate::constants::{GAP, GAP_STEPS};

/// A break is a step of at least so many seconds and so many nominal steps.
const BREAK: (f64, f64) = (1.0, 500.0);

/// The straight line through the stamps of one part.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Line {
    /// Sample number of the first stamp.
    first: u64,
    count: u64,
    mean_number: f64,
    mean_s: f64,
    square: f64,
    product: f64,
    /// Longest step forwards and longest step back, s.
    longest_s: f64,
    back_s: f64,
}

/// All parts of a stream.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Even {
    pub(super) lines: Vec<Line>,
    /// Longest step without a break, and longest without a gap, s.
    break_s: f64,
    gap_s: f64,
    last_s: f64,
    count: u64,
}

/// Goes through the samples in the order of the file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Place {
    number: u64,
    line: usize,
}

impl Even {
    /// For a nominal rate, Hz.
    pub(super) fn new(rate_hz: f64) -> Self {
        let gap_s = GAP.value.max(GAP_STEPS.value / rate_hz);
        Self { break_s: BREAK.0.max(BREAK.1 / rate_hz), gap_s, ..Self::default() }
    }

    /// Takes the next stamp.
    pub(super) fn push(&mut self, time_s: f64) {
        let step_s = time_s - self.last_s;
        if self.lines.is_empty() || step_s.abs() > self.break_s {
            self.lines.push(Line { first: self.count, ..Line::default() });
        }
        if let Some(line) = self.lines.last_mut() {
            line.push(self.count, time_s, step_s);
        }
        self.last_s = time_s;
        self.count += 1;
    }

    /// The straightened stamp of the next sample.
    pub(super) fn straighten(&self, place: &mut Place, time_s: f64) -> f64 {
        let line = self.lines.get(place.line).filter(|line| place.number < line.first + line.count);
        let line = line.or_else(|| {
            place.line += 1;
            self.lines.get(place.line)
        });
        place.number += 1;
        let line = line.filter(|line| line.longest_s <= self.gap_s || line.back_s > self.gap_s);
        line.map_or(time_s, |line| line.at(place.number - 1))
    }

    /// The straightened stamp of the sample `number`, which is `time_s` when it is not straightened.
    pub(super) fn at(&self, number: u64, time_s: f64) -> f64 {
        let line = self.lines.partition_point(|line| line.first + line.count <= number);
        self.straighten(&mut Place { number, line }, time_s)
    }

    /// Samples per second over all parts, Hz; none without two samples in a part.
    pub(super) fn rate_hz(&self) -> Option<f64> {
        let steps: u64 = self.lines.iter().map(|line| line.count - 1).sum();
        let seconds: f64 = self.lines.iter().map(Line::seconds).sum();
        Some(steps as f64 / seconds).filter(|rate| rate.is_finite() && *rate > 0.0)
    }

    /// First and last straightened stamp.
    pub(super) fn ends_s(&self) -> Option<(f64, f64)> {
        let (first, last) = (self.lines.first()?, self.lines.last()?);
        Some((first.at(first.first), last.at(last.first + last.count - 1)))
    }
}

impl Line {
    /// Running means and products, which stay exact over a day of samples.
    fn push(&mut self, number: u64, time_s: f64, step_s: f64) {
        if self.count > 0 {
            (self.longest_s, self.back_s) = (self.longest_s.max(step_s), self.back_s.max(-step_s));
        }
        self.count += 1;
        let share = 1.0 / self.count as f64;
        let (number, away_s) = ((number - self.first) as f64 - self.mean_number, time_s - self.mean_s);
        self.mean_number += number * share;
        self.mean_s += away_s * share;
        self.square += number * number * (1.0 - share);
        self.product += number * away_s * (1.0 - share);
    }

    fn slope_s(&self) -> f64 {
        if self.square > 0.0 { self.product / self.square } else { 0.0 }
    }

    fn at(&self, number: u64) -> f64 {
        self.mean_s + self.slope_s() * ((number - self.first) as f64 - self.mean_number)
    }

    fn seconds(&self) -> f64 {
        self.slope_s() * (self.count - 1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn straightened(stamps: &[f64]) -> (Even, Vec<f64>) {
        let mut even = Even::new(100.0);
        for stamp_s in stamps {
            even.push(*stamp_s);
        }
        let mut place = Place::default();
        let out = stamps.iter().map(|t| even.straighten(&mut place, *t)).collect();
        (even, out)
    }

    #[test]
    fn jitter_goes_and_breaks_stay() {
        let truth: Vec<f64> = (0..2000).map(|i| f64::from(i) * 0.01 + if i < 1000 { 0.0 } else { 30.0 }).collect();
        let jittered: Vec<f64> = truth.iter().enumerate().map(|(i, t)| t + [0.004, -0.004][i % 2]).collect();
        let (even, found) = straightened(&jittered);
        assert_eq!(even.lines.len(), 2);
        assert!(found.iter().zip(&truth).all(|(f, t)| (f - t).abs() < 1e-4));
        assert!((even.rate_hz().unwrap() - 100.0).abs() < 1e-3);
    }

    #[test]
    fn a_loss_is_not_spread_over_its_neighbours() {
        let stamps: Vec<f64> = (0..500).map(|i| f64::from(i) * 0.01 + if i < 200 { 0.0 } else { 0.7 }).collect();
        let (even, found) = straightened(&stamps);
        assert_eq!(even.lines.len(), 1);
        assert!(found.iter().zip(&stamps).all(|(found, stamp)| found.to_bits() == stamp.to_bits()));
    }

    #[test]
    fn chunks_that_come_late_are_jitter() {
        let late = |i: i32| if i / 10 % 7 == 3 { 0.2 } else { 0.0 };
        let stamps: Vec<f64> = (0..1000).map(|i| f64::from(i) * 0.01 + late(i)).collect();
        let (_, found) = straightened(&stamps);
        assert!(found.windows(2).all(|w| (w[1] - w[0] - 0.01).abs() < 1e-4));
    }
}
