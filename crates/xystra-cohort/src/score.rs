//! Forecasts held against real clients that they were not fitted on.
//!
//! Half of a file's clients, chosen by the seed and their ids, are fitted with a natural course; the other half are forecast from entry, and from
//! entry and the visit nearest to six weeks. Beside it stand three simple forecasts fitted on the same half. Nothing else is learnt from: no
//! other file, and none of the second half. Who was lost takes part as far as they were seen, and is counted.

mod horizon;
mod line;
mod report;
mod rival;
mod scale;
mod spread;
mod table;
mod trial;

pub use report::{FORECASTS, Forecast, Line, Middle, Ratio, Report};
pub use spread::{Hit, band, hit};

use crate::Error;
use crate::natural::fit::{Effort, Fit, Pull, fit};
use crate::natural::{Natural, Visit};
use line::{Head, Scored, line};
use rival::Rivals;
use table::Row;
use trial::{Client, Trial};

/// How a file is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Who is in which half; the bootstrap.
    pub seed: u64,
    /// How long the fit may take.
    pub effort: Effort,
}

/// Scores the clients of a CSV text (`id,time_weeks,arm,score,scale`); a report for each scale in it. `file` is for messages.
///
/// # Errors
/// A file that does not read, with lines and columns; too few clients.
pub fn score(file: &str, text: &str, options: &Options) -> Result<Vec<Report>, Error> {
    let rows = table::read(file, text)?;
    let mut scales: Vec<&str> = rows.iter().map(|row| row.scale.as_str()).collect();
    scales.sort_unstable();
    scales.dedup();
    scales.into_iter().map(|scale| one_scale(file, scale, &rows, options)).collect()
}

fn one_scale(file: &str, scale: &str, rows: &[Row], options: &Options) -> Result<Report, Error> {
    let own: Vec<&Row> = rows.iter().filter(|row| row.scale == scale).collect();
    let trial = Trial::of(file, &own, options.seed)?;
    let people = trial.watched();
    let pull = Pull::ours(mean_entry(&trial.first), trial.further());
    let fit = fit(&people, trial.scale.step, None, &pull, &options.effort)?;
    let mut report = about(scale, &trial, &fit);
    let landmark = trial.horizons.landmark();
    if landmark.is_none() {
        report
            .left_out
            .push("there is one follow-up only, so nothing is forecast from entry and a later visit".to_owned());
    }
    for given in [Some(None), landmark.map(Some)].into_iter().flatten() {
        add(&mut report, &trial, &fit, given, options.seed);
    }
    Ok(report)
}

fn about(scale: &str, trial: &Trial, fit: &Fit) -> Report {
    let unit = trial.scale.unit();
    let mut mean = vec![0.0; 1 + trial.further()];
    mean[0] = 1.0;
    for one in trial.first.iter().filter(|_| trial.further() > 0) {
        mean[1 + one.arm] += 1.0 / trial.first.len() as f64;
    }
    let middle = Natural::of(fit.middle(&mean).into());
    let no_entry = |half: &[Client]| half.iter().filter(|one| one.entry().is_none()).count();
    Report {
        scale: scale.to_owned(),
        more_is_better: trial.better == xystra_catalog::measure::Better::Higher,
        assumed: trial.assumed.map(str::to_owned),
        step: trial.scale.step * unit,
        clients: [trial.first.len(), trial.second.len()],
        without_entry: [no_entry(&trial.first), no_entry(&trial.second)],
        middle: Middle {
            half_life_weeks: std::f64::consts::LN_2 / middle.rate_per_h / 168.0,
            plateau: middle.plateau,
            noise: middle.noise * unit,
            gate: fit.question.gate * unit,
        },
        lines: Vec::new(),
        left_out: Vec::new(),
    }
}

fn mean_entry(clients: &[Client]) -> f64 {
    let entries: Vec<f64> = clients.iter().filter_map(|one| one.entry().map(|visit| visit.value)).collect();
    entries.iter().sum::<f64>() / entries.len() as f64
}

