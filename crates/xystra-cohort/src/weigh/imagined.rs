//! An invented client, drawn from the very prior, whose truth is known: to see whether the bands hold what they should.

use super::record::{LOOKS_H, strongest};
use super::{Likelihood, unweighed};
use crate::Error;
use crate::batch::Options;
use crate::case::{Case, Choice, Session};
use crate::client::{Clients, Crew, Levels, Life, Model};
use crate::draw::Draw;
use crate::effect::added;
use crate::forecast::Measuring;

/// What is true of an invented client, and what its record would hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Imagined {
    /// The case as it was given, with what would have been measured and graded.
    pub case: Case,
    /// The level of each track at each of the hours asked for: by hour, then track.
    pub levels: Vec<Vec<f64>>,
    /// What the strokes have gained by then, beside the same client with a sham.
    pub gains: Vec<Vec<f64>>,
    /// Its natural course.
    pub rate_per_h: f64,
}

/// Client `number` of a seed lives through a case and then `to_come`; each observation and reaction of the case is replaced by what would have
/// been written down. The seed is best another than that of weighing, or the truth is one of the clients that are weighed.
///
/// # Errors
/// As of [`super::weigh`].
pub fn imagined(
    case: &Case,
    to_come: &[Session],
    times_h: &[f64],
    number: usize,
    seed: u64,
) -> Result<Imagined, Error> {
    let choice = Choice { id: "imagined".to_owned(), sessions: to_come.to_vec() };
    let model = Model::of(case, &[choice], seed)?;
    let truth = unweighed(&model, number + 1).only([number]);
    let script = model.script(to_come)?;
    let ends_h: Vec<f64> = case.reactions.iter().map(|one| script.ends_h[one.session]).collect();
    let looks = ends_h.iter().flat_map(|end_h| LOOKS_H.map(|look| end_h + look));
    let mut all_h: Vec<f64> =
        case.observations.iter().map(|one| one.at_h).chain(looks).chain(times_h.iter().copied()).collect();
    all_h.sort_by(f64::total_cmp);
    all_h.dedup();
    let levels = |life: Life| {
        let crew = Crew { model: &model, clients: &truth, script: &script, lives: &[life], times_h: &all_h };
        crew.levels(&Options::default(), !case.reactions.is_empty())
    };
    let (treated, sham) = (levels(Life::WHOLE)?, levels(Life::SHAM)?);
    let places: Vec<usize> = times_h.iter().map(|at_h| place(&all_h, *at_h)).collect();
    let tracks = 0..case.tracks.len();
    let level = |k: &usize| tracks.clone().map(|track| treated.at(0, *k, track)).collect();
    let gained = |k: &usize, track: usize| added(&case.tracks[track], sham.at(0, *k, track), treated.at(0, *k, track));
    let gain = |k: &usize| tracks.clone().map(|track| gained(k, track)).collect();
    Ok(Imagined {
        levels: places.iter().map(level).collect(),
        gains: places.iter().map(gain).collect(),
        rate_per_h: model.natural(truth.at(0).1).rate_per_h,
        case: seen(&model, &truth, &treated, &all_h, &ends_h),
    })
}

/// The case with what would have been written down of one client.
fn seen(model: &Model<'_>, truth: &Clients, levels: &Levels, all_h: &[f64], ends_h: &[f64]) -> Case {
    let ((number, own), mut case) = (truth.at(0), model.case.clone());
    let (measuring, skin) = (Measuring::of(model.seed, "observed"), Draw::of(model.seed, "skin"));
    for (k, one) in case.observations.iter_mut().enumerate() {
        let level = levels.at(0, place(all_h, one.at_h), one.track);
        one.value = measuring.measure(model, one.track, own, level, number << 12 | k as u64);
    }
    for (k, (one, end_h)) in case.reactions.iter_mut().zip(ends_h).enumerate() {
        let chances = strongest(LOOKS_H.map(|look| levels.grades(0, place(all_h, end_h + look))));
        one.grade = Likelihood::known().graded(chances, skin.uniform(number << 12 | k as u64));
    }
    case
}

fn place(all_h: &[f64], at_h: f64) -> usize {
    all_h.partition_point(|time| *time < at_h)
}
