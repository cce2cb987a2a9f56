//! Sines and cosines of evenly spaced angles.

/// Angles that follow one another by the product rule, before the next is taken afresh: rounding stays below 1e-14.
const RUN: usize = 32;

/// Hands on `i, sin(start + i step), cos(start + i step)` for i below `count`.
#[inline]
pub(crate) fn turns(step: f64, start: f64, count: usize, mut take: impl FnMut(usize, f64, f64)) {
    let (sine, cosine) = step.sin_cos();
    for first in (0..count).step_by(RUN) {
        let (mut s, mut c) = (start + step * first as f64).sin_cos();
        for i in first..(first + RUN).min(count) {
            take(i, s, c);
            (s, c) = (s * cosine + c * sine, c * cosine - s * sine);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_sines_and_cosines() {
        turns(0.37, -2.0, 1000, |i, sine, cosine| {
            let angle = 0.37 * i as f64 - 2.0;
            assert!((sine - angle.sin()).abs() < 1e-13 && (cosine - angle.cos()).abs() < 1e-13, "{i}");
        });
    }
}
