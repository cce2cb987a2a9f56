//! The clients of one scale, in two halves.

use std::collections::BTreeMap;

use xystra_catalog::measure::Better;

use super::horizon::Horizons;
use super::scale::{Named, Scale};
use super::table::Row;
use crate::Error;
use crate::draw::Draw;
use crate::natural::Visit;
use crate::natural::fit::Watched;

/// The first visit counts as entry if it comes no later than this, weeks.
const ENTRY_WEEKS: f64 = 1.0;
/// A mean change this many standard errors from none shows which way is better where nobody said it.
const CLEAR: f64 = 2.0;
const HOURS_PER_WEEK: f64 = 168.0;

/// One client on 0-10, 0 best.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Client {
    pub(super) arm: usize,
    /// In order of time.
    pub(super) visits: Vec<Visit>,
}

/// All clients of one scale.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Trial {
    pub(super) arms: Vec<String>,
    pub(super) scale: Scale,
    pub(super) better: Better,
    /// What was taken for granted about the direction.
    pub(super) assumed: Option<&'static str>,
    /// To fit on.
    pub(super) first: Vec<Client>,
    /// To be forecast.
    pub(super) second: Vec<Client>,
    pub(super) horizons: Horizons,
}

impl Client {
    /// The answer at entry.
    pub(super) fn entry(&self) -> Option<Visit> {
        self.visits.first().copied().filter(|visit| visit.at_h <= ENTRY_WEEKS * HOURS_PER_WEEK)
    }

    /// The answer at a horizon: of several, the nearest.
    pub(super) fn at(&self, horizons: &Horizons, horizon: usize) -> Option<Visit> {
        let away = |visit: &&Visit| (visit.at_h / HOURS_PER_WEEK - horizons.weeks[horizon]).abs();
        let later = self.visits.iter().filter(|visit| visit.at_h > ENTRY_WEEKS * HOURS_PER_WEEK);
        let there = later.filter(|visit| horizons.of_weeks(visit.at_h / HOURS_PER_WEEK) == Some(horizon));
        there.min_by(|a, b| away(a).total_cmp(&away(b))).copied()
    }
}

impl Trial {
    /// The rows of one scale; who is in which half is a matter of the seed and of the client's id, arm by arm.
    pub(super) fn of(file: &str, rows: &[&Row], seed: u64) -> Result<Self, Error> {
        let named = Named::parse(&rows[0].scale)?;
        let raw = clients(rows);
        let arms: Vec<String> = names(&raw);
        let [first, second] = halves(&raw, seed);
        let (better, assumed) = direction(&named, &first);
        let scale = named.settled(better, &rows.iter().filter_map(|row| row.score).collect::<Vec<_>>());
        let [first, second] =
            [first, second].map(|half| half.into_iter().map(|one| one.client(&arms, &scale)).collect::<Vec<_>>());
        let weeks =
            raw.iter().flat_map(|one| one.scores.iter().map(|(weeks, _)| *weeks)).filter(|weeks| *weeks > ENTRY_WEEKS);
        let trial = Self { horizons: Horizons::of(weeks), arms, scale, better, assumed, first, second };
        trial.check(file, &rows[0].scale)?;
        Ok(trial)
    }

    /// The first half as the fit takes it.
    pub(super) fn watched(&self) -> Vec<Watched> {
        let watched = |one: &Client| Watched { covariates: self.covariates(one.arm), visits: one.visits.clone() };
        self.first.iter().map(watched).collect()
    }

    /// 1, and one for the arm where there are several.
    pub(super) fn covariates(&self, arm: usize) -> Vec<f64> {
        let further = (0..self.further()).map(|other| if other == arm { 1.0 } else { 0.0 });
        std::iter::once(1.0).chain(further).collect()
    }

    pub(super) fn further(&self) -> usize {
        if self.arms.len() > 1 { self.arms.len() } else { 0 }
    }

    fn check(&self, file: &str, scale: &str) -> Result<(), Error> {
        let refuse = |what: String| Err(Error::File { file: file.to_owned(), what: format!("scale {scale}: {what}") });
        let seen = |half: &[Client]| half.iter().filter(|one| one.entry().is_some() && one.visits.len() > 1).count();
        match (seen(&self.first), seen(&self.second)) {
            _ if self.horizons.weeks.is_empty() => {
                refuse("nobody has a score after week 1; there is nothing to forecast".to_owned())
            }
            (0, 0) => refuse("nobody has a score at entry (time_weeks 0 to 1) and one later".to_owned()),
            (a, b) if a < 4 || b < 4 => refuse(format!(
                "only {} clients have a score at entry (time_weeks 0 to 1) and one later; at least 8 are needed to fit on half of them",
                a + b
            )),
            _ => Ok(()),
        }
    }
}

/// A client as the file says.
#[derive(Debug, Clone)]
struct Raw<'a> {
    id: &'a str,
    arm: &'a str,
    /// Week and score, in order of time.
    scores: Vec<(f64, f64)>,
}

impl Raw<'_> {
    fn client(&self, arms: &[String], scale: &Scale) -> Client {
        let visit = |(weeks, score): &(f64, f64)| Visit { at_h: weeks * HOURS_PER_WEEK, value: scale.badness(*score) };
        let arm = arms.iter().position(|arm| arm == self.arm).unwrap_or(0);
        Client { arm, visits: self.scores.iter().map(visit).collect() }
    }
}

fn clients<'a>(rows: &[&'a Row]) -> Vec<Raw<'a>> {
    let mut all: BTreeMap<&str, Raw<'a>> = BTreeMap::new();
    for row in rows {
        let one = all.entry(&row.id).or_insert_with(|| Raw { id: &row.id, arm: &row.arm, scores: Vec::new() });
        one.scores.extend(row.score.map(|score| (row.weeks, score)));
    }
    let mut all: Vec<Raw<'a>> = all.into_values().collect();
    for one in &mut all {
        one.scores.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    all
}

fn names(clients: &[Raw<'_>]) -> Vec<String> {
    let mut arms: Vec<String> = clients.iter().map(|one| one.arm.to_owned()).collect();
    arms.sort();
    arms.dedup();
    arms
}

/// Every other client of each arm, in the order of a number drawn for the id.
fn halves<'a>(clients: &[Raw<'a>], seed: u64) -> [Vec<Raw<'a>>; 2] {
    let mut order: Vec<(&str, f64, &Raw<'a>)> =
        clients.iter().map(|one| (one.arm, Draw::of(seed, one.id).uniform(0), one)).collect();
    order.sort_by(|a, b| a.0.cmp(b.0).then(a.1.total_cmp(&b.1)));
    let half = |which: usize| order.iter().skip(which).step_by(2).map(|(_, _, one)| (*one).clone()).collect();
    [half(0), half(1)]
}

/// Which way is better: as said, or as the first half moved, or down.
fn direction(named: &Named, first: &[Raw<'_>]) -> (Better, Option<&'static str>) {
    if let Some(better) = named.better {
        return (better, None);
    }
    let changes: Vec<f64> = first.iter().filter_map(|one| Some(one.scores.last()?.1 - one.scores.first()?.1)).collect();
    let count = changes.len() as f64;
    let mean = changes.iter().sum::<f64>() / count;
    let variance = changes.iter().map(|change| (change - mean) * (change - mean)).sum::<f64>() / (count - 1.0).max(1.0);
    if mean > CLEAR * (variance / count).sqrt() {
        return (
            Better::Higher,
            Some("the scale does not say which end is best; scores of the first half rise, so more is taken as better"),
        );
    }
    (Better::Lower, Some("the scale does not say which end is best; less is taken as better"))
}
