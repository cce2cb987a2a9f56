//! Circular strokes: where each turn ends.

use std::f64::consts::{PI, TAU};
use std::ops::Range;

use crate::constants::{CLOSE_TURN, HALF_TURN, ONE_WAY_TURN, REVERSAL, ROUND};
use crate::stroke::path::Path;
use crate::stroke::reversal::turning_points;

/// A stretch of a contact with one kind of motion.
pub(super) enum Stretch {
    /// Circles, with the samples at which a turn ends, and how many turns are nearly or barely one.
    Turning(Range<usize>, Vec<usize>, usize),
    /// Any other motion.
    Other(Range<usize>),
}

/// Parts a contact where its turning begins, ends or changes sense.
pub(super) fn stretches(path: &Path, part: Range<usize>) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for leg in legs(path, part) {
        match (cuts(path, leg.clone()), stretches.last_mut()) {
            (Some((cuts, close)), _) => stretches.push(Stretch::Turning(leg, cuts, close)),
            (None, Some(Stretch::Other(before))) => before.end = leg.end,
            (None, _) => stretches.push(Stretch::Other(leg)),
        }
    }
    stretches
}

/// The parts of a contact in which the direction of motion turns one way, but for less than half a turn back.
fn legs(path: &Path, part: Range<usize>) -> Vec<Range<usize>> {
    let (axes, _) = path.axes(part.clone());
    let turned = turns(&path.headings(part.clone(), axes));
    let changes = turning_points(&turned, HALF_TURN.value).into_iter().map(|i| part.start + i);
    let ends: Vec<usize> = std::iter::once(part.start).chain(changes).chain([part.end]).collect();
    ends.windows(2).map(|w| w[0]..w[1]).filter(|leg| leg.len() > 2).collect()
}

/// Samples at which a turn ends with its close calls, or none when the motion in `part` is not circular.
fn cuts(path: &Path, part: Range<usize>) -> Option<(Vec<usize>, usize)> {
    let (axes, ratio) = path.axes(part.clone());
    if ratio < ROUND.value || path.extent_m(part.clone(), axes) < REVERSAL.value {
        return None;
    }
    let about_middle = turns(&path.about_middle(part.clone(), axes));
    let headings = turns(&path.headings(part.clone(), axes));
    let turns = [about_middle, headings].into_iter().find(|turns| is_circular(turns))?;
    let net = turns.last().map_or(0.0, |t| t.abs());
    let close = usize::from((net.fract() - HALF_TURN.value).abs() < CLOSE_TURN.value);
    Some((ends(&turns).into_iter().map(|i| part.start + i).collect(), close))
}

/// Where each turn of `points` (about their middle) ends, or none when they do not go round; `first` and `second` are their
/// principal spreads.
pub(super) fn round(points: &[[f64; 2]], first: f64, second: f64) -> Option<Vec<usize>> {
    let is_round = first > 0.0 && (second.max(0.0) / first).sqrt() >= ROUND.value;
    let turns = turns(points);
    (is_round && is_circular(&turns)).then(|| ends(&turns))
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
