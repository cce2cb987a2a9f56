//! Steps whose length follows the error.

use super::rosenbrock::{Problem, Step};
use crate::error::Error;

/// How much error a step may make in each state: `absolute + relative*|state|`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tolerance {
    /// By the state's size.
    pub relative: f64,
    /// In the state's own unit; healthy levels are about 1.
    pub absolute: f64,
}

impl Tolerance {
    /// For comparison with other programs.
    pub const REFERENCE: Tolerance = Tolerance { relative: 1e-10, absolute: 1e-12 };
    /// For what people look at.
    pub const DAILY: Tolerance = Tolerance { relative: 1e-6, absolute: 1e-7 };
    /// For searching among many.
    pub const COARSE: Tolerance = Tolerance { relative: 1e-4, absolute: 1e-5 };

    fn scale(self, start: f64, end: f64) -> f64 {
        self.absolute + self.relative * start.abs().max(end.abs())
    }
}

/// A step may grow and shrink by these factors, and aims below the tolerance.
const GROWTH: f64 = 6.0;
const SHRINKAGE: f64 = 0.2;
const CAUTION: f64 = 0.9;

/// Steps tried before giving up.
const MOST_STEPS: usize = 100_000;

/// A step below this share of the time would not move it.
const SHORTEST: f64 = 1e-14;

/// Integrates from time `from` to `to` and hands every accepted step with the times of its start and end to `seen`; `y` ends as the
/// state at `to`. The largest error among the states decides on a step.
///
/// # Errors
/// When the steps become too short or too many: the state has left the range where the equations hold.
pub fn integrate<const S: usize, P: Problem<S>>(
    problem: &P,
    (from, to): (f64, f64),
    y: &mut [f64; S],
    tolerance: Tolerance,
    mut seen: impl FnMut(f64, f64, &Step<S>),
) -> Result<(), Error> {
    let (mut at, mut tried) = (from, 0);
    let mut jacobian = problem.jacobian(y);
    let mut length = first_length(problem, y, tolerance);
    while at < to {
        if tried == MOST_STEPS || length < SHORTEST * (1.0 + at.abs()) {
            return Err(Error::Unsettled { what: "the integration of the equations", steps: tried });
        }
        tried += 1;
        let last = at + length * 1.000_001 >= to;
        let step = Step::take(problem, y, &jacobian, if last { to - at } else { length });
        let error = largest(&step, tolerance);
        if error <= 1.0 {
            let end = if last { to } else { at + step.length };
            seen(at, end, &step);
            at = end;
            *y = step.end;
            jacobian = problem.jacobian(y);
        }
        length = step.length * factor(error);
    }
    Ok(())
}

/// How much longer the next step may be. The error is of fifth order; one that is no number asks for the shortest.
fn factor(error: f64) -> f64 {
    if error.is_finite() { (CAUTION * error.powf(-0.2)).clamp(SHRINKAGE, GROWTH) } else { SHRINKAGE }
}

fn largest<const S: usize>(step: &Step<S>, tolerance: Tolerance) -> f64 {
    let mut largest = 0.0_f64;
    for (k, error) in step.error().iter().enumerate() {
        let share = error.abs() / tolerance.scale(step.start[k], step.end[k]);
        // `max` would drop what is no number.
        largest = if share > largest || share.is_nan() { share } else { largest };
    }
    largest
}

/// A first length from the sizes of state, slope and curvature (Hairer, Norsett, Wanner: Solving Ordinary Differential
/// Equations I, II.4).
fn first_length<const S: usize, P: Problem<S>>(problem: &P, y: &[f64; S], tolerance: Tolerance) -> f64 {
    let size =
        |of: &dyn Fn(usize) -> f64| (0..S).map(|k| of(k).abs() / tolerance.scale(y[k], y[k])).fold(0.0_f64, f64::max);
    let slope = problem.rate(y);
    let (d0, d1) = (size(&|k| y[k]), size(&|k| slope[k]));
    let small = if d0 > 1e-5 && d1 > 1e-5 { 0.01 * d0 / d1 } else { 1e-6 };
    let ahead = problem.rate(&std::array::from_fn(|k| y[k] + small * slope[k]));
    let steepest = d1.max(size(&|k| ahead[k] - slope[k]) / small);
    // At rest nothing limits the step but its own error.
    if steepest < 1e-5 { f64::MAX } else { (0.01 / steepest).powf(0.2).min(100.0 * small) }
}
