//! `xystra export sbml`: a plan as a model that other simulators run.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use xystra_tissue::remodel::sbml;
use xystra_tissue::study::{Study, plan};

use crate::study::read;

/// The middle person of an arm as SBML Level 3, with what is done to them as events.
#[derive(Debug, clap::Args)]
pub(crate) struct Sbml {
    /// A file in the format of docs/methods/studies.md, or the id of a study that Xystra carries.
    #[arg(value_name = "FILE_OR_ID")]
    file: String,
    /// Which arm; the first by default.
    #[arg(long, value_name = "ID")]
    arm: Option<String>,
    /// Where to write the model.
    #[arg(long, value_name = "MODEL")]
    out: PathBuf,
}

impl Sbml {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let study = read(&self.file)?;
        let first = study.arms.first().map(|arm| arm.id.clone()).context("the study holds no arm")?;
        let arm = self.arm.unwrap_or(first);
        let (model, events, start_h) = model(&study, &arm)?;
        fs::write(&self.out, model).with_context(|| format!("{}: cannot be written", self.out.display()))?;
        println!("{}: arm \"{arm}\" of {}, {events} happenings; time is in hours", self.out.display(), study.about.id);
        if start_h > 0.0 {
            println!("day 0 of the study is hour {start_h} of the model, which begins with what came before");
        }
        Ok(())
    }
}

/// The model, how many things happen in it, and the hour of day 0.
fn model(study: &Study, arm: &str) -> anyhow::Result<(String, usize, f64)> {
    let plan = plan(study, arm, &study.parameters()?)?;
    let name = format!("{}, {arm}; day 0 is hour {}", study.about.id, plan.times.start_h);
    let model = sbml::write(&name, &plan.parameters, &plan.state, &plan.happenings)?;
    Ok((model, plan.happenings.len(), plan.times.start_h))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_study_becomes_a_model() {
        for study in xystra_tissue::study::studies() {
            for arm in &study.arms {
                let (model, events, _) = model(study, &arm.id).unwrap();
                assert_eq!(
                    model.contains("<listOfEvents>"),
                    events > at_start(study, &arm.id),
                    "{} {}",
                    study.about.id,
                    arm.id
                );
            }
        }
    }

    /// What happens at the start stands in the initial values.
    fn at_start(study: &Study, arm: &str) -> usize {
        let plan = plan(study, arm, &study.parameters().unwrap()).unwrap();
        plan.happenings.iter().filter(|happening| happening.at_h == 0.0).count()
    }
}
