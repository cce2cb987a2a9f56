//! The virtual clients are asked.

use serde::{Deserialize, Serialize};
use xystra_cohort::answer::{Ahead, Answer};
use xystra_cohort::batch::Watch;
use xystra_cohort::case::{Case, Choice};
use xystra_cohort::forecast;
use xystra_cohort::weigh::{Effort, Kept, Weighed, weigh};

use super::asked::Asked;
use super::choices::Offer;
use super::foretold::Foretold;
use crate::Error;

/// Virtual clients that are kept with an outlook: enough for a steady band, few enough to answer while somebody moves a slider.
const KEPT: usize = 2_000;

/// How thoroughly the virtual clients are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// As the validation has it: 100,000 weighed, 10,000 foretold.
    Full,
    /// A few thousand, for demonstrations and tests.
    Quick,
}

/// An outlook with the virtual clients that it was made with.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// What people see.
    pub foretold: Foretold,
    /// What answers "what if".
    pub clients: KeptClients,
}

/// Virtual clients kept for quick questions, with the case that they were weighed by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptClients {
    /// The case.
    pub case: Case,
    /// A few of its clients.
    pub kept: Kept,
}

/// Asks; `watch` may stop it, `threads` 0 takes all that there are.
///
/// # Errors
/// The virtual clients refuse, or somebody asked to stop.
pub fn compute(asked: &Asked, depth: Depth, threads: usize, watch: Option<&Watch>) -> Result<Made, Error> {
    let effort = Effort { threads, watch, ..effort(depth, asked.seed) };
    let weighed = weigh(&asked.case, &effort)?;
    let answer = forecast::answer(&asked.case, &weighed, &asked.choices, &asked.times_h, &effort)?;
    let foretold = Foretold {
        made_from: asked.made_from.clone(),
        entry: asked.entry,
        as_of: asked.as_of,
        now_h: asked.case.now_h,
        offers: offers(asked, &weighed, &answer, &effort)?,
        answer,
    };
    Ok(Made { foretold, clients: KeptClients { case: asked.case.clone(), kept: weighed.kept(KEPT) } })
}

/// The offers with the chance of a bruise: that of the plan in force, but where a choice presses differently.
fn offers(asked: &Asked, weighed: &Weighed, answer: &Answer, effort: &Effort<'_>) -> Result<Vec<Offer>, Error> {
    let strokes = |choice: &Choice| choice.sessions.first().map(|session| session.strokes.clone());
    let as_planned = asked.choices.first().map(strokes);
    let offer = |(offer, choice): (&Offer, &Choice)| {
        let bruise = match strokes(choice) {
            None => Some(0.0),
            presses if Some(&presses) == as_planned.as_ref() => answer.bruise,
            _ => forecast::bruise(&asked.case, weighed, choice, effort)?,
        };
        Ok(Offer { bruise, ..offer.clone() })
    };
    asked.offers.iter().zip(&asked.choices).map(offer).collect()
}

fn effort(depth: Depth, seed: u64) -> Effort<'static> {
    match depth {
        Depth::Full => Effort::full(seed),
        Depth::Quick => Effort::quick(seed),
    }
}

impl KeptClients {
    /// What a choice of somebody's own would lead to, for each track by its key, at these hours from now on.
    ///
    /// # Errors
    /// Sessions or times before now, or clients that another version kept.
    pub fn what_if(&self, choice: &Choice, times_h: &[f64]) -> Result<Vec<(String, Ahead)>, Error> {
        Ok(forecast::what_if(&self.case, &self.kept, choice, times_h)?)
    }
}
