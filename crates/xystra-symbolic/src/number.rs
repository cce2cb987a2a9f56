//! What generated code computes with.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// A number as rational equations need it: one `f64`, several side by side, or a complex one.
pub trait Number:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self>
{
    /// This number in every lane.
    fn of(value: f64) -> Self;
}

impl Number for f64 {
    fn of(value: f64) -> Self {
        value
    }
}
