//! One arm of a question file, simulated.

use std::fs;

use anyhow::{Context, Result};
use xystra_tissue::remodel::{Course, Tolerance, simulate};
use xystra_tissue::study::{Plan, Study, plan};

/// The study in a file of docs/methods.
pub fn study(name: &str) -> Result<Study> {
    let file = format!("{}/{name}.study.toml", super::FOLDER);
    Ok(Study::parse(&file, &fs::read_to_string(&file).with_context(|| file.clone())?)?)
}

/// The middle person of one arm: what happens, and what comes of it at hours after day 0.
pub fn course(study: &Study, arm: &str, hours: &[f64]) -> Result<(Plan, Course)> {
    let plan = plan(study, arm, &study.parameters()?)?;
    let times: Vec<f64> = hours.iter().map(|hour| plan.times.start_h + hour).collect();
    let course = simulate(&plan.parameters, &plan.state, &plan.happenings, &times, Tolerance::DAILY)?;
    Ok((plan, course))
}

/// Name of an arm for a reader.
pub fn arm_name<'a>(study: &'a Study, arm: &'a str) -> &'a str {
    study.arms.iter().find(|one| one.id == arm).and_then(|one| one.name.as_deref()).unwrap_or(arm)
}

/// So many hours from 0 to `end` evenly.
pub fn even(end: f64, count: u32) -> Vec<f64> {
    (0..=count).map(|n| end * f64::from(n) / f64::from(count)).collect()
}
