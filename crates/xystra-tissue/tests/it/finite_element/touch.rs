//! A rigid frictionless parabola that the surface may sink into only against a stiff penalty.

use super::Mesh;
use super::banded::Banded;
use super::element::{POINTS, shape};

pub(super) struct Touch {
    pub(super) radius: f64,
    pub(super) depth: f64,
    pub(super) penalty: f64,
}

/// One point of the surface that has sunk in.
struct Sunk {
    nodes: [usize; 3],
    shape: [f64; 3],
    /// Deformed place, overlap, weight, mm.
    x: f64,
    overlap: f64,
    weight: f64,
}

impl Touch {
    pub(super) fn energy(&self, mesh: &Mesh, motion: &[f64]) -> f64 {
        self.sunk(mesh, motion).map(|p| 0.5 * self.penalty * p.weight * p.overlap * p.overlap).sum()
    }

    /// Force on this half, N/m, and the half-width of the contact, mm.
    pub(super) fn force(&self, mesh: &Mesh, motion: &[f64]) -> (f64, f64) {
        let sum = |(f, a): (f64, f64), p: Sunk| (f + self.penalty * p.weight * p.overlap, a.max(p.x));
        self.sunk(mesh, motion).fold((0.0, 0.0), sum)
    }

    pub(super) fn add(&self, mesh: &Mesh, motion: &[f64], matrix: &mut Banded, residual: &mut [f64]) {
        for p in self.sunk(mesh, motion) {
            let stiff = self.penalty * p.weight;
            let by = [-p.x / self.radius, -1.0];
            for i in 0..6 {
                let (row, slope) = (2 * p.nodes[i / 2] + i % 2, by[i % 2] * p.shape[i / 2]);
                residual[row] += stiff * p.overlap * slope;
                for k in 0..6 {
                    let mut value = slope * by[k % 2] * p.shape[k / 2];
                    if i % 2 == 0 && k % 2 == 0 {
                        value -= p.overlap / self.radius * p.shape[i / 2] * p.shape[k / 2];
                    }
                    matrix.add(row, 2 * p.nodes[k / 2] + k % 2, stiff * value);
                }
            }
        }
    }

    fn sunk<'a>(&'a self, mesh: &'a Mesh, motion: &'a [f64]) -> impl Iterator<Item = Sunk> + 'a {
        let edges = 0..mesh.x.len() / 2;
        edges
            .flat_map(move |e| POINTS.iter().map(move |point| self.at(mesh, motion, e, *point)))
            .filter(|p| p.overlap > 0.0)
    }

    fn at(&self, mesh: &Mesh, motion: &[f64], edge: usize, (xi, weight): (f64, f64)) -> Sunk {
        let nodes = [0, 1, 2].map(|i| mesh.node(2 * edge + i, 0));
        let shape = shape(xi).0;
        let place = |i: usize| mesh.x[2 * edge + i] + motion[2 * nodes[i]];
        let x: f64 = (0..3).map(|i| shape[i] * place(i)).sum();
        let down: f64 = (0..3).map(|i| shape[i] * motion[2 * nodes[i] + 1]).sum();
        let half = 0.5 * (mesh.x[2 * edge + 2] - mesh.x[2 * edge]);
        Sunk { nodes, shape, x, overlap: self.depth - 0.5 * x * x / self.radius - down, weight: weight * half }
    }
}
