//! What an edge does to layers at any force: pressed at some forces, drawn through between them.

use serde::{Deserialize, Serialize};

use super::footprint::{Footprint, Print};
use super::stiffening::{self, Stiffened};
use super::{Control, Edge, LayerStrain, strains};
use crate::error::Error;
use crate::stack::Stack;

/// Smallest force of the table, N, how much larger each next one is, and how many there are.
const FIRST: f64 = 0.25;
const RATIO: f64 = 2.0;
const COUNT: i32 = 9;

/// Pressure and strain by force, the layers stiffening: made once for an edge and layers, asked as often as wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    points: Vec<Load>,
}

/// What one force does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Load {
    /// Force, N.
    pub force_n: f64,
    /// How deep the edge goes below the skin at rest, mm.
    pub depth_mm: f64,
    /// Half the width of the contact across the edge, mm.
    pub half_width_mm: f64,
    /// Force over the area that touches, kPa.
    pub mean_pressure_kpa: f64,
    /// Largest pressure, kPa.
    pub peak_pressure_kpa: f64,
    /// Strains, from the top layer to the bottom.
    pub layers: Vec<LayerStrain>,
}

impl Curve {
    /// Presses at forces from 0.25 to 64 N; ends earlier where the layers give no answer.
    ///
    /// # Errors
    /// Without a length or a radius along it an edge takes no force in N; the first forces that do not settle.
    pub fn of(stack: &Stack, edge: &Edge) -> Result<Self, Error> {
        Self::through(stack, edge, (0..COUNT).map(|step| FIRST * RATIO.powi(step)))
    }

    /// Presses at these forces, N, rising; ends earlier where the layers give no answer. Fewer forces are worked out sooner.
    ///
    /// # Errors
    /// As of [`Curve::of`].
    pub fn through(stack: &Stack, edge: &Edge, forces_n: impl IntoIterator<Item = f64>) -> Result<Self, Error> {
        if edge.is_endless() {
            return Err(Error::Number {
                field: "length_mm".to_owned(),
                value: f64::INFINITY,
                must: "given for a force in N",
            });
        }
        let (mut points, mut growth) = (Vec::new(), Vec::new());
        for force in forces_n {
            match stiffening::press::<Footprint>(stack, edge, Control::ForceN(force), &growth) {
                Ok(found) => {
                    points.push(load(stack, force, &found));
                    growth = found.growth;
                }
                Err(_) if points.len() >= 2 => break,
                Err(error) => return Err(error),
            }
        }
        if points.is_empty() {
            return Err(Error::Number { field: "forces".to_owned(), value: 0.0, must: "at least one" });
        }
        Ok(Self { points })
    }

    /// A curve through entries that were worked out before, by rising force; none without an entry.
    pub fn from_points(points: Vec<Load>) -> Option<Self> {
        (!points.is_empty()).then_some(Self { points })
    }

    /// What a force does, N: straight lines between logarithms; below the table in proportion to the force, above it the last entry's
    /// slope goes on.
    pub fn at(&self, force_n: f64) -> Load {
        let force = force_n.max(0.0);
        let first = &self.points[0];
        if force <= first.force_n || self.points.len() == 1 {
            return first.scaled(force / first.force_n);
        }
        let last = self.points.len() - 1;
        let above = self.points.iter().position(|p| p.force_n >= force).unwrap_or(last).max(1);
        let (low, high) = (&self.points[above - 1], &self.points[above]);
        low.towards(high, (force / low.force_n).ln() / (high.force_n / low.force_n).ln(), force)
    }

    /// The entries of the table, by rising force.
    pub fn points(&self) -> &[Load] {
        &self.points
    }
}

fn load(stack: &Stack, force_n: f64, found: &Stiffened<Print>) -> Load {
    let print = &found.pressure;
    let peaks = found.peaks(&print.peaks(&found.stack));
    Load {
        force_n,
        depth_mm: print.depth_mm,
        half_width_mm: print.half_width_mm(),
        mean_pressure_kpa: 1e3 * force_n / print.area_mm2(),
        peak_pressure_kpa: print.peak_kpa(),
        layers: strains(stack, &peaks),
    }
}

impl Load {
    fn scaled(&self, share: f64) -> Self {
        let root = share.cbrt();
        let layer = |l: &LayerStrain| LayerStrain {
            name: l.name.clone(),
            peak_fibre_strain: l.peak_fibre_strain * share,
            peak_compression: l.peak_compression * share,
            peak_shear: l.peak_shear * share,
        };
        Self {
            force_n: self.force_n * share,
            depth_mm: self.depth_mm * share,
            half_width_mm: self.half_width_mm * root,
            mean_pressure_kpa: self.mean_pressure_kpa * root,
            peak_pressure_kpa: self.peak_pressure_kpa * root,
            layers: self.layers.iter().map(layer).collect(),
        }
    }

    fn towards(&self, other: &Self, share: f64, force_n: f64) -> Self {
        let between = |a: f64, b: f64| if a > 0.0 && b > 0.0 { a * (b / a).powf(share) } else { a + (b - a) * share };
        let layer = |(a, b): (&LayerStrain, &LayerStrain)| LayerStrain {
            name: a.name.clone(),
            peak_fibre_strain: between(a.peak_fibre_strain, b.peak_fibre_strain),
            peak_compression: between(a.peak_compression, b.peak_compression),
            peak_shear: between(a.peak_shear, b.peak_shear),
        };
        Self {
            force_n,
            depth_mm: between(self.depth_mm, other.depth_mm),
            half_width_mm: between(self.half_width_mm, other.half_width_mm),
            mean_pressure_kpa: between(self.mean_pressure_kpa, other.mean_pressure_kpa),
            peak_pressure_kpa: between(self.peak_pressure_kpa, other.peak_pressure_kpa),
            layers: self.layers.iter().zip(&other.layers).map(layer).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_goes_through_presses_and_rises() {
        let stack = crate::layers::stack("calf").expect("a region");
        let edge = Edge { length_mm: Some(40.0), ..Edge::rounded(3.0) };
        let curve = Curve::of(&stack, &edge).unwrap();
        for pair in curve.points().windows(2) {
            println!("{:?}", pair[1]);
            assert!(pair[0].depth_mm < pair[1].depth_mm && pair[0].mean_pressure_kpa < pair[1].mean_pressure_kpa);
        }
        let (between, exact) =
            (curve.at(6.0), stiffening::press::<Footprint>(&stack, &edge, Control::ForceN(6.0), &[]).unwrap().pressure);
        assert!((between.depth_mm / exact.depth_mm - 1.0).abs() < 0.03, "{} {}", between.depth_mm, exact.depth_mm);
        assert!((curve.at(4.0).depth_mm - curve.points()[4].depth_mm).abs() < 1e-9);
    }

    #[test]
    fn an_endless_edge_takes_no_newtons() {
        let error = Curve::of(&crate::layers::stack("calf").unwrap(), &Edge::rounded(3.0)).unwrap_err();
        assert!(error.to_string().contains("length_mm"));
    }
}
