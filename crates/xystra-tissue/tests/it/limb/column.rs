//! Layers as a column under a flat probe: the load spreads sideways with depth, each layer stiffens with its strain.

use super::fit::Guess;
use super::rows::Row;

/// Points and weights of four-point integration on 0 to 1.
const POINTS: [(f64, f64); 4] = [
    (0.069_431_844_203, 0.173_927_422_569),
    (0.330_009_478_208, 0.326_072_577_431),
    (0.669_990_521_792, 0.326_072_577_431),
    (0.930_568_155_797, 0.173_927_422_569),
];

/// Mean strain of one layer of a row, the load spreading by `spread` mm to each side for each mm of depth.
pub(super) fn mean(row: &Row, layer: usize, spread: f64, guess: Guess) -> f64 {
    let top: f64 = row.thickness[..layer].iter().sum();
    let [long, wide] = row.face();
    let at = |share: f64| {
        let out = 2.0 * spread * (top + share * row.thickness[layer]);
        strain(1e3 * row.force_n / ((long + out) * (wide + out)), guess)
    };
    POINTS.iter().map(|(share, weight)| weight * at(*share)).sum()
}

/// The compression `e` that carries a stress, kPa: `E e exp(3 b e^2)`, free compression under the law of the layers at small strain.
pub(super) fn strain(stress: f64, guess: Guess) -> f64 {
    let b = 3.0 * guess.stiffening;
    let target = (stress / guess.young_kpa).ln();
    // The logarithm y of the strain solves y + b exp(2 y) = target, by Newton from above.
    let mut y = if b > 0.0 { target.min(0.5 * ((target.max(0.0) + 1.0) / b).ln()) } else { target };
    for _ in 0..50 {
        let bent = b * (2.0 * y).exp();
        let step = (y + bent - target) / (1.0 + 2.0 * bent);
        y -= step;
        if step.abs() < 1e-9 {
            break;
        }
    }
    y.exp()
}
