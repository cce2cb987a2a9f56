//! How far may the model be trusted on studies that it has not seen? Each study is foretold by a calibration on the others of its group.

use std::fmt::{self, Display, Formatter};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::fit::{Fitted, Problem, fit};
use crate::library::Library;
use crate::study::Study;
use crate::study::calibrate::{Fitting, Group, Model, Options, fitted, rounded, spread};

/// The studies of a group, each foretold from the others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Foretold {
    /// The group of tissues.
    pub id: String,
    /// Version of the program that wrote it.
    pub version: String,
    /// Each study.
    #[serde(rename = "study", default)]
    pub studies: Vec<Unseen>,
}

/// One study that the calibration did not see.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unseen {
    /// The study.
    pub id: String,
    /// Its verified endpoints with a band.
    pub endpoints: usize,
    /// How many of them lay inside when it was unseen.
    pub inside: usize,
    /// How many lie inside when it is calibrated on too.
    pub seen: usize,
    /// Root of the mean squared residual when it was unseen, in standard deviations.
    pub off: f64,
}

/// Foretells each study of a group. `progress` hears the share that is done, 0-1.
pub fn foretell(
    model: &dyn Model,
    library: &Library,
    studies: &[Study],
    group: &str,
    options: Options,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<Foretold, Error> {
    let group = Group::new(library, studies, group)?;
    let (fitting, all) = fitted(model, &group, &[], options, &|share| progress(share / 2.0))?;
    let done = AtomicUsize::new(0);
    let one = |study| {
        let found = unseen(&group, &fitting, &all, study, options);
        let share = (done.fetch_add(1, Ordering::Relaxed) + 1) as f64 / group.studies.len() as f64;
        progress(0.5 + share / 2.0);
        found
    };
    let found = spread(group.studies.len(), options.threads, one);
    let studies = found.into_iter().collect::<Result<_, _>>()?;
    Ok(Foretold { id: group.id.clone(), version: env!("CARGO_PKG_VERSION").to_owned(), studies })
}

/// Fits without a study, from where the fit with it ended, and asks for it.
fn unseen(group: &Group, fitting: &Fitting, all: &Fitted, study: usize, options: Options) -> Result<Unseen, Error> {
    let effort = Options { threads: 1, ..options }.effort();
    let others = fit(&Others { fitting, study }, &all.unknowns, effort);
    let others = others.ok_or(Error::Unsettled { what: "the calibration without a study", steps: 0 })?;
    let inside = |at: &[f64]| Ok::<_, Error>(fitting.met(at)?[study].iter().filter(|met| **met).count());
    let residuals = fitting.residuals_of(study, &others.unknowns)?;
    let squares: f64 = residuals.iter().map(|r| r * r).sum();
    Ok(Unseen {
        id: group.studies[study].about.id.clone(),
        endpoints: residuals.len(),
        inside: inside(&others.unknowns)?,
        seen: inside(&all.unknowns)?,
        off: rounded((squares / residuals.len() as f64).sqrt()),
    })
}

/// All studies but one.
struct Others<'a> {
    fitting: &'a Fitting<'a>,
    study: usize,
}

impl Problem for Others<'_> {
    fn residuals(&self, at: &[f64]) -> Option<Vec<f64>> {
        let others = (0..self.fitting.studies()).filter(|study| *study != self.study);
        let found: Result<Vec<_>, Error> = others.map(|study| self.fitting.residuals_of(study, at)).collect();
        Some(found.ok()?.concat())
    }
}

impl Foretold {
    /// Endpoints inside when unseen, inside when seen, and all.
    pub fn count(&self) -> [usize; 3] {
        let sum = |of: fn(&Unseen) -> usize| self.studies.iter().map(of).sum();
        [sum(|study| study.inside), sum(|study| study.seen), sum(|study| study.endpoints)]
    }
}

impl Display for Foretold {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        let [unseen, seen, all] = self.count();
        writeln!(f, "{}: of {all} verified endpoints {unseen} inside when unseen, {seen} when calibrated on", self.id)?;
        writeln!(f, "{:28} {:>9} {:>7} {:>7} {:>7}", "study", "endpoints", "unseen", "seen", "off by")?;
        self.studies.iter().try_for_each(|one| {
            let Unseen { id, endpoints, inside, seen, off } = one;
            writeln!(f, "{id:28} {endpoints:>9} {inside:>7} {seen:>7} {off:>7.2}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::calibrate::line::{Line, library, studies};

    #[test]
    fn a_study_is_foretold_from_the_others_alone() {
        let found = foretell(&Line, &library(), &studies(), "human", Options::default(), &|_| ()).expect("foretold");
        // The first found 10, the second 12, bands reach 0.98: each misses the other. Nobody else tells of the third, so its prior speaks.
        let unseen: Vec<usize> = found.studies.iter().map(|study| study.inside).collect();
        assert_eq!((unseen, found.studies[2].seen), (vec![0, 0, 0], 1));
        assert_eq!(found.count()[2], 3);
    }
}
