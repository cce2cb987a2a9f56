//! What generated code computes with.

// Code for wide vectors has their instructions only where everything is inlined.
#![allow(clippy::inline_always)]

use std::ops::{Add, Div, Mul, Neg, Sub};

/// A number as rational equations need it: one `f64`, several side by side, or a complex one.
pub trait Number:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self>
{
    /// A plain number of the same kind as this one, in every lane.
    #[must_use]
    fn like(self, value: f64) -> Self;

    /// `self + a*b`; numbers that can round only once may.
    #[must_use]
    #[inline(always)]
    fn more(self, a: Self, b: Self) -> Self {
        self + a * b
    }

    /// `self - a*b`; numbers that can round only once may.
    #[must_use]
    #[inline(always)]
    fn less(self, a: Self, b: Self) -> Self {
        self - a * b
    }

    /// `1 / self`
    #[must_use]
    #[inline(always)]
    fn reciprocal(self) -> Self {
        self.like(1.0) / self
    }

    /// The reciprocal of each; numbers for which a division is dear may share one.
    #[must_use]
    #[inline(always)]
    fn reciprocals<const K: usize>(of: [Self; K]) -> [Self; K] {
        of.map(Self::reciprocal)
    }
}

impl Number for f64 {
    #[inline(always)]
    fn like(self, value: f64) -> Self {
        value
    }
}
