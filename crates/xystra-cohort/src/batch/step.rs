//! One step of several clients side by side, each with its own length: Rodas5P with the tableau of the reference integrator.

// What is not inlined into the dispatch is compiled without the vector instructions.
#![allow(clippy::inline_always)]

use pulp::Simd;
use xystra_tissue::remodel::equations::{CONSTANTS, FACTORS, JACOBIAN, factor, jacobian, rate, solve};
use xystra_tissue::remodel::rosenbrock::{A, C, GAMMA, H, SHARED, STAGES};
use xystra_tissue::remodel::{INPUTS, Number, PARAMETERS, STATES, Tolerance};

use super::lanes::Lanes;

/// A number of each client for every state.
pub(super) type Row<S> = [Lanes<S>; STATES.len()];

/// Clients side by side, and the step that they tried last. It begins a cache line, so that no vector lies on two.
#[repr(align(64))]
pub(super) struct Group<S: Simd> {
    pub(super) parameters: [Lanes<S>; PARAMETERS.len()],
    pub(super) constants: [Lanes<S>; CONSTANTS],
    pub(super) inputs: [Lanes<S>; INPUTS.len()],
    pub(super) start: Row<S>,
    end: Row<S>,
    stages: [Row<S>; STAGES],
    /// Where the next stage looks, and what the stages before add to it.
    at: Row<S>,
    pull: Row<S>,
    entries: [Lanes<S>; JACOBIAN.len()],
    factors: [Lanes<S>; FACTORS],
}

impl<S: Simd> Group<S> {
    #[inline(always)]
    pub(super) fn new(simd: S) -> Self {
        let one = Lanes::splat(simd, 1.0);
        let row = [one; STATES.len()];
        Self {
            parameters: [one; PARAMETERS.len()],
            constants: [one; CONSTANTS],
            inputs: [one; INPUTS.len()],
            start: row,
            end: row,
            stages: [row; STAGES],
            at: row,
            pull: row,
            entries: [one; JACOBIAN.len()],
            factors: [one; FACTORS],
        }
    }

    /// Tries a step and gives its error by the tolerance: at most 1 is good. Only the `live` states move; the others stand still.
    #[inline(always)]
    pub(super) fn step(&mut self, length: Lanes<S>, tolerance: Tolerance, live: &[usize]) -> Lanes<S> {
        let shift = length.reciprocal();
        self.begin(shift);
        for stage in 1..STAGES {
            match stage {
                1 => self.gather::<1>(live),
                2 => self.gather::<2>(live),
                3 => self.gather::<3>(live),
                4 => self.gather::<4>(live),
                5 => self.gather::<5>(live),
                6 => self.gather::<6>(live),
                _ => self.gather::<7>(live),
            }
            self.stage(stage, shift);
        }
        for &k in live {
            self.end[k] = self.at[k] + self.stages[STAGES - 1][k];
        }
        self.error(tolerance, live)
    }

    /// Takes the step over in the lanes where it was good.
    #[inline(always)]
    pub(super) fn go_on(&mut self, errors: Lanes<S>, live: &[usize]) {
        for &k in live {
            self.start[k] = self.start[k].or_where_small(errors, self.end[k]);
        }
    }

    /// The states of one lane at a share of the step, 0 its start to 1 its end.
    pub(super) fn within(&self, lane: usize, share: f64, live: &[usize]) -> [f64; STATES.len()] {
        let mut y = std::array::from_fn(|k| self.start[k].as_slice()[lane]);
        for &k in live {
            let of =
                |row: &[f64; STAGES]| (0..STAGES).map(|j| row[j] * self.stages[j][k].as_slice()[lane]).sum::<f64>();
            let bent = of(&H[0]) + share * (of(&H[1]) + share * of(&H[2]));
            y[k] = (1.0 - share) * y[k] + share * (self.end[k].as_slice()[lane] + (1.0 - share) * bent);
        }
        y
    }

    /// The first stage, with the Jacobian: both are at the start and share most of their work.
    #[inline(always)]
    fn begin(&mut self, shift: Lanes<S>) {
        let Self { parameters: p, constants: c, inputs: u, start: y, .. } = self;
        let slopes = rate(p, c, u, y);
        self.entries = jacobian(p, c, u, y);
        self.factors = factor(shift * shift.like(1.0 / GAMMA), &self.entries);
        self.stages[0] = slopes;
        solve(&self.factors, &mut self.stages[0]);
        self.at = self.start;
    }

    /// Stage `i`, when its argument and pull are there.
    #[inline(always)]
    fn stage(&mut self, i: usize, shift: Lanes<S>) {
        let slopes = rate(&self.parameters, &self.constants, &self.inputs, &self.at);
        let stage = &mut self.stages[i];
        for k in 0..STATES.len() {
            stage[k] = slopes[k].more(self.pull[k], shift);
        }
        solve(&self.factors, stage);
    }

