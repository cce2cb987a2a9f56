//! A symmetric banded matrix and its `L D L^T`.

#[derive(Clone)]
pub(crate) struct Banded {
    count: usize,
    width: usize,
    /// Row by row: the entries from `row - width` to `row`.
    lower: Vec<f64>,
}

impl Banded {
    pub(crate) fn new(count: usize, width: usize) -> Self {
        Self { count, width, lower: vec![0.0; count * (width + 1)] }
    }

    /// Adds to the lower half; the upper one is its mirror.
    pub(crate) fn add(&mut self, row: usize, column: usize, value: f64) {
        if column <= row {
            let at = self.at(row, column);
            self.lower[at] += value;
        }
    }

    /// Makes a row and its column those of the unit matrix.
    pub(crate) fn hold(&mut self, fixed: usize) {
        for column in fixed.saturating_sub(self.width)..=fixed {
            let at = self.at(fixed, column);
            self.lower[at] = 0.0;
        }
        for row in fixed + 1..(fixed + self.width + 1).min(self.count) {
            let at = self.at(row, fixed);
            self.lower[at] = 0.0;
        }
        let at = self.at(fixed, fixed);
        self.lower[at] = 1.0;
    }

    /// The same with its diagonal made larger by a share.
    pub(crate) fn lifted(mut self, share: f64) -> Self {
        for row in 0..self.count {
            let at = self.at(row, row);
            self.lower[at] *= 1.0 + share;
        }
        self
    }

    /// Solves for one right-hand side.
    pub(crate) fn solve(mut self, mut right: Vec<f64>) -> Vec<f64> {
        let pivots: Vec<f64> = (0..self.count).map(|row| self.eliminate(row)).collect();
        for row in 0..self.count {
            let from = row.saturating_sub(self.width);
            let sum: f64 = self.row(row, from, row).iter().zip(&right[from..row]).map(|(l, y)| l * y).sum();
            right[row] -= sum;
        }
        right.iter_mut().zip(&pivots).for_each(|(y, d)| *y /= d);
        for row in (0..self.count).rev() {
            let from = row.saturating_sub(self.width);
            let value = right[row];
            let start = self.at(row, from);
            for (i, y) in right[from..row].iter_mut().enumerate() {
                *y -= self.lower[start + i] * value;
            }
        }
        right
    }

    /// Turns a row into that of the factor, and gives its pivot. Rows before it are done; their diagonals hold pivots.
    fn eliminate(&mut self, row: usize) -> f64 {
        let from = row.saturating_sub(self.width);
        for column in from..row {
            let shared = from.max(column.saturating_sub(self.width));
            let left = self.row(row, shared, column);
            let sum: f64 = left.iter().zip(self.row(column, shared, column)).map(|(a, b)| a * b).sum();
            let at = self.at(row, column);
            self.lower[at] -= sum;
        }
        let mut pivot = self.lower[self.at(row, row)];
        for column in from..row {
            let d = self.lower[self.at(column, column)];
            let at = self.at(row, column);
            let value = self.lower[at];
            self.lower[at] = value / d;
            pivot -= value * value / d;
        }
        let at = self.at(row, row);
        self.lower[at] = pivot;
        pivot
    }

    fn row(&self, row: usize, from: usize, to: usize) -> &[f64] {
        let start = self.at(row, from);
        &self.lower[start..start + to - from]
    }

    fn at(&self, row: usize, column: usize) -> usize {
        row * (self.width + 1) + self.width + column - row
    }
}

#[test]
fn a_banded_system_is_solved() {
    let dense = [[4.0, 1.0, 0.5, 0.0], [1.0, -3.0, 0.2, 0.7], [0.5, 0.2, 5.0, 1.0], [0.0, 0.7, 1.0, 6.0]];
    let mut matrix = Banded::new(4, 2);
    (0..16).for_each(|i| {
        if (i % 4usize).abs_diff(i / 4) <= 2 {
            matrix.add(i / 4, i % 4, dense[i / 4][i % 4]);
        }
    });
    let solution = matrix.solve(vec![1.0, 2.0, 3.0, 4.0]);
    for (row, right) in dense.iter().zip([1.0, 2.0, 3.0, 4.0]) {
        let left: f64 = row.iter().zip(&solution).map(|(a, x)| a * x).sum();
        assert!((left - right).abs() < 1e-12, "{left} should be {right}");
    }
}
