//! The edge that stands for what touches the skin.

use xystra_catalog::catalog;
use xystra_catalog::instrument::Edge as Sizes;

use crate::contact::Edge;
use crate::error::Error;
use crate::study::arm::{By, Dose};
use crate::study::assumption::assumption;

/// The edge of a dose: the instrument's, or a round pad for hands, rollers and machines.
pub(super) fn edge(dose: &Dose) -> Result<Edge, Error> {
    let (radius_mm, length_mm) = match dose.by {
        By::Instrument => (radius_mm(dose)?, length_mm(dose)?),
        by => (assumption(&format!("radius-{}", word(by)))?.value, pad_mm2(dose)?.sqrt()),
    };
    let length_mm = Some(length_mm);
    Ok(Edge { radius_mm, length_mm, along_mm: None, bevel_deg: None, tilt_deg: 0.0, friction: 0.0 })
}

/// Skin in contact, mm2: as said, as a pad has it, or the edge by the width that one presses.
pub(super) fn area_mm2(dose: &Dose, edge: &Edge) -> Result<f64, Error> {
    match (dose.by, edge.length_mm) {
        (By::Instrument, Some(length)) if dose.contact_area_cm2.is_none() => {
            Ok(length * assumption("edge-width")?.value)
        }
        _ => pad_mm2(dose),
    }
}

/// As the assumptions name what touches.
pub(super) fn word(by: By) -> &'static str {
    match by {
        By::Instrument => "edge",
        By::Hand => "hand",
        By::Thumb => "thumb",
        By::Roller => "roller",
        By::Device => "device",
    }
}

fn pad_mm2(dose: &Dose) -> Result<f64, Error> {
    let assumed = || assumption(&format!("area-{}", word(dose.by))).map(|one| one.value);
    Ok(100.0 * dose.contact_area_cm2.map_or_else(assumed, Ok)?)
}

/// Radius of the rounding: as said, else the middle of the first edge's range, else the assumption.
fn radius_mm(dose: &Dose) -> Result<f64, Error> {
    let found = sizes(dose).map(|edge| (edge.radius_mm.low * edge.radius_mm.high).sqrt());
    dose.edge_radius_mm.or(found).map_or_else(|| Ok(assumption("edge-radius")?.value), Ok)
}

/// Length in contact: as said, else the middle of the first edge's range, no longer than the assumption's upper end.
fn length_mm(dose: &Dose) -> Result<f64, Error> {
    let assumed = assumption("edge-length")?;
    let found = sizes(dose).map(|edge| (edge.length_mm.low * edge.length_mm.high).sqrt().min(assumed.high));
    Ok(dose.edge_length_mm.or(found).unwrap_or(assumed.value))
}

/// The first edge of the instrument that is named.
fn sizes(dose: &Dose) -> Option<&'static Sizes> {
    let named = dose.instrument.as_deref()?;
    catalog().instruments.iter().find(|one| one.id == named)?.edges.first()
}
