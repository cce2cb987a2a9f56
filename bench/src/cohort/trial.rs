//! The clients and what happens to them: the same for us and for others.

use anyhow::Result;
use serde_json::{Value, json};
use xystra_cohort::Error;
use xystra_cohort::batch::{Cohort, Jump, Person};
use xystra_tissue::remodel::equations::NEEDS;
use xystra_tissue::remodel::{INPUTS, OUTPUTS, PARAMETERS, Parameters, STATES, State, Touch, Treatment, sbml};

use crate::remodel::person::people;
use crate::remodel::schedule::Schedule;

const DAY_H: f64 = 24.0;
/// Twelve weeks.
const DAYS: u32 = 84;
/// Treatments in them.
const TREATMENTS: u32 = 10;

/// What an outlook looks at, and what is timed.
pub const SEEN: [&str; 9] =
    ["pain", "disability", "motion", "threshold", "grade-1", "grade-2", "grade-3", "grade-4", "grade-5"];

/// Virtual clients on one schedule.
#[derive(Debug, Clone)]
pub struct Trial {
    schedule: Schedule,
    outputs: Vec<&'static str>,
    times_h: Vec<f64>,
    jumps: Vec<Jump>,
    people: Vec<Parameters>,
}

impl Trial {
    /// Clients from the whole ranges of the priors, the middle first, looked at daily.
    ///
    /// # Errors
    /// Priors that the equations cannot hold.
    pub fn new(schedule: Schedule, outputs: &[&'static str], clients: usize, seed: u64) -> Result<Self> {
        let jumps = schedule.happenings.iter().map(Jump::of).collect();
        let (outputs, times_h) = (outputs.to_vec(), schedule.times_h());
        Ok(Self { schedule, outputs, times_h, jumps, people: people(clients, seed)? })
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.schedule.name
    }

    /// The schedule.
    pub fn schedule(&self) -> &Schedule {
        &self.schedule
    }

    /// What is looked at.
    pub fn outputs(&self) -> &[&'static str] {
        &self.outputs
    }

    /// Who there is.
    pub fn people(&self) -> &[Parameters] {
        &self.people
    }

    /// The same with the first so many clients.
    #[must_use]
    pub fn first(&self, clients: usize) -> Self {
        let people = self.people.iter().take(clients).cloned().collect();
        Self { people, ..self.clone() }
    }

    /// The middle client as SBML: others change its numbers only.
    pub fn sbml(&self) -> Result<String> {
        let middle = &self.people[0];
        Ok(sbml::write(self.name(), middle, &State::rest(middle), &self.schedule.happenings)?)
    }

    /// The states that the outputs follow from.
    pub fn needed(&self) -> Vec<&'static str> {
        let asked: Vec<_> = OUTPUTS.iter().zip(NEEDS).filter(|(id, _)| self.outputs.contains(id)).collect();
        let is_needed = |place: &usize| asked.iter().any(|(_, needs)| needs.contains(place));
        (0..STATES.len()).filter(is_needed).map(|place| STATES[place]).collect()
    }

    /// Names by their ids in SBML, and the numbers of every client in their order: parameters, inputs at rest, states at rest.
    pub fn json(&self) -> Value {
        let constants = [&PARAMETERS[..], &INPUTS].concat();
        let outputs: Vec<_> = self.outputs.iter().map(|id| sbml::output_id(id)).collect();
        let numbers = |person: &Parameters| {
            let State { values, inputs } = State::rest(person);
            ([&person.values()[..], &inputs].concat(), values.to_vec())
        };
        let clients: Vec<_> = self.people.iter().map(numbers).collect();
        json!({"constants": constants, "states": STATES, "needed": self.needed(), "outputs": outputs, "times": self.times_h, "clients": clients})
    }
}

impl Cohort for Trial {
    fn size(&self) -> usize {
        self.people.len()
    }

    fn times_h(&self) -> &[f64] {
        &self.times_h
    }

    fn fill(&self, i: usize, person: &mut Person) -> Result<(), Error> {
        person.parameters.clone_from(&self.people[i]);
        person.start = State::rest(&self.people[i]);
        person.jumps.clone_from(&self.jumps);
        Ok(())
    }
}

/// All outputs there are.
pub fn everything() -> Vec<&'static str> {
    OUTPUTS.to_vec()
}

/// Ten treatments in the mornings of five weeks, nights looked at; and ten at midnight, so that samples fall on the instants of events.
pub fn schedules() -> Result<[Schedule; 2]> {
    let twice = (0..TREATMENTS).map(|n| f64::from(n / 2 * 7 + n % 2 * 3) * DAY_H + 10.0);
    let weekly = (0..TREATMENTS).map(|n| f64::from(n * 7 + 1) * DAY_H);
    Ok([
        schedule("twice a week for five weeks, mornings", twice)?,
        schedule("weekly for ten weeks, at the instant of a sample", weekly)?,
    ])
}

fn schedule(name: &'static str, starts_h: impl Iterator<Item = f64>) -> Result<Schedule> {
    let touch = Touch { pressure_kpa: 30.0, fibre: 0.05, shear: 0.1 };
    let treatment = Treatment { touch, minutes: 5.0, slowness: 0.9, belief: 1.0 };
    let pairs: Vec<_> = starts_h.map(|start| treatment.happenings(start)).collect::<Result<_, _>>()?;
    Ok(Schedule { name, happenings: pairs.into_iter().flatten().collect(), days: DAYS })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_begins_in_the_middle_of_an_event() {
        // Others are given one file and only its numbers change, so that nothing may hang on what happens at 0 h.
        for schedule in schedules().unwrap() {
            assert!(schedule.happenings.iter().all(|happening| happening.at_h > 0.0), "{}", schedule.name);
            assert_eq!(schedule.happenings.len(), 2 * TREATMENTS as usize);
        }
    }
}
