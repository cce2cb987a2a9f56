//! `xystra tool inspect FILE`: what is in a file, before any dose.

mod table;

use std::fs::File;
use std::path::PathBuf;

use anyhow::{Context, bail};
use xystra_dose::inspection::Inspection;
use xystra_dose::read;

use crate::dose::How;
use crate::dose::out::print;

/// What is in a recording's file: streams, signals, channels, clock, and what is wrong.
#[derive(Debug, clap::Args)]
pub(crate) struct Inspect {
    /// A recording in any format that is read. Label columns are never read.
    file: PathBuf,
    #[command(flatten)]
    reading: How,
    /// Print a JSON document.
    #[arg(long)]
    json: bool,
}

impl Inspect {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let inspection = self.inspection().with_context(|| self.file.display().to_string())?;
        let text = if self.json { serde_json::to_string_pretty(&inspection)? + "\n" } else { table::of(&inspection) };
        match (&inspection.refusal, inspection.streams.is_empty()) {
            (Some(refusal), true) => bail!("{}: {refusal}", self.file.display()),
            _ => print(&text),
        }
    }

    fn inspection(&self) -> anyhow::Result<Inspection> {
        let name = self.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let open = || File::open(&self.file).context("cannot be opened");
        let reading = self.reading.reading()?;
        let streams = read::streams(open()?)?;
        Ok(Inspection::of(&name, streams, read::open(&name, open()?, &reading)))
    }
}
