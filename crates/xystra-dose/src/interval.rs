//! Stretches of time and simple sets of them.

use serde::{Deserialize, Serialize};

/// A stretch of a recording, s from its first sample.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Start, s.
    pub start_s: f64,
    /// End, s.
    pub end_s: f64,
}

impl Interval {
    /// From `start_s` to `end_s`.
    pub fn new(start_s: f64, end_s: f64) -> Self {
        Self { start_s, end_s }
    }

    /// Length, s.
    pub fn duration_s(&self) -> f64 {
        self.end_s - self.start_s
    }

    /// Does it hold the moment? Its end does not belong to it.
    pub fn holds(&self, time_s: f64) -> bool {
        (self.start_s..self.end_s).contains(&time_s)
    }

    /// The part that both share, if it has any length.
    pub fn overlap(&self, other: &Self) -> Option<Self> {
        let both = Self::new(self.start_s.max(other.start_s), self.end_s.min(other.end_s));
        (both.duration_s() > 0.0).then_some(both)
    }
}

/// Length of all, s; they must not overlap.
pub fn total_s(set: &[Interval]) -> f64 {
    set.iter().map(Interval::duration_s).sum()
}

/// The parts of `set` inside any of `masks`; the masks must not overlap.
pub fn inside(set: &[Interval], masks: &[Interval]) -> Vec<Interval> {
    let pairs = set.iter().flat_map(|a| masks.iter().filter_map(|b| a.overlap(b)));
    pairs.collect()
}

/// The parts of `set` outside all of `holes`.
pub fn outside(set: &[Interval], holes: &[Interval]) -> Vec<Interval> {
    holes.iter().fold(set.to_vec(), |left, hole| left.iter().flat_map(|part| cut(part, hole)).collect())
}

/// The same stretches in order, with overlapping ones joined.
pub fn union(mut set: Vec<Interval>) -> Vec<Interval> {
    set.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
    let mut joined: Vec<Interval> = Vec::new();
    for next in set {
        match joined.last_mut() {
            Some(last) if next.start_s <= last.end_s => last.end_s = last.end_s.max(next.end_s),
            _ => joined.push(next),
        }
    }
    joined
}

fn cut(part: &Interval, hole: &Interval) -> Vec<Interval> {
    let before = Interval::new(part.start_s, part.end_s.min(hole.start_s));
    let after = Interval::new(part.start_s.max(hole.end_s), part.end_s);
    let sides = if hole.overlap(part).is_some() { vec![before, after] } else { vec![*part] };
    sides.into_iter().filter(|side| side.duration_s() > 0.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outside_and_inside_share_out_the_whole() {
        let set = [Interval::new(0.0, 4.0), Interval::new(5.0, 6.0)];
        let holes = [Interval::new(1.0, 2.0), Interval::new(3.5, 5.5)];
        assert_eq!(outside(&set, &holes), [Interval::new(0.0, 1.0), Interval::new(2.0, 3.5), Interval::new(5.5, 6.0)]);
        let whole = total_s(&outside(&set, &holes)) + total_s(&inside(&set, &holes));
        assert!((whole - total_s(&set)).abs() < 1e-12);
    }

    #[test]
    fn union_joins_what_overlaps() {
        let set = vec![Interval::new(2.0, 3.0), Interval::new(0.0, 1.0), Interval::new(0.5, 1.5)];
        assert_eq!(union(set), [Interval::new(0.0, 1.5), Interval::new(2.0, 3.0)]);
    }
}
