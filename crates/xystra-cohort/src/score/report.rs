//! What `xystra cohort score` says.

use serde::Serialize;

/// Forecasts of one file's clients on one scale, beside simple ones.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The scale as the file names it.
    pub scale: String,
    /// Is more better?
    pub more_is_better: bool,
    /// What was taken for granted, in a sentence.
    pub assumed: Option<String>,
    /// Steps the scores come in, points of the scale.
    pub step: f64,
    /// Clients that were fitted on, and those that were forecast, with a score at entry or without.
    pub clients: [usize; 2],
    /// How many of each half have no score at entry: they are fitted as far as they go, and not forecast.
    pub without_entry: [usize; 2],
    /// The middle client as fitted on the first half.
    pub middle: Middle,
    /// One for each arm, horizon and amount known, and for all together.
    pub lines: Vec<Line>,
    /// What could not be done, in sentences.
    pub left_out: Vec<String>,
}

/// The middle client of the first half.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Middle {
    /// Until half of what goes away is gone, weeks.
    pub half_life_weeks: f64,
    /// Share of the entry level that stays.
    pub plateau: f64,
    /// Standard deviation of one score about the course, points of the scale.
    pub noise: f64,
    /// Below this a client scores the best end, points of the scale.
    pub gate: f64,
}

/// One row of the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    /// What was known: the week of the last score given, 0 for entry alone.
    pub given_weeks: f64,
    /// The arm; none for all.
    pub arm: Option<String>,
    /// The horizon, weeks; none for all.
    pub weeks: Option<f64>,
    /// Forecasts that could be held against a score.
    pub n: usize,
    /// Clients whose score was given but who have none at the horizon; of all horizons, summed.
    pub lost: usize,
    /// The natural course, the last value, the mean change, the group.
    pub forecasts: [Forecast; 4],
    /// The natural course's score by that of the other three; below 1 is better. With nine of ten of the bootstrap.
    pub ratios: [Ratio; 3],
}

/// Names of [`Line::forecasts`], in their order.
pub const FORECASTS: [&str; 4] = ["natural course", "last value", "mean change", "group"];

/// How a forecast did.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Forecast {
    /// Share inside the shortest band that holds at least half, and at least nine tenths.
    pub coverage: [f64; 2],
    /// The same of the central band with steps counted in part: 0.5 and 0.9 if the chances are right.
    pub exact: [f64; 2],
    /// Mean continuous ranked probability score, points of the scale.
    pub crps: f64,
}

/// One score by another.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Ratio {
    /// Ratio of the means.
    pub ratio: f64,
    /// Nine of ten of the ratios of clients drawn anew.
    pub ninety: [f64; 2],
}
