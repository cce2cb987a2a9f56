//! All studies held against the model: what docs/validation/studies.md and the lab's page show.

mod miss;
mod page;
mod wording;

use crate::error::Error;
use crate::library::{Calibration, library};
use crate::study::calibrate::spread;
use crate::study::compare::Comparison;
use crate::study::endpoint::Endpoint;
use crate::study::foretell::Foretold;
use crate::study::kept::{compared, foretold};
use crate::study::library::studies;
use crate::study::{Finding, Report, Study, run};

/// All studies with what the model makes of them, by group of tissues.
#[derive(Debug, Clone, PartialEq)]
pub struct Validation {
    /// The groups, in the order of the tissues.
    pub groups: Vec<Held>,
}

/// The studies of tissues that share one set of parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// The group, such as `human`.
    pub id: String,
    /// Its studies.
    pub studies: Vec<Shown>,
    /// What was calibrated.
    pub calibration: Option<&'static Calibration>,
    /// Which mechanisms they need.
    pub comparison: Option<&'static Comparison>,
    /// How each was foretold from the others.
    pub foretold: Option<&'static Foretold>,
}

/// One study.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The study.
    pub study: &'static Study,
    /// Its findings.
    pub rows: Vec<Row>,
}

/// Published beside simulated.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// What was asked.
    pub endpoint: &'static Endpoint,
    /// What was published and what is simulated.
    pub finding: Finding,
    /// Why it is missed, as far as anybody knows.
    pub why: Option<&'static str>,
}

/// How many findings lie inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Verified findings inside their bands.
    pub inside: usize,
    /// Verified findings with a band.
    pub judged: usize,
    /// Findings that are shown and not counted: not verified, or without a band.
    pub shown: usize,
}

/// Who the virtual subjects are: the same as on the command line when nothing is said.
const SEED: u64 = 1;

/// Runs every study with the calibrated parameters of this build, on so many threads; the result does not depend on their number.
pub fn validation(threads: usize) -> Result<Validation, Error> {
    let reports = spread(studies().len(), threads, |place| report(&studies()[place]));
    let reports = reports.into_iter().collect::<Result<Vec<_>, Error>>()?;
    let mut groups: Vec<Held> = Vec::new();
    for tissue in &library().tissues {
        let id = &tissue.calibration;
        if !groups.iter().any(|group| group.id == *id) {
            groups.push(held(id, &reports)?);
        }
    }
    groups.retain(|group| !group.studies.is_empty());
    Ok(Validation { groups })
}

fn report(study: &Study) -> Result<Report, Error> {
    run(study, &study.parameters()?, SEED)
}

fn held(id: &str, reports: &[Report]) -> Result<Held, Error> {
    let mut shown = Vec::new();
    for (study, report) in studies().iter().zip(reports) {
        if library().tissue(&study.about.tissue)?.calibration == id {
            shown.push(Shown::of(study, report));
        }
    }
    Ok(Held {
        id: id.to_owned(),
        studies: shown,
        calibration: library().calibrations.iter().find(|one| one.id == id),
        comparison: compared().iter().find(|one| one.id == id),
        foretold: foretold().iter().find(|one| one.id == id),
    })
}

impl Shown {
    fn of(study: &'static Study, report: &Report) -> Self {
        let pairs = study.endpoints.iter().zip(&report.endpoints);
        let row = |(endpoint, finding): (&'static Endpoint, &Finding)| Row {
            endpoint,
            finding: finding.clone(),
            why: miss::why(&study.about.id, &endpoint.id),
        };
        Self { study, rows: pairs.map(row).collect() }
    }

    /// Its count.
    pub fn count(&self) -> Count {
        let judged = || self.rows.iter().filter(|row| row.is_judged());
        let inside = judged().filter(|row| row.finding.inside == Some(true)).count();
        Count { inside, judged: judged().count(), shown: self.rows.len() - judged().count() }
    }
}

impl Row {
    /// Does it count: verified, and with a band?
    pub fn is_judged(&self) -> bool {
        self.finding.verified && self.finding.inside.is_some()
    }

    /// Is it a verified finding that lies outside?
    pub fn is_missed(&self) -> bool {
        self.is_judged() && self.finding.inside == Some(false)
    }
}

impl Held {
    /// The count of the studies that were calibrated on, or of those that were kept aside.
    pub fn count(&self, calibrated: bool) -> Count {
        let studies = self.studies.iter().filter(|shown| shown.study.about.calibrates == calibrated);
        studies.map(Shown::count).fold(Count::default(), Count::and)
    }
}

impl Validation {
    /// The count over all groups.
    pub fn count(&self, calibrated: bool) -> Count {
        self.groups.iter().map(|group| group.count(calibrated)).fold(Count::default(), Count::and)
    }

    /// The text of docs/validation/studies.md.
    pub fn page(&self) -> String {
        page::page(self)
    }
}

impl Count {
    fn and(self, other: Self) -> Self {
        Self { inside: self.inside + other.inside, judged: self.judged + other.judged, shown: self.shown + other.shown }
    }

    /// Share inside, %; 0 of nothing.
    pub fn percent(self) -> f64 {
        100.0 * self.inside as f64 / self.judged.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn committed() -> String {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/validation/studies.md");
        std::fs::read_to_string(path)
            .expect("the page; make it with `xystra study page --out docs/validation/studies.md`")
    }

    #[test]
    fn the_committed_page_holds_every_study_and_counts_its_own_rows() {
        let page = committed();
        for study in studies() {
            assert!(page.contains(&format!("`{}`, ", study.about.id)), "{} is not in the page", study.about.id);
        }
        let counted: Vec<usize> = page
            .lines()
            .filter(|line| line.starts_with("| **all that were") || line.starts_with("| kept aside"))
            .flat_map(|line| line.split('|').skip(3).take(2).map(|cell| cell.trim().parse().unwrap()))
            .collect();
        let outside = page.lines().filter(|line| line.ends_with("| **outside** |")).count();
        let missed: usize = counted.chunks(2).map(|pair| pair[1] - pair[0]).sum();
        assert_eq!(missed, outside);
    }

    #[test]
    fn the_committed_page_counts_what_the_model_meets_today() {
        let mut fresh = String::new();
        page::counts(&mut fresh, &validation(2).expect("a validation"));
        assert!(committed().contains(&fresh), "make the page anew with `xystra study page`; now:\n{fresh}");
    }
}
