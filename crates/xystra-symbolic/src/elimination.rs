//! The order in which a sparse matrix is factorised, worked out once from its pattern.

use std::collections::BTreeSet;

/// How to factorise a matrix of a fixed pattern: pivots on the diagonal, in an order that keeps it sparse.
///
/// Pivots are chosen by Markowitz's count: the fewest products `(row - 1) * (column - 1)` among what is left; ties go to the
/// first. Rows are never exchanged while solving. That is safe for `I/(h g) - J` with a small enough step `h`, because the
/// diagonal then outweighs its row; for a step that is too large a pivot may come near zero, the stages become huge or not
/// finite, and the error control refuses the step and tries a smaller one. Most states only decay and feed others, so that
/// their pivots are exactly `1/(h g)` plus their decay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elimination {
    /// The rows and columns as they are eliminated.
    pub pivots: Vec<usize>,
    /// For each pivot in turn, the rows below it and the columns right of it that are not zero then.
    pub steps: Vec<(Vec<usize>, Vec<usize>)>,
    /// How many entries arise that the matrix did not have.
    pub fill: usize,
}

impl Elimination {
    /// The order for a square matrix of `size` rows with these entries and a full diagonal.
    pub fn of(size: usize, entries: &[(usize, usize)]) -> Elimination {
        let mut pattern: BTreeSet<(usize, usize)> = entries.iter().copied().chain((0..size).map(|i| (i, i))).collect();
        let before = pattern.len();
        let mut left: BTreeSet<usize> = (0..size).collect();
        let mut found = Elimination { pivots: Vec::new(), steps: Vec::new(), fill: 0 };
        while let Some(pivot) = left.iter().copied().min_by_key(|&pivot| cost(&pattern, &left, pivot)) {
            left.remove(&pivot);
            let (rows, columns) = around(&pattern, &left, pivot);
            pattern.extend(rows.iter().flat_map(|&row| columns.iter().map(move |&column| (row, column))));
            found.pivots.push(pivot);
            found.steps.push((rows, columns));
        }
        found.fill = pattern.len() - before;
        found
    }
}

fn cost(pattern: &BTreeSet<(usize, usize)>, left: &BTreeSet<usize>, pivot: usize) -> usize {
    let (rows, columns) = around(pattern, left, pivot);
    let others = |of: &[usize]| of.iter().filter(|&&index| index != pivot).count();
    others(&rows) * others(&columns)
}

/// The rows with an entry in the pivot's column and the columns with one in its row, among those left.
fn around(pattern: &BTreeSet<(usize, usize)>, left: &BTreeSet<usize>, pivot: usize) -> (Vec<usize>, Vec<usize>) {
    let rows = left.iter().copied().filter(|&row| pattern.contains(&(row, pivot))).collect();
    let columns = left.iter().copied().filter(|&column| pattern.contains(&(pivot, column))).collect();
    (rows, columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_is_eliminated_from_its_tips_without_fill() {
        let entries: Vec<_> = (1..6).flat_map(|i| [(0, i), (i, 0)]).collect();
        let found = Elimination::of(6, &entries);
        assert_eq!(found.fill, 0);
        assert!(found.pivots.iter().position(|&pivot| pivot == 0) >= Some(4), "{found:?}");
    }

    #[test]
    fn a_triangle_needs_no_fill() {
        let entries: Vec<_> = (0..6).flat_map(|i| (0..i).map(move |j| (i, j))).collect();
        assert_eq!(Elimination::of(6, &entries).fill, 0);
    }
}
