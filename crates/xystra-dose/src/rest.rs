//! The resting level: what the sensor shows while the tool touches nothing.
//!
//! It is looked for in the quiet parts of the whole recording, never in its first samples, since a recording may start in
//! contact. Nothing here depends on where zero is, so a constant bias changes nothing. The rules, in order:
//!
//! 1. Windows of 0.25 s with little spread, or with no more than white noise has, are quiet. A window that repeats one force
//!    exactly counts only if the force comes back to it later (a sensor without noise does, a frozen one does not).
//! 2. Quiet windows close together share a level. The level with most quiet time wins, long stretches before many short ones;
//!    one held at the start or the end of the recording counts tenfold at each, a window repeated exactly a tenth.
//! 3. Pressing goes one way: a level with much force on both sides is a held pressure, and the next level is tried.
//! 4. From that level on, quiet windows are followed as they drift, forwards and backwards; the level at a moment lies on the
//!    line between those before and after.

mod drift;
mod window;

use std::collections::HashMap;

use crate::constants::{
    DRIFT_KNOT, DRIFT_SHARE, ENTER_SIGMAS, REST_CREEP, REST_END, REST_FLOOR, REST_HELD, REST_NEAR, REST_OTHER_SIDE,
    REST_QUIET, REST_RADIUS, REST_SIDE, REST_SPREAD, REST_WHITE,
};
use crate::vector::{Vec3, dot, mean, median, norm, quantile, scale, sub};
pub(crate) use window::{Window, Windows};

/// The resting level of a recording, and how well it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Rest {
    /// Force by axis while the tool touches nothing, N, at times in order, s; one for all when it does not drift.
    pub(crate) knots: Vec<(f64, Vec3)>,
    /// Standard deviation of the resting force (over all axes) within a quarter of a second, N.
    pub noise_n: f64,
    /// Axes that move at all.
    pub axes: usize,
    /// Standard deviation of quiet windows about the level, N.
    pub scatter_n: f64,
    /// Separate stretches of quiet windows at the level.
    pub stretches: usize,
    /// Largest distance between two resting levels of the recording, N; zero when it does not drift.
    pub drift_n: f64,
    /// Distance of a quiet start or end that is not at the level, N.
    pub end_n: f64,
}

/// Most quiet windows that are tried as levels, evenly spaced: it bounds the work on long recordings.
const CANDIDATES: usize = 400;

impl Rest {
    /// The level in `windows` of a recording, or none when no part of it is quiet.
    pub(crate) fn find(windows: &[Window]) -> Option<Self> {
        let quiet = quiet(windows);
        let noise_n = quantile(quiet.iter().map(|w| w.spread_n).collect(), 0.5);
        let radius_n = radius_n(windows, noise_n);
        let step_s = step_s(windows);
        let spaced = quiet.iter().step_by(quiet.len().div_ceil(CANDIDATES).max(1));
        let candidates = spaced.chain(quiet.iter().filter(|w| w.at_an_end));
        let mut ranked: Vec<(f64, &Window)> = candidates.map(|w| (score(&quiet, w, radius_n, step_s), w)).collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        let one_sided = |level: &Vec3| is_one_sided(windows, *level, noise_n);
        let level_n = ranked.iter().map(|(_, w)| centre(&quiet, w, radius_n)).find(one_sided)?;
        let near = drift::Near { radius_n, step_n: DRIFT_SHARE.value * pressed_n(windows) };
        Some(Self { axes: moving_axes(windows), ..drift::follow(&quiet, level_n, near, noise_n) })
    }

    /// The resting force by axis at a moment, N: on the line between the points before and after, or a little beyond an end.
    pub fn level_n(&self, time_s: f64) -> Vec3 {
        let [first, .., last] = self.knots.as_slice() else {
            return self.knots.first().map_or([0.0; 3], |knot| knot.1);
        };
        let t = time_s.clamp(first.0 - DRIFT_KNOT.value, last.0 + DRIFT_KNOT.value);
        let after = self.knots.partition_point(|(at_s, _)| *at_s < t).clamp(1, self.knots.len() - 1);
        let (a, b) = (self.knots[after - 1], self.knots[after]);
        let share = (t - a.0) / (b.0 - a.0);
        std::array::from_fn(|i| a.1[i] + share * (b.1[i] - a.1[i]))
    }

    /// Standard deviation of the level itself, N.
    pub fn doubt_n(&self) -> f64 {
        self.scatter_n / (self.stretches.max(1) as f64).sqrt()
    }
}

fn quiet(all: &[Window]) -> Vec<Window> {
    let times_held = times_held(all);
    let alive = |w: &&Window| w.spread_n > 0.0 || times_held.get(&w.exact()).is_some_and(|times| *times > 1);
    let windows: Vec<&Window> = all.iter().filter(alive).collect();
    let windows = if windows.is_empty() { all.iter().collect() } else { windows };
    let tenth_n = quantile(windows.iter().map(|w| w.spread_n).collect(), 0.1);
    let limit_n = (REST_QUIET.value * tenth_n).clamp(REST_FLOOR.value, REST_SPREAD.value);
    let is_white = |w: &Window| w.spread_n <= REST_WHITE.value * w.grain_n && w.spread_n <= REST_QUIET.value * tenth_n;
    windows.into_iter().filter(|w| w.spread_n <= limit_n || is_white(w)).copied().collect()
}

