//! Transforms of real samples on a rectangle.

use std::fmt;
use std::sync::Arc;

use rustfft::num_complex::Complex;
use rustfft::{Fft, FftPlanner};

use super::Bin;
use super::halves::{Halves, join, part, scaled};

/// Side of the squares that a transposition moves: they stay in the nearest cache.
const BLOCK: usize = 16;

/// The transform of a fixed rectangle of real samples, row after row, planned once and used often.
///
/// Rows are packed like [`super::Transform`]; the columns of that half-wide complex rectangle are transformed as they are, and wave
/// (row r, column k) is parted from its mirror (rows - r, m - k).
#[derive(Clone)]
pub struct PlaneTransform {
    along_row: Pair,
    along_column: Pair,
    halves: Halves,
    rows: usize,
    /// Half the columns.
    half: usize,
    packed: Vec<Complex<f64>>,
    turned: Vec<Complex<f64>>,
}

impl PlaneTransform {
    /// For `rows` times `columns` samples; an odd number of columns is rounded up to the next even one.
    pub fn new(rows: usize, columns: usize) -> Self {
        let (rows, half) = (rows.max(1), columns.div_ceil(2).max(1));
        let zero = vec![Complex::new(0.0, 0.0); rows * half];
        Self {
            along_row: Pair::new(half),
            along_column: Pair::new(rows),
            halves: Halves::new(half),
            rows,
            half,
            packed: zero.clone(),
            turned: zero,
        }
    }

    /// Rows of the rectangle.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Samples of a row.
    pub fn columns(&self) -> usize {
        2 * self.half
    }

    /// Complex numbers in a row of a spectrum: `columns / 2 + 1`.
    pub fn bins(&self) -> usize {
        self.half + 1
    }

    /// The spectrum, `rows` times `bins`, row after row: NumPy's `rfft2`.
    pub fn forward(&mut self, samples: &[f64], spectrum: &mut [Bin]) {
        self.transform(samples);
        let (rows, half) = (self.rows, self.half);
        for row in 0..rows {
            let mirror = (rows - row) % rows;
            for k in 0..=half / 2 {
                let (at, opposite) = (k * rows + row, (half - k) % half * rows + mirror);
                let (even, odd) = part(self.turned[at], self.turned[opposite]);
                let odd = self.halves.turn(k) * odd;
                spectrum[row * (half + 1) + k] = bin(even + odd);
                spectrum[mirror * (half + 1) + half - k] = bin((even - odd).conj());
            }
        }
    }

    /// The samples of a `spectrum`: NumPy's `irfft2`.
    pub fn inverse(&mut self, spectrum: &[Bin], samples: &mut [f64]) {
        let (rows, half) = (self.rows, self.half);
        for row in 0..rows {
            let mirror = (rows - row) % rows;
            for k in 0..=half / 2 {
                let x = complex(spectrum[row * (half + 1) + k]);
                let opposite = complex(spectrum[mirror * (half + 1) + half - k]).conj();
                let (even, odd) = ((x + opposite) * 0.5, (x - opposite) * 0.5 * self.halves.turn(k).conj());
                join(&mut self.turned, k * rows + row, (half - k) % half * rows + mirror, even, odd);
            }
        }
        self.restore(samples);
    }

    /// Each wave of `samples` times a real gain, and back: the circular convolution with a kernel that is even both ways.
    ///
    /// Gains are those of rising waves, `rows / 2 + 1` times `bins`, column after column: gain (row r, bin k) is
    /// `gains[k * (rows / 2 + 1) + r]`.
    pub fn filter(&mut self, gains: &[f64], samples: &[f64], out: &mut [f64]) {
        self.transform(samples);
        let (rows, half) = (self.rows, self.half);
        let high = rows / 2 + 1;
        for k in 0..=half / 2 {
            let (column, opposite) = (k * high, (half - k) * high);
            for row in 0..rows {
                let mirror = (rows - row) % rows;
                // The middle column is its own mirror: each of its pairs is met once.
                if (k == (half - k) % half) && mirror < row {
                    continue;
                }
                let at = (k * rows + row, (half - k) % half * rows + mirror);
                let (even, odd) = part(self.turned[at.0], self.turned[at.1]);
                let rising = row.min(mirror);
                let gain = (gains[column + rising], gains[opposite + rising]);
                let (even, odd) = scaled(gain.0, gain.1, self.halves.turn(k), even, odd);
                join(&mut self.turned, at.0, at.1, even, odd);
            }
        }
        self.restore(out);
    }

    fn transform(&mut self, samples: &[f64]) {
        for (z, pair) in self.packed.iter_mut().zip(samples.chunks_exact(2)) {
            *z = Complex::new(pair[0], pair[1]);
        }
        // Pressure is nowhere but under the edge: rows of zeros are their own transform.
        for row in self.packed.chunks_exact_mut(self.half) {
            if row.iter().any(|z| z.re != 0.0 || z.im != 0.0) {
                self.along_row.forward(row);
            }
        }
        transpose(&self.packed, self.rows, self.half, &mut self.turned);
        self.along_column.forward(&mut self.turned);
    }

