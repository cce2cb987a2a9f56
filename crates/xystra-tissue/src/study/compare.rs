//! Which mechanisms do the papers need? Every set of them is calibrated anew; each pays for the parameters that it uses.
//!
//! A set's score is the sum of squared residuals and prior deviations at its best, and twice its effective number of parameters (as Akaike's
//! criterion counts them). The deviations between studies are those of the full set, so that scores compare.

mod set;
mod table;
mod verdict;

use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::fit::{Effort, Fitted};
use crate::library::Library;
use crate::study::Study;
use crate::study::calibrate::{Fitting, Group, Model, Options, fitted, rounded, settled, spread};
use set::Set;
pub use set::{MECHANISMS, WAYS};
pub use verdict::{Need, Verdict};

/// The comparison of one group.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// The group of tissues.
    pub id: String,
    /// Version of the program that wrote it.
    pub version: String,
    /// How many studies.
    pub studies: usize,
    /// How many verified endpoints.
    pub endpoints: usize,
    /// What it says of each mechanism.
    #[serde(rename = "verdict", default)]
    pub verdicts: Vec<Verdict>,
    /// Every set, the best first. Mechanisms that change nothing are left on.
    #[serde(rename = "set", default)]
    pub sets: Vec<SetFit>,
}

/// How well one set does.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetFit {
    /// The mechanisms that are on, and within remodelling the ways.
    pub mechanisms: Vec<String>,
    /// Sum of squared residuals and prior deviations.
    pub cost: f64,
    /// Effective number of parameters.
    pub freedom: f64,
    /// Cost and twice the freedom: less is better.
    pub score: f64,
    /// Endpoints inside their bands.
    pub inside: usize,
    /// Studies with an endpoint outside its band.
    pub missed: Vec<String>,
    /// Sum of squared residuals of each study.
    #[serde(skip)]
    pub(super) by_study: Vec<(String, f64)>,
}

/// What counts as a change when a mechanism is switched off, in standard deviations of the finding.
const CHANGED: f64 = 0.1;

/// A set's fit ends when a step lowers its cost by less than this share: far below what a verdict turns on.
const GAIN: f64 = 1e-3;

/// Compares the sets on one group. `progress` hears the share that is done, 0-1.
pub fn compare(
    model: &dyn Model,
    library: &Library,
    studies: &[Study],
    group: &str,
    options: Options,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<Comparison, Error> {
    let group = Group::new(library, studies, group)?;
    let full = fitted(model, &group, &Set::ALL.switches(), options, &|share| progress(share / 3.0))?;
    let idle = idle(&full)?;
    let sets = Set::every(&idle);
    let done = AtomicUsize::new(0);
    let fit = |place: usize| {
        let found = refitted(&group, &full, sets[place], options);
        let share = (done.fetch_add(1, Ordering::Relaxed) + 1) as f64 / sets.len() as f64;
        progress(1.0 / 3.0 + share * 2.0 / 3.0);
        found
    };
    let found = spread(sets.len(), options.threads, fit).into_iter().collect::<Result<Vec<_>, Error>>()?;
    comparison(&group, found, &idle)
}

/// Fits one set anew, from where the full set ended; what moves nothing any more goes back to its prior.
fn refitted(group: &Group, full: &(Fitting, Fitted), set: Set, options: Options) -> Result<SetFit, Error> {
    let fitting = full.0.switched(&set.switches());
    let effort = Effort { threads: 1, gain: GAIN, ..options.effort() };
    let fitted = settled(&fitting, &full.1.unknowns, effort)?;
    let met = fitting.met(&fitted.unknowns)?;
    let missed = group.studies.iter().zip(&met).filter(|(_, met)| met.contains(&false));
    Ok(SetFit {
        mechanisms: set.names().into_iter().map(str::to_owned).collect(),
        cost: rounded(fitted.cost),
        freedom: rounded(fitted.freedom),
        score: rounded(fitted.cost + 2.0 * fitted.freedom),
        inside: met.iter().flatten().filter(|inside| **inside).count(),
        missed: missed.map(|(study, _)| study.about.id.clone()).collect(),
        by_study: by_study(group, &fitting, &fitted)?,
    })
}

fn by_study(group: &Group, fitting: &Fitting, fitted: &Fitted) -> Result<Vec<(String, f64)>, Error> {
    let squares = |(place, study): (usize, &&Study)| {
        let residuals = fitting.residuals_of(place, &fitted.unknowns)?;
        Ok((study.about.id.clone(), residuals.iter().map(|r| r * r).sum()))
    };
    group.studies.iter().enumerate().map(squares).collect()
}

fn comparison(group: &Group, mut sets: Vec<SetFit>, idle: &[&str]) -> Result<Comparison, Error> {
    let verdicts = verdict::verdicts(&sets, idle)?;
    sets.sort_by(|a, b| a.score.total_cmp(&b.score));
    Ok(Comparison {
        id: group.id.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        studies: group.studies.len(),
        endpoints: group.endpoints(),
        verdicts,
        sets,
    })
}

/// The mechanisms and ways that change nothing when they are off, at the middle of the priors and at the best fit.
fn idle((fitting, fitted): &(Fitting, Fitted)) -> Result<Vec<&'static str>, Error> {
    let mut idle = Vec::new();
    for name in MECHANISMS.into_iter().chain(WAYS) {
        let off = fitting.switched(&Set::ALL.without(name).switches());
        let middle = fitting.apart(&off, &vec![0.0; fitted.unknowns.len()])?;
        if middle.max(fitting.apart(&off, &fitted.unknowns)?) < CHANGED {
            idle.push(name);
        }
    }
    Ok(idle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::calibrate::line::{Line, library, studies};

    #[test]
    fn the_one_mechanism_that_the_studies_need_is_found() {
        let found = compare(&Line, &library(), &studies(), "human", Options::default(), &|_| ()).expect("a comparison");
        let needs: Vec<Need> = found.verdicts.iter().map(|verdict| verdict.need).collect();
        assert_eq!(needs, [Need::Needed, Need::Idle, Need::Idle, Need::Idle, Need::Idle, Need::Idle]);
        assert_eq!(found.verdicts[0].studies, ["one", "two"]);
        assert_eq!((found.sets.len(), found.sets[0].missed.contains(&"null".to_owned())), (2, false));
        assert!(found.sets[1].score - found.sets[0].score > 6.0 && found.sets[1].missed.len() == 2);
    }
}
