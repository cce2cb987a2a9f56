//! Calibration: one set of parameters for all studies of a species and tissue at once, null trials beside positive ones.
//!
//! The most probable parameters are sought: residuals of verified findings are in their standard errors and a deviation between studies, and
//! every parameter is held by its prior. The deviation between studies is estimated in turns with the parameters.

mod between;
mod fitting;
mod group;
#[cfg(test)]
pub(crate) mod line;
mod model;
mod scale;
mod spread;
mod table;
mod target;
mod unknown;

use crate::error::Error;
use crate::fit::{Effort, Fitted, fit};
use crate::library::{Calibration, Library};
use crate::study::Study;
pub(crate) use between::Between;
pub(crate) use fitting::Fitting;
pub(crate) use group::Group;
pub use group::groups;
pub use model::{Model, Simulation};
pub(crate) use spread::spread;
pub(crate) use unknown::rounded;

/// How to calibrate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// How often the deviation between studies is estimated anew.
    pub rounds: usize,
    /// Most steps of the fit, a round.
    pub steps: usize,
    /// Threads; the result does not depend on it.
    pub threads: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { rounds: 3, steps: 25, threads: 1 }
    }
}

impl Options {
    pub(crate) fn effort(self) -> Effort {
        Effort { steps: self.steps, gain: 1e-5, difference: 0.05, threads: self.threads }
    }
}

/// A calibration with how it met each finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// What was found.
    pub calibration: Calibration,
    /// The findings, in the order of the studies.
    pub misfits: Vec<Misfit>,
}

/// How far one finding was missed.
#[derive(Debug, Clone, PartialEq)]
pub struct Misfit {
    /// The study.
    pub study: String,
    /// Its endpoint.
    pub endpoint: String,
    /// The published number, where one was.
    pub published: Option<f64>,
    /// The simulated one, with the few subjects of a calibration.
    pub simulated: f64,
    /// One standard deviation, in the unit of the endpoint.
    pub deviation: f64,
    /// Was the standard error taken from the width of the band, since the paper gives none?
    pub assumed: bool,
    /// By how many of them it was missed; 0 for a direction or a gap that is met.
    pub residual: f64,
}

