//! What every wave of a row feels of a pressure.

use std::f64::consts::PI;

use xystra_signal::{Bin, Transform};

use crate::contact::layered::Pair;

/// Waves that are summed side by side, and points that follow one another by the product rule before angles are taken afresh.
const SIDE: usize = 8;
const RUN: usize = 32;
/// Steps of a number whose product with a square of a count is exact.
const EXACT: f64 = (1 << 26) as f64;

/// Pressure, kPa, on points `spacing` mm apart, the first at `start` mm.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row<'a> {
    pub pressure: &'a [f64],
    pub start: f64,
    pub spacing: f64,
}

impl Row<'_> {
    /// `sum of p exp(-i k x) spacing` at each wave number of an even row, `k = j step` for j below `count`, N/m.
    ///
    /// Bluestein's way: `2jm = j^2 + m^2 - (j - m)^2` makes the sum a convolution with a chirp, whose parts are real transforms.
    pub(super) fn even_waves(&self, step: f64, count: usize) -> Vec<Pair> {
        let points = self.pressure.len();
        if points == 0 || count == 0 {
            return vec![[0.0; 2]; count];
        }
        let chirp = chirp(step * self.spacing / (2.0 * PI), points.max(count));
        let length = (points + count).next_power_of_two();
        let [swept, back] = [swept(self.pressure, &chirp), mirrored(&chirp, points, count, length)];
        let answer = convolved(swept, back, length);
        let middle = |(j, [re, im]): (usize, Bin)| {
            let (sine, cosine) = (step * self.start * j as f64).sin_cos();
            let [c, s] = chirp[j];
            let [c, s] = [self.spacing * (c * cosine - s * sine), self.spacing * (s * cosine + c * sine)];
            [re * c + im * s, im * c - re * s]
        };
        answer.into_iter().take(count).enumerate().map(middle).collect()
    }

    /// The same at any wave numbers: a sum over all points for each, some side by side.
    pub(super) fn waves(&self, waves: &[f64]) -> Vec<Pair> {
        let block = |block: &[f64]| {
            let mut k = [0.0; SIDE];
            k[..block.len()].copy_from_slice(block);
            self.side_by_side(&k).into_iter().take(block.len()).collect::<Vec<_>>()
        };
        waves.chunks(SIDE).flat_map(block).collect()
    }

    fn side_by_side(&self, k: &[f64; SIDE]) -> [Pair; SIDE] {
        let turn = k.map(|k| (k * self.spacing).sin_cos());
        let (mut re, mut im) = ([0.0; SIDE], [0.0; SIDE]);
        for (run, pressure) in self.pressure.chunks(RUN).enumerate() {
            let first = self.start + self.spacing * (run * RUN) as f64;
            let mut sine = k.map(|k| (k * first).sin());
            let mut cosine = k.map(|k| (k * first).cos());
            for p in pressure {
                for w in 0..SIDE {
                    let (s, c, (sine_step, cosine_step)) = (sine[w], cosine[w], turn[w]);
                    (re[w], im[w]) = (re[w] + p * c, im[w] - p * s);
                    (sine[w], cosine[w]) = (s * cosine_step + c * sine_step, c * cosine_step - s * sine_step);
                }
            }
        }
        std::array::from_fn(|w| [re[w] * self.spacing, im[w] * self.spacing])
    }
}

/// Cosine and sine of `pi ratio t^2` for t below `count`; whole turns are taken off before they cost digits.
fn chirp(ratio: f64, count: usize) -> Vec<Bin> {
    let coarse = (ratio * EXACT).round() / EXACT;
    let angle = |t: usize| {
        let square = (t * t) as f64;
        2.0 * PI * (0.5 * square * coarse).fract() + PI * square * (ratio - coarse)
    };
    (0..count).map(|t| angle(t).sin_cos()).map(|(sine, cosine)| [cosine, sine]).collect()
}

/// Real and imaginary part of the pressure under the chirp turned backwards.
fn swept(pressure: &[f64], chirp: &[Bin]) -> [Vec<f64>; 2] {
    let part = |f: fn(&Bin) -> f64| pressure.iter().zip(chirp).map(|(p, c)| p * f(c)).collect();
    [part(|c| c[0]), part(|c| -c[1])]
}

/// The chirp on a circle: `count` places on from 0, and `points` places back.
fn mirrored(chirp: &[Bin], points: usize, count: usize, length: usize) -> [Vec<f64>; 2] {
    [0, 1].map(|part| {
        let mut circle = vec![0.0; length];
        (0..count).for_each(|t| circle[t] = chirp[t][part]);
        (1..points).for_each(|t| circle[length - t] = chirp[t][part]);
        circle
    })
}

/// The circular convolution of two complex rows, each as its two real ones.
fn convolved(left: [Vec<f64>; 2], right: [Vec<f64>; 2], length: usize) -> Vec<Bin> {
    let mut transform = Transform::new(length);
    let mut spectrum = |mut row: Vec<f64>| {
        row.resize(length, 0.0);
        let mut bins = vec![[0.0; 2]; transform.bins()];
        transform.forward(&row, &mut bins);
        bins
    };
    let [a, b] = left.map(&mut spectrum);
    let [c, d] = right.map(&mut spectrum);
    let mut row = |part: fn(Bin, Bin, Bin, Bin) -> Bin| {
        let pairs = a.iter().zip(&b).zip(c.iter().zip(&d));
        let bins: Vec<Bin> = pairs.map(|((&a, &b), (&c, &d))| part(a, b, c, d)).collect();
        let mut row = vec![0.0; length];
        transform.inverse(&bins, &mut row);
        row
    };
    let re = row(|a, b, c, d| minus(times(a, c), times(b, d)));
    let im = row(|a, b, c, d| minus(times(a, d), times([-b[0], -b[1]], c)));
    re.into_iter().zip(im).map(|(re, im)| [re, im]).collect()
}

fn times(a: Bin, b: Bin) -> Bin {
    [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]]
}

fn minus(a: Bin, b: Bin) -> Bin {
    [a[0] - b[0], a[1] - b[1]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_are_the_sum_over_all_points() {
        for (points, count) in [(1, 5), (37, 300), (1600, 40)] {
            let pressure: Vec<f64> = (0..points).map(|i| 1.0 + (f64::from(i) * 0.3).sin()).collect();
            let row = Row { pressure: &pressure, start: -3.1, spacing: 0.011 };
            let step = 0.9 * PI / (row.spacing * count as f64);
            let k: Vec<f64> = (0..count).map(|j| step * j as f64).collect();
            let whole = pressure.iter().sum::<f64>() * row.spacing;
            for (j, (even, any)) in row.even_waves(step, count).iter().zip(row.waves(&k)).enumerate() {
                let angle = |i: usize| k[j] * (row.start + row.spacing * i as f64);
                let re: f64 = pressure.iter().enumerate().map(|(i, p)| p * angle(i).cos() * row.spacing).sum();
                let im: f64 = pressure.iter().enumerate().map(|(i, p)| -p * angle(i).sin() * row.spacing).sum();
                for found in [*even, any] {
                    assert!((found[0] - re).hypot(found[1] - im) < 1e-12 * whole, "{points} {j} {found:?} {re} {im}");
                }
            }
        }
    }
}
