//! A study run: the courses of all subjects of its arms.

use crate::error::Error;
use crate::remodel::{Course, Parameters, Site, State, Tolerance, simulate};
use crate::study::Study;
use crate::study::arm::Arm;
use crate::study::crowd::{Crowd, Look, Moments, Sample};
use crate::study::draw::Draws;
use crate::study::endpoint::Endpoint;
use crate::study::reading::Reading;
use crate::study::statistics::chances;
use crate::study::subject::{Subject, subjects};
use crate::study::time::When;
use crate::study::timetable::{BEFORE_H, Timetable, happenings, timetable};

/// The subjects of one arm with their courses.
pub(super) struct Group<'a> {
    study: &'a Study,
    arm: &'a Arm,
    times: Timetable,
    subjects: Vec<Subject>,
    /// Do a few subjects stand for many?
    is_few: bool,
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
    Ok(Group { study, arm, times, subjects, is_few: draws.is_even(), courses })
}

/// The hours that an endpoint looks at in an arm: one, or a span.
pub fn looked_at(study: &Study, endpoint: &Endpoint, arm: &Arm) -> Result<Vec<f64>, Error> {
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
pub fn other_hour(study: &Study, endpoint: &Endpoint, arm: &Arm) -> Result<Option<f64>, Error> {
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
    /// A quantity of each subject at some hours: rows are subjects. In the quantity's unit, or in that of its baseline.
    fn levels(&self, endpoint: &Endpoint, hours: &[f64]) -> Result<Vec<Vec<f64>>, Error> {
        let (reading, movement) = (Reading::of(endpoint)?, endpoint.movement.as_deref());
        let levels = |(subject, course): (&Subject, &Course)| {
            let entry = subject.entry(&reading.quantity.id, movement).map(|entry| entry.value);
            let moving = movement.map(|_| subject.moving(movement)).transpose()?;
            let output = |hour: &f64| {
                let at = course.times_h.partition_point(|time| time < hour).min(course.times_h.len() - 1);
                let outputs = match &moving {
                    Some(parameters) => Site::new(parameters, &course.inputs[at]).outputs(&course.states[at]),
                    None => course.outputs[at],
                };
                reading.level(outputs[reading.place], entry)
            };
            Ok(hours.iter().map(output).collect())
        };
        self.subjects.iter().zip(&self.courses).map(levels).collect()
    }

    fn numbers(&self, endpoint: &Endpoint, hours: &[f64]) -> Result<Vec<f64>, Error> {
        let reading = Reading::of(endpoint)?;
        Ok(self.levels(endpoint, hours)?.iter().map(|row| reading.number(row)).collect())
    }
}

impl Crowd for Vec<Group<'_>> {
    fn sample(&self, endpoint: &Endpoint, arm: &str, when: Look) -> Result<Sample, Error> {
        let group = of_arm(self, arm)?;
        let hours = match when {
            Look::Then => looked_at(group.study, endpoint, group.arm)?,
            Look::ByThen => other_hour(group.study, endpoint, group.arm)?.into_iter().collect(),
        };
        let (values, before) = (group.numbers(endpoint, &hours)?, group.numbers(endpoint, &[group.times.entry_h])?);
        let changes: Vec<f64> = values.iter().zip(&before).map(|(value, before)| value - before).collect();
        let is_few = self.iter().any(|group| group.is_few);
        let passing = passing(&Reading::of(endpoint)?, &values, &before, is_few);
        let [values, before, changes, passing] = [values, before, changes, passing].map(|all| Moments::of(&all));
        Ok(Sample { values, before, changes, passing })
    }

    fn curve(&self, endpoint: &Endpoint, arm: &str) -> Result<(Vec<f64>, Vec<f64>), Error> {
        let group = of_arm(self, arm)?;
        let hours = looked_at(group.study, endpoint, group.arm)?;
        let rows = group.levels(endpoint, &hours)?;
        let mean = |k: usize| rows.iter().map(|row| row[k]).sum::<f64>() / rows.len() as f64;
        let curve = (0..hours.len()).map(mean).collect();
        Ok((hours, curve))
    }
}

fn of_arm<'a, 'b>(groups: &'a [Group<'b>], arm: &str) -> Result<&'a Group<'b>, Error> {
    let found = groups.iter().find(|group| group.arm.id == arm);
    found.ok_or_else(|| Error::Unknown { what: "arm", key: arm.to_owned(), known: String::new() })
}

/// 1 for each subject that passes the limit, 0 for the others; the chance of each where a few stand for many.
fn passing(reading: &Reading, values: &[f64], before: &[f64], is_few: bool) -> Vec<f64> {
    let margins: Vec<f64> = values.iter().zip(before).map(|(v, b)| reading.margin(*v, *b)).collect();
    if is_few {
        return chances(&margins);
    }
    margins.iter().map(|margin| f64::from(u8::from(*margin >= 0.0))).collect()
}
