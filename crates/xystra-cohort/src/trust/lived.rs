//! Virtual clients who live a course, and what is asked of each.

use super::course::Course;
use super::quantity::{ASKED, Asked, width};
use super::twist::Twist;
use crate::Error;
use crate::batch::Options;
use crate::client::{Clients, Crew, Levels, Life, Model};
use crate::draw::Draw;
use crate::effect::added;
use crate::weigh::{LOOKS_H, Likelihood};

/// Clients, one row of answers each (see [`super::quantity`]), and what measures showed of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lived {
    width: usize,
    rows: Vec<f64>,
    /// As treated, at all hours that were looked at.
    pub(super) treated: Levels,
    times_h: Vec<f64>,
    /// End of each session, hours.
    pub(super) ends_h: Vec<f64>,
}

impl Lived {
    /// What column `column` says of client `i`.
    pub(super) fn at(&self, i: usize, column: usize) -> f64 {
        self.rows[i * self.width + column]
    }

    /// All that is asked of client `i`.
    pub(super) fn row(&self, i: usize) -> &[f64] {
        &self.rows[i * self.width..(i + 1) * self.width]
    }

    /// Place of an hour among those that were looked at.
    pub(super) fn place(&self, at_h: f64) -> usize {
        self.times_h.partition_point(|time| *time < at_h)
    }
}

/// Lets clients live a course as treated, with a sham, and stopped now.
pub(super) fn live(
    model: &Model<'_>,
    course: &Course,
    clients: &Clients,
    twist: &Twist,
    options: &Options<'_>,
) -> Result<Lived, Error> {
    let case = model.case;
    let (script, stopped) = (model.script(&course.plan)?, model.script(&[])?);
    let times_h = times(course, &script.ends_h);
    let ends_h = [case.now_h, course.end_h];
    let whole = Life { mechanisms: twist.mechanisms, ..Life::WHOLE };
    let sham = Life { strokes: false, ..whole };
    let levels = |script, life, times_h: &[f64], graded| {
        Crew { model, clients, script, lives: &[life], times_h }.levels(options, graded)
    };
    let treated = levels(&script, whole, &times_h, !case.reactions.is_empty())?;
    let sham = levels(&script, sham, &ends_h, false)?;
    // Where nothing is planned, to stop is to go on.
    let stopped = if course.plan.is_empty() { None } else { Some(levels(&stopped, whole, &ends_h[1..], false)?) };
    let mut lived =
        Lived { width: width(case.tracks.len()), rows: Vec::new(), treated, times_h, ends_h: script.ends_h };
    let look =
        Look { model, clients, twist, relapse: Draw::of(model.seed, "relapse"), errors: Errors::of(model, "next") };
    for i in 0..clients.len() {
        look.ask(&mut lived, course, (&sham, stopped.as_ref()), i);
    }
    Ok(lived)
}

/// All hours that a record or a question needs, rising.
fn times(course: &Course, ends_h: &[f64]) -> Vec<f64> {
    let case = &course.case;
    let looks = case.reactions.iter().flat_map(|one| LOOKS_H.map(|look| ends_h[one.session] + look));
    let asked = case.observations.iter().map(|one| one.at_h);
    let mut all: Vec<f64> = asked.chain(looks).chain([case.now_h, course.next_h, course.end_h]).collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    all
}

/// How clients are looked at.
pub(super) struct Look<'a> {
    pub(super) model: &'a Model<'a>,
    pub(super) clients: &'a Clients,
    pub(super) twist: &'a Twist,
    pub(super) relapse: Draw,
    pub(super) errors: Errors,
}

/// A relapse takes back this share of all that was gained since entry, at some time within so many hours.
const TAKEN_BACK: f64 = 0.7;
const RELAPSE_H: f64 = 12.0 * 168.0;

impl Look<'_> {
    /// The true level, after what the natural course does not know.
    pub(super) fn level(&self, i: usize, track: usize, at_h: f64, level: f64) -> f64 {
        let (number, own) = self.clients.at(i);
        if !self.twist.relapses || at_h < RELAPSE_H * self.relapse.uniform(number) {
            return level;
        }
        level + TAKEN_BACK * (self.model.entry(track, own) - level)
    }

    fn ask(&self, lived: &mut Lived, course: &Course, (sham, stopped): (&Levels, Option<&Levels>), i: usize) {
        let (case, (number, own)) = (self.model.case, self.clients.at(i));
        let ends_h = [case.now_h, course.end_h];
        for (track, about) in case.tracks.iter().enumerate() {
            let treated = |at_h: f64| self.level(i, track, at_h, lived.treated.at(i, lived.place(at_h), track));
            let sham = |end: usize| self.level(i, track, ends_h[end], sham.at(i, end, track));
            let gain = |end: usize| added(about, sham(end), treated(ends_h[end]));
            let row = ASKED.map(|asked| match asked {
                Asked::LevelNow => treated(ends_h[0]),
                Asked::LevelContinued => treated(ends_h[1]),
                Asked::LevelStopped => match stopped {
                    Some(stopped) => self.level(i, track, ends_h[1], stopped.at(i, 0, track)),
                    None => treated(ends_h[1]),
                },
                Asked::MeasuredNext => self.errors.measure(
                    self.model,
                    (track, own),
                    treated(course.next_h),
                    self.twist.errors,
                    number << 8 | track as u64,
                ),
                Asked::GainNow => gain(0),
                Asked::GainAhead => gain(1),
            });
            lived.rows.extend(row);
        }
        lived.rows.push(self.model.natural(own).rate_per_h);
    }
}

/// Chance in measuring, for one purpose: the very errors that observations are weighed by.
pub(super) struct Errors {
    off: Draw,
    outlier: Draw,
    likelihood: Likelihood,
}

impl Errors {
    pub(super) fn of(model: &Model<'_>, purpose: &str) -> Self {
        let draw = |what: &str| Draw::of(model.seed, &format!("trust {purpose}: {what}"));
        Self { off: draw("off"), outlier: draw("outlier"), likelihood: Likelihood::known() }
    }

    /// What is written down of a level, with errors so many times as large; `key` tells measurements apart.
    pub(super) fn measure(
        &self,
        model: &Model<'_>,
        (track, own): (usize, &[f64]),
        level: f64,
        times: f64,
        key: u64,
    ) -> f64 {
        let off = times * model.noise(track, &model.natural(own)) * self.off.normal(key);
        self.likelihood.measured(&model.case.tracks[track].scale, level, off, self.outlier.uniform(key))
    }
}
