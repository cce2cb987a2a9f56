//! Six quantities in time, each as a small drawing with its sentence.

use xystra_course::loading::Loading;
use xystra_tissue::Error;
use xystra_tissue::study::quantity::{Quantity, quantity};

use super::settings::Settings;
use crate::chart::{Multiple, multiple};
use crate::show::{number, signed};

/// What is drawn: the quantity, the least span of its scale, decimals, and its unit as the page says it.
struct Drawn {
    id: &'static str,
    title: &'static str,
    least: (f64, f64),
    places: usize,
    unit: Unit,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// 1 is rest.
    ByRest,
    /// Of ten.
    OfTen,
    /// Degrees gained.
    Degrees,
    /// No unit of its own.
    Level,
}

const DRAWN: [Drawn; 6] = [
    drawn("pain", "Pain", (0.0, 8.0), 1, Unit::OfTen),
    drawn("motion", "Range of motion gained", (0.0, 10.0), 1, Unit::Degrees),
    drawn("tone", "Muscle tone", (0.0, 1.0), 2, Unit::ByRest),
    drawn("perfusion-skin", "Blood flow of the skin", (0.0, 4.0), 2, Unit::ByRest),
    drawn("inflammation", "Inflammation", (0.0, 0.2), 2, Unit::Level),
    drawn("synthesis-rate", "Collagen synthesis", (0.0, 2.0), 2, Unit::ByRest),
];

const fn drawn(id: &'static str, title: &'static str, least: (f64, f64), places: usize, unit: Unit) -> Drawn {
    Drawn { id, title, least, places, unit }
}

/// One drawing with what is said of it.
pub(super) struct Curve {
    pub(super) title: &'static str,
    pub(super) unit: &'static str,
    pub(super) svg: String,
    /// Why it moves, in a sentence.
    pub(super) explain: &'static str,
    /// Values at [`Curves::moments`]: with and without.
    pub(super) cells: Vec<[String; 2]>,
}

/// All drawings, and the moments of their table.
pub(super) struct Curves {
    pub(super) moments: Vec<String>,
    pub(super) curves: Vec<Curve>,
}

impl Curves {
    /// Draws what came of a course.
    pub(super) fn of(settings: &Settings, loading: &Loading) -> Result<Self, Error> {
        let moments = moments(settings, loading);
        let curves = DRAWN.iter().map(|drawn| curve(drawn, settings, loading, &moments)).collect::<Result<_, _>>()?;
        Ok(Self { moments: moments.into_iter().map(|(_, words)| words).collect(), curves })
    }
}

/// One output, as a value at any hour.
pub(super) struct Line {
    pub(super) points: Vec<(f64, f64)>,
}

impl Line {
    pub(super) fn of(course: &xystra_tissue::remodel::Course, id: &str) -> Result<Self, Error> {
        Ok(Self { points: course.times_h.iter().copied().zip(course.output(id)?).collect() })
    }

    /// The value at an hour, straight between samples.
    pub(super) fn at(&self, hour: f64) -> f64 {
        let after = self.points.partition_point(|(at, _)| *at <= hour);
        match (after.checked_sub(1).and_then(|n| self.points.get(n)), self.points.get(after)) {
            (Some((from, low)), Some((to, high))) => low + (high - low) * (hour - from) / (to - from),
            (Some((_, value)), None) | (None, Some((_, value))) => *value,
            (None, None) => f64::NAN,
        }
    }
}

const DAY_H: f64 = 24.0;
const WEEK_H: f64 = 168.0;

/// A day after the last session began, h.
pub(super) fn day_after(loading: &Loading) -> f64 {
    loading.sessions_h.last().copied().unwrap_or_default() + DAY_H
}

fn moments(settings: &Settings, loading: &Loading) -> Vec<(f64, String)> {
    let p = &settings.protocol;
    let minutes = p.dose.minutes.unwrap_or_default();
    let after = |minutes_after: f64| (minutes + minutes_after) / 60.0;
    vec![
        (0.5 * minutes / 60.0, "during the first session".to_owned()),
        (after(10.0), "10 min after it".to_owned()),
        (after(60.0), "1 h after it".to_owned()),
        (after(0.0) + DAY_H, "1 day after it".to_owned()),
        (day_after(loading), "1 day after the last".to_owned()),
        (f64::from(p.looked_weeks) * WEEK_H, format!("after {} weeks", p.looked_weeks)),
    ]
}

fn curve(drawn: &Drawn, settings: &Settings, loading: &Loading, moments: &[(f64, String)]) -> Result<Curve, Error> {
    let (with, without) = (Line::of(&loading.with, drawn.id)?, Line::of(&loading.without, drawn.id)?);
    let says = |hour: f64| [&with, &without].map(|line| drawn.says(line.at(hour)));
    let known: &'static Quantity = quantity(drawn.id)?;
    let [ends, ends_without] = says(day_after(loading));
    let svg = multiple(&Multiple {
        finding: format!("{}: a day after the last session {ends} with treatment, {ends_without} without", drawn.title),
        with: with.points.clone(),
        without: without.points.clone(),
        least: drawn.least,
        sessions: loading.sessions_h.clone(),
        weeks: settings.protocol.looked_weeks.into(),
    });
    let cells = moments.iter().map(|(hour, _)| says(*hour)).collect();
    Ok(Curve { title: drawn.title, unit: drawn.unit.words(), svg, explain: &known.explain, cells })
}

impl Drawn {
    fn says(&self, value: f64) -> String {
        match self.unit {
            Unit::Degrees => format!("{}\u{b0}", signed(value, self.places)),
            Unit::ByRest => format!("\u{d7} {}", number(value, self.places)),
            Unit::OfTen | Unit::Level => number(value, self.places),
        }
    }
}

impl Unit {
    fn words(self) -> &'static str {
        match self {
            Self::ByRest => "1 is rest",
            Self::OfTen => "0 to 10",
            Self::Degrees => "degrees",
            Self::Level => "a level without a unit",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_value_between_its_points() {
        let line = Line { points: vec![(0.0, 1.0), (2.0, 3.0), (2.0, 9.0), (4.0, 9.0)] };
        let values = [-1.0, 0.0, 1.0, 2.0, 3.0, 99.0].map(|hour| line.at(hour));
        assert!(values.iter().zip([1.0, 1.0, 2.0, 9.0, 9.0, 9.0]).all(|(a, b)| (a - b).abs() < 1e-12), "{values:?}");
    }
}
