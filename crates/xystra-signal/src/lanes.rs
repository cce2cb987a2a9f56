//! Eight signals side by side through one cascade, as wide as the machine's vectors are.

// What is not inlined into the dispatch is compiled without the vector instructions.
#![allow(clippy::inline_always)]

use pulp::{Arch, Simd, WithSimd};

use crate::filter::{Filter, Section};

/// Signals side by side.
pub(crate) const WIDTH: usize = 8;

/// One moment of [`WIDTH`] signals.
pub(crate) type Frame = [f64; WIDTH];

/// Which way a signal runs through the filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Forward,
    Backward,
}

/// A cascade with the delays of [`WIDTH`] signals, of which the first `used` count.
#[derive(Debug, Clone)]
pub(crate) struct Lanes {
    arch: Arch,
    steps: Vec<Step>,
    steady: Vec<[f64; 2]>,
    delays: Vec<[Frame; 2]>,
    used: usize,
}

/// A section in the form with the shortest way from one sample's delays to the next one's.
///
/// With `y = b0 x + z0` put in, the delays follow `z0 = (b1 - a1 b0) x + z1 - a1 z0` and `z1 = (b2 - a2 b0) x - a2 z0`.
#[derive(Debug, Clone, Copy)]
struct Step {
    gain: f64,
    input: [f64; 2],
    back: [f64; 2],
}

impl Lanes {
    pub(crate) fn new(filter: &Filter, used: usize) -> Self {
        let steps: Vec<_> = filter.sections().iter().map(Step::of).collect();
        let delays = vec![[[0.0; WIDTH]; 2]; steps.len()];
        Self { arch: Arch::new(), steps, steady: filter.steady_state(), delays, used }
    }

    /// Sets the delays as if `frame` had been there for ever.
    pub(crate) fn settle(&mut self, frame: &Frame) {
        for (delays, steady) in self.delays.iter_mut().zip(&self.steady) {
            *delays = steady.map(|z| frame.map(|x| z * x));
        }
    }

    /// Filters `frames` in place and keeps the delays for the next ones.
    pub(crate) fn run(&mut self, way: Way, frames: &mut [Frame]) {
        let (used, arch) = (self.used, self.arch);
        for (steps, delays) in self.steps.chunks(2).zip(self.delays.chunks_mut(2)) {
            match (steps, delays) {
                ([a, b], [y, z]) => arch.dispatch(Cascade { steps: [*a, *b], delays: [y, z], used, way, frames }),
                ([a], [z]) => arch.dispatch(Cascade { steps: [*a], delays: [z], used, way, frames }),
                _ => {}
            }
        }
    }
}

impl Step {
    fn of(Section { b, a }: &Section) -> Self {
        Self { gain: b[0], input: [b[1] - a[1] * b[0], b[2] - a[2] * b[0]], back: [-a[1], -a[2]] }
    }
}

/// `N` sections that run together, so that one waits for the other's result while the next sample is already under way.
struct Cascade<'a, const N: usize> {
    steps: [Step; N],
    delays: [&'a mut [Frame; 2]; N],
    used: usize,
    way: Way,
    frames: &'a mut [Frame],
}

impl<const N: usize> WithSimd for Cascade<'_, N> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        for part in 0..self.used.div_ceil(S::F64_LANES) {
            match self.way {
                Way::Forward => self.pass(simd, part, |frames| frames.iter_mut()),
                Way::Backward => self.pass(simd, part, |frames| frames.iter_mut().rev()),
            }
        }
    }
}

impl<const N: usize> Cascade<'_, N> {
    /// One vector of signals through the sections.
    #[inline(always)]
    fn pass<'f, S: Simd, I: Iterator<Item = &'f mut Frame>>(
        &'f mut self,
        simd: S,
        part: usize,
        order: impl Fn(&'f mut [Frame]) -> I,
    ) {
        let steps = self.steps.map(|step| step.splat(simd));
        let mut delays: [[S::f64s; 2]; N] =
            std::array::from_fn(|i| [vector::<S>(&self.delays[i][0], part), vector::<S>(&self.delays[i][1], part)]);
        for frame in order(self.frames) {
            let sample = &mut S::as_mut_simd_f64s(frame).0[part];
            for (step, delays) in steps.iter().zip(&mut delays) {
                *sample = step.take(simd, *sample, delays);
            }
        }
        for (kept, delays) in self.delays.iter_mut().zip(delays) {
            for (kept, delay) in kept.iter_mut().zip(delays) {
                S::as_mut_simd_f64s(kept).0[part] = delay;
            }
        }
    }
}

fn vector<S: Simd>(frame: &Frame, part: usize) -> S::f64s {
    S::as_simd_f64s(frame).0[part]
}

/// A [`Step`] with each coefficient in all lanes of a vector.
struct Wide<S: Simd> {
    gain: S::f64s,
    input: [S::f64s; 2],
    back: [S::f64s; 2],
}

impl Step {
    #[inline(always)]
    fn splat<S: Simd>(self, simd: S) -> Wide<S> {
        let wide = |value| simd.splat_f64s(value);
        Wide { gain: wide(self.gain), input: self.input.map(wide), back: self.back.map(wide) }
    }
}

impl<S: Simd> Wide<S> {
    #[inline(always)]
    fn take(&self, simd: S, x: S::f64s, z: &mut [S::f64s; 2]) -> S::f64s {
        let y = simd.mul_add_e_f64s(self.gain, x, z[0]);
        let fresh = simd.mul_add_e_f64s(self.input[0], x, z[1]);
        let rest = simd.mul_f64s(self.input[1], x);
        *z = [simd.mul_add_e_f64s(self.back[0], z[0], fresh), simd.mul_add_e_f64s(self.back[1], z[0], rest)];
        y
    }
}
