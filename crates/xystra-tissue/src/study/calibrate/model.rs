//! What is calibrated, as far as the calibration can tell.

use crate::error::Error;
use crate::remodel::{Parameters, Tolerance};
use crate::study::Study;
use crate::study::draw::Draws;
use crate::study::run::expected;

/// Something that answers a study's questions.
pub trait Model: Sync {
    /// Seed of its virtual subjects.
    fn seed(&self) -> u64;

    /// The number for each endpoint of `study`, in its order and unit; not a number where there is none. `values` are parameters by id, later
    /// ones in place of earlier ones.
    fn simulated(&self, study: &Study, values: &[(&str, f64)]) -> Result<Vec<f64>, Error>;
}

/// The model of this crate, with a few subjects in each arm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Simulation {
    /// Subjects in each arm.
    pub subjects: usize,
    /// Decides which of their properties come together.
    pub seed: u64,
    /// How exactly the courses are integrated.
    pub tolerance: Tolerance,
}

impl Default for Simulation {
    fn default() -> Self {
        Self { subjects: 12, seed: 1, tolerance: Tolerance::DAILY }
    }
}

impl Model for Simulation {
    fn seed(&self) -> u64 {
        self.seed
    }

    fn simulated(&self, study: &Study, values: &[(&str, f64)]) -> Result<Vec<f64>, Error> {
        let draws = Draws::even(self.subjects).ordered(self.seed);
        expected(study, &Parameters::of(values.iter().copied())?, draws, self.tolerance)
    }
}
