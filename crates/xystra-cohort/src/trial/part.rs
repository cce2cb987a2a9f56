//! A part of a virtual trial: one shard, or several put together.

use std::fmt::Write;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use xystra_tissue::study::Study;

use crate::Error;
use crate::trial::sums::Sums;
use crate::trial::{Outcome, Setup, Shard, Trial};

/// Format of the document: another one is refused.
const FORMAT: &str = "xystra-trial-1";

/// Sums of some shards of a trial, and all that is needed to know whether others belong to them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    format: String,
    /// The text of the study.
    text: String,
    /// How many clients, and who.
    pub setup: Setup,
    /// From what it was made.
    pub origin: Origin,
    /// Shards in it, rising.
    pub shards: Vec<Shard>,
    sums: Sums,
}

/// From what a trial was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The program.
    pub program: String,
    /// SHA-256 of the study's text.
    pub study_sha256: String,
    /// SHA-256 of the model's data.
    pub data_sha256: String,
}

impl Origin {
    fn of(text: &str) -> Self {
        Self {
            program: format!("xystra {}", env!("CARGO_PKG_VERSION")),
            study_sha256: hash([text]),
            data_sha256: hash(xystra_tissue::library::sources().map(|(_, text)| text).into_iter().chain([POPULATION])),
        }
    }
}

const POPULATION: &str = include_str!("../../../../data/cohort/population.toml");

impl Part {
    pub(super) fn new(trial: &Trial, shard: Shard, sums: Sums) -> Self {
        let text = trial.text.to_owned();
        let origin = Origin::of(&text);
        Self { format: FORMAT.to_owned(), text, setup: trial.setup, origin, shards: vec![shard], sums }
    }

    /// Reads the document; `file` is its name for the error.
    pub fn parse(file: &str, text: &str) -> Result<Self, Error> {
        let wrong = |what: String| Error::File { file: file.to_owned(), what };
        let read = serde_json::from_str::<Self>(text);
        let part = read.map_err(|e| wrong(format!("{e}; write it with `xystra cohort run --shard`")))?;
        let known = part.format == FORMAT && part.shards.iter().all(|s| (1..=s.of).contains(&s.part));
        if known { Ok(part) } else { Err(wrong(format!("format {} is not {FORMAT}", part.format))) }
    }

    /// What the trial comes to.
    ///
    /// # Errors
    /// Shards that are missing, or another program than it was made by.
    pub fn outcome(&self) -> Result<Outcome, Error> {
        let wrong = |what: String| Error::File { file: "shards".to_owned(), what };
        let ours = Origin::of(&self.text);
        if ours != self.origin {
            let (theirs, ours) = (&self.origin.program, &ours.program);
            let what = format!(
                "made by {theirs}, with another study or other data than this {ours} has; use the same program"
            );
            return Err(wrong(what));
        }
        let missing = self.missing();
        if !missing.is_empty() {
            return Err(wrong(format!("missing: {}; run them and merge again", missing.join(", "))));
        }
        let study = Study::parse("the study in the shards", &self.text)?;
        let trial = Trial::new(&study, &self.text, self.setup)?;
        if !trial.sums().has_shape_of(&self.sums) {
            return Err(wrong("their sums are not those of their study; run them again".to_owned()));
        }
        Outcome::of(&trial, &self.origin, &self.sums)
    }

    fn missing(&self) -> Vec<String> {
        let of = self.shards.first().map_or(1, |shard| shard.of);
        let parts = (1..=of).filter(|part| !self.shards.iter().any(|shard| shard.part == *part));
        parts.map(|part| format!("{part}/{of}")).collect()
    }

    fn belongs(&self, other: &Self) -> Result<(), String> {
        let of = |part: &Self| part.shards.first().map_or(1, |shard| shard.of);
        let same = [
            (self.origin.study_sha256 == other.origin.study_sha256, "the study"),
            (self.setup.seed == other.setup.seed, "the seed"),
            (self.setup.clients == other.setup.clients, "the number of clients"),
            (self.setup.worlds == other.setup.worlds, "the number of worlds"),
            (of(self) == of(other), "the number of shards"),
            (self.origin.program == other.origin.program, "the program"),
            (self.origin.data_sha256 == other.origin.data_sha256, "the model's data"),
        ];
        match same.iter().find(|(same, _)| !same) {
            Some((_, what)) => {
                Err(format!("{what} differs from that of the files before; only shards of one run go together"))
            }
            None => Ok(()),
        }
    }
}

/// Puts parts together, each with the name of its file, in whatever order.
///
/// # Errors
/// None at all, parts of different runs, or a shard that comes twice.
pub fn merge(parts: Vec<(String, Part)>) -> Result<Part, Error> {
    let mut parts = parts.into_iter();
    let none = || Error::File { file: "merge".to_owned(), what: "no file; name the files of all shards".to_owned() };
    let (_, mut whole) = parts.next().ok_or_else(none)?;
    for (file, part) in parts {
        let wrong = |what: String| Error::File { file: file.clone(), what };
        whole.belongs(&part).map_err(&wrong)?;
        if let Some(twice) = part.shards.iter().find(|shard| whole.shards.contains(shard)) {
            return Err(wrong(format!("shard {}/{} is there already; name each shard once", twice.part, twice.of)));
        }
        whole.sums.merge(&part.sums)?;
        whole.shards.extend(part.shards);
    }
    whole.shards.sort_unstable();
    Ok(whole)
}

fn hash<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    texts.into_iter().for_each(|text| hash.update(text.as_bytes()));
    let byte = |mut text: String, byte: &u8| {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    };
    hash.finalize().iter().fold(String::new(), byte)
}
