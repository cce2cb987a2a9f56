//! Units of force and time as a file writes them.

use serde::{Deserialize, Serialize};

use crate::synthetic::pose::GRAVITY_M_S2;

/// Unit of the force columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ForceUnit {
    /// Newton.
    #[default]
    N,
    /// Kilogram-force.
    #[serde(rename = "kgf")]
    Kgf,
    /// Millinewton.
    #[serde(rename = "mN")]
    MilliN,
}

/// Unit and origin of the time column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TimeUnit {
    /// Seconds from the start.
    #[default]
    S,
    /// Milliseconds from the start.
    Ms,
    /// Microseconds from the start.
    Us,
    /// Seconds since 1970.
    EpochS,
    /// Milliseconds since 1970.
    EpochMs,
}

/// Start of recordings on the epoch's clock, s: an evening in November 2023.
const EPOCH_S: f64 = 1_700_000_000.0;

impl ForceUnit {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::N => "N",
            Self::Kgf => "kgf",
            Self::MilliN => "mN",
        }
    }

    /// How many of it one newton is, and digits behind the mark.
    pub(super) fn scale(self) -> (f64, usize) {
        match self {
            Self::N => (1.0, 4),
            Self::Kgf => (1.0 / GRAVITY_M_S2, 5),
            Self::MilliN => (1e3, 1),
        }
    }
}

impl TimeUnit {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::S => "t_s",
            Self::Ms => "time [ms]",
            Self::Us => "time_us",
            Self::EpochS => "timestamp_s",
            Self::EpochMs => "timestamp [ms]",
        }
    }

    pub(super) fn cells(self, time_s: &[f64]) -> Vec<String> {
        let (factor, origin_s, digits) = match self {
            Self::S => (1.0, 0.0, 6),
            Self::Ms => (1e3, 0.0, 3),
            Self::Us => (1e6, 0.0, 0),
            Self::EpochS => (1.0, EPOCH_S, 6),
            Self::EpochMs => (1e3, EPOCH_S, 3),
        };
        time_s.iter().map(|t| number((t + origin_s) * factor, digits)).collect()
    }
}

/// Nothing for what is not a number.
pub(super) fn number(value: f64, digits: usize) -> String {
    if value.is_nan() { String::new() } else { format!("{value:.digits$}") }
}
