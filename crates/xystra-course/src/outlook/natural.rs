//! A published course of people who were not treated, carried over to one client.

use xystra_care::outcome::Series;
use xystra_catalog::Status;
use xystra_catalog::condition::{Arm, Curve, NaturalCourse, Point};
use xystra_catalog::measure::{Better, Measure};

use crate::words::number;

/// The natural course beside a client's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Natural {
    /// For whom the course was published.
    pub who: String,
    /// Whose course it is.
    pub arm: Arm,
    /// The same in words: "left untreated".
    pub arm_words: &'static str,
    /// The group's means as published.
    pub published: Vec<Point>,
    /// Derived: the published share of what was wrong at the start, from this client's own start.
    pub points: Vec<Point>,
    /// How the points were derived, in a sentence.
    pub derived: String,
    /// Key into the references.
    pub source: String,
    /// Were the published points read there?
    pub status: Status,
}

impl Natural {
    /// The derived value after that many weeks, on a straight line between two points; `None` beyond the last one.
    pub fn at(&self, weeks: f64) -> Option<f64> {
        let within = |pair: &&[Point]| (pair[0].weeks..=pair[1].weeks).contains(&weeks);
        let pair = self.points.windows(2).find(within)?;
        let share = (weeks - pair[0].weeks) / (pair[1].weeks - pair[0].weeks);
        Some(pair[0].value + share * (pair[1].value - pair[0].value))
    }

    /// How far the published course reaches, weeks.
    pub fn last_week(&self) -> f64 {
        self.points.last().map_or(0.0, |point| point.weeks)
    }
}

/// The curve of this measure that is meant for somebody who came `onset_weeks` after the onset.
pub(super) fn fitting(course: &NaturalCourse, series: &Series<'_>, onset_weeks: Option<f64>) -> Option<Natural> {
    let fits = |curve: &&Curve| curve.measure == series.measure.id && is_for(curve, onset_weeks);
    let curve = course.curves.iter().find(fits)?;
    let arm_words = arm_words(course.arm)?;
    Some(Natural {
        who: curve.who.clone(),
        arm: course.arm,
        arm_words,
        points: scaled(curve, series.measure, series.baseline)?,
        derived: derived(curve),
        published: curve.points.clone(),
        source: curve.source.clone(),
        status: curve.status,
    })
}

/// A curve meant for certain weeks fits nobody whose onset is not known.
fn is_for(curve: &Curve, onset_weeks: Option<f64>) -> bool {
    match (curve.entry_weeks, onset_weeks) {
        (None, _) => true,
        (Some(entry), Some(weeks)) => entry.low <= weeks && weeks < entry.high,
        (Some(_), None) => false,
    }
}

/// `None` when the published group had nothing wrong at the start.
fn scaled(curve: &Curve, measure: &Measure, baseline: f64) -> Option<Vec<Point>> {
    let wrong_at_first = wrong(measure, curve.points.first()?.value);
    let scaled = |point: &Point| {
        let left = wrong(measure, point.value) / wrong_at_first;
        let value = best(measure) + (baseline - best(measure)) * left;
        Point { weeks: point.weeks, value: value.clamp(measure.min, measure.max) }
    };
    (wrong_at_first > 0.0).then(|| curve.points.iter().map(scaled).collect())
}

/// Distance from the best value of the scale.
fn wrong(measure: &Measure, value: f64) -> f64 {
    (value - best(measure)).abs()
}

fn best(measure: &Measure) -> f64 {
    match measure.better {
        Better::Lower => measure.min,
        Better::Higher => measure.max,
    }
}

fn derived(curve: &Curve) -> String {
    let means: Vec<String> = curve.points.iter().map(|point| number(point.value)).collect();
    let weeks: Vec<String> = curve.points.iter().map(|point| number(point.weeks)).collect();
    format!(
        "Derived: the published means ({} at weeks {}) as shares of what was wrong at the start, from this client's own \
         start; straight lines between.",
        means.join(", "),
        weeks.join(", ")
    )
}

fn arm_words(arm: Arm) -> Option<&'static str> {
    match arm {
        Arm::Untreated => Some("left untreated"),
        Arm::Advice => Some("given advice only"),
        Arm::UsualCare => Some("in usual care"),
        Arm::Placebo => Some("given a placebo or sham"),
        Arm::Active => Some("given another treatment"),
        Arm::None => None,
    }
}
