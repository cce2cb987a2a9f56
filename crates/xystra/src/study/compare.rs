//! `xystra study compare`.

use std::path::PathBuf;

use xystra_tissue::library;
use xystra_tissue::study::compare::{Comparison, compare};
use xystra_tissue::study::kept::compared;
use xystra_tissue::study::library::studies;

use crate::dose::out::print;
use crate::study::effort::{Effort, keep};

/// Which mechanisms do the papers need? Calibrates with every set of them.
///
/// A set's score is its cost (squared residuals and prior deviations) and twice its effective number of parameters: less is better.
#[derive(Debug, clap::Args)]
pub(crate) struct Compare {
    #[command(flatten)]
    effort: Effort,
    /// Print a JSON document: an array with one entry a group.
    #[arg(long)]
    json: bool,
    /// Write what was found into this file, such as data/tissue/compared.toml; groups that were not compared stay.
    #[arg(long)]
    out: Option<PathBuf>,
}

impl Compare {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let found: Vec<Comparison> = self
            .effort
            .each(|model, group, options, progress| compare(model, library(), studies(), group, options, progress))?;
        if self.json {
            print(&(serde_json::to_string_pretty(&found)? + "\n"))?;
        } else {
            found.iter().try_for_each(|comparison| print(&format!("{comparison}\n")))?;
        }
        keep(self.out.as_deref(), compared(), found)
    }
}
