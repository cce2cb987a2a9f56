//! One homogeneous layer under one wave.

use super::{Level, Pair, Square};

/// A homogeneous layer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sheet {
    /// Thickness, mm.
    pub thickness: f64,
    /// Shear modulus, kPa.
    pub shear: f64,
    /// Poisson's ratio.
    pub poisson: f64,
    /// Without friction on what lies below?
    pub slips: bool,
}

impl Sheet {
    pub(crate) fn new(thickness: f64, young: f64, poisson: f64, slips: bool) -> Self {
        Self { thickness, shear: young / (2.0 * (1.0 + poisson)), poisson, slips }
    }

    /// Modulus of compression without sideways strain, kPa.
    pub(crate) fn oedometric(&self) -> f64 {
        2.0 * self.shear * (1.0 - self.poisson) / (1.0 - 2.0 * self.poisson)
    }

    /// Lame's first constant, kPa.
    pub(crate) fn lame(&self) -> f64 {
        2.0 * self.shear * self.poisson / (1.0 - 2.0 * self.poisson)
    }

    /// Bonded pieces between `cuts`, fractions of the thickness in rising order; the last keeps the slip.
    pub(crate) fn cut(self, cuts: &[f64]) -> Vec<Self> {
        let inside: Vec<f64> = cuts.iter().copied().filter(|&c| c > 0.0 && c < 1.0).collect();
        let ends = inside.iter().copied().chain([1.0]);
        let starts = [0.0].into_iter().chain(inside.iter().copied());
        let piece = |(start, end): (f64, f64)| Self {
            thickness: self.thickness * (end - start),
            slips: self.slips && end >= 1.0,
            ..self
        };
        starts.zip(ends).map(piece).collect()
    }

    /// Compliance of the top for shear across the wave's plane, over that of what is below (0: rigid), mm/kPa.
    pub(super) fn across(&self, k: f64, below: f64) -> f64 {
        if self.slips {
            return 1.0 / (self.shear * k * (k * self.thickness).tanh());
        }
        let tanh = (k * self.thickness).tanh();
        let depth = if k == 0.0 { self.thickness / self.shear } else { tanh / (k * self.shear) };
        (below + depth) / (1.0 + below * self.shear * k * tanh)
    }

    /// What of a load across the wave's plane, on the top, reaches the layer below, kPa, and how far the bottom moves, mm.
    pub(super) fn across_below(&self, k: f64, below: f64, load: f64) -> Pair {
        let q = k * self.thickness;
        let e = (-q).exp();
        let (sinh, cosh) = (-0.5 * (-2.0 * q).exp_m1(), 0.5 * (1.0 + e * e));
        if self.slips {
            return [0.0, load * e / (self.shear * k * sinh)];
        }
        let bottom = load * e / (cosh + below * self.shear * k * sinh);
        [bottom, below * bottom]
    }
}

/// The 4x4 stiffness of a layer's faces for one wave.
///
/// With q = k h and the free parameter 3 - 4 nu. Differences such as `sinh q - q` are formed by series where q is small, and all hyperbolic
/// functions are scaled by `exp(-q)`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wave {
    /// Of the bottom face; the top face's has the other sign of `cross`.
    own: Square,
    /// Load on the top for motion of the bottom: along-along, along-down (down-along has the other sign), down-down.
    far: Square,
}

impl Wave {
    pub(super) fn new(sheet: &Sheet, k: f64) -> Self {
        let kappa = 3.0 - 4.0 * sheet.poisson;
        let q = k * sheet.thickness;
        let e = (-q).exp();
        let (sinh, cosh) = (-0.5 * (-2.0 * q).exp_m1(), 0.5 * (1.0 + e * e));
        let (less, bend, twice) = (sinh_less(q, e), bending(q, e), 0.5 * sinh_less(2.0 * q, e * e));
        let extra = 2.0 - 4.0 * sheet.poisson;
        // Denominators and numerators all carry exp(-2q).
        let thin = extra * sinh + less;
        let scale = sheet.shear * k / (thin * (kappa * sinh + q * e));
        let (own, far) = ((kappa + 1.0) * scale, (kappa + 1.0) * scale * e);
        Self {
            own: Square {
                along: own * (extra * cosh * sinh + twice),
                cross: scale * (2.0 * (q * e).powi(2) - kappa * extra * sinh * sinh),
                down: own * (kappa * cosh * sinh + q * e * e),
            },
            far: Square {
                along: far * (bend - extra * sinh),
                cross: far * q * sinh,
                down: -far * (kappa * sinh + q * cosh),
            },
        }
    }

