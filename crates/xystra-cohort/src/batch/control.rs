//! How long the next step is.

// What is not inlined into the dispatch is compiled without the vector instructions.
#![allow(clippy::inline_always, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

/// A step may grow and shrink by these factors, and aims below the tolerance.
const GROWTH: f64 = 20.0;
const SHRINKAGE: f64 = 0.2;
const CAUTION: f64 = 0.9;

/// The order of the error that a step makes.
const ORDER: f64 = 5.0;

/// How much longer the next step may be after one with this error; one that is no number asks for the shortest.
#[inline(always)]
pub(super) fn factor(error: f64) -> f64 {
    let raw = CAUTION * power(error.max(1e-30), -1.0 / ORDER);
    if error < f64::INFINITY { raw.clamp(SHRINKAGE, GROWTH) } else { SHRINKAGE }
}

/// About `x^exponent` for a positive `x`, within a tenth: from the bits of a number, whose exponent is its whole logarithm and whose rest is
/// nearly that of its share.
#[inline(always)]
fn power(x: f64, exponent: f64) -> f64 {
    let unit = (1u64 << 52) as f64;
    let logarithm = x.to_bits() as f64 / unit - 1023.0;
    f64::from_bits(((exponent * logarithm + 1023.0) * unit) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_near_enough_for_a_step() {
        for x in [1e-30, 1e-6, 0.013, 0.5, 1.0, 1.7, 40.0, 1e9] {
            let (ours, exact) = (power(x, -0.2), x.powf(-0.2));
            assert!((ours / exact - 1.0).abs() < 0.1, "{x}: {ours} {exact}");
        }
    }

    #[test]
    fn good_steps_grow_and_bad_ones_shrink() {
        assert!(factor(1e-3) > 2.0 && factor(0.0) <= GROWTH);
        assert!(factor(30.0) < 0.6);
        for bad in [f64::NAN, f64::INFINITY] {
            assert!((factor(bad) - SHRINKAGE).abs() < 1e-12);
        }
    }
}
