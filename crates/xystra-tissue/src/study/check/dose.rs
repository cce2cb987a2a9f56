//! What a dose must say.

use super::{Checked, within};
use crate::study::arm::{By, Dose};

/// The first fault of a dose.
pub(super) fn check(dose: &Dose) -> Checked {
    let ways = [dose.force_n.is_some(), dose.pressure_kpa.is_some(), dose.force.is_some()];
    if ways.iter().filter(|way| **way).count() != 1 {
        return Err(
            "dose: say exactly one of force_n, pressure_kpa and force (\"guessed\", \"light\", \"medium\", \"firm\")"
                .into(),
        );
    }
    within("dose: force_n", dose.force_n, 0.01, 1000.0)?;
    within("dose: force_sd_n", dose.force_sd_n, 0.0, 1000.0)?;
    within("dose: pressure_kpa", dose.pressure_kpa, 0.01, 2000.0)?;
    within("dose: minutes", dose.minutes, 0.01, 600.0)?;
    within("dose: strokes", dose.strokes, 1.0, 100_000.0)?;
    within("dose: rate_per_min", dose.rate_per_min, 0.1, 600.0)?;
    within("dose: speed_mm_s", dose.speed_mm_s, 0.1, 2000.0)?;
    within("dose: edge_radius_mm", dose.edge_radius_mm, 0.05, 200.0)?;
    within("dose: edge_length_mm", dose.edge_length_mm, 1.0, 500.0)?;
    within("dose: contact_area_cm2", dose.contact_area_cm2, 0.01, 1000.0)?;
    instrument(dose)
}

fn instrument(dose: &Dose) -> Checked {
    if dose.by != By::Instrument && dose.instrument.is_some() {
        return Err("dose: instrument goes with by = \"instrument\"".into());
    }
    let Some(id) = &dose.instrument else { return Ok(()) };
    let instruments = &xystra_catalog::catalog().instruments;
    if instruments.iter().any(|one| one.id == *id) {
        return Ok(());
    }
    let known = instruments.iter().map(|one| one.id.as_str()).collect::<Vec<_>>().join(", ");
    Err(format!("dose: there is no instrument \"{id}\"; known: {known}; or give edge_radius_mm and edge_length_mm"))
}
