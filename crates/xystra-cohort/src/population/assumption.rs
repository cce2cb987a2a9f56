//! The numbers of `data/cohort/population.toml`.

use std::sync::OnceLock;

use serde::Deserialize;
use xystra_tissue::library::Prior;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    assumption: Vec<Prior>,
}

/// All of them.
///
/// # Panics
/// Never in a build that passed its tests: one of them reads the same text.
pub(super) fn assumptions() -> &'static [Prior] {
    static ASSUMPTIONS: OnceLock<Vec<Prior>> = OnceLock::new();
    ASSUMPTIONS.get_or_init(|| {
        let text = include_str!("../../../../data/cohort/population.toml");
        toml::from_str::<File>(text).expect("data/cohort/population.toml reads, as a test shows").assumption
    })
}

/// The value of one.
///
/// # Panics
/// Never in a build that passed its tests: one of them asks for each that is used.
pub(super) fn value(id: &str) -> f64 {
    let found = assumptions().iter().find(|one| one.id == id);
    found.expect("data/cohort/population.toml has every id that is asked for, as a test shows").value
}

/// Standard error of one measurement of an output by the same rater, in the output's unit or, for a relative one, as a share of the level at
/// entry; 0 where none is known.
pub fn measurement_error(quantity: &str) -> f64 {
    let id = format!("error-{quantity}");
    assumptions().iter().find(|one| one.id == id).map_or(0.0, |one| one.value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_assumption_is_inside_its_range_and_has_a_source() {
        let known = &xystra_catalog::catalog().sources;
        for one in assumptions() {
            assert!(one.low <= one.value && one.value <= one.high, "{}", one.id);
            assert!(one.source == "xystra" || known.contains_key(&one.source), "{}: {}", one.id, one.source);
        }
    }
}
