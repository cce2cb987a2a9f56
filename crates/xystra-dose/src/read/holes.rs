//! Motion where its cells are blank, because it is recorded less often than force.

use super::assemble::Layout;
use crate::channel::Quantity;

/// Fills blank cells from their neighbours: along the straight line, or with the last value where turns make a line wrong.
pub(super) struct Holes {
    /// By slot: do its values lie on a line between their neighbours?
    linear: Vec<bool>,
    /// By slot: the last value seen.
    last: Vec<Option<f64>>,
}

impl Holes {
    pub(super) fn new(layout: &Layout) -> Self {
        let turns = |quantity| matches!(quantity, Quantity::Orientation | Quantity::Angle);
        let linear: Vec<bool> = layout.slots.iter().map(|slot| !turns(slot.channel.quantity)).collect();
        Self { last: vec![None; linear.len()], linear }
    }

    pub(super) fn rewind(&mut self) {
        self.last.fill(None);
    }

    /// Fills the NaN of rows of `stride` values. Before the first value of all stands that value, zero if there is none at hand.
    pub(super) fn fill(&mut self, values: &mut [f64], stride: usize) {
        for slot in 0..stride {
            let mut column: Vec<f64> = values.iter().skip(slot).step_by(stride).copied().collect();
            self.column(slot, &mut column);
            values.iter_mut().skip(slot).step_by(stride).zip(column).for_each(|(value, filled)| *value = filled);
        }
    }

    fn column(&mut self, slot: usize, column: &mut [f64]) {
        let known: Vec<usize> = (0..column.len()).filter(|at| !column[*at].is_nan()).collect();
        let first = known.first().map(|at| column[*at]);
        let before = self.last[slot].or(first).unwrap_or(0.0);
        let empty = known.first().copied().unwrap_or(column.len());
        column[..empty].fill(before);
        for pair in known.windows(2) {
            let (from, to) = (column[pair[0]], column[pair[1]]);
            let steps = (pair[1] - pair[0]) as f64;
            for (step, value) in (1..).zip(&mut column[pair[0] + 1..pair[1]]) {
                let share = f64::from(step) / steps;
                *value = if self.linear[slot] { from + share * (to - from) } else { from };
            }
        }
        if let Some(last) = known.last() {
            let value = column[*last];
            column[last + 1..].fill(value);
            self.last[slot] = Some(value);
        }
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "these numbers are exact")]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_from_both_sides() {
        let mut holes = Holes { linear: vec![true, false], last: vec![None; 2] };
        let hole = f64::NAN;
        let mut values = [hole, hole, 1.0, 5.0, hole, hole, 3.0, 9.0, hole, hole];
        holes.fill(&mut values, 2);
        assert_eq!(values, [1.0, 5.0, 1.0, 5.0, 2.0, 5.0, 3.0, 9.0, 3.0, 9.0]);
        let mut more = [hole, hole];
        holes.fill(&mut more, 2);
        assert_eq!(more, [3.0, 9.0]);
    }
}
