//! Where a site of tissue is at one instant.

use super::{INPUTS, Parameters, STATES, equations, place};
use crate::error::Error;

/// Where a site of tissue is at one instant: every state, and what is done to it.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// In the order of [`STATES`].
    pub values: [f64; STATES.len()],
    /// In the order of [`INPUTS`].
    pub inputs: [f64; INPUTS.len()],
}

impl State {
    /// Healthy rest: nothing is done to the site.
    pub fn rest(parameters: &Parameters) -> Self {
        Self { values: equations::rest(parameters.values()), inputs: [0.0; INPUTS.len()] }
    }

    /// The value of a state.
    pub fn get(&self, id: &str) -> Result<f64, Error> {
        Ok(self.values[place("state", &STATES, id)?])
    }

    /// Sets a state.
    ///
    /// # Errors
    /// An unknown id, or a value that is no finite number.
    pub fn set(&mut self, id: &str, value: f64) -> Result<(), Error> {
        let at = place("state", &STATES, id)?;
        if !value.is_finite() {
            return Err(Error::Number { field: id.to_owned(), value, must: "a finite number" });
        }
        self.values[at] = value;
        Ok(())
    }
}
