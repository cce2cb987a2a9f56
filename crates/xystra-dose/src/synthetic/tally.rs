//! Many scores in one line.

use serde::Serialize;

use super::score::{Compared, Score};
use crate::vector::quantile;

/// How the recordings of one class came out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tally {
    /// The class.
    pub class: String,
    /// Recordings.
    pub recordings: usize,
    /// Those without a dose.
    pub refused: usize,
    /// Share with the right number of strokes, 0-1.
    pub exact: f64,
    /// Relative error of the strokes' mean forces.
    pub stroke_mean: Spread,
    /// Relative error of the strokes' peak forces.
    pub stroke_peak: Spread,
    /// The quantities of the dose.
    pub quantities: Vec<Quantified>,
    /// Faults planted, and those of them not reported.
    pub planted: usize,
    /// See `planted`.
    pub missed: usize,
    /// Faults reported and never planted.
    pub invented: usize,
}

/// One quantity of the dose over the recordings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quantified {
    /// Its name.
    pub quantity: &'static str,
    /// Recordings that gave it.
    pub count: usize,
    /// Its relative error.
    pub error: Spread,
    /// Share of the intervals that hold the truth, 0-1.
    pub covered: f64,
    /// Median width of the intervals as a share of the truth.
    pub width: f64,
}

/// Median, 95th percentile and worst.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spread {
    /// Half lie below.
    pub median: f64,
    /// Nineteen of twenty lie below.
    pub p95: f64,
    /// The largest.
    pub worst: f64,
}

/// The quantities, in the order of the table.
pub const QUANTITIES: [&str; 9] =
    ["mean force", "peak force", "mean resultant", "peak resultant", "impulse", "contact", "strokes", "rate", "length"];

impl Tally {
    /// Sums up `scores`.
    pub fn of(class: &str, scores: &[&Score]) -> Self {
        let count = |is_so: fn(&Score) -> bool| scores.iter().filter(|score| is_so(score)).count();
        let sum = |value: fn(&Score) -> usize| scores.iter().map(|score| value(score)).sum();
        let strokes = || scores.iter().flat_map(|score| &score.by_stroke);
        Self {
            class: class.to_owned(),
            recordings: scores.len(),
            refused: count(|score| score.refused.is_some()),
            exact: count(Score::is_exact) as f64 / scores.len() as f64,
            stroke_mean: Spread::of(&strokes().map(|s| s.0).collect::<Vec<_>>()),
            stroke_peak: Spread::of(&strokes().map(|s| s.1).collect::<Vec<_>>()),
            quantities: QUANTITIES.iter().map(|quantity| Quantified::of(quantity, scores)).collect(),
            planted: sum(|score| score.planted),
            missed: sum(|score| score.missed.len()),
            invented: sum(|score| score.invented.len()),
        }
    }

    /// A quantity by its name.
    pub fn quantity(&self, name: &str) -> Option<&Quantified> {
        self.quantities.iter().find(|quantified| quantified.quantity == name)
    }
}

impl Quantified {
    fn of(quantity: &'static str, scores: &[&Score]) -> Self {
        let all = scores.iter().flat_map(|score| &score.compared).filter(|compared| compared.quantity == quantity);
        let compared: Vec<&Compared> = all.collect();
        Self {
            quantity,
            count: compared.len(),
            error: Spread::of(&compared.iter().map(|c| c.error()).collect::<Vec<_>>()),
            covered: compared.iter().filter(|c| c.is_covered()).count() as f64 / compared.len() as f64,
            width: quantile(compared.iter().map(|c| c.relative_width()).collect(), 0.5),
        }
    }
}

impl Spread {
    fn of(values: &[f64]) -> Self {
        let at = |q| quantile(values.to_vec(), q);
        Self { median: at(0.5), p95: at(0.95), worst: at(1.0) }
    }
}
