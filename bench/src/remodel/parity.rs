//! How far two courses lie apart, each quantity by its own size.

use anyhow::{Context, Result};
use serde_json::Value;
use xystra_tissue::remodel::{Course, OUTPUTS, STATES};

/// Quantities that never get larger than this are compared by this: healthy levels are about 1.
const FLOOR: f64 = 1e-3;

/// The largest difference of two courses.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Difference {
    /// By the quantity's largest size in the course, or by 0.001 where it stays below.
    pub scaled: f64,
    /// The quantity.
    pub quantity: String,
    /// The row of the sample.
    pub row: usize,
}

impl Difference {
    /// The larger one.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self.scaled.is_nan() || self.scaled >= other.scaled { self } else { other }
    }
}

/// One row for each time: states, then outputs.
pub fn rows(course: &Course) -> Vec<Vec<f64>> {
    let row = |(states, outputs): (&[f64; STATES.len()], &[f64; OUTPUTS.len()])| [&states[..], outputs].concat();
    course.states.iter().zip(&course.outputs).map(row).collect()
}

/// Reads the rows that a peer answered.
pub fn theirs(answer: &Value) -> Result<Vec<Vec<f64>>> {
    serde_json::from_value(answer["values"].clone()).context("rows of numbers")
}

/// The names of the columns.
pub fn quantities() -> Vec<&'static str> {
    [&STATES[..], &OUTPUTS].concat()
}

/// The largest difference of two tables with the same columns.
pub fn difference(ours: &[Vec<f64>], theirs: &[Vec<f64>], names: &[&str]) -> Difference {
    let same = ours.len() == theirs.len() && ours.iter().zip(theirs).all(|(a, b)| a.len() == b.len());
    if !same {
        return Difference { scaled: f64::NAN, quantity: "the number of samples".to_owned(), row: 0 };
    }
    let mut worst = Difference::default();
    for (column, name) in names.iter().enumerate() {
        let size = ours.iter().map(|row| row[column].abs()).fold(FLOOR, f64::max);
        for (row, (a, b)) in ours.iter().zip(theirs).enumerate() {
            let scaled = (a[column] - b[column]).abs() / size;
            worst = worst.or(Difference { scaled, quantity: (*name).to_owned(), row });
        }
    }
    worst
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_is_found_by_its_own_size() {
        let ours = [vec![100.0, 1e-9], vec![50.0, 0.5]];
        let theirs = [vec![100.1, 2e-9], vec![50.0, 0.51]];
        let found = difference(&ours, &theirs, &["large", "small"]);
        assert_eq!((found.quantity.as_str(), found.row), ("small", 1));
        assert!((found.scaled - 0.02).abs() < 1e-9);
    }

    #[test]
    fn what_is_no_number_is_the_worst() {
        let found = difference(&[vec![1.0], vec![1.0]], &[vec![f64::NAN], vec![2.0]], &["x"]);
        assert!(found.scaled.is_nan(), "{found:?}");
        assert!(difference(&[vec![1.0]], &[], &["x"]).scaled.is_nan());
    }
}
