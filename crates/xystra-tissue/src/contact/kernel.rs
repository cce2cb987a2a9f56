//! What pressure on a grid does to the surface of layers, as if the layers went on for ever sideways.
//!
//! A window of grid points would repeat itself under a Fourier transform. So the waves are split: short ones stay inside the window and are
//! transformed; long ones are integrated, which is exact at any distance, and their answer is put onto the grid. Contact must stay in the
//! middle half of the window: then no pair of points in it is further apart than half a window, and nothing repeats.

mod line;
mod plane;
mod quadrature;
mod radial;
mod split;
mod turns;
mod whole;

use super::layered::Layered;
use crate::stack::Stack;
pub(crate) use line::{Line, LineKernel};
pub(crate) use plane::{Plane, PlaneKernel};
pub(crate) use split::{Node, Split};
pub(crate) use whole::whole;

/// Motion of a stack's surface under a unit load that varies along it like a wave, mm/kPa.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compliance {
    /// Down, for a load down.
    pub down: f64,
    /// Along, for a load along the wave.
    pub along: f64,
    /// Along as `sin kx` for a load down as `cos kx`; and down as `cos kx` for a load along as `sin kx`.
    pub cross: f64,
    /// Across the wave's plane, for a load across it.
    pub across: f64,
}

/// What the surface of layers answers to a wave of load with `k_per_mm` radians a millimetre, above 0. At 0 only `down` is meant: the
/// same load everywhere.
pub fn compliance(stack: &Stack, k_per_mm: f64) -> Compliance {
    let layers = Layered::of(stack);
    let down = layers.normal(k_per_mm);
    let full = layers.compliance(k_per_mm);
    Compliance { down, along: full.along, cross: full.cross, across: layers.across(k_per_mm) }
}
