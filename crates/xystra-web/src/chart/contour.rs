//! Where a field on a grid is at least as high as a level: closed outlines, by marching squares.

use std::collections::BTreeMap;

/// Values on a grid of places.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Places across, rising.
    pub xs: Vec<f64>,
    /// Places down, rising.
    pub ys: Vec<f64>,
    /// A value for every place, row by row: `values[y * xs.len() + x]`.
    pub values: Vec<f64>,
}

impl Grid {
    /// Closed outlines of the parts where the value is `level` or more. A part that reaches the grid's rim is closed along it.
    pub fn above(&self, level: f64) -> Vec<Vec<(f64, f64)>> {
        let mut next = self.steps(level);
        let mut outlines = Vec::new();
        while let Some((first, mut at)) = next.pop_first() {
            let mut outline = vec![self.crossing(first, level)];
            while at != first {
                outline.push(self.crossing(at, level));
                // Every edge that is entered is left again: the ring of cells around the grid closes all outlines.
                let Some(then) = next.remove(&at) else { break };
                at = then;
            }
            outlines.push(outline);
        }
        outlines
    }

    /// From every crossed side of a cell to the next on its outline.
    fn steps(&self, level: f64) -> BTreeMap<Side, Side> {
        let cells = (0..=self.ys.len()).flat_map(|y| (0..=self.xs.len()).map(move |x| (x, y)));
        cells.flat_map(|(x, y)| self.steps_of(x, y, level)).collect()
    }

    /// Inside one cell: each run of corners above the level is entered over one side and left over another.
    fn steps_of(&self, x: usize, y: usize, level: f64) -> Vec<(Side, Side)> {
        let corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)];
        let is_above = corners.map(|corner| self.value(corner) >= level);
        let side = |n: usize| Side::of(corners[n % 4], corners[(n + 1) % 4]);
        let entered = (0..4).filter(|n| !is_above[*n] && is_above[(n + 1) % 4]);
        let left = |entered: usize| (entered + 1..entered + 4).find(|n| !is_above[(n + 1) % 4]).unwrap_or(entered);
        entered.map(|n| (side(left(n)), side(n))).collect()
    }

    /// The value of a place; places are counted from 1, and around them is a ring that lies below every level.
    fn value(&self, (x, y): (usize, usize)) -> f64 {
        let is_within = (1..=self.xs.len()).contains(&x) && (1..=self.ys.len()).contains(&y);
        if is_within { self.values[(y - 1) * self.xs.len() + x - 1] } else { f64::NEG_INFINITY }
    }

    /// Where the level lies between the ends of a side.
    fn crossing(&self, side: Side, level: f64) -> (f64, f64) {
        let (from, to) = (self.value(side.0), self.value(side.1));
        let share = if from == f64::NEG_INFINITY {
            1.0
        } else if to == f64::NEG_INFINITY {
            0.0
        } else {
            (level - from) / (to - from)
        };
        let between = |from: f64, to: f64| from + (to - from) * share;
        (
            between(place(&self.xs, side.0.0), place(&self.xs, side.1.0)),
            between(place(&self.ys, side.0.1), place(&self.ys, side.1.1)),
        )
    }
}

/// A side of a cell by its two places, the smaller first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Side((usize, usize), (usize, usize));

impl Side {
    fn of(one: (usize, usize), other: (usize, usize)) -> Self {
        Self(one.min(other), one.max(other))
    }
}

/// A place counted from 1; the ring lies on the rim.
fn place(places: &[f64], at: usize) -> f64 {
    places[at.clamp(1, places.len()) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(f: impl Fn(f64, f64) -> f64) -> Grid {
        let xs: Vec<f64> = (-20..=20).map(|n| f64::from(n) / 10.0).collect();
        let values = xs.iter().flat_map(|y| xs.iter().map(|x| f(*x, *y)).collect::<Vec<_>>()).collect();
        Grid { ys: xs.clone(), xs, values }
    }

    fn area(outline: &[(f64, f64)]) -> f64 {
        let pairs = outline.iter().zip(outline.iter().cycle().skip(1));
        pairs.map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum::<f64>().abs() / 2.0
    }

    #[test]
    fn a_hill_is_cut_in_a_circle() {
        let outlines = grid(|x, y| 1.0 - x.hypot(y)).above(0.0);
        assert_eq!(outlines.len(), 1);
        assert!(outlines[0].iter().all(|(x, y)| (x.hypot(*y) - 1.0).abs() < 0.01));
        assert!((area(&outlines[0]) - std::f64::consts::PI).abs() < 0.02);
    }

    #[test]
    fn two_hills_are_two_and_a_hole_has_its_own_outline() {
        assert_eq!(grid(|x, y| 0.5 - (x.abs() - 1.0).hypot(y)).above(0.0).len(), 2);
        assert_eq!(grid(|x, y| 0.3 - (x.hypot(y) - 1.0).abs()).above(0.0).len(), 2);
    }

    #[test]
    fn what_reaches_the_rim_is_closed_along_it() {
        let outlines = grid(|_, y| y).above(0.5);
        assert_eq!(outlines.len(), 1);
        assert!((area(&outlines[0]) - 4.0 * 1.5).abs() < 1e-9, "{}", area(&outlines[0]));
        assert!((area(&grid(|_, _| 1.0).above(0.5)[0]) - 16.0).abs() < 1e-9);
        assert!(grid(|_, _| 0.0).above(0.5).is_empty());
    }

    #[test]
    fn a_saddle_leaves_no_loose_end() {
        for outline in grid(|x, y| x * y).above(0.0) {
            assert!(outline.len() > 2);
        }
    }
}
