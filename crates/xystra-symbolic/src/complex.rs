//! Complex numbers, for derivatives free of cancellation.

use std::ops::{Add, Div, Mul, Neg, Sub};

use crate::Number;

/// A complex number. A rational function at `x + ih` has its derivative in the imaginary part over `h`, however small `h` is
/// (Squire and Trapp, SIAM Review 40:110, 1998).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Complex {
    /// The real part.
    pub re: f64,
    /// The imaginary part.
    pub im: f64,
}

impl From<f64> for Complex {
    fn from(value: f64) -> Self {
        Self { re: value, im: 0.0 }
    }
}

impl Number for Complex {
    fn like(self, value: f64) -> Self {
        value.into()
    }
}

impl Add for Complex {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { re: self.re + other.re, im: self.im + other.im }
    }
}

impl Sub for Complex {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { re: self.re - other.re, im: self.im - other.im }
    }
}

impl Mul for Complex {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self { re: self.re * other.re - self.im * other.im, im: self.re * other.im + self.im * other.re }
    }
}

impl Div for Complex {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let size = other.re * other.re + other.im * other.im;
        let turned = self * Self { re: other.re, im: -other.im };
        Self { re: turned.re / size, im: turned.im / size }
    }
}

impl Neg for Complex {
    type Output = Self;
    fn neg(self) -> Self {
        Self { re: -self.re, im: -self.im }
    }
}
