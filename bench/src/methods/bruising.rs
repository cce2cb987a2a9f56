//! What bruising adds: the same course with rising force, and with a skin that does not bleed.

use anyhow::{Context, Result};
use xystra_tissue::remodel::{OUTPUTS, Tolerance, simulate};
use xystra_tissue::study::plan;

use super::course::study;
use super::schedules::{HEADS, hours, row, summary};
use crate::section::table;

const FORCES_N: [f64; 6] = [2.0, 4.0, 6.0, 9.0, 15.0, 25.0];
const ARM: &str = "twice";
/// Times harder to bleed: no blood leaves a vessel.
const TOUGHER: f64 = 1e3;

/// The table, and below it what changes when the skin cannot bleed.
pub fn part() -> Result<String> {
    let mut rows = Vec::new();
    let mut added: Vec<(&str, f64)> = OUTPUTS.iter().map(|id| (*id, 0.0)).collect();
    for force_n in FORCES_N {
        let (with, without) = pair(force_n)?;
        rows.push(row(&format!("{force_n:.0} N"), &summary(&with)?));
        for (output, most) in &mut added {
            let pairs = with.output(output)?.into_iter().zip(without.output(output)?);
            *most = pairs.map(|(a, b)| (a - b).abs()).fold(*most, f64::max);
        }
    }
    let touched: Vec<_> = added.iter().filter(|(_, most)| *most > 1e-6).map(|(id, _)| format!("`{id}`")).collect();
    let said = format!(
        "With a skin that cannot bleed and all else equal, these outputs change at any of these forces: {}. No other output moves by more than a millionth.",
        touched.join(", ")
    );
    Ok(format!("{}\n{said}\n", table(&HEADS, &rows)))
}

fn pair(force_n: f64) -> Result<(xystra_tissue::remodel::Course, xystra_tissue::remodel::Course)> {
    let mut study = study("schedules")?;
    let arm = study.arms.iter_mut().find(|arm| arm.id == ARM).context("the arm twice a week")?;
    arm.treatment.iter_mut().for_each(|treatment| treatment.dose.force_n = Some(force_n));
    let plan = plan(&study, ARM, &study.parameters()?)?;
    let times: Vec<f64> = hours().iter().map(|hour| plan.times.start_h + hour).collect();
    let run = |parameters| simulate(parameters, &plan.state, &plan.happenings, &times, Tolerance::DAILY);
    let tough = plan.parameters.clone().with("blood_pressing", TOUGHER * plan.parameters.get("blood_pressing")?)?;
    Ok((run(&plan.parameters)?, run(&tough)?))
}
