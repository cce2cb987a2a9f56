//! The resting level: what the sensor shows while the tool touches nothing.
//!
//! It is looked for in the quiet parts of the whole recording, never in its first samples, since a recording may start in
//! contact. Nothing here depends on where zero is, so a constant bias changes nothing. The rules, in order:
//!
//! 1. Windows of 0.25 s with little spread are quiet. A window that repeats one force exactly counts only if the force comes
//!    back to it later (a sensor without noise does, a frozen one does not).
//! 2. Quiet windows within 0.3 N share a level. The level with most quiet time wins, long stretches before many short ones; one
//!    held at the start or the end of the recording counts tenfold at each, a window repeated exactly a tenth.
//! 3. Pressing goes one way: a level with much force on both sides is a held pressure, and the next level is tried.

use std::collections::HashMap;

use crate::constants::{
    ENTER, ENTER_SIGMAS, REST_END, REST_FLOOR, REST_HELD, REST_OTHER_SIDE, REST_QUIET, REST_RADIUS, REST_SIGMAS,
    REST_SPREAD, REST_WINDOW,
};
use crate::recording::Recording;
use crate::vector::{Vec3, dot, mean, norm, quantile, samples, scale, sub};

/// The resting level of a recording.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rest {
    /// Force by axis while the tool touches nothing, N.
    pub level_n: [f64; 3],
    /// Standard deviation of the force (over all axes) around it, N.
    pub noise_n: f64,
    /// Largest distance between this and another quiet part at the start or end of the recording, N.
    pub drift_n: f64,
}

/// Most quiet windows that are tried as levels, evenly spaced: it bounds the work on long recordings.
const CANDIDATES: usize = 400;

#[derive(Debug, Clone, Copy)]
struct Window {
    /// Index of its first sample.
    first: usize,
    mean_n: Vec3,
    spread_n: f64,
    at_an_end: bool,
}

impl Rest {
    /// The level of `recording`, or none when no part of it is quiet.
    pub fn find(recording: &Recording) -> Option<Self> {
        let size = samples(REST_WINDOW.value, recording.step_s()).max(5);
        let quiet = quiet(&recording.force_n, size);
        let noise_n = quantile(quiet.iter().map(|w| w.spread_n).collect(), 0.5);
        let radius_n = REST_RADIUS.value.max(REST_SIGMAS.value * noise_n);
        let spaced = quiet.iter().step_by(quiet.len().div_ceil(CANDIDATES).max(1));
        let candidates = spaced.chain(quiet.iter().filter(|w| w.at_an_end));
        let mut ranked: Vec<(f64, &Window)> = candidates.map(|w| (score(&quiet, w, radius_n, size), w)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let one_sided = |level: &Vec3| is_one_sided(&recording.force_n, *level, noise_n);
        let level_n = ranked.iter().map(|(_, w)| centre(recording, &quiet, w, radius_n, size)).find(one_sided)?;
        let ends = quiet.iter().filter(|w| w.at_an_end);
        let drift_n = ends.map(|w| norm(sub(w.mean_n, level_n))).fold(0.0, f64::max);
        Some(Self { level_n, noise_n, drift_n })
    }
}

fn quiet(force_n: &[Vec3], size: usize) -> Vec<Window> {
    let all = windows(force_n, size);
    let times_held = times_held(&all);
    let alive = |w: &&Window| w.spread_n > 0.0 || times_held.get(&w.exact()).is_some_and(|times| *times > 1);
    let windows: Vec<&Window> = all.iter().filter(alive).collect();
    let windows = if windows.is_empty() { all.iter().collect() } else { windows };
    let tenth_n = quantile(windows.iter().map(|w| w.spread_n).collect(), 0.1);
    let limit_n = (REST_QUIET.value * tenth_n).clamp(REST_FLOOR.value, REST_SPREAD.value);
    windows.into_iter().filter(|w| w.spread_n <= limit_n).copied().collect()
}

fn windows(force_n: &[Vec3], size: usize) -> Vec<Window> {
    let hop = size.div_ceil(2);
    let last = force_n.len().saturating_sub(size);
    let starts = (0..last).step_by(hop).chain([last]);
    starts.map(|first| Window::new(force_n, first, size, first == 0 || first == last)).collect()
}

impl Window {
    fn new(force_n: &[Vec3], first: usize, size: usize, at_an_end: bool) -> Self {
        let part = &force_n[first..(first + size).min(force_n.len())];
        let held = part.iter().all(|f| exact(*f) == exact(part[0]));
        let mean_n = if held { part[0] } else { mean(part) };
        let square = part.iter().map(|f| norm(sub(*f, mean_n)).powi(2)).sum::<f64>() / part.len() as f64;
        Self { first, mean_n, spread_n: square.sqrt(), at_an_end }
    }

