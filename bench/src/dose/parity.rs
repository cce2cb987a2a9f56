//! Whether what we made is what SciPy made.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use crate::dose::pipeline::{Outcome, Stroke};

/// Largest difference of the filtered signal, as a part of the channel's largest value.
const FILTERED: f64 = 1e-9;
/// Largest difference of a spectrum, as a part of the same bin.
const SPECTRUM: f64 = 1e-12;
/// Largest difference of a stroke's measure, as a part of it.
const MEASURE: f64 = 1e-9;

/// The largest differences.
#[derive(Debug, Clone, Copy)]
pub struct Parity {
    filtered: f64,
    spectrum: f64,
    measure: f64,
    strokes: [usize; 2],
}

impl Parity {
    /// Ours beside what the peer kept in `folder`.
    pub fn of(ours: &Outcome, folder: &Path) -> Result<Self> {
        let smooth = numbers(&folder.join("smooth.f64"))?;
        let density = numbers(&folder.join("density.f64"))?;
        let strokes: Vec<Stroke> = numbers(&folder.join("strokes.f64"))?.as_chunks().0.to_vec();
        let length = ours.smooth.first().context("the filtered signal was kept")?.len();
        let filtered = ours.smooth.iter().zip(smooth.chunks(length)).map(|(a, b)| by_scale(a, b)).fold(0.0, f64::max);
        Ok(Self {
            filtered,
            spectrum: by_value(&ours.density.concat(), &density),
            measure: by_value(ours.strokes.as_flattened(), strokes.as_flattened()),
            strokes: [ours.strokes.len(), strokes.len()],
        })
    }

    /// One line.
    pub fn words(&self) -> String {
        let Self { filtered, spectrum, measure, strokes: [ours, theirs] } = self;
        format!(
            "parity: filtered signal within {filtered:.1e} of its largest value, each bin of the spectra within {spectrum:.1e}, \
             {ours} strokes beside {theirs}, their measures within {measure:.1e}"
        )
    }

    /// The same as data.
    pub fn json(&self) -> Value {
        json!({"filtered": self.filtered, "spectrum": self.spectrum, "measure": self.measure, "strokes": self.strokes})
    }

    /// An error when they differ by more than is promised.
    pub fn hold(&self) -> Result<()> {
        ensure!(self.strokes[0] == self.strokes[1] && self.measure <= MEASURE, "strokes differ: {}", self.words());
        ensure!(self.filtered <= FILTERED && self.spectrum <= SPECTRUM, "signals differ: {}", self.words());
        Ok(())
    }
}

fn by_scale(ours: &[f64], theirs: &[f64]) -> f64 {
    let scale = theirs.iter().fold(f64::MIN_POSITIVE, |most, x| most.max(x.abs()));
    ours.iter().zip(theirs).map(|(a, b)| (a - b).abs() / scale).fold(0.0, f64::max)
}

/// The largest difference as a part of each value; infinite when the counts differ.
fn by_value(ours: &[f64], theirs: &[f64]) -> f64 {
    if ours.len() != theirs.len() {
        return f64::INFINITY;
    }
    let part = |(a, b): (&f64, &f64)| (a - b).abs() / b.abs().max(f64::MIN_POSITIVE);
    ours.iter().zip(theirs).map(part).fold(0.0, f64::max)
}

fn numbers(file: &Path) -> Result<Vec<f64>> {
    let bytes = fs::read(file).with_context(|| format!("reading {}", file.display()))?;
    Ok(bytes.as_chunks().0.iter().map(|eight| f64::from_le_bytes(*eight)).collect())
}
