//! What could come: the weighed virtual clients run on through what might be done, and through what was not done.

mod bands;
mod future;
mod measured;
mod skin;
mod times;

use crate::Error;
use crate::answer::{Ahead, Answer};
use crate::case::{Case, Choice};
use crate::client::{Life, Model};
use crate::effect;
use crate::weigh::{Chosen, Effort, Kept, Weighed, resampled};
pub(crate) use bands::{quantile, sorted};
pub(crate) use future::Future;
pub(crate) use measured::Measuring;
pub use skin::bruise;
pub(crate) use times::Times;

/// What the weighed clients say: where the client is, what each choice leads to, what the strokes added, and what would narrow the answer.
///
/// `times_h` are the hours to foretell, from now on, rising. Without a choice, "nothing more is done" stands in for the first one.
///
/// # Errors
/// Choices or times before now, weighed clients of another case, or a stop.
pub fn answer(
    case: &Case,
    weighed: &Weighed,
    choices: &[Choice],
    times_h: &[f64],
    effort: &Effort<'_>,
) -> Result<Answer, Error> {
    let weighing = weighed.weighing();
    let model = Model::of(case, choices, weighing.seed)?;
    let times = Times::of(case, choices, times_h)?;
    let future = Future { model: &model, chosen: resampled(weighed, effort.forecast), options: effort.options() };
    let plan = choices.first().map_or(&[][..], |choice| &choice.sessions);
    let script = model.script(plan)?;
    let treated = future.levels(&script, Life::WHOLE, &times.all_h, times.skin.is_some())?;
    let sham = future.levels(&script, Life::SHAM, &times.all_h, false)?;
    let untreated = future.levels(&model.script_of(&[])?, Life::WHOLE, &times.all_h, false)?;
    let mut others = Vec::new();
    for choice in choices.iter().skip(1) {
        others.push(future.levels(&model.script(&choice.sessions)?, Life::WHOLE, times_h, false)?);
    }
    let effects = effect::Effects::of(&future, plan, [&treated, &sham], &times, effort)?;
    let ahead = |track: usize| {
        let first = choices.first().map(|one| future.ahead(&one.id, &treated, track, &times.later(), &times.all_h));
        let every: Vec<usize> = (0..times_h.len()).collect();
        let rest = choices.iter().skip(1).zip(&others);
        let rest = rest.map(|(choice, levels)| future.ahead(&choice.id, levels, track, &every, times_h));
        let twins = [("untreated", &untreated), ("sham", &sham)];
        let twins = twins.map(|(id, levels)| future.ahead(id, levels, track, &times.curve(), &times.all_h));
        first.into_iter().chain(rest).chain(twins).collect()
    };
    let tracks = (0..case.tracks.len())
        .map(|track| effects.track(track, future.bands(&treated, track, &times.so_far(), &times.all_h), ahead(track)));
    Ok(Answer {
        weighing,
        tracks: tracks.collect(),
        bruise: times.skin.map(|looks| future.bruise(&treated, looks)),
        designs: effects.designs(&future, plan, effort)?,
    })
}

/// What one choice leads to for each track, from clients that were kept: fast enough for somebody who waits.
///
/// # Errors
/// Choices or times before now, or clients that another case or version kept.
pub fn what_if(case: &Case, kept: &Kept, choice: &Choice, times_h: &[f64]) -> Result<Vec<(String, Ahead)>, Error> {
    let choices = std::slice::from_ref(choice);
    let model = Model::of(case, choices, kept.seed)?;
    Times::of(case, choices, times_h)?;
    let chosen = Chosen { clients: kept.clients(&model)?, counts: kept.counts.clone() };
    let effort = Effort::quick(kept.seed);
    let future = Future { model: &model, chosen, options: effort.options() };
    let levels = future.levels(&model.script(&choice.sessions)?, Life::WHOLE, times_h, false)?;
    let every: Vec<usize> = (0..times_h.len()).collect();
    let ahead =
        |track: usize| (case.tracks[track].id.clone(), future.ahead(&choice.id, &levels, track, &every, times_h));
    Ok((0..case.tracks.len()).map(ahead).collect())
}
