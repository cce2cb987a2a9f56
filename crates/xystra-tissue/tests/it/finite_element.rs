//! A small hyperelastic finite-element solve that the stiffening contact is held against: total Lagrangian, plane strain, quadratic
//! elements with the change of volume projected onto a linear field (Q2/P1), exact Newton steps on one energy.
//!
//! Lengths in mm, stresses in kPa; `z` is down from the skin at rest. Left edge is the plane of symmetry under the edge, the bottom is held.

mod banded;
mod element;
mod mesh;
mod touch;

use banded::Banded;
use element::Element;
pub(crate) use mesh::Mesh;
use touch::Touch;
use xystra_tissue::Stack;

/// What a layer is made of: `W = mu/(2b) (exp(b (Q + K/mu (J-1)^2)) - 1)`, `Q = J^(-2/3) tr C - 3`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Law {
    pub shear: f64,
    pub bulk: f64,
    pub stiffening: f64,
}

impl Law {
    pub(crate) fn new(young: f64, poisson: f64, stiffening: f64) -> Self {
        Self { shear: young / (2.0 * (1.0 + poisson)), bulk: young / (3.0 * (1.0 - 2.0 * poisson)), stiffening }
    }
}

/// How much larger the diagonal is made where a plain Newton step does not go downhill.
const LIFTS: [f64; 4] = [0.0, 1e-3, 1e-2, 0.1];

/// Layers under a rigid frictionless parabola.
pub(crate) struct Solid {
    pub mesh: Mesh,
    pub laws: Vec<Law>,
    pub radius: f64,
    pub penalty: f64,
}

/// Where the solid came to rest.
pub(crate) struct Rest {
    pub motion: Vec<f64>,
    pub depth: f64,
    /// Force of the whole edge (both halves), N/m.
    pub force: f64,
    pub half_width: f64,
    /// Size of the out-of-balance force after each Newton step of the last load step, over the first.
    pub history: Vec<f64>,
}

impl Solid {
    pub(crate) fn new(stack: &Stack, radius: f64, contact: f64, wide: f64, stiffening: impl Fn(usize) -> f64) -> Self {
        let law = |(i, l): (usize, &xystra_tissue::Layer)| Law::new(l.young_kpa, l.poisson, stiffening(i));
        let laws: Vec<Law> = stack.layers.iter().enumerate().map(law).collect();
        let hardest = stack.layers[0].young_kpa;
        Self { mesh: Mesh::layered(stack, contact, wide), laws, radius, penalty: 100.0 * hardest / contact }
    }

    /// Presses to `depth` from rest or from another state, in `steps`; none where it does not settle.
    pub(crate) fn press(&self, from: Option<&Rest>, depth: f64, steps: usize) -> Option<Rest> {
        let (mut motion, start) = match from {
            Some(rest) => (rest.motion.clone(), rest.depth),
            None => (vec![0.0; 2 * self.mesh.nodes()], 0.0),
        };
        let mut history = Vec::new();
        for step in 1..=steps {
            let d = start + (depth - start) * step as f64 / steps as f64;
            history = self.settle(&mut motion, d)?;
        }
        let touch = Touch { radius: self.radius, depth, penalty: self.penalty };
        let (force, half_width) = touch.force(&self.mesh, &motion);
        Some(Rest { force: 2.0 * force, half_width, motion, depth, history })
    }

    /// Energy of the solid and of the penalty, N (mm kPa mm).
    pub(crate) fn energy(&self, motion: &[f64], depth: f64) -> Option<f64> {
        let touch = Touch { radius: self.radius, depth, penalty: self.penalty };
        let inside: Option<f64> = self.elements(motion).map(|(_, e)| e.energy()).sum();
        Some(inside? + touch.energy(&self.mesh, motion))
    }

