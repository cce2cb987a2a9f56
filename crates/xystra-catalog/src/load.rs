//! Reads the embedded data once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::de::DeserializeOwned;

use crate::advice::Rule;
use crate::claim::{Claim, Question};
use crate::condition::Condition;
use crate::consent::ConsentText;
use crate::course::{BandForce, Guess};
use crate::instrument::{Emollient, Instrument, Stroke};
use crate::measure::Measure;
use crate::screening::Item;
use crate::source::{Source, parse_bibliography};

/// Why the data could not be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file does not parse; mend the file.
    #[error("{file}: {reason}")]
    Unreadable {
        /// Path below `data`.
        file: &'static str,
        /// What the parser said, with the line.
        reason: String,
    },
}

/// Everything that is known, in the order in which it is shown.
#[derive(Debug)]
pub struct Catalog {
    /// Conditions, by number.
    pub conditions: Vec<Condition>,
    /// Measures.
    pub measures: Vec<Measure>,
    /// Screening items asked of everybody.
    pub screening: Vec<Item>,
    /// Advice rules.
    pub advice: Vec<Rule>,
    /// Instruments.
    pub instruments: Vec<Instrument>,
    /// Strokes.
    pub strokes: Vec<Stroke>,
    /// Emollients.
    pub emollients: Vec<Emollient>,
    /// Force bands.
    pub bands: Vec<BandForce>,
    /// What stands in where nobody measured.
    pub guessed: Vec<Guess>,
    /// Claims.
    pub claims: Vec<Claim>,
    /// Clients' questions.
    pub questions: Vec<Question>,
    /// Consent texts, oldest first.
    pub consent: Vec<ConsentText>,
    /// Sources by key.
    pub sources: BTreeMap<String, Source>,
}

macro_rules! list {
    ($name:literal) => {
        entries(concat!($name, ".toml"), include_str!(concat!("../../../data/catalog/", $name, ".toml")))?
    };
}

macro_rules! conditions {
    ($($id:literal),+ $(,)?) => {
        &[$((concat!("conditions/", $id, ".toml"), include_str!(concat!("../../../data/catalog/conditions/", $id, ".toml")))),+]
    };
}

const CONDITIONS: &[(&str, &str)] = conditions![
    "medial-epicondylitis",
    "lateral-epicondylitis",
    "carpal-tunnel-syndrome",
    "neck-pain",
    "plantar-fasciitis",
    "rotator-cuff-tendinitis",
    "patellar-tendinitis",
    "tibialis-posterior-tendinitis",
    "achilles-tendinitis",
    "de-quervain",
    "scars",
    "myofascial-pain",
    "musculoskeletal-imbalance",
    "chronic-joint-swelling",
    "ligament-sprain",
    "muscle-strain",
    "bursitis",
    "crps",
    "back-pain",
    "trigger-finger",
    "hip-pain-replacement",
    "it-band-syndrome",
    "shin-splints",
    "chronic-ankle-sprain",
    "acute-ankle-sprain",
    "post-operative",
    "other",
];

/// The catalog built into the program.
///
/// # Panics
/// If the embedded data does not parse, which the tests of this crate rule out.
pub fn catalog() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> =
        LazyLock::new(|| Catalog::read().unwrap_or_else(|error| panic!("embedded catalog: {error}")));
    &CATALOG
}

impl Catalog {
    fn read() -> Result<Self, Error> {
        let bibliography = include_str!("../../../data/references.bib");
        let mut conditions =
            CONDITIONS.iter().map(|(file, text)| parse(file, text)).collect::<Result<Vec<Condition>, _>>()?;
        conditions.sort_by_key(|condition| condition.number);
        Ok(Self {
            conditions,
            measures: list!("measures"),
            screening: list!("screening"),
            advice: list!("advice"),
            instruments: list!("instruments"),
            strokes: list!("strokes"),
            emollients: list!("emollients"),
            bands: list!("bands"),
            guessed: list!("guessed"),
            claims: list!("claims"),
            questions: list!("questions"),
            consent: list!("consent"),
            sources: parse_bibliography(bibliography)
                .map_err(|reason| Error::Unreadable { file: "references.bib", reason })?,
        })
    }
}

/// A file of one kind of entry is a list named `entry`.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entries<T> {
    entry: Vec<T>,
}

fn entries<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<Vec<T>, Error> {
    parse::<Entries<T>>(file, text).map(|entries| entries.entry)
}

fn parse<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|reason| Error::Unreadable { file, reason: reason.to_string() })
}

impl Catalog {
    /// The condition with this id.
    pub fn condition(&self, id: &str) -> Option<&Condition> {
        self.conditions.iter().find(|condition| condition.id == id)
    }

    /// The measure with this id.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.iter().find(|measure| measure.id == id)
    }

    /// The instrument with this id.
    pub fn instrument(&self, id: &str) -> Option<&Instrument> {
        self.instruments.iter().find(|instrument| instrument.id == id)
    }

    /// The stroke with this id.
    pub fn stroke(&self, id: &str) -> Option<&Stroke> {
        self.strokes.iter().find(|stroke| stroke.id == id)
    }

    /// The emollient with this id.
    pub fn emollient(&self, id: &str) -> Option<&Emollient> {
        self.emollients.iter().find(|emollient| emollient.id == id)
    }

    /// The advice rule with this id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.advice.iter().find(|rule| rule.id == id)
    }

    /// The force band in newtons.
    pub fn band(&self, band: crate::course::Band) -> Option<&BandForce> {
        self.bands.iter().find(|entry| entry.band == band)
    }

    /// What stands in where nobody measured.
    pub fn guess(&self, id: &str) -> Option<&Guess> {
        self.guessed.iter().find(|guess| guess.id == id)
    }

    /// The source with this key.
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.sources.get(key)
    }

    /// The consent text in force: the newest.
    pub fn consent_text(&self) -> Option<&ConsentText> {
        self.consent.last()
    }
}
