//! Do bands hold the truth as often as they say? Simulation-based calibration (Talts and others 2018), and the same under wrong models.

use super::bank::{Bank, Posterior, alone};
use super::crowd::each;
use super::quantity;
use super::rank::{Rank, Share};
use super::truth::Truth;
use super::{Setup, course::Course};
use crate::Error;
use crate::draw::Draw;
use crate::weigh::Effort;

/// How invented clients fared under one truth.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// What was true, or how it was weighed.
    pub says: String,
    /// What was asked, with where the truths lay.
    pub columns: Vec<Column>,
    /// Effective sizes, rising.
    pub effective: Vec<f64>,
    /// How many were weighed alone, by the method of an outlook.
    pub alone: usize,
}

/// One quantity that was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What.
    pub name: String,
    /// Where each client's truth lay.
    pub ranks: Vec<Rank>,
    /// Mean truth, and mean over clients of what was foretold in the mean.
    pub means: [f64; 2],
}

impl Column {
    /// Share of truths inside the band that holds `share`, ties counted in part.
    pub fn within(&self, share: f64) -> Share {
        Share::of(self.ranks.iter().map(|rank| rank.is_within(share)))
    }

    /// Share of truths inside the band as it is drawn.
    pub fn in_band(&self, share: f64) -> Share {
        Share::of(self.ranks.iter().map(|rank| rank.is_in_band(share)))
    }
}

/// Weighed by a bank, clients worth fewer than this are weighed alone.
pub(super) const FEW: f64 = 200.0;

/// Weighs every truth alone, or by a bank that they share and alone where that is worth too few.
pub(super) fn calibrate(
    says: &str,
    course: &Course,
    truths: &[Truth],
    bank: Option<&Bank>,
    setup: &Setup,
    hear: &mut dyn FnMut(f64),
) -> Result<Calibration, Error> {
    let luck = Draw::of(setup.seed, "trust luck");
    let names = quantity::names(&course.case);
    let one = |i: usize| {
        let (posterior, is_alone) = posterior(&truths[i], bank, setup, i)?;
        let values = |column: usize| posterior.weights.iter().enumerate().map(move |(k, weight)| (k, column, *weight));
        let ranks = (0..names.len()).map(|column| {
            let values = values(column).map(|(k, column, weight)| (posterior.lived.at(k, column), weight));
            Rank::of(truths[i].row[column], values, luck.uniform((i * names.len() + column) as u64))
        });
        let mean = |column: usize| {
            values(column).map(|(k, column, weight)| weight * known(posterior.lived.at(k, column))).sum()
        };
        let means = (0..names.len()).map(mean).collect::<Vec<f64>>();
        Ok(Weighed { ranks: ranks.collect(), means, effective: posterior.effective, is_alone })
    };
    let all = each(truths.len(), setup.threads, &one, hear)?;
    Ok(gathered(says, &names, truths, &all))
}

/// A client that could not be integrated weighs nothing; its number is none.
fn known(value: f64) -> f64 {
    if value.is_nan() { 0.0 } else { value }
}

fn posterior<'a>(
    truth: &Truth,
    bank: Option<&'a Bank>,
    setup: &Setup,
    i: usize,
) -> Result<(Posterior<'a>, bool), Error> {
    let shared = bank.map(|bank| bank.weigh(&truth.course.case.observations));
    if let Some(shared) = shared.filter(|shared| shared.effective >= FEW) {
        return Ok((shared, false));
    }
    // Another seed for each, so that their errors are their own.
    let seed = setup.seed ^ 0x5eed_0000 ^ (i as u64 + 1) << 20;
    let effort = Effort { clients: setup.weighed, forecast: setup.forecast, threads: 1, ..Effort::quick(seed) };
    Ok((alone(&truth.course, &effort)?, true))
}

struct Weighed {
    ranks: Vec<Rank>,
    means: Vec<f64>,
    effective: f64,
    is_alone: bool,
}

fn gathered(says: &str, names: &[String], truths: &[Truth], all: &[Weighed]) -> Calibration {
    let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / all.len() as f64;
    let column = |(k, name): (usize, &String)| Column {
        name: name.clone(),
        ranks: all.iter().map(|one| one.ranks[k]).collect(),
        means: [mean(&mut truths.iter().map(|truth| truth.row[k])), mean(&mut all.iter().map(|one| one.means[k]))],
    };
    let mut effective: Vec<f64> = all.iter().map(|one| one.effective).collect();
    effective.sort_by(f64::total_cmp);
    Calibration {
        says: says.to_owned(),
        columns: names.iter().enumerate().map(column).collect(),
        effective,
        alone: all.iter().filter(|one| one.is_alone).count(),
    }
}
