//! What cannot be a filter.

use thiserror::Error;

/// Why there is no such filter.
#[derive(Debug, Clone, Copy, PartialEq, Error)]
pub enum Error {
    /// Odd, zero or too high an order.
    #[error("order {0}: give an even one from 2 to 20")]
    Order(usize),
    /// Not between zero and half the rate, or the wrong way round.
    #[error(
        "{low_hz} to {high_hz} Hz at {rate_hz} samples a second: give rising frequencies above 0 and below half the rate"
    )]
    Band {
        /// Lower end, Hz; zero for a low-pass.
        low_hz: f64,
        /// Upper end, Hz.
        high_hz: f64,
        /// Samples per second, Hz.
        rate_hz: f64,
    },
}