/// How close together two windows of one level lie: sensors creep a little after each press, the more the harder.
fn radius_n(windows: &[Window], noise_n: f64) -> f64 {
    let creep_n = (REST_CREEP.value * pressed_n(windows)).clamp(REST_NEAR.value, REST_RADIUS.value);
    if noise_n > 0.0 { creep_n.max(noise_n) } else { creep_n }
}

#[expect(clippy::float_cmp, reason = "an axis that is not connected repeats to the last bit")]
fn moving_axes(windows: &[Window]) -> usize {
    (0..3).filter(|axis| windows.windows(2).any(|w| w[0].mean_n[*axis] != w[1].mean_n[*axis])).count()
}

/// How far the hardest presses lie from the middle, N.
fn pressed_n(windows: &[Window]) -> f64 {
    let middle = middle(&windows.iter());
    quantile(windows.iter().map(|w| norm(sub(w.mean_n, middle))).collect(), 0.95)
}

/// Median of the windows by axis.
fn middle<'a>(windows: &(impl Iterator<Item = &'a Window> + Clone)) -> Vec3 {
    std::array::from_fn(|axis| median(windows.clone().map(|w| w.mean_n[axis]).collect()))
}

fn step_s(windows: &[Window]) -> f64 {
    median(windows.windows(2).map(|w| w[1].time_s - w[0].time_s).collect())
}

impl Window {
    fn exact(&self) -> [u64; 3] {
        self.mean_n.map(|n| (n + 0.0).to_bits())
    }

    fn is_near(&self, level_n: Vec3, radius_n: f64) -> bool {
        norm(sub(self.mean_n, level_n)) <= radius_n
    }
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
fn score(quiet: &[Window], window: &Window, radius_n: f64, step_s: f64) -> f64 {
    let near: Vec<&Window> = quiet.iter().filter(|w| w.is_near(window.mean_n, radius_n)).collect();
    let ends = near.iter().filter(|w| w.at_an_end).count();
    let weight = |w: &&Window| {
        if w.spread_n > 0.0 { 1.0 } else { REST_HELD.value }
    };
    let stretches = near.chunk_by(|a, b| b.time_s - a.time_s <= 2.5 * step_s);
    let sum: f64 = stretches.map(|stretch| stretch.iter().map(weight).sum::<f64>().powi(3)).sum();
    sum * std::iter::repeat_n(REST_END.value, ends).product::<f64>()
}

fn centre(quiet: &[Window], window: &Window, radius_n: f64) -> Vec3 {
    middle(&quiet.iter().filter(|w| w.is_near(window.mean_n, radius_n)))
}

fn is_one_sided(windows: &[Window], level_n: Vec3, noise_n: f64) -> bool {
    let limit_n = REST_SIDE.value.max(ENTER_SIGMAS.value * noise_n);
    let away: Vec<Vec3> = windows.iter().map(|w| sub(w.mean_n, level_n)).filter(|d| norm(*d) > limit_n).collect();
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
        let force: Vec<Vec3> = time.iter().map(|t| [0.3, -0.2, force(*t)]).collect();
        let mut windows = Windows::new(25);
        windows.add(&time, &force);
        Rest::find(&windows.finish())
    }

    fn press(t: f64) -> f64 {
        let phase = t % 2.0;
        if phase < 1.0 { -5.0 * (std::f64::consts::PI * phase).sin() } else { 0.0 }
    }

    #[test]
    fn the_level_is_found_wherever_zero_is_and_however_it_starts() {
        for (bias, shift) in [(0.0, 0.0), (5.0, 0.5), (-3.0, 0.3), (2.0, 1.2)] {
            let rest = find(|t| press(t + shift) + bias).unwrap();
            assert!((rest.level_n(5.0)[2] - bias).abs() < 1e-9, "{bias} {shift}: {rest:?}");
        }
    }

    #[test]
    fn steady_strokes_from_the_first_sample_on_are_not_rest() {
        let ripple = |t: f64| 0.02 * (37.0 * t).sin() + 0.014 * (91.0 * t).cos();
        let stroke = |t: f64| {
            if t < 7.0 && (t + 0.5) % 1.0 < 0.8 { -5.0 } else { 0.0 }
        };
        let rest = find(|t| stroke(t) + ripple(t)).unwrap();
        assert!(rest.level_n(5.0)[2].abs() < 0.1, "{rest:?}");
    }

    #[test]
    fn a_lone_freeze_is_not_rest() {
        let ripple = |t: f64| 0.01 * (37.0 * t).sin() + 0.007 * (91.0 * t).cos();
        let rest = find(|t| if t < 4.0 { -12.0 } else { press(t) + ripple(t) }).unwrap();
        assert!(rest.level_n(5.0)[2].abs() < 0.1, "{rest:?}");
    }

    #[test]
    fn without_a_quiet_part_there_is_no_level() {
        assert_eq!(find(|t| -6.0 + 4.0 * (6.0 * t).sin()), None);
    }

    #[test]
    fn a_slow_drift_is_followed() {
        let ripple = |t: f64| 0.01 * (37.0 * t).sin() + 0.007 * (91.0 * t).cos();
        let rest = find(|t| press(t) + ripple(t) + 0.08 * t).unwrap();
        for t in [0.5, 3.0, 9.5] {
            assert!((rest.level_n(t)[2] - 0.08 * t).abs() < 0.08, "{t}: {rest:?}");
        }
        assert!((rest.drift_n - 0.7).abs() < 0.2, "{rest:?}");
    }
}
