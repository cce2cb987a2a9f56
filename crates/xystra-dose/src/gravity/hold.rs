//! Parts in which the tool is held still with a steady force.

use crate::constants::{HOLD_FELT, HOLD_FORCE, HOLD_SAME, HOLD_WINDOW};
use crate::samples::Samples;
use crate::vector::{Vec3, add, mean, norm, samples as count, scale, sub};

/// The mean force and specific force while the tool is held in one attitude.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hold {
    pub(super) force_n: Vec3,
    pub(super) felt: Vec3,
    windows: f64,
}

impl Hold {
    /// The same along the axes that exist.
    pub(super) fn along(self, exists: [bool; 3]) -> Self {
        let only = |v: Vec3| std::array::from_fn(|axis| if exists[axis] { v[axis] } else { 0.0 });
        Self { force_n: only(self.force_n), felt: only(self.felt), ..self }
    }

    fn of(force_n: &[Vec3], felt: &[Vec3]) -> Option<Self> {
        let still = spread(force_n) < HOLD_FORCE.value && spread(felt) < HOLD_FELT.value;
        still.then(|| Self { force_n: mean(force_n), felt: mean(felt), windows: 1.0 })
    }

    fn is_like(&self, other: &Self) -> bool {
        norm(sub(self.force_n, other.force_n)) < HOLD_FORCE.value && norm(sub(self.felt, other.felt)) < HOLD_SAME.value
    }

    fn joined(&self, other: &Self) -> Self {
        let windows = self.windows + other.windows;
        let middle = |a: Vec3, b: Vec3| scale(add(scale(a, self.windows), scale(b, other.windows)), 1.0 / windows);
        Self { force_n: middle(self.force_n, other.force_n), felt: middle(self.felt, other.felt), windows }
    }
}

/// The holds of a recording in order; `felt` is the specific force at each sample. Windows that follow one another alike are one hold.
pub(super) fn holds(samples: &Samples, felt: &[Vec3]) -> Vec<Hold> {
    let size = count(HOLD_WINDOW.value, samples.step_s()).max(5);
    let windows = samples.force_n.chunks_exact(size).zip(felt.chunks_exact(size));
    let mut holds: Vec<Hold> = Vec::new();
    for window in windows.filter_map(|(force_n, felt)| Hold::of(force_n, felt)) {
        match holds.last_mut() {
            Some(last) if last.is_like(&window) => *last = last.joined(&window),
            _ => holds.push(window),
        }
    }
    holds
}

/// Standard deviation over all axes.
fn spread(part: &[Vec3]) -> f64 {
    let middle = mean(part);
    (part.iter().map(|v| norm(sub(*v, middle)).powi(2)).sum::<f64>() / part.len() as f64).sqrt()
}
