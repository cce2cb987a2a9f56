//! A group's studies as residuals of the parameters they tell about.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::error::Error;
use crate::fit::Problem;
use crate::study::calibrate::between::Between;
use crate::study::calibrate::group::Group;
use crate::study::calibrate::model::Model;
use crate::study::calibrate::spread::spread;
use crate::study::calibrate::target::Target;
use crate::study::calibrate::unknown::Unknown;

/// What a fit needs to know.
pub(crate) struct Fitting<'a> {
    group: &'a Group<'a>,
    model: &'a dyn Model,
    /// Parameters that stand as they are, such as switches of mechanisms.
    fixed: Vec<(&'static str, f64)>,
    /// The parameters that move something.
    pub(crate) unknowns: Vec<Unknown<'a>>,
    /// For each study, which of them move it.
    moving: Vec<Vec<bool>>,
    /// How far studies lie apart.
    pub(crate) between: Between,
    /// Answers that were worked out before.
    known: Vec<Mutex<Known>>,
}

/// Answers of one study by the values that move it.
type Known = HashMap<Vec<u64>, Vec<f64>>;

/// How far an unknown is moved to see what it moves, in standard deviations of its prior.
const NUDGE: f64 = 1.0;
/// What counts as moved, in standard deviations of the finding.
const MOVED: f64 = 0.02;

impl<'a> Fitting<'a> {
    /// Finds which parameters of the library move which studies.
    pub(crate) fn new(
        group: &'a Group<'a>,
        model: &'a dyn Model,
        fixed: &[(&'static str, f64)],
        between: Between,
        threads: usize,
    ) -> Result<Self, Error> {
        let candidates = group.library.priors.iter().filter(|prior| prior.fits && prior.low < prior.high);
        let unknowns: Vec<Unknown> = candidates.map(Unknown::new).collect();
        let known = group.studies.iter().map(|_| Mutex::default()).collect();
        let moving = vec![vec![true; unknowns.len()]; group.studies.len()];
        let all = Self { group, model, fixed: fixed.to_vec(), unknowns, moving, between, known };
        let moving = all.screened(threads)?;
        Ok(all.kept(&moving))
    }

    /// How many studies there are.
    pub(crate) fn studies(&self) -> usize {
        self.group.studies.len()
    }

    /// What the model says of every endpoint of every study.
    pub(crate) fn simulated(&self, at: &[f64]) -> Result<Vec<Vec<f64>>, Error> {
        (0..self.group.studies.len()).map(|study| self.answers(study, at)).collect()
    }

    /// The residuals of one study.
    pub(crate) fn residuals_of(&self, study: usize, at: &[f64]) -> Result<Vec<f64>, Error> {
        let answers = self.answers(study, at)?;
        let targets = self.group.targets[study].iter();
        Ok(targets.map(|target| target.residual(answers[target.endpoint], self.between.of(target))).collect())
    }

    /// Answers of a study. Unknowns that do not move it are left at their middle, so that the answer does not depend on who asked first.
    pub(crate) fn answers(&self, study: usize, at: &[f64]) -> Result<Vec<f64>, Error> {
        let moving = self.moving[study].iter().zip(at).filter(|(moves, _)| **moves);
        let key: Vec<u64> = moving.map(|(_, unknown)| unknown.to_bits()).collect();
        let lock = || self.known[study].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return Ok(known.clone());
        }
        let found = self.unknowns.iter().zip(at).zip(&self.moving[study]);
        let found = found.map(|((unknown, at), moves)| unknown.at(if *moves { *at } else { 0.0 }));
        let values = self.group.values(self.group.studies[study], found, &self.fixed)?;
        let answers = self.model.simulated(self.group.studies[study], &values)?;
        lock().insert(key, answers.clone());
        Ok(answers)
    }

    /// Which endpoints of each study lie inside their bands.
    pub(crate) fn met(&self, at: &[f64]) -> Result<Vec<Vec<bool>>, Error> {
        let simulated = self.simulated(at)?;
        let studies = self.group.targets.iter().zip(&simulated);
        Ok(studies
            .map(|(targets, answers)| targets.iter().map(|one| one.is_met(answers[one.endpoint])).collect())
            .collect())
    }

    /// The same unknowns with other parameters standing as they are.
    pub(crate) fn switched(&self, fixed: &[(&'static str, f64)]) -> Self {
        let known = self.group.studies.iter().map(|_| Mutex::default()).collect();
        let (unknowns, moving, between) = (self.unknowns.clone(), self.moving.clone(), self.between.clone());
        Self { fixed: fixed.to_vec(), unknowns, moving, between, known, ..*self }
    }

    /// The most that any finding lies apart from that of another fitting, in standard deviations.
    pub(crate) fn apart(&self, other: &Self, at: &[f64]) -> Result<f64, Error> {
        let (ours, theirs) = (self.simulated(at)?, other.simulated(at)?);
        let mut most = 0.0;
        for (targets, (a, b)) in self.group.targets.iter().zip(ours.iter().zip(&theirs)) {
            for target in targets {
                most = f64::max(most, self.distance(target, a[target.endpoint], b[target.endpoint]));
            }
        }
        Ok(most)
    }

    /// How far two numbers for a finding lie apart, in standard deviations; without end when only one is a number.
    fn distance(&self, target: &Target, a: f64, b: f64) -> f64 {
        match (a.is_finite(), b.is_finite()) {
            (true, true) => (a - b).abs() / target.deviation(self.between.of(target)),
            (false, false) => 0.0,
            _ => f64::INFINITY,
        }
    }

    /// For each study and candidate: does it move a finding?
    fn screened(&self, threads: usize) -> Result<Vec<Vec<bool>>, Error> {
        let (studies, unknowns) = (self.group.studies.len(), self.unknowns.len());
        let flat = spread(studies * unknowns, threads, |index| self.moves(index / unknowns, index % unknowns));
        let flat = flat.into_iter().collect::<Result<Vec<bool>, Error>>()?;
        Ok(flat.chunks(unknowns.max(1)).map(<[bool]>::to_vec).collect())
    }

    fn moves(&self, study: usize, unknown: usize) -> Result<bool, Error> {
        let mut at = vec![0.0; self.unknowns.len()];
        let middle = self.answers(study, &at)?;
        for nudge in [NUDGE, -NUDGE] {
            at[unknown] = nudge;
            let aside = self.answers(study, &at)?;
            let distance = |target: &Target| self.distance(target, middle[target.endpoint], aside[target.endpoint]);
            if self.group.targets[study].iter().any(|target| distance(target) > MOVED) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Only the unknowns that move something.
    fn kept(self, moving: &[Vec<bool>]) -> Self {
        let keep: Vec<usize> = (0..self.unknowns.len()).filter(|u| moving.iter().any(|study| study[*u])).collect();
        Self {
            unknowns: keep.iter().map(|u| self.unknowns[*u]).collect(),
            moving: moving.iter().map(|study| keep.iter().map(|u| study[*u]).collect()).collect(),
            known: self.group.studies.iter().map(|_| Mutex::default()).collect(),
            ..self
        }
    }
}

impl Problem for Fitting<'_> {
    fn residuals(&self, at: &[f64]) -> Option<Vec<f64>> {
        let studies = 0..self.group.studies.len();
        let found: Result<Vec<_>, Error> = studies.map(|study| self.residuals_of(study, at)).collect();
        Some(found.ok()?.concat())
    }
}
