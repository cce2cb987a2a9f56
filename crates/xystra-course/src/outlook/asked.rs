//! What the virtual clients are asked about a record.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};
use xystra_care::Record;
use xystra_care::facts::facts;
use xystra_care::id::EpisodeId;
use xystra_catalog::Catalog;
use xystra_cohort::answer::METHOD;
use xystra_cohort::case::{Case, Choice};

use super::case::{Doses, known};
use super::choices::{Offer, choices, times_h};
use crate::Error;

/// The question: one case and what could be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// About whom.
    pub episode: EpisodeId,
    /// Hour 0 of the case.
    pub entry: Timestamp,
    /// Its now.
    pub as_of: Timestamp,
    /// What is known.
    pub case: Case,
    /// The choices as people see them.
    pub offers: Vec<Offer>,
    /// The same as the virtual clients see them, in the same order.
    pub choices: Vec<Choice>,
    /// When the outlook looks ahead, hours: now first.
    pub times_h: Vec<f64>,
    /// SHA-256 of case, choices and times, in hexadecimal: an outlook that was made from the same needs not be made again.
    pub made_from: String,
    /// Seed of the chance: the same for an episode always, so that only news moves its outlook.
    pub seed: u64,
}

/// The question that a record asks at `now`; `zone` dates the first visit.
///
/// # Errors
/// Those of [`known`].
pub fn ask(
    record: &Record,
    doses: &Doses,
    catalog: &'static Catalog,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Asked, Error> {
    let known = known(record, doses, catalog, zone, now)?;
    let facts = facts(record, catalog, zone, known.as_of);
    let (offers, choices): (Vec<_>, Vec<_>) = choices(record, &known, &facts, catalog).into_iter().unzip();
    let times_h = times_h(&known, &choices);
    Ok(Asked {
        episode: record.episode,
        entry: known.entry,
        as_of: known.as_of,
        made_from: made_from(&known.case, &choices, &times_h),
        case: known.case,
        offers,
        choices,
        times_h,
        seed: seed(record.episode),
    })
}

/// SHA-256 of what an answer depends on, in hexadecimal.
fn made_from(case: &Case, choices: &[Choice], times_h: &[f64]) -> String {
    let text = serde_json::to_vec(&(METHOD, case, choices, times_h)).expect("our own types turn into JSON");
    Sha256::digest(text).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// As many bits as a reader in a browser keeps.
fn seed(episode: EpisodeId) -> u64 {
    let (_, low) = episode.0.as_u64_pair();
    low >> 16
}
