//! The studies held against the model, worked out once and kept as long as the program runs.

use std::sync::OnceLock;

use xystra_tissue::Error;
use xystra_tissue::library::library;
use xystra_tissue::remodel::Parameters;
use xystra_tissue::study::library::studies;
use xystra_tissue::study::{Report, Study, run};

/// A study with what the model makes of it.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) study: &'static Study,
    pub(super) report: Result<Report, Error>,
}

/// Decides who the virtual subjects are; the same as on the command line.
const SEED: u64 = 1;

/// Every study that Xystra carries, in order.
pub(super) fn held() -> &'static [Held] {
    static HELD: OnceLock<Vec<Held>> = OnceLock::new();
    HELD.get_or_init(|| studies().iter().map(|study| Held { study, report: report(study) }).collect())
}

fn report(study: &Study) -> Result<Report, Error> {
    let values = library().values(&study.about.tissue, &study.about.condition)?;
    run(study, &Parameters::of(values)?, SEED)
}
