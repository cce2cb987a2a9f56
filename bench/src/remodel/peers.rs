//! One course by the programs of others.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use tempfile::TempDir;
use xystra_tissue::remodel::{PARAMETERS, Parameters, State};

use super::parity::theirs;
use super::schedule::Schedule;
use crate::peer::Peer;

/// The text that all of our code is made from; SciPy's side reads it for itself.
const EQUATIONS: &str = "data/tissue/equations.toml";

/// The Python process and a place for model files.
#[derive(Debug)]
pub struct Peers {
    peer: Peer,
    folder: TempDir,
}

/// One course, as each of them takes it.
#[derive(Debug)]
pub struct Case {
    sbml: String,
    names: Vec<String>,
    times: Vec<f64>,
    values: Value,
}

impl Case {
    /// The course of these parameters from rest.
    pub fn new(parameters: &Parameters, schedule: &Schedule) -> Result<Self> {
        let state = State::rest(parameters);
        let values: Map<_, _> =
            PARAMETERS.iter().zip(parameters.values()).map(|(id, value)| ((*id).to_owned(), json!(value))).collect();
        let times = schedule.times_h();
        let values =
            json!({"parameters": values, "state": state.values, "happenings": schedule.json(), "equations": EQUATIONS});
        Ok(Self { sbml: super::sbml::model(parameters, schedule)?, names: super::sbml::names(), times, values })
    }
}

impl Peers {
    /// Starts the process.
    pub fn new(peer: Peer) -> Result<Self> {
        Ok(Self { peer, folder: tempfile::tempdir()? })
    }

    /// The process itself, for other questions.
    pub fn peer(&mut self) -> &mut Peer {
        &mut self.peer
    }

    /// Rows of states and outputs, and the best time, s.
    pub fn run(
        &mut self,
        program: &str,
        case: &Case,
        relative: f64,
        absolute: f64,
        repeats: usize,
    ) -> Result<(Vec<Vec<f64>>, f64)> {
        let mut ask =
            json!({"do": program, "times": case.times, "relative": relative, "absolute": absolute, "repeats": repeats});
        if let Some(method) = program.strip_prefix("SciPy ") {
            ask["do"] = json!("SciPy");
            ask["method"] = json!(method);
            let values = case.values.as_object().into_iter().flatten();
            values.for_each(|(key, value)| ask[key] = value.clone());
        } else {
            ask["file"] = json!(self.file(case)?);
            ask["names"] = json!(case.names);
        }
        let answer = self.peer.ask(&ask)?;
        Ok((theirs(&answer)?, answer["seconds"].as_f64().context("seconds")?))
    }

    fn file(&self, case: &Case) -> Result<PathBuf> {
        let file = self.folder.path().join("model.xml");
        fs::write(&file, &case.sbml)?;
        Ok(file)
    }
}
