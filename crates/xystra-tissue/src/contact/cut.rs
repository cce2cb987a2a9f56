//! A cut across an edge: how the layers lie under it, and how they are strained.

use super::field::{Field, Section};
use super::solve::{Pressure, Strip};
use super::{Contact, Control, Edge, Model, contact, peaks, stiffening};
use crate::error::Error;
use crate::stack::Stack;

/// Layers under an edge in its cross-section.
#[derive(Debug, Clone, PartialEq)]
pub struct Cut {
    /// What came of pressing.
    pub contact: Contact,
    /// Pressure on the skin.
    pub pressure: Pressure,
    /// Points across the edge, mm; those of every field.
    pub x_mm: Vec<f64>,
    /// Fields of each layer, from its top to its bottom. A depth may come twice where the layer's modulus steps.
    pub layers: Vec<Vec<Field>>,
}

/// What of the cut is wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    /// Half of its width, mm.
    pub half_width_mm: f64,
    /// How far down it is looked at closely, mm; below that there are few depths.
    pub depth_mm: f64,
    /// From one point, and from one depth, to the next, mm.
    pub step_mm: f64,
}

/// Presses an edge into layers and cuts through them.
///
/// # Errors
/// As [`super::press`].
pub fn cut(stack: &Stack, edge: &Edge, control: Control, model: Model, view: View) -> Result<Cut, Error> {
    let lain = Lain::of(stack, edge, control, model)?;
    let depths = depths(&lain.stack, view);
    let window = 2.5 * (view.half_width_mm + lain.pressure.half_width_mm());
    let count = 2 * whole(window / view.step_mm / 2.0).clamp(32, 4096);
    let mut section = Section::new(&lain.stack, window, count, &depths);
    let seen: Vec<usize> = (0..count).filter(|&i| section.x_mm(i).abs() <= view.half_width_mm).collect();
    let mut layers = vec![Vec::new(); stack.layers.len()];
    for field in section.fields(&lain.pressure) {
        layers[lain.layer[field.layer]].push(seen_of(field, &seen));
    }
    let x_mm = seen.iter().map(|&i| section.x_mm(i)).collect();
    Ok(Cut { contact: lain.contact, pressure: lain.pressure, x_mm, layers })
}

/// The field at these points alone.
fn seen_of(mut field: Field, seen: &[usize]) -> Field {
    let Field { along_mm, down_mm, strain_xx, strain_zz, shear_xz, .. } = &mut field;
    for values in [along_mm, down_mm, strain_xx, strain_zz, shear_xz] {
        *values = seen.iter().map(|&i| values[i]).collect();
    }
    field
}

/// Layers with the moduli that they have under the edge.
struct Lain {
    contact: Contact,
    stack: Stack,
    pressure: Pressure,
    /// Which layer of the caller's each of them belongs to.
    layer: Vec<usize>,
}

impl Lain {
    fn of(stack: &Stack, edge: &Edge, control: Control, model: Model) -> Result<Self, Error> {
        if model == Model::Linear {
            let pressure = Strip::fit(stack, edge, control)?.press(control)?;
            let contact = contact(stack, model, &pressure, &peaks(stack, &pressure));
            let layer = (0..stack.layers.len()).collect();
            return Ok(Self { contact, stack: stack.clone(), pressure, layer });
        }
        let found = stiffening::press::<Strip>(stack, edge, control, &[])?;
        let contact = contact(stack, model, &found.pressure, &found.peaks(&peaks(&found.stack, &found.pressure)));
        Ok(Self { contact, stack: found.stack, pressure: found.pressure, layer: found.layer })
    }
}

/// Shares of each layer's thickness: both faces, and steps between them as far as is looked at closely.
fn depths(stack: &Stack, view: View) -> Vec<Vec<f64>> {
    let mut top = 0.0;
    let shares = stack.layers.iter().map(|layer| {
        let seen = (view.depth_mm - top).clamp(0.0, layer.thickness_mm);
        top += layer.thickness_mm;
        let steps = whole(seen / view.step_mm).clamp(1, 4096);
        let inner = (1..steps).map(|n| n as f64 / steps as f64 * seen / layer.thickness_mm);
        let end = (seen < layer.thickness_mm).then_some(seen / layer.thickness_mm).filter(|share| *share > 0.0);
        [0.0].into_iter().chain(inner).chain(end).chain([1.0]).collect()
    });
    shares.collect()
}

/// The next whole number; 0 for what is no number.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small number above 0, and the cast saturates"
)]
fn whole(value: f64) -> usize {
    value.ceil() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const VIEW: View = View { half_width_mm: 20.0, depth_mm: 25.0, step_mm: 0.5 };

    fn calf() -> Stack {
        crate::layers::stack("calf").expect("a region of data/tissue/layers.toml")
    }

    #[test]
    fn the_skin_under_the_edge_is_where_the_edge_is() {
        let edge = Edge::rounded(10.0);
        let cut = cut(&calf(), &edge, Control::DepthMm(2.0), Model::Linear, VIEW).unwrap();
        let skin = &cut.layers[0][0];
        for (x, down) in cut.x_mm.iter().zip(&skin.down_mm).filter(|(x, _)| x.abs() < 0.9 * cut.contact.half_width_mm) {
            assert!((down - (2.0 - x * x / 20.0)).abs() < 0.02, "{down} at {x}");
        }
    }

    #[test]
    fn faces_of_layers_move_together_and_depths_rise() {
        let cut = cut(&calf(), &Edge::rounded(2.0), Control::ForceNPerM(100.0), Model::Stiffening, VIEW).unwrap();
        let middle = cut.x_mm.len() / 2;
        for pair in cut.layers.windows(2) {
            let (bottom, top) = (pair[0].last().unwrap(), &pair[1][0]);
            assert!((bottom.down_mm[middle] - top.down_mm[middle]).abs() < 1e-6);
        }
        let depths: Vec<f64> = cut.layers.iter().flatten().map(|field| field.depth_mm).collect();
        assert!(depths.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!((depths.last().unwrap() - calf().thickness_mm()).abs() < 1e-9);
    }
}
