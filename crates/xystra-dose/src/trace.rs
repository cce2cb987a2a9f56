//! A recording small enough to draw.

use crate::interval::Interval;

/// Most points of a trace.
pub const MAX_POINTS: usize = 1200;

/// Resultant force over time, thinned to the lowest and highest sample of each stretch, with the contacts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Trace {
    /// Time (s) and resultant force (N), in order of time; at most [`MAX_POINTS`].
    pub points: Vec<(f64, f64)>,
    /// Contacts that count for the dose.
    pub contacts: Vec<Interval>,
}

impl Trace {
    pub(crate) fn new(time_s: &[f64], force_n: &[f64], contacts: &[Interval]) -> Self {
        let all: Vec<(f64, f64)> = time_s.iter().copied().zip(force_n.iter().copied()).collect();
        Self { points: thin(&all), contacts: contacts.to_vec() }
    }
}

fn thin(all: &[(f64, f64)]) -> Vec<(f64, f64)> {
    if all.len() <= MAX_POINTS {
        return all.to_vec();
    }
    let size = all.len().div_ceil(MAX_POINTS / 2);
    all.chunks(size).flat_map(extremes).collect()
}

fn extremes(part: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let order = |a: &&(f64, f64), b: &&(f64, f64)| a.1.total_cmp(&b.1);
    let mut pair: Vec<_> =
        [part.iter().min_by(order), part.iter().max_by(order)].into_iter().flatten().copied().collect();
    pair.sort_by(|a, b| a.0.total_cmp(&b.0));
    pair.dedup();
    pair
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_recording_keeps_its_extremes() {
        let time: Vec<f64> = (0..50_000).map(f64::from).collect();
        let mut force = vec![1.0; 50_000];
        (force[31_234], force[40_001]) = (9.0, -2.0);
        let trace = Trace::new(&time, &force, &[]);
        assert!(trace.points.len() <= MAX_POINTS);
        assert!(trace.points.contains(&(31_234.0, 9.0)) && trace.points.contains(&(40_001.0, -2.0)));
        assert!(trace.points.is_sorted_by(|a, b| a.0 < b.0));
    }
}
