//! What stands in where a study does not say something: `data/tissue/assumptions.toml`.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::error::Error;
use crate::library::Prior;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    assumption: Vec<Prior>,
}

/// All assumptions.
///
/// # Panics
/// Never in a build that passed its tests: one of them reads the same text.
pub fn assumptions() -> &'static [Prior] {
    static ASSUMPTIONS: OnceLock<Vec<Prior>> = OnceLock::new();
    ASSUMPTIONS.get_or_init(|| {
        let text = include_str!("../../../../data/tissue/assumptions.toml");
        toml::from_str::<File>(text).expect("data/tissue/assumptions.toml reads, as a test shows").assumption
    })
}

/// The assumption with this id.
pub fn assumption(id: &str) -> Result<&'static Prior, Error> {
    assumptions().iter().find(|one| one.id == id).ok_or_else(|| Error::Unknown {
        what: "assumption",
        key: id.to_owned(),
        known: assumptions().iter().map(|one| one.id.as_str()).collect::<Vec<_>>().join(", "),
    })
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