/// Calibrates a group on those of `studies` that belong to it. `progress` hears the share that is done, 0-1.
pub fn calibrate(
    model: &dyn Model,
    library: &Library,
    studies: &[Study],
    group: &str,
    options: Options,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<Outcome, Error> {
    let group = Group::new(library, studies, group)?;
    let (fitting, fitted) = fitted(model, &group, &[], options, progress)?;
    let misfits = misfits(&group, &fitting, &fitted)?;
    Ok(Outcome { calibration: calibration(model, &group, &fitting, &fitted), misfits })
}

/// Fits in rounds, each starting where the one before ended.
pub(crate) fn fitted<'a>(
    model: &'a dyn Model,
    group: &'a Group<'a>,
    fixed: &[(&'static str, f64)],
    options: Options,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<(Fitting<'a>, Fitted), Error> {
    let mut fitting = Fitting::new(group, model, fixed, Between::assumed(group)?, options.threads)?;
    let mut found = settled(&fitting, &vec![0.0; fitting.unknowns.len()], options.effort())?;
    for round in 1..options.rounds {
        progress(round as f64 / options.rounds as f64);
        fitting.between = fitting.between.estimated(group, &fitting.simulated(&found.unknowns)?)?;
        found = settled(&fitting, &found.unknowns, options.effort())?;
    }
    progress(1.0);
    Ok((fitting, found))
}

/// A fit, or what kept the model from answering at its start.
pub(crate) fn settled(fitting: &Fitting, start: &[f64], effort: Effort) -> Result<Fitted, Error> {
    if let Some(fitted) = fit(fitting, start, effort) {
        return Ok(fitted);
    }
    fitting.simulated(start)?;
    Err(Error::Unsettled { what: "the calibration", steps: 0 })
}

fn misfits(group: &Group, fitting: &Fitting, fitted: &Fitted) -> Result<Vec<Misfit>, Error> {
    let simulated = fitting.simulated(&fitted.unknowns)?;
    let mut misfits = Vec::with_capacity(group.endpoints());
    for ((study, targets), answers) in group.studies.iter().zip(&group.targets).zip(&simulated) {
        misfits.extend(targets.iter().map(|target| {
            let (endpoint, between) = (&study.endpoints[target.endpoint], fitting.between.of(target));
            Misfit {
                study: study.about.id.clone(),
                endpoint: endpoint.id.clone(),
                published: endpoint.published,
                simulated: answers[target.endpoint],
                deviation: target.deviation(between),
                assumed: target.assumed,
                residual: target.residual(answers[target.endpoint], between),
            }
        }));
    }
    Ok(misfits)
}

fn calibration(model: &dyn Model, group: &Group, fitting: &Fitting, fitted: &Fitted) -> Calibration {
    let values = fitting.unknowns.iter().enumerate().map(|(index, unknown)| unknown.calibrated(fitted, index));
    let between = fitting.between.by_quantity().iter();
    Calibration {
        id: group.id.clone(),
        seed: model.seed(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        studies: group.studies.iter().map(|study| study.about.id.clone()).collect(),
        endpoints: group.endpoints(),
        correlations: correlations(fitting, fitted),
        between: between.map(|(key, deviation)| (key.clone(), rounded(*deviation))).collect(),
        cost: rounded(fitted.cost),
        freedom: rounded(fitted.freedom),
        values: values.collect(),
    }
}

/// Weaker correlations are left out.
const WORTH: f64 = 0.1;

fn correlations(fitting: &Fitting, fitted: &Fitted) -> Vec<(String, String, f64)> {
    let id = |index: usize| fitting.unknowns[index].prior.id.clone();
    let pairs = (0..fitting.unknowns.len()).flat_map(|a| (a + 1..fitting.unknowns.len()).map(move |b| (a, b)));
    let strong = pairs.filter(|(a, b)| fitted.correlations[*a][*b].abs() >= WORTH);
    strong.map(|(a, b)| (id(a), id(b), (fitted.correlations[a][b] * 1000.0).round() / 1000.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::line::{Line, library, studies};
    use super::*;

    fn found(threads: usize) -> Calibration {
        let options = Options { threads, ..Options::default() };
        calibrate(&Line, &library(), &studies(), "human", options, &|_| ()).expect("a calibration").calibration
    }

    #[test]
    fn only_what_the_studies_tell_about_is_calibrated() {
        let found = found(2);
        let ids: Vec<&str> = found.values.iter().map(|one| one.id.as_str()).collect();
        assert_eq!((ids, found.endpoints), (vec!["motion_tolerance", "expectation_pain"], 3));
        assert!((found.values[0].value * 40.0 - 11.0).abs() < 1.0, "{:?}", found.values[0]);
        assert!(found.values.iter().all(|one| one.learnt > 0.3 && one.low < one.value && one.value < one.high));
    }

    #[test]
    fn two_studies_tell_how_far_apart_they_lie() {
        // 10 and 12 lie 1 from their mean: deviation 1 in all, so sqrt(1 - 0.25) between, raised to the least that is assumed, 1 degree.
        assert!((found(1).between["motion"] - 1.0).abs() < 1e-9);
        let mut apart = studies();
        apart[1].endpoints[0].published = Some(16.0);
        let found = calibrate(&Line, &library(), &apart, "human", Options::default(), &|_| ())
            .expect("a calibration")
            .calibration;
        assert!((found.between["motion"] - 2.96).abs() < 0.3, "{:?}", found.between);
    }

    #[test]
    fn threads_do_not_change_the_calibration() {
        assert_eq!(found(1), found(3));
    }
}
