//! The tool's path, smoothed, with its velocity.

use std::ops::Range;

use crate::constants::{SMOOTH, SPEED_SPAN};
use crate::samples::Samples;
use crate::vector::{Vec3, dot, mean, moving_mean, norm, principal, samples, scale, sub};

/// Smoothed positions and velocities, one per sample.
#[derive(Debug, Clone)]
pub(crate) struct Path {
    pub(crate) position_m: Vec<Vec3>,
    pub(crate) velocity_m_s: Vec<Vec3>,
}

impl Path {
    /// The path of `recorded`, when its positions are known.
    pub(crate) fn of(recorded: &Samples) -> Option<Self> {
        let step_s = recorded.step_s();
        let position_m =
            moving_mean(Some(&recorded.position_m).filter(|p| !p.is_empty())?, samples(SMOOTH.value / 2.0, step_s));
        let reach = samples(SPEED_SPAN.value / 2.0, step_s).max(1);
        let last = position_m.len() - 1;
        let velocity = |i: usize| {
            let (a, b) = (i.saturating_sub(reach), (i + reach).min(last));
            let span_s = recorded.time_s[b] - recorded.time_s[a];
            scale(sub(position_m[b], position_m[a]), 1.0 / span_s.max(step_s))
        };
        let velocity_m_s = (0..=last).map(velocity).collect();
        Some(Self { position_m, velocity_m_s })
    }

    /// Length of the path up to each sample, m.
    pub(crate) fn travelled_m(&self) -> Vec<f64> {
        let mut total_m = 0.0;
        let steps = self.position_m.windows(2).map(|w| norm(sub(w[1], w[0])));
        let sums = steps.map(|step_m| {
            total_m += step_m;
            total_m
        });
        std::iter::once(0.0).chain(sums).collect()
    }

    /// The principal axes of the motion in `part`, most motion first, and the ratio of the second speed to the first.
    pub(crate) fn axes(&self, part: Range<usize>) -> ([Vec3; 2], f64) {
        let mut spread = [[0.0; 3]; 3];
        for v in &self.velocity_m_s[part] {
            for (row, x) in spread.iter_mut().zip(v) {
                row.iter_mut().zip(v).for_each(|(cell, y)| *cell += x * y);
            }
        }
        let [first, second, _] = principal(spread);
        let ratio = if first.0 > 0.0 { (second.0.max(0.0) / first.0).sqrt() } else { 0.0 };
        ([first.1, second.1], ratio)
    }

    /// Positions in `part` about their middle, in the plane of `axes`.
    pub(crate) fn about_middle(&self, part: Range<usize>, axes: [Vec3; 2]) -> Vec<[f64; 2]> {
        let middle = mean(&self.position_m[part.clone()]);
        self.position_m[part].iter().map(|p| axes.map(|axis| dot(sub(*p, middle), axis))).collect()
    }

    /// How far the path in `part` reaches along the first of `axes`, m.
    pub(crate) fn extent_m(&self, part: Range<usize>, axes: [Vec3; 2]) -> f64 {
        let along = self.position_m[part].iter().map(|p| dot(*p, axes[0]));
        let (low, high) = along.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        high - low
    }

    /// Velocities in `part`, in the plane of `axes`.
    pub(crate) fn headings(&self, part: Range<usize>, axes: [Vec3; 2]) -> Vec<[f64; 2]> {
        self.velocity_m_s[part].iter().map(|v| axes.map(|axis| dot(*v, axis))).collect()
    }
}
