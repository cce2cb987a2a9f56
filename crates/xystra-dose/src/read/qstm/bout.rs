//! The end of a bout in the viewer's table.

use super::line::Row;
use crate::vector::norm;

/// Rows that the viewer makes up: at most, as a rule, and at least.
const MOST: usize = 30;
const USUAL: usize = 25;
const LEAST: usize = 10;

/// How far a smooth decay may be off, as a share.
const ROUGH: f64 = 0.05;

/// Their step, s, and how far a real clock may be off to be told from it.
const STEP_S: f64 = 0.01;
const OFF_S: f64 = 1e-4;

/// What two decimals leave open, N.
const LAST_PLACE_N: f64 = 0.011;

/// What they decay to, N.
const NOTHING_N: f64 = 0.1;

/// How many rows at the end of a bout were made up: they come every hundredth of a second, and the force only falls, to nothing.
pub(super) fn invented(bout: &[Row]) -> usize {
    let force = |row: &Row| norm([row.values[1], row.values[2], row.values[3]]);
    if bout.last().is_none_or(|row| force(row) > NOTHING_N) {
        return 0;
    }
    let falls = |pair: &[Row]| {
        let is_step = (pair[1].values[0] - pair[0].values[0] - STEP_S).abs() < OFF_S;
        is_step && force(&pair[0]) + LAST_PLACE_N >= force(&pair[1])
    };
    let steps = bout.windows(2).rev().take(MOST - 1).take_while(|pair| falls(pair)).count();
    let mut fall: Vec<f64> = bout[bout.len() - 1 - steps..].iter().map(force).collect();
    // What falls before the smooth decay was measured; so was its first value, from which it decays.
    while fall.len() >= LEAST && !is_smooth(&fall) {
        fall.remove(0);
    }
    match fall.len() {
        count if count < LEAST => 0,
        count if count > USUAL && count < MOST => USUAL,
        count => count,
    }
}

/// Does the first value lead to the next two by equal shares or equal steps?
fn is_smooth(fall: &[f64]) -> bool {
    let [first, second, third, ..] = fall else { return false };
    let by_share = if *third > 0.0 { second * second / third } else { *first };
    let by_step = 2.0 * second - third;
    [by_share, by_step].iter().any(|expected| (first - expected).abs() <= ROUGH * first + LAST_PLACE_N)
}
