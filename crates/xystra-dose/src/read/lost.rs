//! Rows that were left out, where they lay and why.

use crate::interval::Interval;
use crate::quality::{Issue, IssueKind};

/// Counts rows that are left out for one reason.
pub(super) struct Lost {
    kind: IssueKind,
    /// The reason, behind the count: `rows without a force were left out`.
    reason: &'static str,
    /// One issue for each part, rather than one for all.
    is_parted: bool,
    /// Places among the rows at hand before which rows were left out, and how many.
    waiting: Vec<(usize, u64)>,
    parts: Vec<(Interval, u64)>,
    /// Rows given so far, and the time of the last.
    given: u64,
    last_s: f64,
}

impl Lost {
    /// Nothing left out yet for this `reason`.
    pub(super) fn new(kind: IssueKind, reason: &'static str) -> Self {
        let is_parted = kind != IssueKind::LostRows;
        Self { kind, reason, is_parted, waiting: Vec::new(), parts: Vec::new(), given: 0, last_s: 0.0 }
    }

    pub(super) fn rewind(&mut self) {
        *self = Self::new(self.kind, self.reason);
    }

    /// `count` rows were left out before the row `place` of those at hand.
    pub(super) fn add(&mut self, place: usize, count: u64) {
        match self.waiting.last_mut() {
            Some(last) if last.0 == place => last.1 += count,
            _ => self.waiting.push((place, count)),
        }
    }

    /// The rows at hand up to `time_s` are given; `is_end` when they are the last.
    pub(super) fn settle(&mut self, time_s: &[f64], is_end: bool) {
        let rows = time_s.len();
        let is_settled = |place: usize| place < rows || is_end;
        for (place, count) in std::mem::take(&mut self.waiting) {
            if is_settled(place) {
                // Rows that were waiting when this was counted may have been left out themselves.
                let before = place.min(rows).checked_sub(1).map_or(self.last_s, |at| time_s[at]);
                self.part(Interval::new(before, time_s.get(place).copied().unwrap_or(before)), count);
            } else {
                self.waiting.push((place - rows, count));
            }
        }
        self.given += rows as u64;
        self.last_s = time_s.last().copied().unwrap_or(self.last_s);
    }

    /// What was left out so far.
    pub(super) fn issues(&self) -> impl Iterator<Item = Issue> {
        let all: u64 = self.given + self.parts.iter().map(|part| part.1).sum::<u64>();
        self.parts.iter().map(move |(extent, count)| Issue {
            share: *count as f64 / all.max(1) as f64,
            ..Issue::whole(self.kind, *extent, format!("{count} {}", self.reason))
        })
    }

    fn part(&mut self, extent: Interval, count: u64) {
        match self.parts.last_mut().filter(|_| !self.is_parted) {
            Some((all, total)) => {
                *all = Interval::new(all.start_s.min(extent.start_s), all.end_s.max(extent.end_s));
                *total += count;
            }
            None => self.parts.push((extent, count)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_lie_between_the_rows_that_are_kept() {
        let mut lost = Lost::new(IssueKind::InventedRows, "rows");
        lost.add(2, 1);
        lost.add(2, 1);
        lost.add(4, 3);
        lost.settle(&[0.0, 1.0, 4.0, 5.0], false);
        lost.settle(&[9.0], true);
        let found: Vec<Issue> = lost.issues().collect();
        assert_eq!(found[0].extent, Interval::new(1.0, 4.0));
        assert_eq!(found[1].extent, Interval::new(5.0, 9.0));
        assert_eq!(found[1].consequence, "3 rows");
        assert!((found[0].share - 0.2).abs() < 1e-12);
    }
}
