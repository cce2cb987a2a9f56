//! The resting level as it drifts.

use super::{Rest, Window, middle};
use crate::constants::{DRIFT_FOLLOW, DRIFT_FOLLOW_RATE, DRIFT_KNOT, DRIFT_LEAST, DRIFT_RATE, DRIFT_SIGMAS};
use crate::vector::{Vec3, norm, sub};

/// Most knots of a level.
const KNOTS: f64 = 500.0;

/// How near to a level a quiet window lies that shares it, N.
#[derive(Debug, Clone, Copy)]
pub(super) struct Near {
    pub(super) radius_n: f64,
    /// How much more it may be off after a while.
    pub(super) step_n: f64,
}

/// Follows `level_n` through the `quiet` windows, forwards and backwards from where it is first seen.
pub(super) fn follow(quiet: &[Window], level_n: Vec3, near: Near, noise_n: f64) -> Rest {
    let radius_n = near.radius_n;
    let first = quiet.iter().position(|w| w.is_near(level_n, radius_n)).unwrap_or(0);
    let mut resting = track(quiet[..=first].iter().rev(), level_n, near);
    resting.reverse();
    resting.pop();
    resting.extend(track(quiet[first..].iter(), level_n, near));
    let still: Vec<&Window> = quiet.iter().filter(|w| w.is_near(level_n, radius_n)).collect();
    let knots = knots(&resting);
    let drift_n = largest_distance(&knots);
    let steady = Rest {
        knots: vec![(0.0, middle(&still.iter().copied()))],
        noise_n,
        axes: 0,
        scatter_n: 0.0,
        stretches: stretches(&still),
        drift_n: 0.0,
        end_n: 0.0,
    };
    let steady = Rest { scatter_n: scatter_n(&steady, &still), ..steady };
    let drifts = drift_n > DRIFT_LEAST.value.max(DRIFT_SIGMAS.value * grain_n(&resting));
    let rest = if drifts { drifting(knots, &resting, drift_n, noise_n) } else { steady };
    let at_rest = |w: &Window| norm(sub(w.mean_n, rest.level_n(w.time_s)));
    let end_n = quiet.iter().filter(|w| w.at_an_end).map(at_rest).fold(0.0, f64::max);
    Rest { end_n, ..rest }
}

fn drifting(knots: Vec<(f64, Vec3)>, resting: &[&Window], drift_n: f64, noise_n: f64) -> Rest {
    let rest = Rest { knots, noise_n, axes: 0, scatter_n: 0.0, stretches: stretches(resting), drift_n, end_n: 0.0 };
    Rest { scatter_n: scatter_n(&rest, resting), ..rest }
}

/// The windows that stay at the level while it moves no faster than a sensor drifts.
fn track<'a>(windows: impl Iterator<Item = &'a Window>, level_n: Vec3, near: Near) -> Vec<&'a Window> {
    let mut resting: Vec<&Window> = Vec::new();
    let mut current_n = level_n;
    for window in windows {
        let since_s = resting.last().map_or(0.0, |last| (window.time_s - last.time_s).abs());
        if window.is_near(current_n, near.radius_n + (DRIFT_RATE.value * since_s).min(near.step_n)) {
            let share = (DRIFT_FOLLOW.value + since_s * DRIFT_FOLLOW_RATE.value).min(0.6);
            current_n = std::array::from_fn(|i| current_n[i] + share * (window.mean_n[i] - current_n[i]));
            resting.push(window);
        }
    }
    resting
}

fn knots(resting: &[&Window]) -> Vec<(f64, Vec3)> {
    let length_s = resting.last().map_or(0.0, |w| w.time_s) - resting.first().map_or(0.0, |w| w.time_s);
    let span_s = DRIFT_KNOT.value.max(length_s / KNOTS);
    let mut knots = Vec::new();
    let mut rest = resting;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|w| w.time_s - first.time_s < span_s).count().max(1);
        let (bin, after) = rest.split_at(count);
        let time_s = bin.iter().map(|w| w.time_s).sum::<f64>() / count as f64;
        knots.push((time_s, middle(&bin.iter().copied())));
        rest = after;
    }
    knots
}

fn largest_distance(knots: &[(f64, Vec3)]) -> f64 {
    let range = |axis: usize| {
        let values = knots.iter().map(|(_, level)| level[axis]);
        values.clone().fold(f64::NEG_INFINITY, f64::max) - values.fold(f64::INFINITY, f64::min)
    };
    if knots.is_empty() { 0.0 } else { norm([range(0), range(1), range(2)]) }
}

/// How far windows that follow one another differ: noise, not drift.
fn grain_n(resting: &[&Window]) -> f64 {
    let steps: Vec<f64> = resting.windows(2).map(|w| norm(sub(w[1].mean_n, w[0].mean_n))).collect();
    if steps.is_empty() { 0.0 } else { crate::vector::median(steps) }
}

fn scatter_n(rest: &Rest, resting: &[&Window]) -> f64 {
    let squares: f64 = resting.iter().map(|w| norm(sub(w.mean_n, rest.level_n(w.time_s))).powi(2)).sum();
    (squares / resting.len().max(1) as f64).sqrt()
}

fn stretches(resting: &[&Window]) -> usize {
    let step_s = crate::vector::median(resting.windows(2).map(|w| w[1].time_s - w[0].time_s).collect());
    resting.chunk_by(|a, b| b.time_s - a.time_s <= 2.5 * step_s).count()
}
