//! What stands in where the record does not say something: `data/cohort/record.toml`.

use std::sync::LazyLock;

use serde::Deserialize;
use xystra_tissue::library::Prior;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    assumption: Vec<Prior>,
}

static ASSUMED: LazyLock<Vec<Prior>> = LazyLock::new(|| {
    let text = include_str!("../../../data/cohort/record.toml");
    toml::from_str::<File>(text).expect("data/cohort/record.toml reads, as a test shows").assumption
});

/// The assumption with this id, in its own unit.
///
/// # Panics
/// Never for an id that the program names: a test asks for each.
pub(crate) fn assumed(id: &str) -> f64 {
    let found = ASSUMED.iter().find(|one| one.id == id);
    found.unwrap_or_else(|| panic!("data/cohort/record.toml has no assumption {id}")).value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_assumption_is_inside_its_range_and_has_a_source() {
        let known = &xystra_catalog::catalog().sources;
        assert!(ASSUMED.len() > 10);
        for one in ASSUMED.iter() {
            assert!(one.low <= one.value && one.value <= one.high, "{}", one.id);
            assert!(one.source == "xystra" || known.contains_key(&one.source), "{}: {}", one.id, one.source);
        }
    }
}
