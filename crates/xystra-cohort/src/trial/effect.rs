//! One arm against another: how far apart, and how large a real trial must be to find it.

use serde::Serialize;
use xystra_tissue::study::endpoint::Endpoint;
use xystra_tissue::study::quantity::{Sense, quantity};
use xystra_tissue::study::{Look, Moments};

use crate::Error;
use crate::population::measurement_error;
use crate::trial::Trial;
use crate::trial::contrast::{Contrast, is_change};
use crate::trial::power::power;
use crate::trial::spread::ninety;
use crate::trial::sums::Sums;
use crate::trial::tally::Tally;
use crate::trial::view::{self, BEFORE};

/// One arm against another. Differences are the arm less the one it is held against.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Effect {
    /// The endpoint whose quantity and time it takes.
    pub endpoint: String,
    /// Is it the change since entry that is compared?
    pub of_change: bool,
    /// The arm.
    pub arm: String,
    /// The one it is held against.
    pub against: String,
    /// Unit of the difference.
    pub unit: String,
    /// Mean difference over all clients.
    pub difference: Option<f64>,
    /// Its standard error from the number of clients, each beside itself in the other arm.
    pub error: Option<f64>,
    /// Nine of ten worlds lie within.
    pub ninety: Option<[f64; 2]>,
    /// The difference by the standard deviation of what a real trial would measure (Cohen's d).
    pub smd: Option<f64>,
    /// Nine of ten worlds lie within.
    pub smd_ninety: Option<[f64; 2]>,
    /// That standard deviation, the error of the measurement in it.
    pub sd: Option<f64>,
    /// Standard error of one measurement that was added, in the difference's unit; 0 where none is known.
    pub measurement: f64,
    /// By size of a real trial.
    pub power: Vec<Power>,
}

/// How likely a real trial finds the difference.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Power {
    /// People in each arm.
    pub n: u32,
    /// Chance of a two-sided 5 % test, over all worlds; null where there is no difference to speak of.
    pub chance: Option<f64>,
}

/// People in each arm of the real trials that are asked about.
const SIZES: [u32; 6] = [10, 20, 30, 50, 100, 200];

impl Effect {
    pub(super) fn of(trial: &Trial, sums: &Sums, place: usize) -> Result<Self, Error> {
        let contrast = &trial.contrasts[place];
        let endpoint = &trial.study.endpoints[contrast.endpoint];
        let apart = |world| Apart::of(trial, &Tally { views: &trial.views, sums, world }, place);
        let all = apart(None)?;
        let worlds = (0..usize::try_from(trial.setup.worlds).unwrap_or(0)).map(|world| apart(Some(world)));
        let worlds = worlds.collect::<Result<Vec<Apart>, Error>>()?;
        let each = |of: fn(&Apart) -> f64| worlds.iter().map(of).collect::<Vec<f64>>();
        let finite = |value: f64| Some(value).filter(|value| value.is_finite());
        Ok(Self {
            endpoint: endpoint.id.clone(),
            of_change: is_change(endpoint),
            arm: contrast.arm.clone(),
            against: contrast.against.clone(),
            unit: level_unit(endpoint)?,
            difference: finite(all.difference),
            error: finite(all.se),
            ninety: ninety(all.difference, all.se, &each(|one| one.difference)),
            smd: finite(all.smd()),
            smd_ninety: ninety(all.smd(), all.se / all.sd, &each(Apart::smd)),
            sd: finite(all.sd),
            measurement: all.measurement,
            power: SIZES.map(|n| Power { n, chance: chance(&worlds, n) }).to_vec(),
        })
    }
}

/// How far two arms are apart in one world or over all.
struct Apart {
    difference: f64,
    se: f64,
    sd: f64,
    measurement: f64,
}

impl Apart {
    fn of(trial: &Trial, tally: &Tally, place: usize) -> Result<Self, Error> {
        let contrast = &trial.contrasts[place];
        let [one, other] = contrast.cells(&trial.views, trial.study)?.map(|cell| tally.moments(cell));
        let gap = tally.moments(trial.width + place);
        let measurement = measurement(trial, tally, contrast)?;
        // A change is measured twice.
        let times = if is_change(&trial.study.endpoints[contrast.endpoint]) { 2.0 } else { 1.0 };
        let sd = (pooled(one, other) + times * measurement * measurement).sqrt();
        Ok(Self { difference: gap.mean, se: (gap.variance / gap.count).sqrt(), sd, measurement })
    }

    fn smd(&self) -> f64 {
        self.difference / self.sd
    }
}

fn pooled(one: Moments, other: Moments) -> f64 {
    let (n, m) = (one.count - 1.0, other.count - 1.0);
    (one.variance * n + other.variance * m) / (n + m).max(1.0)
}

/// Standard error of one measurement of the endpoint's quantity, in the unit of its levels.
fn measurement(trial: &Trial, tally: &Tally, contrast: &Contrast) -> Result<f64, Error> {
    let endpoint = &trial.study.endpoints[contrast.endpoint];
    if endpoint.is_share() {
        return Ok(0.0);
    }
    let view = &trial.views[view::place(&trial.views, endpoint, &contrast.arm, Look::Then)?];
    let own = measurement_error(&endpoint.quantity);
    // The error of a relative quantity is a share of what it is at entry.
    let scale = match view.reading.quantity.sense() {
        Sense::Relative => tally.moments(view.first + BEFORE).mean,
        _ => view.reading.number(&[1.0]),
    };
    Ok(own * scale)
}

fn level_unit(endpoint: &Endpoint) -> Result<String, Error> {
    if endpoint.is_share() {
        return Ok("1".to_owned());
    }
    let quantity = quantity(&endpoint.quantity)?;
    let is_level =
        |unit: &&str| *unit != "%" && (quantity.factor(unit).is_some() || quantity.sense() == Sense::Relative);
    Ok(endpoint.unit.as_deref().filter(is_level).unwrap_or(&quantity.unit).to_owned())
}

/// Mean power over worlds; none where no world has a number.
fn chance(worlds: &[Apart], size: u32) -> Option<f64> {
    let known = worlds.iter().map(Apart::smd).filter(|smd| smd.is_finite());
    let (sum, count) = known.fold((0.0, 0.0), |(sum, count), smd| (sum + power(smd, size), count + 1.0));
    (count > 0.0).then(|| sum / count)
}
