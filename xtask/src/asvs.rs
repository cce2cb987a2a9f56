//! `cargo xtask asvs`: writes docs/validation/asvs.md from the table beside it.

mod page;

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;

/// The table.
pub(crate) const TABLE: &str = "docs/validation/asvs.toml";
/// The page made from it.
pub(crate) const PAGE: &str = "docs/validation/asvs.md";

/// Chapter, section and requirement; they sort as numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct Number(pub(crate) u8, pub(crate) u8, pub(crate) u8);

/// How far a requirement is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    Open,
    Partly,
    Met,
    NotApplicable,
}

/// One requirement, as the head of the table says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Requirement {
    pub(crate) level: u8,
    pub(crate) asks: String,
    pub(crate) status: Status,
    pub(crate) how: Option<String>,
    #[serde(default)]
    pub(crate) tests: Vec<String>,
    pub(crate) gap: Option<String>,
    pub(crate) why: Option<String>,
}

/// Every requirement by its number.
pub(crate) type Table = BTreeMap<Number, Requirement>;

/// Writes the page.
pub(crate) fn write() -> Result<()> {
    let table = read(&fs::read_to_string(TABLE).context(TABLE)?)?;
    fs::write(PAGE, page::of(&table)).context(PAGE)?;
    println!("wrote {PAGE}: {} requirements", table.len());
    Ok(())
}

/// Reads the table. A number that stands there twice, an unknown status or an unknown word is an error.
pub(crate) fn read(text: &str) -> Result<Table> {
    toml::from_str(text).context(TABLE)
}

/// The page that belongs to a table.
pub(crate) fn page(table: &Table) -> String {
    page::of(table)
}

impl TryFrom<String> for Number {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let wrong = || format!("{text} is no requirement's number: write it as V6.1.1");
        let parts: Vec<u8> = text.trim_start_matches('V').split('.').filter_map(|part| part.parse().ok()).collect();
        match parts[..] {
            [chapter, section, n] => Ok(Self(chapter, section, n)),
            _ => Err(wrong()),
        }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "V{}.{}.{}", self.0, self.1, self.2)
    }
}

impl Status {
    /// The status in words.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Partly => "partly",
            Self::Met => "met",
            Self::NotApplicable => "does not apply",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn a_number_that_stands_there_twice_is_refused() {
        let row = "[\"V6.1.1\"]\nlevel = 1\nasks = \"a\"\nstatus = \"open\"\ngap = \"b\"\n";
        assert_eq!(read(row).expect("a table").len(), 1);
        assert!(read(&format!("{row}{row}")).is_err());
        assert!(read(&row.replace("open", "nearly")).is_err());
        assert!(read(&row.replace("gap", "excuse")).is_err());
        assert!(read(&row.replace("V6.1.1", "6-1")).is_err());
    }
}
