//! A study run: the courses of all subjects of its arms.

use crate::error::Error;
use crate::remodel::{Course, Parameters, Site, State, Tolerance, simulate};
use crate::study::Study;
use crate::study::arm::Arm;
use crate::study::draw::Draws;
use crate::study::endpoint::Endpoint;
use crate::study::quantity::{Quantity, Sense, quantities};
use crate::study::subject::{Subject, subjects};
use crate::study::time::When;
use crate::study::timetable::{BEFORE_H, Timetable, happenings, timetable};

/// The subjects of one arm with their courses.
pub(super) struct Group<'a> {
    pub(super) arm: &'a Arm,
    pub(super) times: Timetable,
    pub(super) subjects: Vec<Subject>,
    /// Do a few subjects stand for many?
    pub(super) is_few: bool,
    courses: Vec<Course>,
}

/// Points at which a span is looked at: 48 steps between.
const POINTS: usize = 49;
/// Points where a time is sought on the curve.
const FINE: usize = 241;

/// Runs the subjects of one arm and samples what the endpoints need.
pub(super) fn group<'a>(
    study: &'a Study,
    arm: &'a Arm,
    base: &Parameters,
    draws: Draws,
    tolerance: Tolerance,
) -> Result<Group<'a>, Error> {
    let times = timetable(study, arm, BEFORE_H)?;
    let hours = hours(study, arm)?;
    let subjects = subjects(study, arm, base, draws)?;
    let course = |subject: &Subject| {
        let happenings = happenings(study, arm, &times, &subject.firmness)?;
        simulate(&subject.parameters, &State::rest(&subject.parameters), &happenings, &hours, tolerance)
    };
    let courses = subjects.iter().map(course).collect::<Result<_, _>>()?;
    Ok(Group { arm, times, subjects, is_few: draws.is_even(), courses })
}

/// The hours that an endpoint looks at in an arm: one, or a span.
pub(super) fn looked_at(study: &Study, endpoint: &Endpoint, arm: &Arm) -> Result<Vec<f64>, Error> {
    let times = clock(study, endpoint, arm)?;
    let hour = |when| times.hour(when, endpoint.after);
    let Some([from, to]) = endpoint.over else {
        return Ok(endpoint.at.map(hour).into_iter().collect());
    };
    let (from, to) = (hour(When::After(from)), hour(When::After(to)));
    let points = if endpoint.derive.is_some() { FINE } else { POINTS };
    Ok((0..points).map(|k| from + (to - from) * k as f64 / (points - 1) as f64).collect())
}

/// The other hour of a ratio of one arm at two times.
pub(super) fn other_hour(study: &Study, endpoint: &Endpoint, arm: &Arm) -> Result<Option<f64>, Error> {
    let times = clock(study, endpoint, arm)?;
    Ok(endpoint.by_at.map(|when| times.hour(when, endpoint.after)))
}

/// The timetable that an endpoint counts by in an arm: its own; where nothing is done in it, that of the first arm where something is.
fn clock(study: &Study, endpoint: &Endpoint, arm: &Arm) -> Result<Timetable, Error> {
    let own = timetable(study, arm, BEFORE_H)?;
    if !own.bouts.is_empty() {
        return Ok(own);
    }
    let others = endpoint.arms().filter_map(|id| study.arm(id).ok());
    let mut busy = others
        .map(|other| timetable(study, other, BEFORE_H))
        .filter(|times| times.as_ref().map_or(true, |t| !t.bouts.is_empty()));
    busy.next().unwrap_or(Ok(own))
}

/// All hours that the endpoints need of an arm, in order.
fn hours(study: &Study, arm: &Arm) -> Result<Vec<f64>, Error> {
    let mut all = vec![timetable(study, arm, BEFORE_H)?.entry_h];
    for endpoint in study.endpoints.iter().filter(|endpoint| endpoint.arms().any(|id| id == arm.id)) {
        all.extend(looked_at(study, endpoint, arm)?);
        all.extend(other_hour(study, endpoint, arm)?);
    }
    all.sort_by(f64::total_cmp);
    all.dedup();
    Ok(all)
}

impl Group<'_> {
    /// A quantity of each subject at some hours: rows are subjects. In the quantity's unit, or in that of its baseline with `by_entry`.
    pub(super) fn levels(
        &self,
        quantity: &Quantity,
        movement: Option<&str>,
        hours: &[f64],
        by_entry: bool,
    ) -> Result<Vec<Vec<f64>>, Error> {
        let place = quantities().iter().position(|one| one.id == quantity.id).unwrap_or(0);
        self.subjects
            .iter()
            .zip(&self.courses)
            .map(|(subject, course)| {
                let entry = subject.entry(&quantity.id, movement).map(|entry| entry.value);
                let moving = movement.map(|_| subject.moving(movement)).transpose()?;
                let output = |hour: &f64| {
                    let at = course.times_h.partition_point(|time| time < hour).min(course.times_h.len() - 1);
                    let value = match &moving {
                        Some(parameters) => {
                            Site::new(parameters, &course.inputs[at]).outputs(&course.states[at])[place]
                        }
                        None => course.outputs[at][place],
                    };
                    match quantity.sense() {
                        Sense::Absolute => value,
                        Sense::Gained => value + entry.unwrap_or(0.0),
                        Sense::Relative => value * entry.filter(|_| by_entry).unwrap_or(1.0),
                    }
                };
                Ok(hours.iter().map(output).collect())
            })
            .collect()
    }
}
