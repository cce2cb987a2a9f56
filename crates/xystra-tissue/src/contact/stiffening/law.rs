//! How a piece stiffens.

use crate::layers;
use crate::stack::Layer;

/// Largest logarithm of a growth: a layer this much stiffer is rigid beside its neighbours.
const STIFFEST: f64 = 9.0;
/// Largest compression that a small strain stands for.
const THINNEST: f64 = 0.9;
/// How much of a layer's thinning counts twice: once for the layer, and once for the surface that is longer and lies deeper under the edge.
/// Chosen against finite elements (docs/validation/contact.md).
const THINNING: f64 = 2.0;

/// The law of one piece.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Law {
    /// Exponent `b`, 1.
    stiffening: f64,
    /// Bulk over shear modulus.
    bulk: f64,
}

/// The mean of the growth over a piece, weighed by energy.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Mean {
    weight: f64,
    growth: f64,
}

/// Small strain at a point: across the edge, along it, in depth, and the squares of the engineering shears together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Strain {
    pub across: f64,
    pub along: f64,
    pub deep: f64,
    pub sheared: f64,
}

impl Law {
    pub(super) fn of(layer: &Layer) -> Self {
        let bulk = 2.0 * (1.0 + layer.poisson) / (3.0 * (1.0 - 2.0 * layer.poisson));
        Self { stiffening: layers::stiffening(layer), bulk }
    }

    /// Logarithm of the growth of the modulus under a strain with the invariant `i` and the compression `e`, when the strain is scaled so that
    /// it holds the stress that it had under a growth of exp(`grown`).
    fn grown(&self, i: f64, e: f64, grown: f64) -> f64 {
        let mut scale = 0.0_f64;
        for _ in 0..20 {
            let (growth, slope) = self.growth(i, e, scale.exp());
            let step = (scale + growth - grown) / (1.0 + slope);
            scale -= step.clamp(-1.0, 2.0);
            if step.abs() < 1e-5 {
                break;
            }
        }
        grown - scale
    }

    /// Logarithm of the growth under a strain times `scale`, and its slope by the logarithm of the scale.
    fn growth(&self, i: f64, e: f64, scale: f64) -> (f64, f64) {
        let exponent = self.stiffening * i * scale * scale;
        let (thinned, slope) = thinned((e * scale).min(THINNEST));
        (exponent + THINNING * thinned, 2.0 * exponent + THINNING * slope)
    }
}

impl Mean {
    pub(super) fn add(&mut self, strain: Strain, law: Law, grown: f64) {
        let i = strain.invariant(law.bulk);
        let growth = law.grown(i, (-strain.deep).max(0.0), grown);
        self.weight += i;
        self.growth += i * growth.min(STIFFEST).exp();
    }

    /// Logarithm of the mean; nothing strained: no growth.
    pub(super) fn growth(&self) -> f64 {
        if self.weight > 0.0 { (self.growth / self.weight).ln() } else { 0.0 }
    }
}

impl Strain {
    /// `I` of a small strain; `bulk` over shear modulus.
    fn invariant(&self, bulk: f64) -> f64 {
        let swell = self.across + self.along + self.deep;
        let squares = self.across.powi(2) + self.along.powi(2) + self.deep.powi(2);
        2.0 * (squares - swell * swell / 3.0).max(0.0) + self.sheared + bulk * swell * swell
    }
}

/// What a compression `e` of a layer does to its stiffness by thinning alone: logarithm of `(l^-2 - l^2) / 4e`, `l = 1 - e` (the stress that a
/// neo-Hookean layer gives in plane strain, over that of small strain), and its slope by the logarithm of `e`.
fn thinned(e: f64) -> (f64, f64) {
    if e < 1e-3 {
        return (0.5 * e, 0.5 * e);
    }
    let l = 1.0 - e;
    let stress = l.powi(-2) - l * l;
    ((stress / (4.0 * e)).ln(), e * (2.0 * l.powi(-3) + 2.0 * l) / stress - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stress_is_held() {
        let law = Law { stiffening: 20.0, bulk: 25.0 };
        for (i, e, grown) in [(1e-6, 1e-4, 0.0), (0.3, 0.25, 0.0), (4.0, 0.9, 0.5), (0.01, 0.0, 3.0)] {
            let growth = law.grown(i, e, grown);
            let scale = (grown - growth).exp();
            let again = law.growth(i, e, scale).0;
            assert!((growth - again).abs() < 1e-3, "{i} {e} {grown}: {growth} and {again}");
        }
    }

    #[test]
    fn thinning_begins_at_half_the_compression_and_has_its_slope() {
        for e in [1e-4, 0.01, 0.3, 0.7] {
            let h = 1e-6;
            let slope = (thinned(e * (1.0 + h)).0 - thinned(e * (1.0 - h)).0) / (2.0 * h);
            assert!((thinned(e).1 - slope).abs() < 1e-4, "{e}: {slope}");
        }
        assert!((thinned(0.01).0 - 0.005).abs() < 1e-4);
    }

    #[test]
    fn a_change_of_volume_counts_by_the_bulk_modulus() {
        let swollen = Strain { across: 0.01, along: 0.01, deep: 0.01, sheared: 0.0 };
        assert!((swollen.invariant(10.0) - 10.0 * 0.03 * 0.03).abs() < 1e-12);
    }
}
