//! What calibrations have in common: of what, how far, and with a bar that shows how long yet.

use std::sync::{Mutex, PoisonError};

use xystra_tissue::library;
use xystra_tissue::study::calibrate::{Options, Simulation, groups};
use xystra_tissue::study::kept::{Kept, written};
use xystra_tissue::study::library::studies;

use crate::dose::out;
use crate::dose::progress::Progress;

/// Of what, and how far.
#[derive(Debug, clap::Args)]
pub(super) struct Effort {
    /// A group of tissues, as data/tissue/presets.toml names it under `calibration`; none: all.
    #[arg(long)]
    group: Option<String>,
    /// Most steps of a fit.
    #[arg(long, default_value_t = Options::default().steps)]
    steps: usize,
    /// Virtual subjects in each arm; the same seed gives the same ones.
    #[arg(long, default_value_t = Simulation::default().subjects)]
    subjects: usize,
    /// Decides which of their properties come together.
    #[arg(long, default_value_t = Simulation::default().seed)]
    seed: u64,
    /// Threads; the result does not depend on it. None: as many as there are cores.
    #[arg(long)]
    threads: Option<usize>,
}

impl Effort {
    /// The result of `work` for each group; it is handed the group and hears the share that is done.
    pub(super) fn each<T>(
        &self,
        work: impl Fn(&Simulation, &str, Options, &(dyn Fn(f64) + Sync)) -> Result<T, xystra_tissue::Error>,
    ) -> anyhow::Result<Vec<T>> {
        let model = Simulation { subjects: self.subjects, seed: self.seed, ..Simulation::default() };
        self.groups()?.iter().map(|group| Ok(self.one(&model, group, &work)?)).collect()
    }

    fn one<T>(
        &self,
        model: &Simulation,
        group: &str,
        work: impl Fn(&Simulation, &str, Options, &(dyn Fn(f64) + Sync)) -> Result<T, xystra_tissue::Error>,
    ) -> Result<T, xystra_tissue::Error> {
        let bar = Mutex::new(Progress::new(group));
        work(model, group, self.options(), &|share| bar.lock().unwrap_or_else(PoisonError::into_inner).show(share))
    }

    fn options(&self) -> Options {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        Options { steps: self.steps, threads: self.threads.unwrap_or_else(cores), ..Options::default() }
    }

    fn groups(&self) -> anyhow::Result<Vec<String>> {
        let known = groups(library(), studies());
        match &self.group {
            None => Ok(known),
            Some(group) if known.contains(group) => Ok(vec![group.clone()]),
            Some(group) => anyhow::bail!("no study calibrates a group \"{group}\"; known: {}", known.join(", ")),
        }
    }
}

/// Writes results into the file in which they are kept, beside those of other groups.
pub(super) fn keep<T: Kept>(file: Option<&std::path::Path>, known: &[T], found: Vec<T>) -> anyhow::Result<()> {
    let Some(file) = file else { return Ok(()) };
    out::write(file, written(known, found)?.as_bytes())?;
    eprintln!("{}: written; it counts from the next build on", file.display());
    Ok(())
}
