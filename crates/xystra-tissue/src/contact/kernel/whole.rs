//! Counts from lengths.

/// The whole number below a small number; 0 below 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of points, far below 2^52, never below 0"
)]
pub(crate) fn whole(number: f64) -> usize {
    number.max(0.0) as usize
}
