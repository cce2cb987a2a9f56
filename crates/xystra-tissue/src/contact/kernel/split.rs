//! Long waves and short waves.

use std::f64::consts::SQRT_2;

use super::quadrature::gauss;
use super::whole::whole;

/// Width of the step between long and short waves, in units of one over the window: what short waves do has fallen by `exp(-12.5)` at half
/// a window.
const SHARPNESS: f64 = 10.0;
/// Widths from the endless wave to the middle of the step, which leaves 3e-7 of the endless wave among the short ones.
const STEPS: f64 = 5.0;

/// The share of every wave number that counts as long: 1 for the longest, falling like an error function.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Split {
    middle: f64,
    width: f64,
}

/// One wave number with its weight in an integral over the long waves.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Node {
    /// Wave number, 1/mm.
    pub k: f64,
    /// Weight times the share of the long waves, 1/mm.
    pub weight: f64,
}

impl Split {
    /// For a window of a length, mm.
    pub(crate) fn new(window: f64) -> Self {
        let width = SHARPNESS / window;
        Self { middle: STEPS * width, width }
    }

    /// Share of a wave that counts as short.
    pub(crate) fn short(&self, k: f64) -> f64 {
        if k >= self.end() { 1.0 } else { 0.5 * libm::erfc((self.middle - k) / (SQRT_2 * self.width)) }
    }

    /// The integral over long waves, for answers up to a distance `reach` from a load and layers `thickness` deep, mm.
    ///
    /// Panels double in length from the longest wave that still differs from an endless one, so that a layer of any thickness is met.
    pub(crate) fn nodes(&self, reach: f64, thickness: f64) -> Vec<Node> {
        let start = (1e-3 / thickness).min(0.25 * self.end());
        let panels = (self.end() / start).log2().ceil().max(1.0);
        let edge = |i: f64| if i < 0.0 { 0.0 } else { self.end() * (i - panels).exp2() };
        let mut nodes = Vec::new();
        for i in 0..=whole(panels) {
            let (low, high) = (edge(i as f64 - 1.0), edge(i as f64));
            let half = 0.5 * (high - low);
            let count = 8 + whole((2.0 * half * reach / 3.0).ceil());
            let node = |(x, w): (f64, f64)| {
                let k = low + half * (1.0 + x);
                Node { k, weight: half * w * (1.0 - self.short(k)) }
            };
            nodes.extend(gauss(count).into_iter().map(node));
        }
        nodes
    }

    fn end(&self) -> f64 {
        2.0 * self.middle
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_short_waves_together_are_all_waves() {
        // The transform of exp(-k) is 1 / (1 + x^2).
        let split = Split::new(4.0);
        let nodes = split.nodes(2.0, 30.0);
        for x in [0.0, 0.3, 1.0, 2.0_f64] {
            let long: f64 = nodes.iter().map(|n| n.weight * (-n.k).exp() * (n.k * x).cos()).sum();
            let fine = 1e-4;
            let wave = |i: u32| (f64::from(i) + 0.5) * fine;
            let short = |k: f64| fine * split.short(k) * (-k).exp() * (k * x).cos();
            let short: f64 = (0..400_000).map(|i| short(wave(i))).sum();
            assert!((long + short - 1.0 / (1.0 + x * x)).abs() < 1e-5, "{x}");
        }
    }
}
