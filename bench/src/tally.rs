//! Durations and counts as tables.

use std::collections::BTreeMap;
use std::time::Duration;

/// Durations of one kind.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Adds one.
    pub fn push(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// Adds those of another.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The duration that this share (0-1) of them does not exceed; zero when there is none.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a rank between 0 and the count")]
    pub fn percentile(&self, share: f64) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (share * sorted.len() as f64).ceil() as usize;
        sorted.get(rank.max(1) - 1).copied().unwrap_or_default()
    }
}

/// Durations by kind, and the bytes that came back.
#[derive(Debug, Clone, Default)]
pub struct Tally(BTreeMap<String, (Times, usize)>);

impl Tally {
    /// Counts one answer of so many bytes.
    pub fn count(&mut self, kind: &str, time: Duration, bytes: usize) {
        let (times, sum) = self.0.entry(kind.to_owned()).or_default();
        times.push(time);
        *sum += bytes;
    }

    /// Adds another's counts.
    pub fn merge(&mut self, other: Self) {
        for (kind, (times, bytes)) in other.0 {
            let (known, sum) = self.0.entry(kind).or_default();
            known.extend(times);
            *sum += bytes;
        }
    }

    /// The durations of one kind.
    pub fn times(&self, kind: &str) -> Times {
        self.0.get(kind).map(|(times, _)| times.clone()).unwrap_or_default()
    }

    /// One line for each kind: count, percentiles in ms, mean size in KB.
    pub fn table(&self) -> String {
        let heads = ["kind", "count", "p50 ms", "p90 ms", "p99 ms", "max ms", "KB"];
        let row = |(kind, (times, bytes)): (&String, &(Times, usize))| {
            let at = |share| format!("{:.1}", times.percentile(share).as_secs_f64() * 1e3);
            let size = *bytes as f64 / times.count().max(1) as f64 / 1024.0;
            vec![kind.clone(), times.count().to_string(), at(0.5), at(0.9), at(0.99), at(1.0), format!("{size:.1}")]
        };
        table(&heads, &self.0.iter().map(row).collect::<Vec<_>>())
    }
}

/// A table with columns as wide as their widest cell; the first one on the left, numbers on the right.
pub fn table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let width = |n: usize| rows.iter().map(|row| row[n].chars().count()).chain([heads[n].len()]).max().unwrap_or(0);
    let widths: Vec<usize> = (0..heads.len()).map(width).collect();
    let line = |cells: Vec<&str>| {
        let padded = cells.iter().zip(&widths).enumerate().map(|(n, (cell, width))| match n {
            0 => format!("{cell:<width$}"),
            _ => format!("{cell:>width$}"),
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let lines = rows.iter().map(|row| line(row.iter().map(String::as_str).collect()));
    std::iter::once(line(heads.to_vec())).chain(lines).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_duration_that_was_seen() {
        let mut times = Times::default();
        assert_eq!(times.percentile(0.5), Duration::ZERO);
        (1..=100).rev().for_each(|ms| times.push(Duration::from_millis(ms)));
        let at = [0.5, 0.99, 1.0].map(|share| times.percentile(share).as_millis());
        assert_eq!(at, [50, 99, 100]);
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let text = table(&["kind", "n"], &[vec!["a".into(), "1000".into()]]);
        assert_eq!(text, "kind     n\na     1000");
    }
}
