//! The choices side by side: each as a small drawing against stopping now, and all as one table.

use xystra_cohort::answer::{Ahead, Band};

use super::band::{between, counts_from};
use super::told::{Seen, Told, expected, nearest, percent, ribbons};
use super::words;
use crate::chart::{Beside, beside, ends};
use crate::show::{Show, number};

/// What could be done, side by side.
pub(in crate::pages::outlook) struct Choices {
    pub(in crate::pages::outlook) rows: Vec<Row>,
    /// Days at which the chance is given.
    pub(in crate::pages::outlook) days: Vec<String>,
    /// The last day of the bands.
    pub(in crate::pages::outlook) until: String,
}

/// One choice.
pub(in crate::pages::outlook) struct Row {
    pub(in crate::pages::outlook) id: String,
    pub(in crate::pages::outlook) name: &'static str,
    pub(in crate::pages::outlook) about: String,
    pub(in crate::pages::outlook) sessions: usize,
    /// The drawing.
    pub(in crate::pages::outlook) svg: String,
    /// At the last day: middle, and where half and nine of ten lie.
    pub(in crate::pages::outlook) end: [String; 3],
    /// Chance of the change that counts by each day; empty where no such change is known.
    pub(in crate::pages::outlook) chances: Vec<String>,
}

/// What every other choice is held against.
pub(in crate::pages::outlook) const AGAINST: &str = "stop";

impl Choices {
    pub(in crate::pages::outlook) fn of(told: &Told<'_>, seen: &Seen<'_>, show: &Show) -> Self {
        let asked = |ahead: &&Ahead| told.foretold.offer(&ahead.choice).is_some();
        let aheads: Vec<&Ahead> = seen.said.ahead.iter().filter(asked).collect();
        let bands: Vec<_> = aheads.iter().map(|ahead| ribbons(&ahead.bands)).collect();
        let values = ends(bands.iter().map(Vec::as_slice), counts_from(seen));
        let hours = hours(told, &aheads);
        Self {
            rows: aheads.iter().map(|ahead| row(told, seen, ahead, values, &hours)).collect(),
            days: hours.iter().map(|at_h| told.short_day(show, *at_h)).collect(),
            until: hours.last().map(|at_h| told.day(show, *at_h)).unwrap_or_default(),
        }
    }

    /// Is a change known that counts?
    pub(in crate::pages::outlook) fn has_chances(&self) -> bool {
        self.rows.iter().any(|row| !row.chances.is_empty())
    }
}

/// When the course ends, and the last hour of the bands.
fn hours(told: &Told<'_>, aheads: &[&Ahead]) -> Vec<f64> {
    let bands = aheads.first().map(|ahead| ahead.bands.as_slice()).unwrap_or_default();
    let course = nearest(bands, told.course_ends_h()).map(|band| band.at_h);
    let mut hours: Vec<f64> = course.into_iter().chain(bands.last().map(|band| band.at_h)).collect();
    hours.retain(|at_h| *at_h > told.foretold.now_h);
    hours.dedup();
    hours
}

fn row(told: &Told<'_>, seen: &Seen<'_>, ahead: &Ahead, values: (f64, f64), hours: &[f64]) -> Row {
    let is_against = ahead.choice == AGAINST;
    let against = seen.ahead(AGAINST).map(|ahead| ribbons(&ahead.bands)).unwrap_or_default();
    let sessions = told.to_come(&ahead.choice);
    let name = words::choice(&ahead.choice);
    let last = ahead.bands.last();
    let picture = Beside {
        finding: format!("{name}: {}", last.map(expected).unwrap_or_default()),
        choice: if is_against { Vec::new() } else { ribbons(&ahead.bands) },
        against,
        values,
        sessions: sessions.clone(),
        counts: counts_from(seen),
    };
    Row {
        id: ahead.choice.clone(),
        name,
        about: told.foretold.offer(&ahead.choice).map(|offer| offer.says.clone()).unwrap_or_default(),
        sessions: sessions.len(),
        svg: beside(&picture),
        end: end(last),
        chances: hours.iter().filter_map(|at_h| chance(ahead, *at_h)).map(percent).collect(),
    }
}

fn end(last: Option<&Band>) -> [String; 3] {
    last.map(|band| [number(band.middle, 1), between(band.fifty), between(band.ninety)]).unwrap_or_default()
}

/// The chance that the change counts at that hour.
pub(in crate::pages::outlook) fn chance(ahead: &Ahead, at_h: f64) -> Option<f64> {
    let near = |chance: &&xystra_cohort::answer::Chance| (chance.at_h - at_h).abs();
    ahead.chances.iter().min_by(|a, b| near(a).total_cmp(&near(b))).map(|chance| chance.chance)
}
