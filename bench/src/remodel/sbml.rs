//! Our export of a course, and what its quantities are called there.

use anyhow::Result;
use xystra_tissue::remodel::sbml::{output_id, write};
use xystra_tissue::remodel::{OUTPUTS, Parameters, STATES, State};

use super::schedule::Schedule;

/// The course from rest as an SBML file.
pub fn model(parameters: &Parameters, schedule: &Schedule) -> Result<String> {
    Ok(write(schedule.name, parameters, &State::rest(parameters), &schedule.happenings)?)
}

/// States, then outputs, by their names in the file.
pub fn names() -> Vec<String> {
    STATES.iter().map(|id| (*id).to_owned()).chain(OUTPUTS.iter().map(|id| output_id(id))).collect()
}
