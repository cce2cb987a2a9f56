//! What a course would do to tissue in time, by the model: with it and without, and by which mechanism. It knows no client.

mod hours;
mod share;

use xystra_tissue::Error;
use xystra_tissue::library::library;
use xystra_tissue::remodel::{Course, Parameters, Tolerance, simulate};
use xystra_tissue::study::arm::{Dose, Treatment};
use xystra_tissue::study::schedule::Schedule;
use xystra_tissue::study::{Plan, Study, plan};

use hours::hours;
pub use share::{Share, shares};

/// A course that somebody thinks up.
#[derive(Debug, Clone, PartialEq)]
pub struct Protocol {
    /// Where: a tissue of `data/tissue/presets.toml`.
    pub tissue: String,
    /// What is the matter: a condition of `data/tissue/presets.toml`.
    pub condition: String,
    /// Sessions in a week, 1 to 7.
    pub per_week: u32,
    /// For so many weeks.
    pub weeks: u32,
    /// What is given in one session.
    pub dose: Dose,
    /// Which mechanisms are at work.
    pub mechanisms: Mechanisms,
    /// How long it is looked at, weeks.
    pub looked_weeks: u32,
}

/// Which mechanisms are at work. Natural recovery always is; expectation goes with every treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "four switches, each on its own")]
pub struct Mechanisms {
    /// Tone, tolerance, sensitisation.
    pub neural: bool,
    /// Hyperaemia and the clearing of fluid.
    pub fluid: bool,
    /// Microtrauma, inflammation, collagen.
    pub remodelling: bool,
    /// Breaking of cross-links.
    pub mechanical: bool,
}

impl Mechanisms {
    /// All four.
    pub const ALL: Self = Self { neural: true, fluid: true, remodelling: true, mechanical: true };

    /// Each with the parameter that switches it.
    fn switches(self) -> [(&'static str, bool); 4] {
        [
            ("neural", self.neural),
            ("fluid", self.fluid),
            ("remodelling", self.remodelling),
            ("mechanical", self.mechanical),
        ]
    }
}

/// A course and what would be without it, sampled at the same hours.
#[derive(Debug, Clone, PartialEq)]
pub struct Loading {
    /// When each session begins, hours.
    pub sessions_h: Vec<f64>,
    /// With the course.
    pub with: Course,
    /// Without it: natural recovery alone.
    pub without: Course,
}

/// Runs a course and its absence for the middle person.
///
/// # Errors
/// A tissue or condition that is not known, or numbers that the equations cannot hold.
pub fn loading(protocol: &Protocol) -> Result<Loading, Error> {
    let (with, without) = (protocol.plan(WITH, None)?, protocol.plan(WITHOUT, None)?);
    let times_h = hours(&with.times.strokes, f64::from(protocol.looked_weeks) * WEEK_H);
    let run = |plan: &Plan| simulate(&plan.parameters, &plan.state, &plan.happenings, &times_h, Tolerance::DAILY);
    let sessions_h = with.times.strokes.iter().map(|(begin, _)| *begin).collect();
    Ok(Loading { sessions_h, with: run(&with)?, without: run(&without)? })
}

const WEEK_H: f64 = 168.0;
/// Names of the two arms.
const WITH: &str = "with";
const WITHOUT: &str = "without";

impl Protocol {
    /// One arm as a study file would have it, so that the lab, a plan to simulate and a paper mean the same. `belief` replaces what is
    /// expected of it.
    fn plan(&self, arm: &str, belief: Option<f64>) -> Result<Plan, Error> {
        let base = library().values(&self.tissue, &self.condition)?;
        let mut parameters = Parameters::of(base)?;
        for (id, is_on) in self.mechanisms.switches() {
            if !is_on {
                parameters.set(id, 0.0)?;
            }
        }
        plan(&self.study(belief)?, arm, &parameters)
    }

    fn study(&self, belief: Option<f64>) -> Result<Study, Error> {
        let mut study = Study::parse("the lab's two arms", ARMS)?;
        study.about.tissue.clone_from(&self.tissue);
        study.about.condition.clone_from(&self.condition);
        let schedule = Schedule {
            per_week: Some(self.per_week.clamp(1, 7)),
            weeks: Some(self.weeks.max(1)),
            per_day: 1,
            ..Schedule::default()
        };
        if let Some(with) = study.arms.first_mut() {
            with.treatment = vec![Treatment { schedule, dose: self.dose.clone() }];
            with.belief = belief;
        }
        Ok(study)
    }
}

/// Two arms that are filled in.
const ARMS: &str = r#"
[study]
id = "lab"
title = "Lab"
tissue = "human-muscle"
calibrates = false

[[arm]]
id = "with"
comparator = "treatment"

[[arm.treatment]]
schedule = { once = true }
dose = { force = "medium" }

[[arm]]
id = "without"
comparator = "untreated"
"#;
