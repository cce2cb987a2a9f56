//! Where the roughness changes: PELT (Killick and others, 2012) on the mean of its logarithm, with a penalty as BIC's.

use std::ops::Range;

use crate::constants::{CHANGE_BLOCK, CHANGE_LEAST, CHANGE_PENALTY, CHANGE_SIGMA};
use crate::texture::{Change, Place, mean_of};
use crate::vector::{quantile, samples as count};

/// The changes along `places`, stroke by stroke: from one stroke to the next the tool was elsewhere.
pub(super) fn changes(places: &[Place]) -> Vec<Change> {
    let block = count(CHANGE_BLOCK.value, 1.0);
    let logs: Vec<f64> = places.iter().map(|place| place.roughness.ln()).collect();
    let penalty = CHANGE_PENALTY.value * noise(&logs).powi(2) * (logs.len() as f64).ln();
    let strokes = places.chunk_by(|a, b| a.stroke == b.stroke).flat_map(|stroke| stroke.chunks(block));
    strokes.flat_map(|stroke| changes_in(stroke, penalty)).collect()
}

fn changes_in(places: &[Place], penalty: f64) -> Vec<Change> {
    let logs: Vec<f64> = places.iter().map(|place| place.roughness.ln()).collect();
    let level = |part: &Range<usize>| mean_of(&logs[part.clone()]).exp();
    let change = |pair: &[Range<usize>]| {
        let (last, first) = (&places[pair[1].start - 1], &places[pair[1].start]);
        Change {
            stroke: first.stroke,
            time_s: f64::midpoint(last.time_s, first.time_s),
            along_m: last.along_m.zip(first.along_m).map(|(a, b)| f64::midpoint(a, b)),
            before: level(&pair[0]),
            after: level(&pair[1]),
        }
    };
    parts(&logs, penalty).windows(2).map(change).collect()
}

/// The parts of even level that cost least: squares about their means, and a penalty each.
fn parts(values: &[f64], penalty: f64) -> Vec<Range<usize>> {
    let least = count(CHANGE_LEAST.value, 1.0);
    if values.len() < 2 * least {
        return std::iter::once(0..values.len()).filter(|part| !part.is_empty()).collect();
    }
    let sums = Sums::of(values);
    let ends = best_starts(values.len(), least, penalty, &sums);
    let mut parts = Vec::new();
    let mut end = values.len();
    while end > 0 {
        parts.push(ends[end]..end);
        end = ends[end];
    }
    parts.reverse();
    parts
}

/// For each end the start of the last part of the cheapest division up to it.
fn best_starts(length: usize, least: usize, penalty: f64, sums: &Sums) -> Vec<usize> {
    let mut cost = vec![f64::INFINITY; length + 1];
    let mut starts = vec![0; length + 1];
    cost[0] = -penalty;
    let mut open = vec![0];
    for end in least..=length {
        let price = |start: usize| cost[start] + sums.squares(start..end);
        let tried: Vec<(usize, f64)> = open.iter().map(|start| (*start, price(*start))).collect();
        let (start, best) = tried.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 0.0));
        (starts[end], cost[end]) = (start, best + penalty);
        // A start that is already dearer than the best by a penalty can never be the best again.
        open = tried.into_iter().filter(|(_, price)| *price <= best + penalty).map(|(start, _)| start).collect();
        open.push(end + 1 - least);
    }
    starts
}

/// Running sums, so that the squares about the mean of any part are at hand.
struct Sums(Vec<(f64, f64)>);

impl Sums {
    fn of(values: &[f64]) -> Self {
        let mut total = (0.0, 0.0);
        let sums = values.iter().map(|x| {
            total = (total.0 + x, total.1 + x * x);
            total
        });
        Self(std::iter::once((0.0, 0.0)).chain(sums).collect())
    }

    fn squares(&self, part: Range<usize>) -> f64 {
        let (from, to) = (self.0[part.start], self.0[part.end]);
        let (sum, square) = (to.0 - from.0, to.1 - from.1);
        square - sum * sum / part.len() as f64
    }
}

/// Standard deviation of the noise, from the usual difference of neighbours, which steps hardly move.
fn noise(values: &[f64]) -> f64 {
    let differences = values.windows(2).map(|w| (w[1] - w[0]).abs()).collect();
    // The median distance of two normal values is 0.9539 of their standard deviation.
    (quantile(differences, 0.5) / 0.9539).max(CHANGE_SIGMA.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A repeatable normal noise: twelve even ones less six.
    fn normal(seed: u64) -> f64 {
        let even = |k: u64| {
            let mut x = (seed * 12 + k).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            ((x ^ (x >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
        };
        (0..12).map(even).sum::<f64>() - 6.0
    }

    fn row(seed: u64, length: u64, level: impl Fn(u64) -> f64) -> Vec<f64> {
        (0..length).map(|i| level(i) + 0.5 * normal(seed * 10_000 + i)).collect()
    }

    fn starts(values: &[f64]) -> Vec<usize> {
        let penalty = CHANGE_PENALTY.value * noise(values).powi(2) * (values.len() as f64).ln();
        parts(values, penalty).iter().skip(1).map(|part| part.start).collect()
    }

    #[test]
    fn steps_are_found_where_they_are() {
        for seed in 0..20 {
            let starts = starts(&row(seed, 300, |i| if (100..180).contains(&i) { 1.5 } else { 0.0 }));
            assert_eq!(starts.len(), 2, "{starts:?}");
            assert!(starts[0].abs_diff(100) <= 3 && starts[1].abs_diff(180) <= 3, "{starts:?}");
        }
    }

    #[test]
    fn flat_noise_has_no_steps() {
        let invented: usize = (0..100).map(|seed| starts(&row(1000 + seed, 200, |_| 0.0)).len()).sum();
        assert!(invented <= 2, "{invented} in 100 rows");
    }

    #[test]
    fn short_and_empty_rows_are_one_part_or_none() {
        assert!(parts(&[], 1.0).is_empty());
        assert_eq!(parts(&[1.0, 5.0], 1.0).len(), 1);
        assert_eq!(parts(&[1.0; 50], 1.0).len(), 1);
    }

    #[test]
    fn a_change_from_one_stroke_to_the_next_is_not_told() {
        let place = |i: u32, stroke: usize| Place {
            stroke,
            time_s: 0.1 * f64::from(i),
            along_m: None,
            roughness: if i < 20 { 1.0 } else { 9.0 },
        };
        let told = |cut: u32| changes(&(0..40).map(|i| place(i, if i < cut { 1 } else { 2 })).collect::<Vec<_>>());
        assert!(told(20).is_empty());
        let within = told(30);
        assert_eq!((within.len(), within[0].stroke), (1, 1));
        assert!((within[0].before - 1.0).abs() < 1e-9 && (within[0].after - 9.0).abs() < 1e-9);
        assert!((within[0].time_s - 1.95).abs() < 1e-9);
    }
}
