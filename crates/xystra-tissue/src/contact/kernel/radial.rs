//! Long waves over a plane: their answer depends on the distance alone.

use std::f64::consts::PI;

use super::split::Node;
use super::whole::whole;

/// Steps of the table in units of one over the shortest of the long waves.
const STEP: f64 = 0.6;
/// Points that an interpolation uses.
const ORDER: usize = 6;

/// A table of Bessel functions: what each long wave does at each distance.
#[derive(Debug, Clone)]
pub(super) struct Radial {
    step: f64,
    places: usize,
    nodes: Vec<Node>,
    bessel: Vec<f64>,
}

impl Radial {
    /// For distances up to `reach` mm and a Bessel function: J0 for pressure, J1 for shear.
    pub(super) fn new(nodes: Vec<Node>, reach: f64, function: fn(f64) -> f64) -> Self {
        let highest = nodes.iter().fold(0.0, |k: f64, node| k.max(node.k));
        let step = STEP / highest;
        let places = whole((reach / step).ceil()) + ORDER;
        let row = |node: &Node| {
            let k = node.k;
            (0..places).map(move |i| function(k * (i as f64 - 2.0) * step))
        };
        let bessel = nodes.iter().flat_map(row).collect();
        Self { step, places, nodes, bessel }
    }

    /// `1/2pi` times the integral of `answer(k) J(k r) k`, as a table to look up.
    pub(super) fn table(&self, answer: impl Fn(f64) -> f64) -> Table {
        let mut values = vec![0.0; self.places];
        for (node, row) in self.nodes.iter().zip(self.bessel.chunks_exact(self.places)) {
            let factor = node.weight * node.k * answer(node.k) / (2.0 * PI);
            values.iter_mut().zip(row).for_each(|(sum, bessel)| *sum += factor * bessel);
        }
        Table { step: self.step, values }
    }
}

/// A smooth function of a distance.
#[derive(Debug, Clone)]
pub(super) struct Table {
    step: f64,
    values: Vec<f64>,
}

impl Table {
    /// The value at a distance, mm, by a polynomial through the six places around it.
    pub(super) fn at(&self, distance: f64) -> f64 {
        let place = distance / self.step;
        let first = whole(place).min(self.values.len() - ORDER);
        let x = place - first as f64 + 2.0;
        let mut sum = 0.0;
        for (i, value) in self.values[first..first + ORDER].iter().enumerate() {
            let others = (0..ORDER).filter(|&j| j != i);
            sum += value * others.map(|j| (x - j as f64) / (i as f64 - j as f64)).product::<f64>();
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contact::kernel::Split;

    #[test]
    fn long_waves_of_a_half_space_are_what_short_ones_lack() {
        // The transform of exp(-k) / k over the plane is 1 / (2 pi sqrt(1 + r^2)); far away only long waves count.
        let split = Split::new(4.0);
        let table = Radial::new(split.nodes(40.0, 10.0), 40.0, libm::j0).table(|k| (-k).exp() / k);
        for r in [2.5, 7.0, 20.0, 39.0_f64] {
            let want = 1.0 / (2.0 * PI * r.hypot(1.0));
            assert!((table.at(r) / want - 1.0).abs() < 1e-5, "{r}: {} {want}", table.at(r));
        }
    }
}