    fn restore(&mut self, samples: &mut [f64]) {
        self.along_column.backward(&mut self.turned);
        transpose(&self.turned, self.half, self.rows, &mut self.packed);
        self.along_row.backward(&mut self.packed);
        let scale = 1.0 / self.packed.len() as f64;
        for (z, pair) in self.packed.iter().zip(samples.chunks_exact_mut(2)) {
            (pair[0], pair[1]) = (z.re * scale, z.im * scale);
        }
    }
}

impl fmt::Debug for PlaneTransform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PlaneTransform")
            .field("rows", &self.rows)
            .field("columns", &self.columns())
            .finish_non_exhaustive()
    }
}

/// There and back again.
#[derive(Clone)]
struct Pair {
    forward: Arc<dyn Fft<f64>>,
    backward: Arc<dyn Fft<f64>>,
    scratch: Vec<Complex<f64>>,
}

impl Pair {
    fn new(length: usize) -> Self {
        let mut planner = FftPlanner::new();
        let (forward, backward) = (planner.plan_fft_forward(length), planner.plan_fft_inverse(length));
        let scratch = forward.get_inplace_scratch_len().max(backward.get_inplace_scratch_len());
        Self { forward, backward, scratch: vec![Complex::new(0.0, 0.0); scratch] }
    }

    fn forward(&mut self, rows: &mut [Complex<f64>]) {
        self.forward.process_with_scratch(rows, &mut self.scratch);
    }

    fn backward(&mut self, rows: &mut [Complex<f64>]) {
        self.backward.process_with_scratch(rows, &mut self.scratch);
    }
}

fn transpose(from: &[Complex<f64>], rows: usize, columns: usize, to: &mut [Complex<f64>]) {
    for row_0 in (0..rows).step_by(BLOCK) {
        for column_0 in (0..columns).step_by(BLOCK) {
            for row in row_0..(row_0 + BLOCK).min(rows) {
                for column in column_0..(column_0 + BLOCK).min(columns) {
                    to[column * rows + row] = from[row * columns + column];
                }
            }
        }
    }
}

fn bin(z: Complex<f64>) -> Bin {
    [z.re, z.im]
}

fn complex(bin: Bin) -> Complex<f64> {
    Complex::new(bin[0], bin[1])
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    const SIZES: [(usize, usize); 5] = [(1, 2), (2, 4), (4, 6), (5, 8), (16, 12)];

    fn samples(count: usize) -> Vec<f64> {
        (0..count).map(|i| ((i * i) as f64 * 0.37).sin() + 0.2 * (i % 7) as f64).collect()
    }

    #[test]
    fn a_spectrum_is_the_sum_it_stands_for() {
        for (rows, columns) in SIZES {
            let x = samples(rows * columns);
            let mut plan = PlaneTransform::new(rows, columns);
            let mut spectrum = vec![[0.0; 2]; rows * plan.bins()];
            plan.forward(&x, &mut spectrum);
            for (at, bin) in spectrum.iter().enumerate() {
                let (row, k) = (at / plan.bins(), at % plan.bins());
                let (mut re, mut im) = (0.0, 0.0);
                for (i, x) in x.iter().enumerate() {
                    let (r, c) = (i / columns, i % columns);
                    let angle = -TAU * ((r * row) as f64 / rows as f64 + (c * k) as f64 / columns as f64);
                    (re, im) = (re + x * angle.cos(), im + x * angle.sin());
                }
                assert!((bin[0] - re).abs() < 1e-9 && (bin[1] - im).abs() < 1e-9, "{rows} {columns} {at}");
            }
        }
    }

    #[test]
    fn inverse_and_filter_agree_with_forward() {
        for (rows, columns) in SIZES {
            let x = samples(rows * columns);
            let mut plan = PlaneTransform::new(rows, columns);
            let (bins, high) = (plan.bins(), rows / 2 + 1);
            let mut spectrum = vec![[0.0; 2]; rows * bins];
            let (mut back, mut want, mut got) = (x.clone(), x.clone(), x.clone());
            plan.forward(&x, &mut spectrum);
            plan.inverse(&spectrum, &mut back);
            assert!(x.iter().zip(&back).all(|(a, b)| (a - b).abs() < 1e-12), "{rows} {columns}");

            let gains: Vec<f64> = (0..bins * high).map(|i| 1.0 / (1.0 + (i * 5 % 11) as f64)).collect();
            for (at, bin) in spectrum.iter_mut().enumerate() {
                let (row, k) = (at / bins, at % bins);
                let gain = gains[k * high + row.min(rows - row)];
                *bin = [bin[0] * gain, bin[1] * gain];
            }
            plan.inverse(&spectrum, &mut want);
            plan.filter(&gains, &x, &mut got);
            assert!(want.iter().zip(&got).all(|(a, b)| (a - b).abs() < 1e-12), "{rows} {columns}");
        }
    }
}
