//! The same clients by the programs of others.

use std::fs;

use anyhow::{Context, Result};
use serde_json::json;
use tempfile::TempDir;
use xystra_cohort::batch::Cohort;

use super::error::Outputs;
use super::trial::Trial;
use crate::peer::Peer;
use crate::spread::Spread;

/// The program that the ratio is about.
pub const FIRST: &str = "libroadrunner";
/// All of them.
pub const PROGRAMS: [&str; 5] = [FIRST, "COPASI", "SciPy LSODA", "SciPy BDF", "diffrax Kvaerno5"];

/// The Python process, a place for model files, and the trial that it has read.
#[derive(Debug)]
pub struct Peers {
    peer: Peer,
    folder: TempDir,
    days: usize,
    width: usize,
}

/// What a program found.
#[derive(Debug)]
pub struct Found {
    /// Daily outputs.
    pub outputs: Outputs,
    /// Time of the processor for all clients, s.
    pub spread: Spread,
    /// The time before the first course, s: reading, compiling, the first run.
    pub before: f64,
}

impl Peers {
    /// Around a process.
    pub fn new(peer: Peer) -> Result<Self> {
        Ok(Self { peer, folder: tempfile::tempdir()?, days: 0, width: 0 })
    }

    /// Ends it.
    pub fn stop(self) -> Result<()> {
        self.peer.stop()
    }

    /// Hands over a trial: one SBML file and the numbers of each client.
    pub fn load(&mut self, trial: &Trial) -> Result<()> {
        let file = self.folder.path().join("trial.xml");
        fs::write(&file, trial.sbml()?).with_context(|| file.display().to_string())?;
        self.peer.ask(&json!({"do": "load", "file": file, "trial": trial.json()}))?;
        (self.days, self.width) = (trial.times_h().len(), trial.outputs().len());
        Ok(())
    }

    /// Runs the first so many clients of the trial at a relative and an absolute tolerance.
    pub fn run(
        &mut self,
        program: &str,
        [relative, absolute]: [f64; 2],
        clients: usize,
        repeats: usize,
    ) -> Result<Found> {
        let answer = self.peer.ask(&json!({
            "do": "run", "name": program, "relative": relative, "absolute": absolute, "clients": clients, "repeats": repeats,
        }))?;
        let values = serde_json::from_value(answer["values"].clone()).context("numbers")?;
        let seconds: Vec<f64> = serde_json::from_value(answer["seconds"].clone()).context("seconds")?;
        let mut spread = Spread::default();
        for one in seconds {
            spread.push(one);
        }
        let before = answer["before"].as_f64().context("seconds before the first course")?;
        Ok(Found { outputs: Outputs { values, days: self.days, width: self.width }, spread, before })
    }
}
