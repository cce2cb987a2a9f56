//! The published model of acute inflammation (Reynolds 2006) beside the same three states of ours.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};
use serde_json::json;
use xystra_tissue::remodel::{Parameters, STATES, State, Tolerance, simulate};

use super::parity::{Difference, difference, theirs};
use crate::peer::Peer;

/// Our states and their names in the file.
const SAME: [(&str, &str); 3] = [("damage", "D"), ("phagocytes", "Nstar"), ("calming", "C_A")];
/// From a start that heals and from one that does not: damage and phagocytes.
pub const STARTS: [(&str, f64, f64); 2] = [("heals", 0.1, 0.1), ("stays inflamed", 1.0, 1.0)];
const DAYS: u32 = 60;

/// Where the published file lies, if it is at hand.
pub fn file() -> Option<PathBuf> {
    let shared = std::env::var_os("XYSTRA_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let file = shared.join("data/sbml/BIOMD0000000714.xml");
    file.exists().then_some(file)
}

/// How far the two lie apart over 60 days from one start, and our phagocytes at the end.
pub fn beside(peer: &mut Peer, file: &Path, damage: f64, phagocytes: f64) -> Result<(Difference, f64)> {
    let parameters = Parameters::prior()?.with("remodelling", 0.0)?;
    let mut state = State::rest(&parameters);
    state.set("damage", damage)?;
    state.set("phagocytes", phagocytes)?;
    let times: Vec<f64> = (0..=DAYS).map(|day| f64::from(day) * 24.0).collect();
    let course = simulate(&parameters, &state, &[], &times, Tolerance::REFERENCE)?;
    let columns = SAME.map(|(ours, _)| STATES.iter().position(|id| *id == ours));
    ensure!(columns.iter().all(Option::is_some), "a state of the published model is missing in ours");
    let ours: Vec<Vec<f64>> =
        course.states.iter().map(|row| columns.iter().flatten().map(|column| row[*column]).collect()).collect();
    let answer = peer.ask(&json!({
        "do": "published", "file": file, "names": SAME.map(|(_, theirs)| theirs), "times": times, "relative": 1e-10, "absolute": 1e-12,
        "start": {"P": 0.0, "D": damage, "Nstar": phagocytes, "C_A": state.get("calming")?},
    }))?;
    let found = difference(&ours, &theirs(&answer)?, &SAME.map(|(ours, _)| ours));
    Ok((found, ours.last().map_or(f64::NAN, |row| row[1])))
}
