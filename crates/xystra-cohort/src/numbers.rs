//! The numbers of `data/cohort/outlook.toml`.

use std::sync::OnceLock;

use serde::Deserialize;
use xystra_tissue::library::Prior;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    assumption: Vec<Prior>,
}

/// All numbers by which one client's virtual clients are weighed and told.
///
/// # Panics
/// Never in a build that passed its tests: one of them reads the same text.
pub fn numbers() -> &'static [Prior] {
    static NUMBERS: OnceLock<Vec<Prior>> = OnceLock::new();
    NUMBERS.get_or_init(|| {
        let text = include_str!("../../../data/cohort/outlook.toml");
        toml::from_str::<File>(text).expect("data/cohort/outlook.toml reads, as a test shows").assumption
    })
}

/// The value of one.
///
/// # Panics
/// Never in a build that passed its tests: they ask for each that is used.
pub(crate) fn number(id: &str) -> f64 {
    let found = numbers().iter().find(|one| one.id == id);
    found.expect("data/cohort/outlook.toml has every id that is asked for, as tests show").value
}

/// A small number as a count; its fraction is cut off.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts of the data and of this crate, far from the ends"
)]
pub(crate) fn whole(value: f64) -> usize {
    value.max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_inside_its_range_and_has_a_source() {
        let known = &xystra_catalog::catalog().sources;
        for one in numbers() {
            assert!(one.low <= one.value && one.value <= one.high, "{}", one.id);
            assert!(one.source == "xystra" || known.contains_key(&one.source), "{}: {}", one.id, one.source);
        }
    }
}
