//! The largest strains of each layer.

use super::{Field, Section};
use crate::contact::layered::Layered;
use crate::contact::solve::Pressure;
use crate::stack::Stack;

/// Points across a window, and how many times wider than depth or contact it is.
const POINTS: usize = 128;
const WIDTH: f64 = 8.0;
/// Step from one depth to the next as a share of the depth or of the contact's half-width, whichever is larger.
const STEP: f64 = 0.3;

/// The largest strains inside one layer, 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Peak {
    /// Stretch along the surface.
    pub stretch: f64,
    /// Compression in depth.
    pub compression: f64,
    /// Engineering shear.
    pub shear: f64,
}

/// The peaks of every layer under a pressure, from the top. Each depth is looked at in a window of its own scale.
pub fn peaks(stack: &Stack, pressure: &Pressure) -> Vec<Peak> {
    let layers = Layered::of(stack);
    let size = pressure.half_width_mm().max(pressure.spacing_mm);
    let mut peaks = vec![Peak::default(); layers.sheets.len()];
    for (scale, depths) in scales(&layers, size) {
        let off = 0.5 * (pressure.ends_mm[0] + pressure.ends_mm[1]).abs();
        let points = if scale <= size { 2 * POINTS } else { POINTS };
        let mut section = Section::of(&layers, WIDTH * scale + 4.0 * off, points, &depths, pressure.friction > 0.0);
        for field in section.strains(pressure) {
            peaks[field.layer].take(&field);
        }
    }
    peaks
}

impl Peak {
    fn take(&mut self, field: &Field) {
        self.stretch = top(self.stretch, field.strain_xx.iter().copied());
        self.compression = top(self.compression, field.strain_zz.iter().map(|e| -e));
        self.shear = top(self.shear, field.shear_xz.iter().map(|g| g.abs()));
    }
}

fn top(start: f64, values: impl Iterator<Item = f64>) -> f64 {
    values.fold(start, f64::max)
}

/// Depths of each layer, put together by their scale: (scale, shares of each layer's thickness).
pub(super) fn scales(layers: &Layered, size: f64) -> Vec<(f64, Vec<Vec<f64>>)> {
    let count = layers.sheets.len();
    let mut scales: Vec<(f64, Vec<Vec<f64>>)> = Vec::new();
    let mut top = 0.0;
    for (i, sheet) in layers.sheets.iter().enumerate() {
        for share in shares(top, sheet.thickness, size) {
            let depth = top + share * sheet.thickness;
            let scale = if depth <= size { size } else { size * (depth / size).log2().ceil().exp2() };
            let same = |s: &(f64, Vec<Vec<f64>>)| (s.0 / scale - 1.0).abs() < 1e-9;
            let at = scales.iter().position(same).unwrap_or_else(|| {
                scales.push((scale, vec![Vec::new(); count]));
                scales.len() - 1
            });
            scales[at].1[i].push(share);
        }
        top += sheet.thickness;
    }
    scales
}

/// Depths of one layer that begins at `top`: both faces, the middle, and steps that grow with depth.
fn shares(top: f64, thickness: f64, size: f64) -> Vec<f64> {
    let mut depths = vec![0.0];
    let mut depth = 0.0;
    loop {
        depth += (STEP * (top + depth).max(size)).min(0.5 * thickness);
        if depth > 0.999 * thickness {
            break;
        }
        depths.push(depth / thickness);
    }
    depths.push(1.0);
    depths
}
