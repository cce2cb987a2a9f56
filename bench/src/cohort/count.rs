//! How many floating-point operations a step takes: the generated code run on a number that counts.

use std::cell::Cell;
use std::ops::{Add, Div, Mul, Neg, Sub};

use xystra_tissue::remodel::equations::{CONSTANTS, factor, jacobian, rate, solve};
use xystra_tissue::remodel::rosenbrock::{SHARED, STAGES};
use xystra_tissue::remodel::{INPUTS, Number, PARAMETERS, STATES};

thread_local! {
    static DONE: Cell<usize> = const { Cell::new(0) };
}

/// Operations of one step of one client of whom so many states are needed; a fused multiplication and addition are two, a division is one.
pub fn a_step(needed: usize) -> usize {
    equations() + 2 * STATES.len() * (STAGES - 1) + needed * (gathering() + ERROR)
}

/// For each state: its tolerance, its share of a common fraction, and the end of the step.
const ERROR: usize = 7;

/// Sums of the stages before, for each state: those in the right-hand sides, and those in the arguments.
fn gathering() -> usize {
    (1..STAGES).map(|i| 2 * i + if i < SHARED { 2 * i } else { 1 }).sum()
}

/// Right-hand side and solve of every stage; Jacobian and factors once.
fn equations() -> usize {
    let one = Counted;
    let (parameters, held) = ([one; PARAMETERS.len()], [one; CONSTANTS]);
    let (inputs, mut y) = ([one; INPUTS.len()], [one; STATES.len()]);
    let (pivots, matrix) = counted(|| factor(one, &jacobian(&parameters, &held, &inputs, &y)));
    let (_, rates) = counted(|| rate(&parameters, &held, &inputs, &y));
    let ((), solving) = counted(|| solve(&pivots, &mut y));
    matrix + STAGES * (rates + solving)
}

fn counted<T>(work: impl FnOnce() -> T) -> (T, usize) {
    DONE.set(0);
    (work(), DONE.get())
}

fn done(operations: usize) -> Counted {
    DONE.set(DONE.get() + operations);
    Counted
}

/// A number of which only the operations are known.
#[derive(Debug, Clone, Copy)]
struct Counted;

impl Number for Counted {
    fn like(self, _: f64) -> Self {
        self
    }

    fn reciprocals<const K: usize>(of: [Self; K]) -> [Self; K] {
        // One division, and three multiplications for each but the first.
        done(3 * K - 2);
        of
    }
}

impl Add for Counted {
    type Output = Self;
    fn add(self, _: Self) -> Self {
        done(1)
    }
}

impl Sub for Counted {
    type Output = Self;
    fn sub(self, _: Self) -> Self {
        done(1)
    }
}

impl Mul for Counted {
    type Output = Self;
    fn mul(self, _: Self) -> Self {
        done(1)
    }
}

impl Div for Counted {
    type Output = Self;
    fn div(self, _: Self) -> Self {
        done(1)
    }
}

/// A sign costs nothing.
impl Neg for Counted {
    type Output = Self;
    fn neg(self) -> Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fused_operations_are_two() {
        assert_eq!(counted(|| Counted.more(Counted, Counted)).1, 2);
        assert_eq!(counted(|| Counted.reciprocal()).1, 1);
        assert_eq!(counted(|| Counted::reciprocals([Counted; 3])).1, 7);
    }

    #[test]
    fn fewer_states_take_fewer_operations() {
        let (few, all) = (a_step(1), a_step(STATES.len()));
        assert!(few < all && few > 1000 && all < 100_000, "{few} {all}");
    }
}
