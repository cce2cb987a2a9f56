//! What the next session of a choice does to the skin.

use super::Future;
use super::times::Times;
use crate::Error;
use crate::case::{Case, Choice};
use crate::client::{Life, Model};
use crate::weigh::{Effort, Weighed, resampled};

/// Chance that the next session of a choice leaves a bruise or worse (reaction grade 3), 0-1; `None` where none comes, or none with strokes.
///
/// # Errors
/// A session before now, weighed clients of another case, or a stop.
pub fn bruise(case: &Case, weighed: &Weighed, choice: &Choice, effort: &Effort<'_>) -> Result<Option<f64>, Error> {
    let choices = std::slice::from_ref(choice);
    let model = Model::of(case, choices, weighed.weighing().seed)?;
    let times = Times::of(case, choices, &[])?;
    let Some(looks) = times.skin else { return Ok(None) };
    let future = Future { model: &model, chosen: resampled(weighed, effort.forecast), options: effort.options() };
    let levels = future.levels(&model.script(&choice.sessions)?, Life::WHOLE, &times.all_h, true)?;
    Ok(Some(future.bruise(&levels, looks)))
}
