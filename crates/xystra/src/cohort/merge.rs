//! `xystra cohort merge`.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use xystra_cohort::trial::{Part, merge};

use crate::cohort::table;

/// Put the shards of a virtual trial together, bit for bit as if it had been run at once.
///
/// Files of different runs, a shard that comes twice and shards that are missing are refused and named.
#[derive(Debug, clap::Args)]
pub(crate) struct Merge {
    /// What `xystra cohort run --shard I/N --out FILE` wrote, of all shards, in any order.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// Write the result as a JSON document into this file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print the JSON document in place of the tables.
    #[arg(long)]
    json: bool,
}

impl Merge {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let parts = self.files.iter().map(read).collect::<anyhow::Result<Vec<_>>>()?;
        table::say(&merge(parts)?.outcome()?, self.out.as_deref(), self.json)
    }
}

fn read(file: &PathBuf) -> anyhow::Result<(String, Part)> {
    let name = file.display().to_string();
    let text = fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
    let part = Part::parse(&name, &text)?;
    Ok((name, part))
}
