//! A course of weeks: the equations between events, the events, and samples.

use super::rosenbrock::Step;
use super::{Happening, INPUTS, OUTPUTS, Parameters, STATES, Site, State, Tolerance, integrate, place};
use crate::error::Error;

/// What was sampled along a course.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Course {
    /// Hours from the start.
    pub times_h: Vec<f64>,
    /// States at each time, in the order of [`STATES`].
    pub states: Vec<[f64; STATES.len()]>,
    /// Inputs at each time, in the order of [`INPUTS`].
    pub inputs: Vec<[f64; INPUTS.len()]>,
    /// Outputs at each time, in the order of [`OUTPUTS`].
    pub outputs: Vec<[f64; OUTPUTS.len()]>,
}

impl Course {
    /// One output at all times.
    pub fn output(&self, id: &str) -> Result<Vec<f64>, Error> {
        let at = place("output", &OUTPUTS, id)?;
        Ok(self.outputs.iter().map(|values| values[at]).collect())
    }

    /// One state at all times.
    pub fn state(&self, id: &str) -> Result<Vec<f64>, Error> {
        let at = place("state", &STATES, id)?;
        Ok(self.states.iter().map(|values| values[at]).collect())
    }
}

/// Runs the equations from `state` at 0 h through the happenings, in the order of their times and, at one time, in the order
/// given, and samples them at `times_h`. A sample on an event's instant is taken after it.
///
/// # Errors
/// Times that do not rise, are negative or no numbers; or values far outside what the equations can hold.
pub fn simulate(
    parameters: &Parameters,
    state: &State,
    happenings: &[Happening],
    times_h: &[f64],
    tolerance: Tolerance,
) -> Result<Course, Error> {
    check(happenings, times_h)?;
    let mut run = Run::new(parameters, state, times_h);
    let mut order: Vec<&Happening> = happenings.iter().collect();
    order.sort_by(|a, b| a.at_h.total_cmp(&b.at_h));
    let end = times_h.last().copied().unwrap_or(0.0);
    for happening in order.into_iter().take_while(|happening| happening.at_h <= end) {
        run.go_to(happening.at_h, tolerance)?;
        run.happen(happening);
    }
    run.go_to(end, tolerance)?;
    run.finish();
    Ok(run.course)
}

fn check(happenings: &[Happening], times_h: &[f64]) -> Result<(), Error> {
    let wrong = |field: &str, value, must| Err(Error::Number { field: field.to_owned(), value, must });
    if let Some(bad) = times_h.iter().chain(happenings.iter().map(|h| &h.at_h)).find(|t| !t.is_finite() || **t < 0.0) {
        return wrong("time, h", *bad, "a number from 0 on");
    }
    match times_h.windows(2).find(|pair| pair[1] < pair[0]) {
        Some(pair) => wrong("time, h", pair[1], "no earlier than the time before it"),
        None => Ok(()),
    }
}

/// A course under way.
struct Run<'a> {
    site: Site,
    at_h: f64,
    y: [f64; STATES.len()],
    /// Times not yet sampled.
    left: &'a [f64],
    course: Course,
}

impl<'a> Run<'a> {
    fn new(parameters: &Parameters, state: &State, times_h: &'a [f64]) -> Self {
        let site = Site::new(parameters, &state.inputs);
        let count = times_h.len();
        let course = Course {
            times_h: Vec::with_capacity(count),
            states: Vec::with_capacity(count),
            inputs: Vec::with_capacity(count),
            outputs: Vec::with_capacity(count),
        };
        Self { site, at_h: 0.0, y: state.values, left: times_h, course }
    }

    /// Integrates to a time and samples what lies before it.
    fn go_to(&mut self, to: f64, tolerance: Tolerance) -> Result<(), Error> {
        let (site, left, course) = (&self.site, &mut self.left, &mut self.course);
        integrate(site, (self.at_h, to), &mut self.y, tolerance, |at, end, step| {
            while let Some((&time, rest)) = left.split_first().filter(|(time, _)| **time < end) {
                sample(course, site, time, &state_at(step, at, time));
                *left = rest;
            }
        })?;
        self.at_h = to;
        Ok(())
    }

    fn happen(&mut self, happening: &Happening) {
        self.site.happen(happening, &mut self.y);
    }

    /// Samples what is left: times at the end itself.
    fn finish(&mut self) {
        for &time in self.left {
            sample(&mut self.course, &self.site, time, &self.y);
        }
    }
}

fn state_at(step: &Step<{ STATES.len() }>, at: f64, time: f64) -> [f64; STATES.len()] {
    if time <= at { step.start } else { step.within((time - at) / step.length) }
}

fn sample(course: &mut Course, site: &Site, time: f64, y: &[f64; STATES.len()]) {
    course.times_h.push(time);
    course.states.push(*y);
    course.inputs.push(*site.inputs());
    course.outputs.push(site.outputs(y));
}
