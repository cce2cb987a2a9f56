//! `data/cohort/natural.toml` and what was fitted.

use std::sync::OnceLock;

use serde::Deserialize;
use xystra_catalog::{Range, Status};
use xystra_tissue::library::Prior as Assumption;

use super::level::HOURS_PER_WEEK;

/// A complaint that had lasted less than this at entry, weeks, is a new episode: those are the people of the fitted cohort.
pub(super) const RECENT_WEEKS: f64 = 12.0;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    assumption: Vec<Assumption>,
    pub(super) condition: Vec<Row>,
}

/// What we make of a condition.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) known: bool,
    /// Level at entry of the middle person, 0-10.
    pub(super) entry: f64,
    /// How much wider than the fitted people, at least 1.
    pub(super) widen: f64,
    /// What the numbers stand on.
    #[cfg_attr(not(test), expect(dead_code, reason = "for who reads the file; a test reads it"))]
    why: String,
    pub(super) classes: Vec<Class>,
}

/// Those whose complaint had lasted so long at entry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Class {
    /// Low end included, high end not; none for everybody.
    entry_weeks: Option<Range>,
    half_life_weeks: f64,
    pub(super) plateau: f64,
    pub(super) source: String,
    pub(super) status: Status,
}

impl Row {
    /// The class of a duration; the first, whom most people are, where nobody knows.
    pub(super) fn class(&self, entry_weeks: Option<f64>) -> &Class {
        let holds = |class: &&Class| match (&class.entry_weeks, entry_weeks) {
            (Some(range), Some(weeks)) => range.low <= weeks && weeks < range.high,
            _ => true,
        };
        self.classes.iter().find(holds).unwrap_or(&self.classes[self.classes.len() - 1])
    }

    /// How much wider the band is because nobody knows the class.
    pub(super) fn doubt(&self, entry_weeks: Option<f64>) -> f64 {
        let is_open = entry_weeks.is_none() && self.classes.len() > 1;
        if is_open { number("duration-unknown") } else { 1.0 }
    }
}

impl Class {
    pub(super) fn ln_rate(&self) -> f64 {
        ln_rate_of_weeks(self.half_life_weeks)
    }

    /// What a duration adds to the coordinates of rate and plateau where the class does not know it already.
    pub(super) fn lateness(&self, entry_weeks: Option<f64>) -> [f64; 2] {
        let Some(weeks) = entry_weeks.filter(|_| self.entry_weeks.is_none()) else { return [0.0; 2] };
        let times = (weeks.max(1.0) / number("duration-middle")).ln();
        [number("duration-rate") * times, number("duration-plateau") * times]
    }
}

/// All numbers of `data/cohort/natural.toml` that hold for every condition.
pub fn assumptions() -> &'static [Assumption] {
    &file().assumption
}

pub(super) fn file() -> &'static File {
    static FILE: OnceLock<File> = OnceLock::new();
    FILE.get_or_init(|| {
        let text = include_str!("../../../../data/cohort/natural.toml");
        toml::from_str(text).expect("data/cohort/natural.toml reads, as a test shows")
    })
}

/// The logarithm of the rate per hour that has this half-life.
pub(super) fn ln_rate_of_weeks(half_life: f64) -> f64 {
    (std::f64::consts::LN_2 / (half_life * HOURS_PER_WEEK)).ln()
}

pub(super) fn number(id: &str) -> f64 {
    let found = assumptions().iter().find(|one| one.id == id);
    found.expect("data/cohort/natural.toml has every id that is asked for, as tests show").value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_inside_its_range_and_has_a_source() {
        let known = &xystra_catalog::catalog().sources;
        let has_source = |source: &String| source == "xystra" || known.contains_key(source);
        for one in assumptions() {
            assert!(one.low <= one.value && one.value <= one.high, "{}", one.id);
            assert!(has_source(&one.source), "{}: {}", one.id, one.source);
        }
        for entry in &file().condition {
            assert!(!entry.why.is_empty() && entry.widen >= 1.0 && (0.0..=10.0).contains(&entry.entry), "{}", entry.id);
            let is_sound = |class: &Class| (0.0..1.0).contains(&class.plateau) && class.half_life_weeks > 0.0;
            assert!(entry.classes.iter().all(|class| is_sound(class) && has_source(&class.source)), "{}", entry.id);
        }
    }

    #[test]
    fn a_duration_finds_its_class() {
        let back = file().condition.iter().find(|entry| entry.id == "back-pain").unwrap();
        let plateau = |weeks| back.class(weeks).plateau;
        assert!(plateau(Some(2.0)) < plateau(Some(8.0)) && plateau(Some(8.0)) < plateau(Some(30.0)));
        assert!((plateau(None) - plateau(Some(0.0))).abs() < 1e-12 && back.doubt(None) > 1.0);
        assert!((back.doubt(Some(3.0)) - 1.0).abs() < 1e-12);
    }
}
