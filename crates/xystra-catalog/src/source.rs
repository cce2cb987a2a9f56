//! Where a statement comes from, and whether anybody read it there.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Was the statement read at its source?
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Read at the source named.
    Verified,
    /// From memory, second hand, or ours: shown as such, and never the target of a test.
    Unverified,
}

/// One sentence and where it comes from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The sentence, in words a clinician or client reads as they are.
    pub text: String,
    /// Key into `data/references.bib`; `xystra` where the statement is our own.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}

/// A closed interval; the unit stands in the name of the field that holds it.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Range {
    /// Smallest value.
    pub low: f64,
    /// Largest value.
    pub high: f64,
}

impl Range {
    /// Is `value` within, ends included?
    pub fn contains(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }
}

/// One entry of `data/references.bib`, as much of it as a page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The key that entries quote.
    pub key: String,
    /// Who wrote it.
    pub authors: String,
    /// Its title.
    pub title: String,
    /// Year, or empty.
    pub year: String,
    /// Where it appeared: journal, publisher or site.
    pub place: String,
    /// A DOI or an address, if there is one.
    pub link: Option<String>,
}

/// What stands for the authors where the evidence at hand names none.
const NOT_RECORDED: &str = "Authors not recorded";

impl Source {
    /// "Ikonen 2022", "Gul and others 2025"; where the authors are not recorded, where it appeared: "J Hand Ther 2025".
    pub fn short(&self) -> String {
        if self.authors == NOT_RECORDED {
            let place = if self.place.is_empty() { &self.title } else { &self.place };
            let place = place.split([';', ':']).next().unwrap_or_default().trim();
            let year = if place.ends_with(&self.year) { "" } else { &self.year };
            return format!("{place} {year}").trim().to_owned();
        }
        let first = self.authors.split([',', ';']).next().unwrap_or_default().trim();
        let first = match first.split(" and ").collect::<Vec<_>>().as_slice() {
            [first, _, _, ..] => format!("{first} and others"),
            _ => first.to_owned(),
        };
        format!("{first} {}", self.year).trim().to_owned()
    }
}

/// Reads a BibTeX text into sources by key.
pub(crate) fn parse_bibliography(text: &str) -> Result<BTreeMap<String, Source>, String> {
    let bibliography = biblatex::Bibliography::parse(text).map_err(|e| e.to_string())?;
    Ok(bibliography.iter().map(|entry| (entry.key.clone(), source_of(entry))).collect())
}

fn source_of(entry: &biblatex::Entry) -> Source {
    let field = |name: &str| entry.get(name).map(biblatex::ChunksExt::format_verbatim).unwrap_or_default();
    let place = ["journal", "journaltitle", "publisher", "organization", "howpublished", "institution", "school"];
    let doi = field("doi");
    let url = field("url");
    Source {
        key: entry.key.clone(),
        authors: field("author"),
        title: field("title"),
        year: field("year"),
        place: place.iter().map(|name| field(name)).find(|text| !text.is_empty()).unwrap_or_default(),
        link: match (doi.is_empty(), url.is_empty()) {
            (false, _) => Some(format!("https://doi.org/{doi}")),
            (true, false) => Some(url),
            _ => None,
        },
    }
}
