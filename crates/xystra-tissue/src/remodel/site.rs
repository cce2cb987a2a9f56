//! The equations at one site of tissue, with parameters and inputs held.

use super::equations::{self, CONSTANTS, FACTORS, JACOBIAN};
use super::rosenbrock::Problem;
use super::{Happening, INPUTS, OUTPUTS, PARAMETERS, Parameters, STATES};

/// The equations at one site of tissue: everything but the states is held.
#[derive(Debug, Clone)]
pub struct Site {
    parameters: [f64; PARAMETERS.len()],
    constants: [f64; CONSTANTS],
    inputs: [f64; INPUTS.len()],
}

impl Site {
    /// The equations with these parameters and inputs.
    pub fn new(parameters: &Parameters, inputs: &[f64; INPUTS.len()]) -> Self {
        let parameters = *parameters.values();
        Self { parameters, constants: equations::constants(&parameters), inputs: *inputs }
    }

    /// What is done to the site now.
    pub fn inputs(&self) -> &[f64; INPUTS.len()] {
        &self.inputs
    }

    /// What is seen at states `y`.
    pub fn outputs(&self, y: &[f64; STATES.len()]) -> [f64; OUTPUTS.len()] {
        equations::outputs(&self.parameters, &self.constants, &self.inputs, y)
    }

    /// Lets an event change the inputs and the states.
    pub fn happen(&mut self, happening: &Happening, y: &mut [f64; STATES.len()]) {
        equations::happen(happening.event(), &self.parameters, happening.variables(), &mut self.inputs, y);
    }
}

impl Problem<{ STATES.len() }> for Site {
    type Jacobian = [f64; JACOBIAN.len()];
    type Factors = [f64; FACTORS];

    fn rate(&self, y: &[f64; STATES.len()]) -> [f64; STATES.len()] {
        equations::rate(&self.parameters, &self.constants, &self.inputs, y)
    }

    fn jacobian(&self, y: &[f64; STATES.len()]) -> Self::Jacobian {
        equations::jacobian(&self.parameters, &self.constants, &self.inputs, y)
    }

    fn factor(&self, shift: f64, jacobian: &Self::Jacobian) -> Self::Factors {
        equations::factor(shift, jacobian)
    }

    fn solve(&self, factors: &Self::Factors, b: &mut [f64; STATES.len()]) {
        equations::solve(factors, b);
    }
}