    /// Newton steps with halving until the out-of-balance force is gone.
    fn settle(&self, motion: &mut Vec<f64>, depth: f64) -> Option<Vec<f64>> {
        let mut sizes: Vec<f64> = Vec::new();
        for _ in 0..60 {
            let (matrix, residual) = self.assemble(motion, depth);
            let size = residual.iter().map(|r| r * r).sum::<f64>().sqrt();
            sizes.push(size);
            let first = sizes.iter().copied().fold(0.0, f64::max);
            if size <= 1e-8 * first {
                return Some(sizes.iter().map(|s| s / first).collect());
            }
            let downhill = LIFTS.iter().any(|&lift| {
                let step = matrix.clone().lifted(lift).solve(residual.iter().map(|r| -r).collect());
                let slope: f64 = step.iter().zip(&residual).map(|(s, r)| s * r).sum();
                slope < 0.0 && self.walk(motion, depth, &step, slope)
            });
            if !downhill {
                return None;
            }
        }
        None
    }

    /// Goes along the step until the energy falls enough; false where it never does.
    fn walk(&self, motion: &mut Vec<f64>, depth: f64, step: &[f64], slope: f64) -> bool {
        let Some(before) = self.energy(motion, depth) else { return false };
        let mut length = 1.0;
        for _ in 0..30 {
            let trial: Vec<f64> = motion.iter().zip(step).map(|(u, s)| u + length * s).collect();
            let after = self.energy(&trial, depth);
            if after.is_some_and(|e| e <= before + 1e-4 * length * slope + 1e-12 * before.abs()) {
                *motion = trial;
                return true;
            }
            length *= 0.5;
        }
        false
    }

    /// Tangent and out-of-balance force.
    pub(crate) fn assemble(&self, motion: &[f64], depth: f64) -> (Banded, Vec<f64>) {
        let count = 2 * self.mesh.nodes();
        let mut matrix = Banded::new(count, self.mesh.band());
        let mut residual = vec![0.0; count];
        for (nodes, element) in self.elements(motion) {
            let (force, stiffness) = element.answer();
            add(&nodes, &force, &stiffness, &mut matrix, &mut residual);
        }
        Touch { radius: self.radius, depth, penalty: self.penalty }.add(&self.mesh, motion, &mut matrix, &mut residual);
        for fixed in self.mesh.held() {
            matrix.hold(fixed);
            residual[fixed] = 0.0;
        }
        (matrix, residual)
    }

    fn elements<'a>(&'a self, motion: &'a [f64]) -> impl Iterator<Item = ([usize; 9], Element)> + 'a {
        (0..self.mesh.elements()).map(move |e| {
            let (nodes, size, layer) = self.mesh.element(e);
            let local = std::array::from_fn(|i| motion[2 * nodes[i / 2] + i % 2]);
            (nodes, Element { size, law: self.laws[layer], motion: local })
        })
    }
}

impl Solid {
    /// Largest stretch along the surface, compression in depth and shear of each layer, from the gradient of the motion at the middle points
    /// of the elements.
    pub(crate) fn peaks(&self, rest: &Rest) -> Vec<[f64; 3]> {
        let mut peaks = vec![[0.0_f64; 3]; self.laws.len()];
        for (index, (_, element)) in self.elements(&rest.motion).enumerate() {
            let layer = self.mesh.element(index).2;
            for f in element.gradients() {
                let strain = [f[0][0] - 1.0, 1.0 - f[1][1], (f[0][1] + f[1][0]).abs()];
                (0..3).for_each(|i| peaks[layer][i] = peaks[layer][i].max(strain[i]));
            }
        }
        peaks
    }
}

fn add(nodes: &[usize; 9], force: &[f64; 18], stiffness: &[[f64; 18]; 18], matrix: &mut Banded, residual: &mut [f64]) {
    let index = |i: usize| 2 * nodes[i / 2] + i % 2;
    for (i, row) in stiffness.iter().enumerate() {
        residual[index(i)] += force[i];
        row.iter().enumerate().for_each(|(k, value)| matrix.add(index(i), index(k), *value));
    }
}
