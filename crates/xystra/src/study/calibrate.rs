//! `xystra study calibrate`.

use std::path::PathBuf;

use xystra_tissue::library;
use xystra_tissue::study::calibrate::{Outcome, calibrate};
use xystra_tissue::study::library::studies;

use crate::dose::out::print;
use crate::study::effort::{Effort, keep};

/// Calibrate the model on the studies: one set of parameters for each species and tissue, all its studies at once.
///
/// Prints each parameter with its prior, its value, its 90 % interval and how much the studies taught; then each verified finding with what
/// is simulated in its place, the worst first.
#[derive(Debug, clap::Args)]
pub(crate) struct Calibrate {
    #[command(flatten)]
    effort: Effort,
    /// Write what was found into this file, such as data/tissue/calibrated.toml; groups that were not calibrated stay.
    #[arg(long)]
    out: Option<PathBuf>,
}

impl Calibrate {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let found: Vec<Outcome> = self
            .effort
            .each(|model, group, options, progress| calibrate(model, library(), studies(), group, options, progress))?;
        for outcome in &found {
            print(&format!("{outcome}\n"))?;
        }
        let found = found.into_iter().map(|outcome| outcome.calibration).collect();
        keep(self.out.as_deref(), &library().calibrations, found)
    }
}
