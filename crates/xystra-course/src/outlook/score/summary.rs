//! Scores added up.

use serde::{Deserialize, Serialize};

use super::Scored;

/// How many observations fell where they should, and how large the errors were.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Observations that were foretold.
    pub observations: usize,
    /// Of them within the band that should hold half.
    pub inside_fifty: usize,
    /// Of them within the band that should hold nine of ten.
    pub inside_ninety: usize,
    /// Beside saying that nothing changes.
    pub last_value: Beside,
    /// Beside the mean natural course, where there is one.
    pub natural: Beside,
}

/// Mean errors of the outlook and of a simple foreteller on the same observations, in standard errors of each measure.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Beside {
    /// On how many observations.
    pub observations: usize,
    /// Of the outlook.
    pub outlook: f64,
    /// Of the other.
    pub other: f64,
}

impl Summary {
    /// Of any number of scores: of one episode, or of a whole practice.
    pub fn of<'a>(scored: impl IntoIterator<Item = &'a Scored>) -> Self {
        let all: Vec<&Scored> = scored.into_iter().collect();
        let many = |is: fn(&&&Scored) -> bool| all.iter().filter(is).count();
        Self {
            observations: all.len(),
            inside_fifty: many(|one| one.inside_fifty),
            inside_ninety: many(|one| one.inside_ninety),
            last_value: Beside::of(all.iter().map(|one| (one.error, one.last_value, one.measuring))),
            natural: Beside::of(all.iter().filter_map(|one| Some((one.error, one.natural?, one.measuring)))),
        }
    }
}

impl Beside {
    /// From the errors of both with the measure's standard error.
    fn of(errors: impl Iterator<Item = (f64, f64, f64)>) -> Self {
        let all: Vec<(f64, f64)> =
            errors.filter(|one| one.2 > 0.0).map(|(ours, other, unit)| (ours / unit, other / unit)).collect();
        if all.is_empty() {
            return Self::default();
        }
        let mean = |of: fn(&(f64, f64)) -> f64| all.iter().map(of).sum::<f64>() / all.len() as f64;
        Self { observations: all.len(), outlook: mean(|one| one.0), other: mean(|one| one.1) }
    }
}