    fn exact(&self) -> [u64; 3] {
        exact(self.mean_n)
    }
}

/// The bits of a force; zero has no sign.
fn exact(force_n: Vec3) -> [u64; 3] {
    force_n.map(|n| (n + 0.0).to_bits())
}

/// How many separate times each exact force is held.
fn times_held(all: &[Window]) -> HashMap<[u64; 3], usize> {
    let mut times = HashMap::new();
    let same = |a: &Window, b: &Window| a.spread_n == 0.0 && b.spread_n == 0.0 && a.exact() == b.exact();
    for run in all.chunk_by(same).filter(|run| run[0].spread_n == 0.0) {
        *times.entry(run[0].exact()).or_default() += 1;
    }
    times
}

/// How quiet time at a window's level adds up: stretches by the cube of their length, so that a long rest outweighs many short
/// holds; more when the level is held at the start or the end, less when it is repeated exactly.
fn score(quiet: &[Window], window: &Window, radius_n: f64, size: usize) -> f64 {
    let near: Vec<&Window> = quiet.iter().filter(|w| norm(sub(w.mean_n, window.mean_n)) <= radius_n).collect();
    let ends = near.iter().filter(|w| w.at_an_end).count();
    let weight = |w: &&Window| {
        if w.spread_n > 0.0 { 1.0 } else { REST_HELD.value }
    };
    let stretches = near.chunk_by(|a, b| b.first - a.first <= size);
    let sum: f64 = stretches.map(|stretch| stretch.iter().map(weight).sum::<f64>().powi(3)).sum();
    sum * std::iter::repeat_n(REST_END.value, ends).product::<f64>()
}

/// Median by axis of all samples in the windows near `window`.
fn centre(recording: &Recording, quiet: &[Window], window: &Window, radius_n: f64, size: usize) -> Vec3 {
    let near = quiet.iter().filter(|w| norm(sub(w.mean_n, window.mean_n)) <= radius_n);
    let force_n = &recording.force_n;
    let part: Vec<Vec3> = near.flat_map(|w| force_n[w.first..(w.first + size).min(force_n.len())].to_vec()).collect();
    std::array::from_fn(|axis| quantile(part.iter().map(|f| f[axis]).collect(), 0.5))
}

fn is_one_sided(force_n: &[Vec3], level_n: Vec3, noise_n: f64) -> bool {
    let limit_n = ENTER.value.max(ENTER_SIGMAS.value * noise_n);
    let away: Vec<Vec3> = force_n.iter().map(|f| sub(*f, level_n)).filter(|d| norm(*d) > limit_n).collect();
    let direction = mean(&away);
    let direction = scale(direction, 1.0 / norm(direction).max(f64::MIN_POSITIVE));
    let behind = away.iter().filter(|d| dot(**d, direction) < -limit_n).count();
    behind as f64 <= REST_OTHER_SIDE.value * away.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(force: impl Fn(f64) -> f64) -> Option<Rest> {
        let time: Vec<f64> = (0..1000).map(|i| f64::from(i) * 0.01).collect();
        let force = time.iter().map(|t| [0.3, -0.2, force(*t)]).collect();
        Rest::find(&Recording::new("", &time, force).unwrap())
    }

    fn press(t: f64) -> f64 {
        let phase = t % 2.0;
        if phase < 1.0 { -5.0 * (std::f64::consts::PI * phase).sin() } else { 0.0 }
    }

    #[test]
    fn the_level_is_found_wherever_zero_is_and_however_it_starts() {
        for (bias, shift) in [(0.0, 0.0), (5.0, 0.5), (-3.0, 0.3), (2.0, 1.2)] {
            let rest = find(|t| press(t + shift) + bias).unwrap();
            assert!((rest.level_n[2] - bias).abs() < 1e-9, "{bias} {shift}: {rest:?}");
        }
    }

    #[test]
    fn steady_strokes_from_the_first_sample_on_are_not_rest() {
        let ripple = |t: f64| 0.02 * (37.0 * t).sin() + 0.014 * (91.0 * t).cos();
        let stroke = |t: f64| {
            if t < 7.0 && (t + 0.5) % 1.0 < 0.8 { -5.0 } else { 0.0 }
        };
        let rest = find(|t| stroke(t) + ripple(t)).unwrap();
        assert!(rest.level_n[2].abs() < 0.1, "{rest:?}");
    }

    #[test]
    fn a_lone_freeze_is_not_rest() {
        let ripple = |t: f64| 0.01 * (37.0 * t).sin() + 0.007 * (91.0 * t).cos();
        let rest = find(|t| if t < 4.0 { -12.0 } else { press(t) + ripple(t) }).unwrap();
        assert!(rest.level_n[2].abs() < 0.1, "{rest:?}");
    }

    #[test]
    fn without_a_quiet_part_there_is_no_level() {
        assert_eq!(find(|t| -6.0 + 4.0 * (6.0 * t).sin()), None);
    }
}
