//! Runs studies.

use crate::error::Error;
use crate::remodel::{Happening, Parameters, State, Tolerance};
use crate::study::Study;
use crate::study::draw::Draws;
use crate::study::measure::measure;
use crate::study::report::{Finding, Report};
use crate::study::subject::subjects;
use crate::study::timetable::{Timetable, happenings, timetable};
use crate::study::trial::{Group, group};

/// Draws the subjects of each arm, simulates them and sets published beside simulated.
///
/// `parameters` are those of the middle person, as [`Study::parameters`] has them; the spread between people and the baselines come on top.
/// A subject of one arm has its like in the others, so that arms differ by what is done and not by chance; `seed` decides who they are.
pub fn run(study: &Study, parameters: &Parameters, seed: u64) -> Result<Report, Error> {
    let groups = groups(study, parameters, Tolerance::DAILY, |size| Draws::seeded(seed, size))?;
    let find = |endpoint| measure(endpoint, &groups).map(|found| Finding::new(study, endpoint, found));
    let endpoints = study.endpoints.iter().map(find).collect::<Result<_, _>>()?;
    Ok(Report { study: study.about.id.clone(), endpoints })
}

/// The number of each endpoint, in their order, with so many subjects in each arm, always the same ones: for calibration.
/// For an order it is the smallest step between neighbours; not a number where the model has none.
pub fn simulated(study: &Study, parameters: &Parameters, size: usize, tolerance: Tolerance) -> Result<Vec<f64>, Error> {
    expected(study, parameters, Draws::even(size), tolerance)
}

/// The same with the orders of a seed.
pub(super) fn expected(
    study: &Study,
    parameters: &Parameters,
    draws: Draws,
    tolerance: Tolerance,
) -> Result<Vec<f64>, Error> {
    let groups = groups(study, parameters, tolerance, |_| draws)?;
    study.endpoints.iter().map(|endpoint| Ok(measure(endpoint, &groups)?.estimate.value)).collect()
}

/// What the middle subject of an arm is at the start and what happens to it, for a simulation or an export.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Its parameters.
    pub parameters: Parameters,
    /// Where its tissue starts.
    pub state: State,
    /// What happens.
    pub happenings: Vec<Happening>,
    /// The clock.
    pub times: Timetable,
}

/// The plan of an arm.
pub fn plan(study: &Study, arm: &str, parameters: &Parameters) -> Result<Plan, Error> {
    let arm = study.arm(arm)?;
    let drawn = subjects(study, arm, parameters, Draws::even(1))?;
    let subject = drawn.first().ok_or_else(|| Error::Missing { what: "a subject", of: arm.id.clone() })?;
    let movement = study.baselines(arm).find(|one| one.quantity == "motion").and_then(|one| one.movement.as_deref());
    let parameters = subject.moving(movement)?;
    // Nobody asks for a baseline here, so that day 0 may be the hour 0.
    let times = timetable(study, arm, 0.0)?;
    let happenings = happenings(study, arm, &times, &subject.firmness)?;
    Ok(Plan { state: State::rest(&parameters), parameters, happenings, times })
}

fn groups<'a>(
    study: &'a Study,
    parameters: &Parameters,
    tolerance: Tolerance,
    draws: impl Fn(usize) -> Draws,
) -> Result<Vec<Group<'a>>, Error> {
    let asked = study.arms.iter().filter(|arm| study.endpoints.iter().any(|e| e.arms().any(|id| id == arm.id)));
    asked.map(|arm| group(study, arm, parameters, draws(study.size(arm)), tolerance)).collect()
}
