//! What the batch engine does with vectors of each width, and with two threads.

use std::time::Instant;

use anyhow::{Context, Result};
use xystra_cohort::batch::{Cohort, Options, Watch, Width, run};

use super::trial::Trial;
use super::{count, ours, peak, processor};
use crate::spread::Spread;

/// Widths, widest first.
const WIDTHS: [(Width, &str); 3] = [(Width::Avx512, "AVX-512"), (Width::Avx2, "AVX2"), (Width::Portable, "portable")];

/// The heads of the table of widths.
pub const HEADS: [&str; 7] = [
    "instructions",
    "clients a second",
    "steps a client",
    "ns a step and client",
    "operations a step",
    "10^9 operations a second",
    "share of the peak, %",
];

/// A row for every width that this machine has, on one core.
pub fn rows(trial: &Trial, relative: f64, repeats: usize) -> Result<Vec<Vec<String>>> {
    let operations = count::a_step(trial.needed().len()) as f64;
    let mut rows = Vec::new();
    for (width, name) in WIDTHS {
        let Some(peak) = peak::of(width) else { continue };
        let (steps, spread) = timed(trial, relative, width, repeats)?;
        let (clients, seconds) = (trial.size() as f64, spread.median());
        let rate = steps * operations / seconds;
        rows.push(vec![
            name.to_owned(),
            format!("{:.0}", clients / seconds),
            format!("{:.0}", steps / clients),
            format!("{:.0}", seconds / steps * 1e9),
            format!("{operations:.0}"),
            format!("{:.1} of {:.1}", rate / 1e9, peak / 1e9),
            format!("{:.0}", rate / peak * 100.0),
        ]);
    }
    Ok(rows)
}

/// Steps of all clients, and the time of the processor, s.
fn timed(trial: &Trial, relative: f64, width: Width, repeats: usize) -> Result<(f64, Spread)> {
    let (mut spread, mut steps) = (Spread::default(), 0);
    for _ in 0..repeats {
        let watch = Watch::default();
        let tolerance = ours::tolerance(relative);
        let options = Options { tolerance, threads: 1, width, watch: Some(&watch) };
        let (seen, seconds) = processor::timed(|| run(trial, trial.outputs(), &options));
        seen?;
        spread.push(seconds);
        steps = watch.steps();
    }
    Ok((steps as f64, spread))
}

/// How many times as fast two threads are, by the clock on the wall: the middle of pairs run in turn.
pub fn two_threads(trial: &Trial, relative: f64, repeats: usize) -> Result<f64> {
    let mut ratios = Vec::new();
    for _ in 0..repeats {
        ratios.push(wall(trial, relative, 1)? / wall(trial, relative, 2)?);
    }
    ratios.sort_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().context("at least one pair")
}

fn wall(trial: &Trial, relative: f64, threads: usize) -> Result<f64> {
    let options = Options { tolerance: ours::tolerance(relative), threads, ..Options::default() };
    let start = Instant::now();
    run(trial, trial.outputs(), &options)?;
    Ok(start.elapsed().as_secs_f64())
}
