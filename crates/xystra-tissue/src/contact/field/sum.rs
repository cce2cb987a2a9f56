//! From waves back to points.

use std::f64::consts::PI;

use xystra_signal::{Bin, Transform};

use super::away::{Away, product};
use crate::contact::kernel::{Node, Split};

/// How the waves of a window, short and long, add up at its points.
///
/// A long wave does not fit into the window; but on its points alone it is a sum of waves that do. So it is handed to their transform.
#[derive(Debug)]
pub(super) struct Sum {
    /// Factor of each wave of the transform: the share that is short, the sign that puts the middle of the window at zero, the scale.
    short: Vec<f64>,
    /// Factor of each long wave: its weight and its sine at the end of the window.
    ends: Vec<[f64; 2]>,
    /// What the real and the imaginary part of each long wave are in each of the first bins, bin after bin.
    near: [Vec<f64>; 2],
    away: Away,
    transform: Transform,
    bins: Vec<Bin>,
    /// Long waves with their weights: real parts, imaginary parts.
    long: [Vec<f64>; 2],
}

impl Sum {
    pub(super) fn new(count: usize, window: f64, split: &Split, nodes: &[Node]) -> Self {
        let (spacing, step) = (window / count as f64, 2.0 * PI / window);
        let short = |j: usize| split.short(step * j as f64) * sign(j) / spacing;
        let half = count / 2 + 1;
        let waves: Vec<f64> = nodes.iter().map(|node| node.k).collect();
        let away = Away::new(count, window, &waves);
        let mut near = [Vec::new(), Vec::new()];
        for j in 0..away.first() {
            for &k in &waves {
                let [re, im] = parts(j, k, spacing, window);
                near[0].push(re);
                near[1].push(im);
            }
        }
        Self {
            short: (0..half).map(short).collect(),
            ends: nodes.iter().map(|n| [n.weight / PI, (0.5 * n.k * window).sin()]).collect(),
            near,
            away,
            transform: Transform::new(count),
            bins: vec![[0.0; 2]; half],
            long: [vec![0.0; nodes.len()], vec![0.0; nodes.len()]],
        }
    }

    /// The sum of the transform's waves, `short` of them from the longest on (the others are nothing), and of all long ones.
    pub(super) fn points(&mut self, short: usize, wave: impl Fn(usize) -> Bin) -> Vec<f64> {
        for (j, (bin, factor)) in self.bins.iter_mut().zip(&self.short).enumerate() {
            let [re, im] = if j < short { wave(j) } else { [0.0; 2] };
            *bin = [re * factor, im * factor];
        }
        for (n, [weight, _]) in self.ends.iter().enumerate() {
            let [re, im] = wave(self.short.len() + n);
            (self.long[0][n], self.long[1][n]) = (re * weight, im * weight);
        }
        self.add_long();
        let mut points = vec![0.0; self.transform.length()];
        self.transform.inverse(&self.bins, &mut points);
        points
    }

    /// Puts the long waves into the bins.
    fn add_long(&mut self) {
        let largest = self.long.iter().flatten().fold(0.0_f64, |m, x| m.max(x.abs()));
        for part in [0, 1] {
            let factors = &self.long[part];
            // Under an even pressure one of the two is only rounding.
            if factors.iter().all(|x| x.abs() <= 1e-13 * largest) {
                continue;
            }
            for (bin, row) in self.bins.iter_mut().zip(self.near[part].chunks_exact(factors.len())) {
                bin[part] += product(factors, row);
            }
            self.away.add(part, factors, &mut self.bins);
        }
        // The window has a point at its left end and none at its right one.
        let left: f64 = self.long[1].iter().zip(&self.ends).map(|(x, [_, end])| x * end).sum();
        self.bins.iter_mut().for_each(|bin| bin[0] += left);
    }
}

/// What `cos kx` is in the real part of bin j, and `-sin kx` in its imaginary part, for points `spacing` apart.
///
/// With `q = 2 pi j / window`: a geometric series over all points.
fn parts(j: usize, k: f64, spacing: f64, window: f64) -> [f64; 2] {
    let q = 2.0 * PI * j as f64 / window;
    let off = k - q;
    let sharp = if off == 0.0 { window / spacing } else { (0.5 * off * window).sin() / (0.5 * off * spacing).sin() };
    let scale = 0.5 * sign(j) * sharp / (0.5 * (k + q) * spacing).sin();
    [scale * (k * spacing).sin(), scale * (q * spacing).sin()]
}

fn sign(j: usize) -> f64 {
    if j.is_multiple_of(2) { 1.0 } else { -1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_sum_of_all_waves_at_every_point() {
        for count in [64, 90, 1024] {
            let window = 7.0;
            let split = Split::new(window);
            let nodes = split.nodes(0.75 * window, 30.0);
            let half = count / 2;
            let wave = |w: usize| {
                let k = if w > half { nodes[w - half - 1].k } else { 2.0 * PI * w as f64 / window };
                let slope = if w == half { 0.0 } else { (-0.1 * k).exp() * (0.4 * k).sin() };
                [(-0.2 * k).exp() * (0.3 * k).cos(), slope]
            };
            let points = Sum::new(count, window, &split, &nodes).points(half + 1, wave);
            let at = |w: usize, k: f64, x: f64| wave(w)[0] * (k * x).cos() - wave(w)[1] * (k * x).sin();
            for (i, found) in points.iter().enumerate() {
                let x = window * (i as f64 / count as f64 - 0.5);
                let long = nodes.iter().enumerate().map(|(n, node)| node.weight / PI * at(half + 1 + n, node.k, x));
                let short = (0..=half).map(|j| {
                    let (k, ends) = (2.0 * PI * j as f64 / window, if j == 0 || j == half { 1.0 } else { 2.0 });
                    ends * split.short(k) / window * at(j, k, x)
                });
                let want = long.sum::<f64>() + short.sum::<f64>();
                assert!((found - want).abs() < 1e-11, "{count} {i}: {found} {want}");
            }
        }
    }
}
