//! Results that take minutes to work out and are kept as files: `data/tissue/calibrated.toml`, `compared.toml` and `foretold.toml`.

use std::sync::OnceLock;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::library::Calibration;
use crate::study::compare::Comparison;
use crate::study::foretell::Foretold;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File<T> {
    group: Vec<T>,
}

/// A result for one group of tissues that is kept in a file.
pub trait Kept: Serialize + DeserializeOwned + Clone {
    /// The command that writes the file.
    const COMMAND: &'static str;

    /// The group of tissues.
    fn group(&self) -> &str;
}

impl Kept for Comparison {
    const COMMAND: &'static str = "xystra study compare";

    fn group(&self) -> &str {
        &self.id
    }
}

impl Kept for Foretold {
    const COMMAND: &'static str = "xystra study foretell";

    fn group(&self) -> &str {
        &self.id
    }
}

impl Kept for Calibration {
    const COMMAND: &'static str = "xystra study calibrate";

    fn group(&self) -> &str {
        &self.id
    }
}

/// The comparisons of this build.
///
/// # Panics
/// Never in a build that passed its tests: one of them reads the same text.
pub fn compared() -> &'static [Comparison] {
    static KEPT: OnceLock<Vec<Comparison>> = OnceLock::new();
    let text = include_str!("../../../../data/tissue/compared.toml");
    KEPT.get_or_init(|| read("data/tissue/compared.toml", text).expect("it reads, as a test shows"))
}

/// What this build foretold.
///
/// # Panics
/// Never in a build that passed its tests: one of them reads the same text.
pub fn foretold() -> &'static [Foretold] {
    static KEPT: OnceLock<Vec<Foretold>> = OnceLock::new();
    let text = include_str!("../../../../data/tissue/foretold.toml");
    KEPT.get_or_init(|| read("data/tissue/foretold.toml", text).expect("it reads, as a test shows"))
}

/// The text of the file: `known` with those of the same group replaced by `found`.
pub fn written<T: Kept>(known: &[T], found: Vec<T>) -> Result<String, Error> {
    let is_new = |one: &T| found.iter().any(|new| new.group() == one.group());
    let mut group: Vec<T> = known.iter().filter(|one| !is_new(one)).cloned().collect();
    group.extend(found);
    group.sort_by(|a, b| a.group().cmp(b.group()));
    let text = toml::to_string(&File { group });
    let text = text.map_err(|e| Error::File { file: T::COMMAND.to_owned(), what: e.to_string() })?;
    Ok(format!("# Written by `{}`; do not edit.\n{text}", T::COMMAND))
}

fn read<T: Kept>(file: &str, text: &str) -> Result<Vec<T>, Error> {
    let read = toml::from_str::<File<T>>(text);
    read.map(|file| file.group).map_err(|e| Error::File { file: file.to_owned(), what: e.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_this_build_read_and_are_of_groups_that_there_are() {
        let known: Vec<&str> = crate::library().tissues.iter().map(|tissue| tissue.calibration.as_str()).collect();
        let ids = compared().iter().map(Kept::group).chain(foretold().iter().map(Kept::group));
        for id in ids {
            assert!(known.contains(&id), "{id}");
        }
    }

    #[test]
    fn what_was_written_reads_back_with_a_group_replaced() {
        let one =
            |id: &str, version: &str| Foretold { id: id.to_owned(), version: version.to_owned(), studies: Vec::new() };
        let known = [one("human", "1"), one("rat", "1")];
        let text = written(&known, vec![one("human", "2")]).expect("text");
        let read: Vec<Foretold> = read("foretold.toml", &text).expect("the same");
        assert_eq!(read, [one("human", "2"), one("rat", "1")]);
    }
}
