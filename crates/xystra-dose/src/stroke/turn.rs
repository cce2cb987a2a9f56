//! Circular strokes: where each turn ends.

use std::f64::consts::{PI, TAU};
use std::ops::Range;

use crate::constants::{HALF_TURN, ONE_WAY_TURN, ROUND};
use crate::stroke::path::Path;

/// Samples at which a turn ends, or none when the motion in `part` is not circular.
pub(super) fn cuts(path: &Path, part: Range<usize>) -> Option<Vec<usize>> {
    let (axes, ratio) = path.axes(part.clone());
    if ratio < ROUND.value {
        return None;
    }
    let about_middle = turns(&path.about_middle(part.clone(), axes));
    let headings = turns(&path.headings(part.clone(), axes));
    let turns = [about_middle, headings].into_iter().find(|turns| is_circular(turns))?;
    Some(ends(&turns).into_iter().map(|i| part.start + i).collect())
}

/// Turns swept up to each sample, signed.
fn turns(points: &[[f64; 2]]) -> Vec<f64> {
    let mut total = 0.0;
    let angles = points.windows(2).map(|w| w[1][1].atan2(w[1][0]) - w[0][1].atan2(w[0][0]));
    let sums = angles.map(|angle| {
        total += ((angle + PI).rem_euclid(TAU) - PI) / TAU;
        total
    });
    std::iter::once(0.0).chain(sums).collect()
}

fn is_circular(turns: &[f64]) -> bool {
    let net = turns.last().map_or(0.0, |t| t.abs());
    let all: f64 = turns.windows(2).map(|w| (w[1] - w[0]).abs()).sum();
    net >= HALF_TURN.value && net >= ONE_WAY_TURN.value * all
}

/// Where each full turn is first completed, without the last when less than half a turn follows it.
fn ends(turns: &[f64]) -> Vec<usize> {
    let net = turns.last().map_or(0.0, |t| t.abs());
    let reached = |count: f64| turns.iter().position(|t| t.abs() >= count);
    let full = std::iter::successors(Some(1.0), |n| Some(n + 1.0)).take_while(|n| net - n >= HALF_TURN.value);
    full.filter_map(reached).collect()
}