    /// Stiffness of the top when the bottom lies on what is `below` (none: rigid).
    pub(super) fn on(&self, slips: bool, below: Option<Square>) -> Square {
        let top = Square { cross: -self.own.cross, ..self.own };
        let f = self.far;
        let Some(held) = self.held(slips, below) else { return top };
        // Columns of K21: bottom loads for motion of the top.
        let (left, right) = ([f.along, f.cross], [-f.cross, f.down]);
        let (from_left, from_right) = (held.times(left), held.times(right));
        Square {
            along: top.along - dot(left, from_left),
            cross: top.cross - dot(left, from_right),
            down: top.down - dot(right, from_right),
        }
    }

    /// Motion of the bottom for that of the top.
    pub(super) fn bottom(&self, slips: bool, below: Option<Square>, top: Pair) -> Pair {
        let Some(held) = self.held(slips, below) else { return [0.0; 2] };
        let f = self.far;
        let pull = [f.along * top[0] - f.cross * top[1], f.cross * top[0] + f.down * top[1]];
        let [u, w] = held.times(pull);
        [-u, -w]
    }

    /// Motion and stress just above the bottom.
    pub(super) fn below(&self, top: Pair, bottom: Pair) -> Level {
        let f = self.far;
        let own = self.own.times(bottom);
        let pull = [f.along * top[0] - f.cross * top[1], f.cross * top[0] + f.down * top[1]];
        Level { motion: bottom, stress: [own[0] + pull[0], own[1] + pull[1]] }
    }

    /// How the bottom yields to a load, held by itself and by what is below; none: not at all.
    fn held(&self, slips: bool, below: Option<Square>) -> Option<Square> {
        match (slips, below) {
            (false, None) => None,
            (true, None) => Some(Square { along: 1.0 / self.own.along, ..Square::default() }),
            (false, Some(below)) => Some(self.own.plus(below).inverse()),
            (true, Some(below)) => Some(self.own.plus(below.freed()).inverse()),
        }
    }
}

fn dot(a: Pair, b: Pair) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

/// `(sinh q - q) exp(-q)`.
fn sinh_less(q: f64, e: f64) -> f64 {
    if q > 1.0 {
        return 0.5 * (1.0 - e * e) - q * e;
    }
    let s = q * q;
    let series = 1.0
        + s / 20.0 * (1.0 + s / 42.0 * (1.0 + s / 72.0 * (1.0 + s / 110.0 * (1.0 + s / 156.0 * (1.0 + s / 210.0)))));
    q * s / 6.0 * series * e
}

/// `(q cosh q - sinh q) exp(-q)`.
fn bending(q: f64, e: f64) -> f64 {
    if q > 1.0 {
        return 0.5 * (q * (1.0 + e * e) - (1.0 - e * e));
    }
    // The sum of 2n q^(2n+1) / (2n+1)!.
    let s = q * q;
    let mut term = q * s / 3.0;
    let mut sum = term;
    for n in 2..10 {
        let n = f64::from(n);
        term *= s / ((2.0 * n + 1.0) * (2.0 * n - 2.0));
        sum += term;
    }
    sum * e
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_differences_are_those_of_the_functions() {
        for q in [1e-3, 0.1, 0.5, 0.999, 1.001, 3.0] {
            let e = f64::exp(-q);
            let direct = (q.sinh() - q) * e;
            assert!((sinh_less(q, e) - direct).abs() < 1e-13, "{q}");
            let direct = (q * q.cosh() - q.sinh()) * e;
            assert!((bending(q, e) - direct).abs() < 1e-13, "{q}");
        }
        // Both sides of where the series ends.
        for f in [sinh_less, bending] {
            let (a, b) = (f(1.0, f64::exp(-1.0)), f(1.0 + 1e-12, f64::exp(-1.0 - 1e-12)));
            assert!((a / b - 1.0).abs() < 1e-10);
        }
        assert!((sinh_less(1e-5, 1.0) / (1e-15 / 6.0) - 1.0).abs() < 1e-9);
        assert!((bending(1e-5, 1.0) / (1e-15 / 3.0) - 1.0).abs() < 1e-9);
    }
}
