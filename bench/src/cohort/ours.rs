//! Our batch engine on a trial, and the truth by the reference integrator.

use anyhow::Result;
use xystra_cohort::batch::{Cohort, Options, Person, run};
use xystra_tissue::remodel::{OUTPUTS, Tolerance};

use super::error::Outputs;
use super::processor;
use super::trial::Trial;
use crate::spread::Spread;

/// As near to the truth as doubles come here.
const TRUTH: Tolerance = Tolerance { relative: 1e-12, absolute: 1e-14 };

/// The tolerance of every program: the absolute one is a hundredth of the relative.
pub fn tolerance(relative: f64) -> Tolerance {
    Tolerance { relative, absolute: relative / 100.0 }
}

/// The batch engine on one core: what it found, and the time of the processor for all clients, s.
pub fn batch(trial: &Trial, relative: f64, repeats: usize) -> Result<(Outputs, Spread)> {
    let options = Options { tolerance: tolerance(relative), threads: 1, ..Options::default() };
    let mut spread = Spread::default();
    let mut found = Outputs { values: Vec::new(), days: trial.times_h().len(), width: trial.outputs().len() };
    for _ in 0..repeats.max(1) {
        let (seen, seconds) = processor::timed(|| run(trial, trial.outputs(), &options));
        found.values = seen?.values;
        spread.push(seconds);
    }
    Ok((found, spread))
}

/// The reference integrator, client by client, at a tolerance a hundred times tighter than anybody's below.
pub fn truth(trial: &Trial) -> Result<Outputs> {
    let places: Vec<_> = trial.outputs().iter().filter_map(|id| OUTPUTS.iter().position(|known| known == id)).collect();
    let mut person = Person::middle()?;
    let mut values = Vec::new();
    for i in 0..trial.size() {
        trial.fill(i, &mut person)?;
        let course = person.course(trial.times_h(), TRUTH)?;
        values.extend(course.outputs.iter().flat_map(|seen| places.iter().map(|place| seen[*place])));
    }
    Ok(Outputs { values, days: trial.times_h().len(), width: places.len() })
}
