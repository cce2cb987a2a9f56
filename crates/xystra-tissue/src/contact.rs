//! An edge, or a thumb, pressed into layered tissue.

mod curve;
mod cut;
mod field;
mod footprint;
mod kernel;
mod layered;
mod profile;
mod solve;
mod stiffening;
mod thumb;
mod validity;

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::stack::Stack;
pub use curve::{Curve, Load};
pub use cut::{Cut, View, cut};
pub use field::{Field, Peak, Section, peaks};
pub use footprint::{Footprint, Print};
pub use kernel::{Compliance, compliance};
pub use solve::{Pressure, Strip};
pub use thumb::{Comparison, Hand, Pressed, Thumb, compare, thumb};
pub use validity::Validity;

/// Presses an edge into layers.
pub fn press(stack: &Stack, edge: &Edge, control: Control, model: Model) -> Result<Contact, Error> {
    match model {
        Model::Linear if !edge.is_endless() => {
            let print = Footprint::fit(stack, edge, control)?.press(control)?;
            Ok(contact_of_print(stack, edge, model, &print, &print.peaks(stack)))
        }
        Model::Linear => {
            let pressure = Strip::fit(stack, edge, control)?.press(control)?;
            let peaks = peaks(stack, &pressure);
            Ok(contact(stack, model, &pressure, &peaks))
        }
        Model::Stiffening if !edge.is_endless() => {
            let found = stiffening::press::<Footprint>(stack, edge, control, &[])?;
            Ok(contact_of_print(stack, edge, model, &found.pressure, &found.peaks(&found.pressure.peaks(&found.stack))))
        }
        Model::Stiffening => {
            let found = stiffening::press::<Strip>(stack, edge, control, &[])?;
            Ok(contact(stack, model, &found.pressure, &found.peaks(&peaks(&found.stack, &found.pressure))))
        }
    }
}

/// A result in words and numbers of the layers; `peaks` one for each of them.
fn contact(stack: &Stack, model: Model, pressure: &Pressure, peaks: &[Peak]) -> Contact {
    let layers = strains(stack, peaks);
    Contact {
        force_n_per_m: pressure.force_n_per_m(),
        force_n: None,
        depth_mm: pressure.depth_mm,
        half_width_mm: pressure.half_width_mm(),
        peak_pressure_kpa: pressure.peak_kpa(),
        validity: Validity::of(stack, model, pressure.depth_mm, &layers),
        layers,
    }
}

/// The same of a footprint.
fn contact_of_print(stack: &Stack, edge: &Edge, model: Model, print: &Print, peaks: &[Peak]) -> Contact {
    let layers = strains(stack, peaks);
    let length_mm = edge.length_mm.unwrap_or(2.0 * print.half_length_mm());
    Contact {
        force_n_per_m: 1e3 * print.force_n() / length_mm,
        force_n: Some(print.force_n()),
        depth_mm: print.depth_mm,
        half_width_mm: print.half_width_mm(),
        peak_pressure_kpa: print.peak_kpa(),
        validity: Validity::of(stack, model, print.depth_mm, &layers),
        layers,
    }
}

/// What presses.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// Radius of the rounding that meets the skin, mm; the profile is the parabola `x^2 / 2R`.
    pub radius_mm: f64,
    /// Length in contact, mm; none: endless, plane strain.
    pub length_mm: Option<f64>,
    /// Radius of the edge along its length, mm; none: straight.
    pub along_mm: Option<f64>,
    /// Angle of a bevel's flank with the skin beyond the rounding, degrees; none: the parabola goes on.
    pub bevel_deg: Option<f64>,
    /// Tilt about the length, degrees; 0 is upright.
    pub tilt_deg: f64,
    /// Coefficient of friction while it slides across its length; 0 is frictionless.
    pub friction: f64,
}

/// What is held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Control {
    /// How deep the edge goes below the skin at rest, mm.
    DepthMm(f64),
    /// Force for each metre of edge, N/m.
    ForceNPerM(f64),
    /// Force, N; needs a length.
    ForceN(f64),
}

/// How the layers answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Model {
    /// Small strain, constant moduli: exact where its assumptions hold, some N/m of edge.
    Linear,
    /// Each layer stiffens with its strain.
    #[default]
    Stiffening,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Contact {
    /// Force for each metre of edge, N/m.
    pub force_n_per_m: f64,
    /// Force, N, where the edge has a length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub force_n: Option<f64>,
    /// How deep the edge went below the skin at rest, mm.
    pub depth_mm: f64,
    /// Half the width of the contact across the edge, mm.
    pub half_width_mm: f64,
    /// Largest pressure, kPa.
    pub peak_pressure_kpa: f64,
    /// Strains, from the top layer to the bottom.
    pub layers: Vec<LayerStrain>,
    /// How far the numbers may be believed.
    pub validity: Validity,
}

/// The largest strains inside one layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LayerStrain {
    /// The layer's name.
    pub name: String,
    /// Largest stretch along the surface, 1: what fibres that lie in the layer feel.
    pub peak_fibre_strain: f64,
    /// Largest compression towards the bone, 1.
    pub peak_compression: f64,
    /// Largest engineering shear strain, 1.
    pub peak_shear: f64,
}

/// The peaks with the names of their layers.
fn strains(stack: &Stack, peaks: &[Peak]) -> Vec<LayerStrain> {
    let strain = |(layer, peak): (&crate::stack::Layer, &Peak)| LayerStrain {
        name: layer.name.clone(),
        peak_fibre_strain: peak.stretch,
        peak_compression: peak.compression,
        peak_shear: peak.shear,
    };
    stack.layers.iter().zip(peaks).map(strain).collect()
}
