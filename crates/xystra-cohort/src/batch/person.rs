//! One virtual client, ready to be integrated.

use xystra_tissue::remodel::{Course, EVENTS, Happening, Parameters, State, Tolerance, simulate};

use crate::Error;

/// The most variables that an event has.
pub(super) const VARIABLES: usize = 5;

/// One event at one time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Jump {
    /// When, hours.
    pub at_h: f64,
    /// Its place in `xystra_tissue::remodel::EVENTS`.
    pub event: usize,
    /// Its variables in the order of that table; the rest is 0.
    pub variables: [f64; VARIABLES],
}

/// One virtual client: its parameters, where it starts, and what happens to it, in order of time.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// A value for every parameter of the equations.
    pub parameters: Parameters,
    /// At 0 h.
    pub start: State,
    /// In the order of their times.
    pub jumps: Vec<Jump>,
}

impl Jump {
    /// The same as a happening.
    pub fn of(happening: &Happening) -> Self {
        let mut variables = [0.0; VARIABLES];
        for (to, from) in variables.iter_mut().zip(happening.variables()) {
            *to = *from;
        }
        Self { at_h: happening.at_h, event: happening.event(), variables }
    }

    fn happening(&self) -> Result<Happening, Error> {
        let (id, names) = EVENTS[self.event];
        let variables: Vec<(&str, f64)> = names.iter().copied().zip(self.variables).collect();
        Ok(Happening::new(self.at_h, id, &variables)?)
    }
}

impl Person {
    /// The middle person at rest, to whom nothing happens.
    pub fn middle() -> Result<Self, Error> {
        let parameters = Parameters::prior()?;
        let start = State::rest(&parameters);
        Ok(Self { parameters, start, jumps: Vec::new() })
    }

    /// Its course by the reference integrator, one client at a time.
    pub fn course(&self, times_h: &[f64], tolerance: Tolerance) -> Result<Course, Error> {
        let happenings = self.jumps.iter().map(Jump::happening).collect::<Result<Vec<_>, _>>()?;
        Ok(simulate(&self.parameters, &self.start, &happenings, times_h, tolerance)?)
    }
}
