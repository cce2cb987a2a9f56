//! Short stretches of force: mean, spread and whether they were held.

use crate::vector::{Vec3, add, dot, norm, scale, sub};

/// A stretch of about a quarter of a second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Window {
    /// Its middle, s.
    pub(crate) time_s: f64,
    pub(crate) mean_n: Vec3,
    /// Standard deviation over all axes, N.
    pub(crate) spread_n: f64,
    /// The same as white noise would show it, from sample to sample, N.
    pub(crate) grain_n: f64,
    /// Is it the first or the last?
    pub(crate) at_an_end: bool,
}

/// Gathers windows of two halves each, so that every half counts twice.
#[derive(Debug, Clone)]
pub(crate) struct Windows {
    /// Samples of a half.
    half: usize,
    current: Half,
    before: Option<Half>,
    pub(crate) found: Vec<Window>,
}

/// Sums of half a window, about its first force.
#[derive(Debug, Clone, Copy, Default)]
struct Half {
    count: usize,
    first_n: Vec3,
    last_n: Vec3,
    sum: Vec3,
    squares: f64,
    steps: f64,
    start_s: f64,
    end_s: f64,
}

impl Windows {
    /// Windows of `size` samples.
    pub(crate) fn new(size: usize) -> Self {
        Self { half: size.div_ceil(2).max(3), current: Half::default(), before: None, found: Vec::new() }
    }

    pub(crate) fn add(&mut self, time_s: &[f64], force_n: &[Vec3]) {
        for (t, f) in time_s.iter().zip(force_n) {
            self.current.add(*t, *f);
            if self.current.count == self.half {
                self.close();
            }
        }
    }

    /// All windows; the rest of the recording counts when it is half a half or more.
    pub(crate) fn finish(mut self) -> Vec<Window> {
        if 2 * self.current.count >= self.half {
            self.close();
        }
        if let (Some(only), true) = (self.before, self.found.is_empty()) {
            self.found.push(only.with(&Half::default()));
        }
        let last = self.found.len().saturating_sub(1);
        for end in [0, last] {
            self.found.get_mut(end).into_iter().for_each(|window| window.at_an_end = true);
        }
        self.found
    }

    fn close(&mut self) {
        let half = std::mem::take(&mut self.current);
        if let Some(before) = self.before.replace(half) {
            self.found.push(before.with(&half));
        }
    }
}

impl Half {
    fn add(&mut self, t: f64, force_n: Vec3) {
        if self.count == 0 {
            (self.first_n, self.last_n, self.start_s) = (force_n, force_n, t);
        }
        let (from_first, step) = (sub(force_n, self.first_n), sub(force_n, self.last_n));
        self.sum = add(self.sum, from_first);
        self.squares += dot(from_first, from_first);
        self.steps += dot(step, step);
        (self.last_n, self.end_s) = (force_n, t);
        self.count += 1;
    }

    fn with(&self, next: &Self) -> Window {
        let count = (self.count + next.count) as f64;
        let shift = if next.count > 0 { sub(next.first_n, self.first_n) } else { [0.0; 3] };
        let many = next.count as f64;
        let sum = add(self.sum, add(next.sum, scale(shift, many)));
        let squares = self.squares + next.squares + 2.0 * dot(next.sum, shift) + many * dot(shift, shift);
        let middle = scale(sum, 1.0 / count);
        let held = self.squares == 0.0 && next.squares == 0.0 && norm(shift) == 0.0;
        let spread_n = if held { 0.0 } else { (squares / count - dot(middle, middle)).max(0.0).sqrt() };
        Window {
            time_s: 0.5 * (self.start_s + self.end_s.max(next.end_s)),
            mean_n: add(self.first_n, middle),
            spread_n,
            grain_n: ((self.steps + next.steps) / (2.0 * count)).sqrt(),
            at_an_end: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_spread_are_those_of_the_samples() {
        let force: Vec<Vec3> = (0..40).map(|i| [1e4, f64::from(i % 7), -0.3 * f64::from(i)]).collect();
        let time: Vec<f64> = (0..40).map(f64::from).collect();
        let mut windows = Windows::new(20);
        windows.add(&time[..13], &force[..13]);
        windows.add(&time[13..], &force[13..]);
        let windows = windows.finish();
        assert_eq!(windows.len(), 3);
        for (window, part) in windows.iter().zip([&force[0..20], &force[10..30], &force[20..40]]) {
            let mean = crate::vector::mean(part);
            let spread = part.iter().map(|f| norm(sub(*f, mean)).powi(2)).sum::<f64>() / 20.0;
            assert!(norm(sub(window.mean_n, mean)) < 1e-9);
            assert!((window.spread_n - spread.sqrt()).abs() < 1e-6);
        }
        assert!(windows[0].at_an_end && windows[2].at_an_end && !windows[1].at_an_end);
    }
}
