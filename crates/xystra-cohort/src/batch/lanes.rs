//! Numbers of several clients side by side, as wide as the machine's vectors are.

// What is not inlined into the dispatch is compiled without the vector instructions.
#![allow(clippy::inline_always)]

use std::ops::{Add, Div, Mul, Neg, Sub};

use pulp::{Simd, bytemuck};
use xystra_tissue::remodel::Number;

/// The most clients side by side.
pub(super) const MOST: usize = 8;

/// One number of each client.
#[derive(Clone, Copy)]
pub(super) struct Lanes<S: Simd> {
    simd: S,
    values: S::f64s,
}

impl<S: Simd> Lanes<S> {
    /// The same number for all.
    #[inline(always)]
    pub(super) fn splat(simd: S, value: f64) -> Self {
        Self { simd, values: simd.splat_f64s(value) }
    }

    /// A number for each; the array may hold more.
    #[inline(always)]
    pub(super) fn of(simd: S, values: &[f64; MOST]) -> Self {
        let mut lanes = Self::splat(simd, 0.0);
        lanes.as_mut().copy_from_slice(&values[..S::F64_LANES]);
        lanes
    }

    /// The number of each.
    #[inline(always)]
    pub(super) fn as_slice(&self) -> &[f64] {
        bytemuck::cast_slice(std::slice::from_ref(&self.values))
    }

    /// The number of each, to be changed.
    #[inline(always)]
    pub(super) fn as_mut(&mut self) -> &mut [f64] {
        bytemuck::cast_slice_mut(std::slice::from_mut(&mut self.values))
    }

    /// Their sizes.
    #[inline(always)]
    pub(super) fn abs(self) -> Self {
        self.with(self.simd.abs_f64s(self.values))
    }

    /// The larger of two, for each.
    #[inline(always)]
    pub(super) fn max(self, other: Self) -> Self {
        self.with(self.simd.max_f64s(self.values, other.values))
    }

    /// `other` where `gate` is at most 1, and this elsewhere, also where the gate is no number.
    #[inline(always)]
    pub(super) fn or_where_small(self, gate: Self, other: Self) -> Self {
        let simd = self.simd;
        let mask = simd.less_than_or_equal_f64s(gate.values, simd.splat_f64s(1.0));
        self.with(simd.select_f64s(mask, other.values, self.values))
    }

    #[inline(always)]
    fn with(self, values: S::f64s) -> Self {
        Self { simd: self.simd, values }
    }
}

impl<S: Simd> Number for Lanes<S> {
    #[inline(always)]
    fn like(self, value: f64) -> Self {
        Self::splat(self.simd, value)
    }

    #[inline(always)]
    fn more(self, a: Self, b: Self) -> Self {
        self.with(self.simd.mul_add_e_f64s(a.values, b.values, self.values))
    }

    #[inline(always)]
    fn less(self, a: Self, b: Self) -> Self {
        self.with(self.simd.negate_mul_add_e_f64s(a.values, b.values, self.values))
    }

    /// One division for all: the reciprocal of the product, times the products of the others.
    #[inline(always)]
    fn reciprocals<const K: usize>(of: [Self; K]) -> [Self; K] {
        let mut found = of;
        for k in 1..K {
            found[k] = found[k - 1] * of[k];
        }
        let mut left = found[K - 1].reciprocal();
        for k in (1..K).rev() {
            found[k] = left * found[k - 1];
            left = left * of[k];
        }
        found[0] = left;
        found
    }
}

impl<S: Simd> Add for Lanes<S> {
    type Output = Self;
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.with(self.simd.add_f64s(self.values, other.values))
    }
}

impl<S: Simd> Sub for Lanes<S> {
    type Output = Self;
    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        self.with(self.simd.sub_f64s(self.values, other.values))
    }
}

impl<S: Simd> Mul for Lanes<S> {
    type Output = Self;
    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        self.with(self.simd.mul_f64s(self.values, other.values))
    }
}

impl<S: Simd> Div for Lanes<S> {
    type Output = Self;
    #[inline(always)]
    fn div(self, other: Self) -> Self {
        self.with(self.simd.div_f64s(self.values, other.values))
    }
}

impl<S: Simd> Neg for Lanes<S> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        self.with(self.simd.neg_f64s(self.values))
    }
}
