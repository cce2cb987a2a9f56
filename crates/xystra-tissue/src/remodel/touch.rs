//! What a stroke does to the tissue looked at, by the contact model.

mod kept;

use crate::contact::Edge;
use crate::error::Error;
use crate::library::Tissue;
pub use kept::kept_curves;

/// What one stroke does to the tissue looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Touch {
    /// Mean pressure on the skin, kPa.
    pub pressure_kpa: f64,
    /// Tensile strain of the fibres in the layer looked at, 1.
    pub fibre: f64,
    /// Engineering shear strain in that layer, 1.
    pub shear: f64,
}

impl Touch {
    /// What an edge does at a force, N, to the layer of a tissue. Curves are worked out once for each edge and tissue, in a second or
    /// two, and kept.
    ///
    /// # Errors
    /// Layers or a layer that there are not; a force that does not settle.
    pub fn of(tissue: &Tissue, edge: &Edge, force_n: f64) -> Result<Self, Error> {
        let load = kept::curve(&tissue.stack, edge)?.at(force_n);
        let known = || load.layers.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
        let layer = load.layers.iter().find(|one| one.name == tissue.layer);
        let layer = layer.ok_or_else(|| Error::Unknown { what: "layer", key: tissue.layer.clone(), known: known() })?;
        let (fibre, shear) = (layer.peak_fibre_strain, layer.peak_shear);
        Ok(Self { pressure_kpa: load.mean_pressure_kpa, fibre, shear })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library;

    const EDGE: Edge =
        Edge { radius_mm: 2.0, length_mm: Some(40.0), along_mm: None, bevel_deg: None, tilt_deg: 0.0, friction: 0.0 };

    #[test]
    fn harder_strokes_press_and_stretch_more() {
        let tissue = library().tissue("human-neck").unwrap();
        let [light, firm] = [2.0, 8.0].map(|force| Touch::of(tissue, &EDGE, force).unwrap());
        assert!(light.pressure_kpa > 5.0 && firm.pressure_kpa > 1.5 * light.pressure_kpa);
        assert!(light.fibre > 0.0 && firm.fibre > light.fibre && firm.shear > light.shear);
    }
}
