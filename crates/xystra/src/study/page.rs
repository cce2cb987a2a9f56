//! `xystra study page`.

use std::path::PathBuf;

use xystra_tissue::study::validation::validation;

use crate::dose::out;

/// The page of all studies, published beside simulated: docs/validation/studies.md.
#[derive(Debug, clap::Args)]
pub(crate) struct Page {
    /// Write it into this file; `-` prints it.
    #[arg(long, default_value = "-")]
    out: PathBuf,
}

impl Page {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        out::write(&self.out, validation(threads)?.page().as_bytes())
    }
}
