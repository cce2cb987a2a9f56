//! `xystra study foretell`.

use std::path::PathBuf;

use xystra_tissue::library;
use xystra_tissue::study::foretell::{Foretold, foretell};
use xystra_tissue::study::kept::foretold;
use xystra_tissue::study::library::studies;

use crate::dose::out::print;
use crate::study::effort::{Effort, keep};

/// How far to trust the model on a new study: foretell each from a calibration on the others of its group.
#[derive(Debug, clap::Args)]
pub(crate) struct Foretell {
    #[command(flatten)]
    effort: Effort,
    /// Print a JSON document: an array with one entry a group.
    #[arg(long)]
    json: bool,
    /// Write what was found into this file, such as data/tissue/foretold.toml; groups that were not foretold stay.
    #[arg(long)]
    out: Option<PathBuf>,
}

impl Foretell {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let found: Vec<Foretold> = self
            .effort
            .each(|model, group, options, progress| foretell(model, library(), studies(), group, options, progress))?;
        if self.json {
            print(&(serde_json::to_string_pretty(&found)? + "\n"))?;
        } else {
            found.iter().try_for_each(|one| print(&format!("{one}\n")))?;
        }
        keep(self.out.as_deref(), foretold(), found)
    }
}
