//! A dose as the tissue meets it.

use xystra_catalog::catalog;
use xystra_catalog::course::{Band, Guess};

use crate::error::Error;
use crate::library::Tissue;
use crate::remodel::{Touch, Treatment, slowness};
use crate::study::arm::{By, Dose, Firmness};
use crate::study::assumption::assumption;
use crate::study::pad::{area_mm2, edge, word};

/// Standard normal quantile of the ends within which nine of ten lie.
const Z_90: f64 = 1.645;

/// One session of a dose on a tissue; `z` says how hard this subject's strokes were, in standard deviations.
pub(super) fn treatment(tissue: &Tissue, dose: &Dose, z: f64, belief: f64) -> Result<Treatment, Error> {
    let speed = dose.speed_mm_s.map_or_else(|| assumption("speed").map(|one| one.value), Ok)?;
    let slowness = slowness(speed, assumption("speed-brisk")?.value);
    Ok(Treatment { touch: touch(tissue, dose, z)?, minutes: minutes(dose)?, slowness, belief })
}

/// Minutes of strokes: as said, else strokes by their rate, else the catalog's guess.
pub(super) fn minutes(dose: &Dose) -> Result<f64, Error> {
    let rate = || dose.rate_per_min.map_or_else(|| guess("rate").map(|one| one.value * 60.0), Ok);
    match (dose.minutes, dose.strokes) {
        (Some(minutes), _) => Ok(minutes),
        (None, Some(strokes)) => Ok(strokes / rate()?),
        (None, None) => Ok(guess("minutes")?.value),
    }
}

/// What a stroke does. The contact model gives strains, and the pressure too where only the force is known.
fn touch(tissue: &Tissue, dose: &Dose, z: f64) -> Result<Touch, Error> {
    let edge = edge(dose)?;
    match pressure(dose, z)? {
        Some(pressure_kpa) => {
            Ok(Touch { pressure_kpa, ..Touch::of(tissue, &edge, 1e-3 * pressure_kpa * area_mm2(dose, &edge)?)? })
        }
        None => Touch::of(tissue, &edge, force(dose, z)?),
    }
}

/// Mean pressure on the skin, kPa, where it is said or assumed; none for an edge whose force is known.
fn pressure(dose: &Dose, z: f64) -> Result<Option<f64>, Error> {
    if dose.pressure_kpa.is_some() {
        return Ok(dose.pressure_kpa);
    }
    if dose.by == By::Instrument && dose.contact_area_cm2.is_none() {
        return Ok(None);
    }
    if dose.force_n.is_some() || dose.by == By::Instrument {
        return Ok(Some(1e3 * force(dose, z)? / area_mm2(dose, &edge(dose)?)?));
    }
    let firmness = dose.force.unwrap_or(Firmness::Guessed);
    let found = assumption(&format!("pressure-{}-{}", word(dose.by), firmness_word(firmness)))?;
    Ok(Some(between(found.value, found.low, found.high, z)))
}

/// Newtons of a stroke: as said, else as clinicians' strokes were measured.
fn force(dose: &Dose, z: f64) -> Result<f64, Error> {
    match dose.force_n {
        Some(force) => Ok((force + dose.force_sd_n.unwrap_or(0.0) * z).max(0.1 * force)),
        None => force_of(dose.force.unwrap_or(Firmness::Guessed), z),
    }
}

/// Newtons of an instrument's stroke.
fn force_of(firmness: Firmness, z: f64) -> Result<f64, Error> {
    let band = match firmness {
        Firmness::Guessed => {
            let one = guess("mean-one-hand")?;
            return Ok(between(one.value, one.low, one.high, z));
        }
        Firmness::Light => Band::Low,
        Firmness::Medium => Band::Medium,
        Firmness::Firm => Band::High,
    };
    let found = catalog().bands.iter().find(|one| one.band == band);
    let range = found.map(|one| one.newton).ok_or_else(|| missing("band", "of force"))?;
    Ok(between((range.low * range.high).sqrt(), range.low, range.high, z))
}

/// A lognormal number whose nine of ten lie from `low` to `high`.
fn between(value: f64, low: f64, high: f64, z: f64) -> f64 {
    if low <= 0.0 { value } else { (value * (z * (high / low).ln() / (2.0 * Z_90)).exp()).clamp(low, high) }
}

fn guess(id: &str) -> Result<&'static Guess, Error> {
    catalog().guessed.iter().find(|one| one.id == id).ok_or_else(|| missing("guess", id))
}

fn missing(what: &'static str, key: &str) -> Error {
    Error::Unknown { what, key: key.to_owned(), known: "those of data/catalog".to_owned() }
}

fn firmness_word(firmness: Firmness) -> &'static str {
    match firmness {
        Firmness::Guessed => "guessed",
        Firmness::Light => "light",
        Firmness::Medium => "medium",
        Firmness::Firm => "firm",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library;

    #[test]
    fn an_edge_presses_as_the_contact_model_says() {
        let tissue = library().tissue("human-muscle").unwrap();
        let dose = |force_n| Dose { force_n: Some(force_n), minutes: Some(3.0), ..Dose::default() };
        let [light, firm] = [2.0, 8.0].map(|force| treatment(tissue, &dose(force), 0.0, 1.0).unwrap());
        assert!(firm.touch.pressure_kpa > light.touch.pressure_kpa && firm.touch.fibre > light.touch.fibre);
        assert!((firm.minutes - 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_pressure_that_is_said_stands() {
        let tissue = library().tissue("human-muscle").unwrap();
        let dose = Dose { by: By::Hand, pressure_kpa: Some(2.5), ..Dose::default() };
        let touch = touch(tissue, &dose, 0.0).unwrap();
        assert!((touch.pressure_kpa - 2.5).abs() < 1e-12 && touch.fibre > 0.0);
    }

    #[test]
    fn every_word_has_a_pressure_and_firmer_is_more() {
        for by in [By::Hand, By::Thumb, By::Roller, By::Device] {
            let pressure = |force| pressure(&Dose { by, force: Some(force), ..Dose::default() }, 0.0).unwrap();
            assert!(pressure(Firmness::Light) < pressure(Firmness::Medium), "{by:?}");
            assert!(pressure(Firmness::Medium) < pressure(Firmness::Firm), "{by:?}");
            assert!(pressure(Firmness::Guessed) > Some(0.0));
        }
    }

    #[test]
    fn strokes_and_rate_give_minutes() {
        let dose = Dose { strokes: Some(30.0), rate_per_min: Some(15.0), ..Dose::default() };
        assert_eq!(minutes(&dose), Ok(2.0));
    }
}
