//! The kernel of an endless edge: plane strain.

use std::f64::consts::PI;

use xystra_signal::{Bin, Transform};

use super::split::{Node, Split};
use super::turns::turns;
use crate::contact::layered::{Layered, Square};

/// Points across the edge and the waves that belong to them; made once, used with any layers.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Distance of two points, mm.
    pub spacing: f64,
    /// Points, an even number; the edge's lowest line is at point `count / 2`.
    pub count: usize,
    split: Split,
    nodes: Vec<Node>,
    /// Cosines of each node's wave at distances of 0 to half the window, node after node.
    cosines: Vec<f64>,
    transform: Transform,
}

/// Gains of the waves of a [`Line`].
#[derive(Debug, Clone)]
pub(crate) struct LineKernel {
    /// Motion down for pressure, mm/kPa.
    down: Vec<f64>,
    /// Pressure for motion down, about: the waves' own stiffness as if the window repeated itself, kPa/mm.
    stiff: Vec<f64>,
    /// Motion down for shear to the right, mm/kPa: imaginary, odd; empty if it was not asked for.
    sheared: Vec<f64>,
}

impl Line {
    /// `count` points, a window of `window` mm, layers of `thickness` mm altogether.
    pub(crate) fn new(count: usize, window: f64, thickness: f64) -> Self {
        let split = Split::new(window);
        let nodes = split.nodes(0.5 * window, thickness);
        let spacing = window / count as f64;
        let half = count / 2 + 1;
        let mut cosines = vec![0.0; half * nodes.len()];
        for (node, row) in nodes.iter().zip(cosines.chunks_exact_mut(half)) {
            turns(node.k * spacing, 0.0, half, |i, _, cosine| row[i] = cosine);
        }
        Self { spacing, count, split, nodes, cosines, transform: Transform::new(count) }
    }

    /// Place of a point, mm.
    pub(crate) fn at(&self, point: usize) -> f64 {
        (point as f64 - (self.count / 2) as f64) * self.spacing
    }

    /// Length of the window, mm.
    pub(crate) fn window(&self) -> f64 {
        self.spacing * self.count as f64
    }

    /// The kernel of pressure on `layers`.
    pub(crate) fn kernel(&mut self, layers: &Layered) -> LineKernel {
        let down = self.gains(&|k| layers.normal(k));
        LineKernel { down, stiff: self.stiffness(layers), sheared: Vec::new() }
    }

    /// The kernel of pressure, and of the shear that friction adds.
    pub(crate) fn sheared_kernel(&mut self, layers: &Layered) -> LineKernel {
        let down = self.gains(&|k| layers.normal(k));
        let sheared = self.odd_gains(&|k| layers.compliance(k));
        LineKernel { down, stiff: self.stiffness(layers), sheared }
    }

    /// Motion down of the surface under `pressure`, mm.
    pub(crate) fn press(&mut self, kernel: &LineKernel, pressure: &[f64], out: &mut [f64]) {
        self.transform.filter(&kernel.down, pressure, out);
    }

    /// About the pressure that makes the surface move down by `motion`, kPa.
    pub(crate) fn lift(&mut self, kernel: &LineKernel, motion: &[f64], out: &mut [f64]) {
        self.transform.filter(&kernel.stiff, motion, out);
    }

    /// Motion down of the surface under `shear` to the right, mm.
    pub(crate) fn drag(&mut self, kernel: &LineKernel, shear: &[f64], out: &mut [f64]) {
        let mut spectrum = vec![[0.0; 2]; self.transform.bins()];
        self.transform.forward(shear, &mut spectrum);
        for (bin, gain) in spectrum.iter_mut().zip(&kernel.sheared) {
            *bin = [-bin[1] * gain, bin[0] * gain];
        }
        self.transform.inverse(&spectrum, out);
    }

    /// Stiffness of each wave; the endless one has none of its own here and takes half the longest.
    fn stiffness(&self, layers: &Layered) -> Vec<f64> {
        let step = 2.0 * PI / self.window();
        (0..=self.count / 2).map(|i| 1.0 / layers.normal(step * (i as f64).max(0.5))).collect()
    }

    /// Gains of an even kernel whose wave `k` is answered by `answer`.
    fn gains(&mut self, answer: &dyn Fn(f64) -> f64) -> Vec<f64> {
        let half = self.count / 2 + 1;
        let mut long = vec![0.0; half];
        for (node, row) in self.nodes.iter().zip(self.cosines.chunks_exact(half)) {
            let factor = node.weight * answer(node.k) / PI * self.spacing;
            long.iter_mut().zip(row).for_each(|(sum, cosine)| *sum += factor * cosine);
        }
        let mirrored: Vec<f64> = (0..self.count).map(|i| long[i.min(self.count - i)]).collect();
        let mut spectrum: Vec<Bin> = vec![[0.0; 2]; half];
        self.transform.forward(&mirrored, &mut spectrum);
        let step = 2.0 * PI / self.window();
        let short = |k: f64| if k > 0.0 { self.split.short(k) * answer(k) } else { 0.0 };
        spectrum.iter().enumerate().map(|(i, long)| long[0] + short(step * i as f64)).collect()
    }

    /// Gains of the odd kernel `i cross` of the waves, as the factor of i.
    fn odd_gains(&mut self, answer: &dyn Fn(f64) -> Square) -> Vec<f64> {
        let half = self.count / 2 + 1;
        let mut long = vec![0.0; half];
        for node in &self.nodes {
            // The transform of an odd imaginary kernel is minus a sum of sines.
            let factor = -node.weight * answer(node.k).cross / PI * self.spacing;
            turns(node.k * self.spacing, 0.0, half, |i, sine, _| long[i] += factor * sine);
        }
        let last = self.count / 2;
        let mirrored = |i: usize| match i {
            0 => 0.0,
            i if i < last => long[i],
            i if i > last => -long[self.count - i],
            _ => 0.0,
        };
        let mirrored: Vec<f64> = (0..self.count).map(mirrored).collect();
        let mut spectrum: Vec<Bin> = vec![[0.0; 2]; half];
        self.transform.forward(&mirrored, &mut spectrum);
        let step = 2.0 * PI / self.window();
        let short = |k: f64| if k > 0.0 { self.split.short(k) * answer(k).cross } else { 0.0 };
        spectrum.iter().enumerate().map(|(i, long)| long[1] + short(step * i as f64)).collect()
    }
}
