//! Strokes when only force is known, but by three axes: friction points against the motion.
//!
//! What counts is the force across the tool's axis over that along it: it does not depend on how hard the tool is pressed, and a
//! tilt only shifts it. Moved to and fro it jumps between two places, moved in circles it goes round one.

use std::ops::Range;

use super::turn;
use crate::constants::{
    SHEAR_ALONE, SHEAR_JUMP, SHEAR_LEAST, SHEAR_MIDDLE, SHEAR_PIECE, SHEAR_PRESS, SHEAR_SIGMAS, SMOOTH,
};
use crate::survey::Threshold;
use crate::vector::{Vec3, dot, mean, moving_mean, principal, quantile, samples, sub};

/// What the shear tells of a contact.
pub(super) enum Told {
    /// It goes round: samples at which a turn ends.
    Turns(Vec<usize>),
    /// It jumps: samples at which the motion reverses.
    Reversals(Vec<usize>),
    /// Nothing.
    Nothing,
}

/// Reads the shear of `force_n` (less the resting level, N by axis) in `part` of a contact.
pub(super) fn read(force_n: &[Vec3], threshold: &Threshold, step_s: f64, part: Range<usize>) -> Told {
    let Some((first, pressing_n, ratios)) = ratios(force_n, threshold.axis(), step_s, part) else {
        return Told::Nothing;
    };
    let middle = mean(&ratios);
    let spread: Vec<Vec3> = ratios.iter().map(|r| sub(*r, middle)).collect();
    let axes = principal(covariance(&spread));
    let along: Vec<f64> = spread.iter().map(|r| dot(*r, axes[0].1)).collect();
    let (low, high) = (quantile(along.clone(), 0.05), quantile(along.clone(), 0.95));
    let noise = threshold.noise_n / pressing_n;
    if high - low < SHEAR_LEAST.value.max(SHEAR_SIGMAS.value * noise) {
        return Told::Nothing;
    }
    let at = |places: Vec<usize>| places.into_iter().map(|i| first + i).collect();
    let plane: Vec<[f64; 2]> = spread.iter().map(|r| [dot(*r, axes[0].1), dot(*r, axes[1].1)]).collect();
    if let Some(ends) = turn::round(&plane, axes[0].0, axes[1].0) {
        return Told::Turns(at(ends));
    }
    let [least, longest] = [SHEAR_PIECE, SHEAR_JUMP].map(|span| samples(span.value, step_s).max(1));
    match jumps(&along, low, high, least, longest) {
        Some(jumps) if jumps.len() > 1 || high - low >= SHEAR_ALONE.value => Told::Reversals(at(jumps)),
        _ => Told::Nothing,
    }
}

/// The usual pressing (N) and the smoothed ratios of shear to it, from where the tool presses well to where it ceases to: two
/// components and zero.
fn ratios(force_n: &[Vec3], axis: usize, step_s: f64, part: Range<usize>) -> Option<(usize, f64, Vec<Vec3>)> {
    let smooth = moving_mean(&force_n[part.clone()], samples(SMOOTH.value / 2.0, step_s));
    let [a, b] = [[1, 2], [0, 2], [0, 1]][axis];
    let pressing_n = quantile(smooth.iter().map(|f| f[axis].abs()).collect(), 0.9);
    let pressed = |f: &Vec3| f[axis].abs() >= SHEAR_PRESS.value * pressing_n && f[axis] != 0.0;
    let [first, last] = [smooth.iter().position(pressed)?, smooth.iter().rposition(pressed)?];
    let mut ratio = [0.0; 3];
    let follow = smooth[first..=last].iter().map(|f| {
        // A light moment keeps the ratio before it: there it is mostly noise.
        ratio = if pressed(f) { [f[a] / f[axis].abs(), f[b] / f[axis].abs(), 0.0] } else { ratio };
        ratio
    });
    Some((part.start + first, pressing_n, follow.collect()))
}

fn covariance(spread: &[Vec3]) -> [Vec3; 3] {
    let mut sums = [[0.0; 3]; 3];
    for r in spread {
        for (row, x) in sums.iter_mut().zip(r) {
            row.iter_mut().zip(r).for_each(|(cell, y)| *cell += x * y);
        }
    }
    sums
}

/// Where `along` jumps from one side to the other for good, in no more than `longest` samples; none when it lingers in between as
/// no reversal does. Jumps are `least` samples apart.
fn jumps(along: &[f64], low: f64, high: f64, least: usize, longest: usize) -> Option<Vec<usize>> {
    let third = (high - low) / 3.0;
    let side = |x: f64| if x < low + third { Some(false) } else { (x > high - third).then_some(true) };
    let lingering = along.iter().filter(|x| side(**x).is_none()).count();
    if lingering as f64 > SHEAR_MIDDLE.value * along.len() as f64 {
        return None;
    }
    let mut jumps: Vec<usize> = Vec::new();
    let mut before: Option<(usize, bool)> = None;
    for (i, now) in along.iter().enumerate().filter_map(|(i, x)| Some((i, side(*x)?))) {
        let from = before.replace((i, now)).filter(|(_, side)| *side != now).map(|(from, _)| from);
        let after = jumps.last().copied().unwrap_or(0) + least;
        jumps.extend(from.filter(|from| i - from <= longest).map(|from| from.midpoint(i)).filter(|at| *at >= after));
    }
    jumps.retain(|jump| along.len() - jump >= least);
    (!jumps.is_empty()).then_some(jumps)
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    fn told(force: impl Fn(f64) -> Vec3) -> Told {
        let force: Vec<Vec3> = (0..500).map(|i| force(f64::from(i) * 0.01)).collect();
        read(&force, &Threshold::default(), 0.01, 0..500)
    }

    #[test]
    fn friction_that_jumps_is_a_motion_to_and_fro_even_when_tilted() {
        let rub = |t: f64| {
            let way = (8.0 * (TAU * 0.5 * t).sin()).tanh();
            [2.0 + 1.2 * way, 0.1, -5.0]
        };
        assert!(matches!(told(rub), Told::Reversals(cuts) if cuts.len() == 4));
    }

    #[test]
    fn friction_that_goes_round_is_a_circle() {
        let circle = |t: f64| [1.0 + 1.3 * (TAU * t).cos(), 1.3 * (TAU * t).sin(), -5.0];
        assert!(matches!(told(circle), Told::Turns(ends) if ends.len() == 4));
    }

    #[test]
    fn steady_friction_and_a_wobbling_press_tell_nothing() {
        let steady = |t: f64| [-1.2 * (2.0 + t.sin()), 0.2 * (9.0 * t).sin(), -5.0 * (2.0 + t.sin())];
        assert!(matches!(told(steady), Told::Nothing));
    }
}
