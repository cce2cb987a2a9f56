//! How outlooks did: each new observation against the band that was given before it.
//!
//! The error of a band is the weighted interval score of its five quantiles, which approximates the continuous ranked probability score (Bracher
//! and others 2021) and is the absolute error for a point. Beside it stand two simple foretellers with their own measuring error:
//! that nothing changes, and that the client takes the mean natural course.

mod baseline;
mod quantiles;
mod summary;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use xystra_care::entry::hours_between;
use xystra_cohort::answer::Band;
use xystra_cohort::case::{Observation, Track};

use super::asked::Asked;
use super::foretold::Foretold;
use quantiles::Quantiles;

pub use summary::{Beside, Summary};

/// Moments are known to the second.
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// The scores of an episode, in the order in which they were observed.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Scores {
    /// One for each observation that was foretold.
    pub scored: Vec<Scored>,
}

/// One observation and what was foretold of it. Values and errors are in the measure's unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// Key of the track.
    pub track: String,
    /// When it was observed.
    pub at: Timestamp,
    /// What was observed.
    pub value: f64,
    /// What the outlook was made from that foretold it.
    pub outlook: String,
    /// Until when that outlook knew the record.
    pub as_of: Timestamp,
    /// What it said would be measured at that time.
    pub band: Band,
    /// Within the band that should hold half?
    pub inside_fifty: bool,
    /// Within the band that should hold nine of ten?
    pub inside_ninety: bool,
    /// Error of the band.
    pub error: f64,
    /// Error of saying that nothing changes.
    pub last_value: f64,
    /// Error of the mean natural course; none where the measure has none.
    pub natural: Option<f64>,
    /// Standard error of one measurement: errors of different measures are added in these.
    pub measuring: f64,
}

impl Scores {
    /// The scores once the outlook `before` has met what is now known. What was struck out or changed since counts no more; what was known
    /// before, or lies beyond what was foretold, is not scored.
    #[must_use]
    pub fn after(mut self, before: Option<&Foretold>, asked: &Asked) -> Self {
        let known: Vec<(Timestamp, &Observation)> =
            asked.case.observations.iter().map(|one| (moment(asked, one), one)).collect();
        let is = |scored: &Scored, at: Timestamp, one: &Observation| {
            let track = asked.case.tracks.get(one.track).map(|track| track.id.as_str());
            track == Some(scored.track.as_str())
                && is_same(scored.at, at)
                && scored.value.to_bits() == one.value.to_bits()
        };
        self.scored.retain(|scored| known.iter().any(|(at, one)| is(scored, *at, one)));
        let new = known.iter().filter(|(at, one)| !self.scored.iter().any(|scored| is(scored, *at, one)));
        let met: Vec<Scored> = new.filter_map(|(at, one)| score(before?, asked, *at, one)).collect();
        self.scored.extend(met);
        self.scored.sort_by_key(|scored| scored.at);
        self
    }
}

/// The band at an hour, on straight lines between two given ones; none outside of them.
pub fn band_at(bands: &[Band], at_h: f64) -> Option<Band> {
    let pair = bands.windows(2).find(|pair| (pair[0].at_h..=pair[1].at_h).contains(&at_h))?;
    let span = pair[1].at_h - pair[0].at_h;
    let share = if span > 0.0 { (at_h - pair[0].at_h) / span } else { 0.0 };
    let mixed = |of: &dyn Fn(&Band) -> f64| (1.0 - share) * of(&pair[0]) + share * of(&pair[1]);
    Some(Band {
        at_h,
        middle: mixed(&|band| band.middle),
        ninety: [mixed(&|band| band.ninety[0]), mixed(&|band| band.ninety[1])],
        fifty: [mixed(&|band| band.fifty[0]), mixed(&|band| band.fifty[1])],
    })
}

fn score(before: &Foretold, asked: &Asked, at: Timestamp, one: &Observation) -> Option<Scored> {
    let track = asked.case.tracks.get(one.track)?;
    if !is_later(at, before.as_of) {
        return None;
    }
    let followed = before.followed(before.track(&track.id)?)?;
    let band = band_at(&followed.measured, hours_between(before.entry, at))?;
    let last = last_known(before, asked, one, track)?;
    let natural = baseline::natural(&asked.case, one);
    let within = |ends: [f64; 2]| (ends[0]..=ends[1]).contains(&one.value);
    Some(Scored {
        track: track.id.clone(),
        at,
        value: one.value,
        outlook: before.made_from.clone(),
        as_of: before.as_of,
        band,
        inside_fifty: within(band.fifty),
        inside_ninety: within(band.ninety),
        error: Quantiles::of(&band).error(one.value),
        last_value: last.error(one.value),
        natural: natural.map(|natural| natural.error(one.value)),
        measuring: track.error,
    })
}

/// The last value that the outlook knew, as uncertain as the difference of two measurements.
fn last_known(before: &Foretold, asked: &Asked, one: &Observation, track: &Track) -> Option<Quantiles> {
    let mut of_track = asked.case.observations.iter().rev().filter(|other| other.track == one.track);
    let last = of_track.find(|other| !is_later(moment(asked, other), before.as_of))?;
    Some(Quantiles::normal(last.value, std::f64::consts::SQRT_2 * track.error))
}

/// When it was, to the second.
fn moment(asked: &Asked, one: &Observation) -> Timestamp {
    let since = SignedDuration::try_from_secs_f64((one.at_h * 3600.0).round()).unwrap_or_default();
    asked.entry.checked_add(since).unwrap_or(asked.entry)
}

/// Entry may move by a part of a second, and with it how a moment rounds.
fn is_same(a: Timestamp, b: Timestamp) -> bool {
    a.duration_since(b).abs() <= SECOND
}

fn is_later(a: Timestamp, b: Timestamp) -> bool {
    a.duration_since(b) > SECOND
}
