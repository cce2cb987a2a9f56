//! `xystra cohort run`.

use std::path::PathBuf;

use anyhow::{Context, bail};
use xystra_cohort::trial::{Part, Rows, Setup, Shard, Trial};
use xystra_tissue::study::Study;

use crate::cohort::columnar::Columnar;
use crate::cohort::{stop, table};
use crate::dose::out::write;
use crate::dose::progress::Progress;
use crate::study::text;

/// A virtual trial: every arm of a study with very many virtual clients, drawn from what the studies allow.
///
/// Prints each endpoint with mean, spread and 90 % interval beside the published number; then arms against each other, with the chance that a
/// real trial of a given size finds the difference. docs/guides/virtual-trials.md has more.
#[derive(Debug, clap::Args)]
pub(crate) struct Run {
    /// A file in the format of docs/methods/studies.md, or the id of a study that Xystra carries.
    #[arg(value_name = "FILE_OR_ID")]
    study: String,
    /// Virtual clients in every arm.
    #[arg(long, default_value_t = 10_000)]
    clients: u64,
    /// Who they are: the same seed gives the same clients, whatever the threads and shards.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Answers to what the studies leave open; none: one for 50 clients, at most 200.
    #[arg(long)]
    worlds: Option<u64>,
    /// Only a share of the clients, such as 2/7: the second of seven. Needs --out; `xystra cohort merge` puts the shards together.
    #[arg(long, value_name = "I/N")]
    shard: Option<String>,
    /// Write the result as a JSON document into this file; of a shard, its sums.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write every client with its coordinates and what it showed, a row for each arm, into this Parquet file.
    #[arg(long, value_name = "FILE")]
    parquet: Option<PathBuf>,
    /// Threads; the result does not depend on it. None: as many as there are cores.
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Print the JSON document in place of the tables.
    #[arg(long)]
    json: bool,
}

impl Run {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let shard = self.shard.as_deref().map(str::parse::<Shard>).transpose()?;
        if shard.is_some() && self.out.is_none() {
            bail!("--shard needs --out FILE: a shard alone is no result, `xystra cohort merge` makes one of all");
        }
        let text = text(&self.study)?;
        let study = Study::parse(&self.study, &text)?;
        let setup = Setup::new(self.clients, self.worlds, self.seed)?;
        let trial = Trial::new(&study, &text, setup)?;
        let part = self.simulated(&trial, shard.unwrap_or(Shard::WHOLE))?;
        match (shard, &self.out) {
            (Some(_), Some(out)) => write(out, (serde_json::to_string(&part)? + "\n").as_bytes()),
            _ => table::say(&part.outcome()?, self.out.as_deref(), self.json),
        }
    }

    /// Simulates a shard with a bar, until it is done or somebody presses Ctrl-C.
    fn simulated(&self, trial: &Trial, shard: Shard) -> anyhow::Result<Part> {
        let all = shard.size(self.clients).max(1) as f64;
        let (mut bar, mut done) = (Progress::new(&trial.study().about.id), 0.0);
        let mut rows = self.parquet.as_deref().map(|file| Columnar::begin(file, trial)).transpose()?;
        let mut fault = None;
        let watch = stop::watched()?;
        let mut hear = |heard: &Rows| {
            done += heard.clients().len() as f64;
            bar.show(done / all);
            let written = rows.as_mut().map_or(Ok(()), |rows| rows.write(heard));
            fault = written.err();
            // The fault itself is told below; what matters here is that nothing more is simulated.
            if fault.is_some() { Err(xystra_cohort::Error::Stopped { done: 0, size: 0 }) } else { Ok(()) }
        };
        let part = trial.run(shard, self.threads, &watch, &mut hear);
        if let Some(fault) = fault {
            return Err(fault).context("the Parquet file cannot be written");
        }
        let part = part?;
        rows.map_or(Ok(()), Columnar::finish)?;
        Ok(part)
    }
}