/// Forecasts the second half from what is given, and adds the rows: each horizon, all of them, and the same for each arm.
fn add(report: &mut Report, trial: &Trial, fit: &Fit, given: Option<usize>, seed: u64) {
    let from = given.map_or(0, |at| at + 1);
    let horizons: Vec<usize> = (from..trial.horizons.weeks.len()).collect();
    let rivals: Vec<Option<Rivals>> = horizons.iter().map(|at| Rivals::of(trial, given, *at, fit.question)).collect();
    for (at, _) in horizons.iter().zip(&rivals).filter(|(_, rivals)| rivals.is_none()) {
        let weeks = trial.horizons.weeks[*at];
        report.left_out.push(format!("week {weeks}: fewer than {} of the first half have a score there", rival::LEAST));
    }
    let scored: Vec<Scored> = (0..trial.second.len()).flat_map(|i| forecast(trial, fit, given, &rivals, i)).collect();
    let several = trial.arms.len() > 1;
    let arms = std::iter::once(None).chain((0..trial.arms.len()).filter(|_| several).map(Some));
    for arm in arms {
        for horizon in horizons.iter().map(|at| Some(*at)).chain([None]) {
            let fits =
                |one: &&Scored| arm.is_none_or(|arm| arm == one.arm) && horizon.is_none_or(|at| at == one.horizon);
            let those: Vec<&Scored> = scored.iter().filter(fits).collect();
            let lost = lost(trial, given, arm, horizon.map_or_else(|| horizons.clone(), |at| vec![at]).as_slice());
            let head = Head {
                given_weeks: given.map_or(0.0, |at| trial.horizons.weeks[at]),
                arm: arm.map(|arm| trial.arms[arm].clone()),
                weeks: horizon.map(|at| trial.horizons.weeks[at]),
                lost,
            };
            report.lines.extend(line(head, &those, trial.scale.unit(), seed));
        }
    }
}

/// What is given of a client; none if any of it is missing.
fn known(trial: &Trial, one: &Client, given: Option<usize>) -> Option<Vec<Visit>> {
    let entry = one.entry()?;
    match given {
        None => Some(vec![entry]),
        Some(at) => Some(vec![entry, one.at(&trial.horizons, at)?]),
    }
}

/// How often an answer is missing of clients of whom all that is given is there.
fn lost(trial: &Trial, given: Option<usize>, arm: Option<usize>, horizons: &[usize]) -> usize {
    let own = trial.second.iter().filter(|one| arm.is_none_or(|arm| arm == one.arm));
    let there = own.filter(|one| known(trial, one, given).is_some());
    there.map(|one| horizons.iter().filter(|at| one.at(&trial.horizons, **at).is_none()).count()).sum()
}

/// Forecasts one client at every later horizon where there is an answer to hold them against.
fn forecast(trial: &Trial, fit: &Fit, given: Option<usize>, rivals: &[Option<Rivals>], i: usize) -> Vec<Scored> {
    let one = &trial.second[i];
    let Some(visits) = known(trial, one, given) else { return Vec::new() };
    let from = given.map_or(0, |at| at + 1);
    let due =
        |(k, rivals): (usize, &Option<Rivals>)| Some((from + k, rivals.clone()?, one.at(&trial.horizons, from + k)?));
    let due: Vec<(usize, Rivals, Visit)> = rivals.iter().enumerate().filter_map(due).collect();
    if due.is_empty() {
        return Vec::new();
    }
    let times: Vec<f64> = due.iter().map(|(_, _, visit)| visit.at_h).collect();
    let ours = fit.foretell(&trial.covariates(one.arm), &visits, &times);
    let last = visits[visits.len() - 1].value;
    let held = |(foretold, (horizon, rivals, came)): (Vec<f64>, &(usize, Rivals, Visit))| {
        let all = [foretold, rivals.last_value(last), rivals.mean_change(one.arm, last), rivals.group(one.arm)];
        let place = fit.question.place(came.value);
        Scored {
            client: i,
            arm: one.arm,
            horizon: *horizon,
            hits: all.map(|chances| hit(&chances, place, fit.question.step)),
        }
    };
    ours.into_iter().zip(&due).map(held).collect()
}