    /// The argument of stage `I`, and the pull of the stages before.
    #[inline(always)]
    fn gather<const I: usize>(&mut self, live: &[usize]) {
        for &k in live {
            let zero = self.start[k].like(0.0);
            let weighed = |weights: &[f64], base: Lanes<S>| {
                let stages = weights.iter().zip(&self.stages[..I]);
                stages.fold(base, |sum, (weight, stage)| sum.more(zero.like(*weight), stage[k]))
            };
            let pull = weighed(&C[I], zero);
            let at = if I < SHARED {
                weighed(&A[I.min(SHARED - 1)], self.start[k])
            } else {
                self.at[k] + self.stages[I - 1][k]
            };
            (self.pull[k], self.at[k]) = (pull, at);
        }
    }

    /// The largest error among the live states, each by its tolerance. Five fractions share a division.
    #[inline(always)]
    fn error(&self, tolerance: Tolerance, live: &[usize]) -> Lanes<S> {
        let zero = self.start[0].like(0.0);
        let (absolute, relative) = (zero.like(tolerance.absolute), zero.like(tolerance.relative));
        let (mut largest, mut sum) = (zero, zero);
        for few in live.chunks(5) {
            let (mut above, mut below) = (zero, zero.like(1.0));
            for &k in few {
                let own = absolute.more(relative, self.start[k].abs().max(self.end[k].abs()));
                let size = self.stages[STAGES - 1][k].abs();
                sum = sum + size;
                above = (above * own).max(size * below);
                below = below * own;
            }
            largest = largest.max(above / below);
        }
        // A maximum may drop what is no number; a sum does not.
        largest.more(sum, zero)
    }
}

#[cfg(test)]
mod tests {
    use pulp::Scalar;
    use xystra_tissue::remodel::equations::constants;
    use xystra_tissue::remodel::{Parameters, State};

    use super::*;

    const LOOSE: Tolerance = Tolerance { relative: 1e9, absolute: 1e9 };

    /// A day after an injury, with an irritant all the while, in steps of one length.
    fn end(steps: u32) -> [f64; STATES.len()] {
        let parameters = Parameters::prior().unwrap();
        let rest = State::rest(&parameters);
        let mut group = Group::new(Scalar);
        let of = |value: &f64| Lanes::splat(Scalar, *value);
        group.parameters = parameters.values().each_ref().map(of);
        group.constants = constants(parameters.values()).each_ref().map(of);
        group.inputs = [0.0, 0.02, 0.5].each_ref().map(of);
        group.start = rest.values.each_ref().map(of);
        group.start[0] = Lanes::splat(Scalar, 0.5);
        let live: Vec<usize> = (0..STATES.len()).collect();
        for _ in 0..steps {
            let errors = group.step(Lanes::splat(Scalar, 24.0 / f64::from(steps)), LOOSE, &live);
            group.go_on(errors, &live);
        }
        group.start.map(|lane| lane.as_slice()[0])
    }

    #[test]
    fn half_the_step_makes_an_error_that_is_thirty_times_smaller() {
        let truth = end(512);
        let off = |steps| end(steps).iter().zip(&truth).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        for steps in [8, 16] {
            let order = (off(steps) / off(2 * steps)).log2();
            assert!(order > 4.5, "{steps} steps: order {order}");
        }
    }

    #[test]
    fn the_middle_of_a_step_is_nearly_as_good_as_its_end() {
        let parameters = Parameters::prior().unwrap();
        let mut group = Group::new(Scalar);
        let of = |value: &f64| Lanes::splat(Scalar, *value);
        group.parameters = parameters.values().each_ref().map(of);
        group.constants = constants(parameters.values()).each_ref().map(of);
        group.inputs = [0.0; INPUTS.len()].each_ref().map(of);
        group.start = State::rest(&parameters).values.each_ref().map(of);
        group.start[0] = Lanes::splat(Scalar, 0.5);
        let live: Vec<usize> = (0..STATES.len()).collect();
        let mut halves = |length: f64| {
            let _ = group.step(Lanes::splat(Scalar, length), LOOSE, &live);
            (group.within(0, 0.5, &live), group.end.map(|lane| lane.as_slice()[0]))
        };
        let (middle, _) = halves(1.0);
        let (_, end) = halves(0.5);
        for (k, (a, b)) in middle.iter().zip(&end).enumerate().filter(|(k, _)| STATES[*k] != "tone") {
            assert!((a - b).abs() < 1e-5, "{}: {a} {b}", STATES[k]);
        }
    }
}
