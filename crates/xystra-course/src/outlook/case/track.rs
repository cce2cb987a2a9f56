//! What is followed: the measures that were taken and that the model has an output for.

use jiff::Timestamp;
use xystra_care::Record;
use xystra_care::entry::hours_between;
use xystra_care::outcome::{Series, series};
use xystra_catalog::Catalog;
use xystra_catalog::measure::{Better, Kind, Measure, MeasuringError};
use xystra_cohort::case::{Observation, Quantity, Scale, Track};

use super::place::shown_by;
use crate::Error;
use crate::assumed::assumed;
use crate::outlook::key;

/// Standard errors from smallest detectable changes: of a difference of two values, at 95 and at 90 %.
const MDC_95: f64 = 1.96 * std::f64::consts::SQRT_2;
const MDC_90: f64 = 1.645 * std::f64::consts::SQRT_2;

/// A series of the record with its track.
pub(super) struct Followed<'a> {
    pub(super) track: Track,
    series: Series<'a>,
}

/// The series of the complaint's side that can be foretold, in the condition's order.
pub(super) fn followed<'a>(record: &'a Record, catalog: &Catalog) -> Result<Vec<Followed<'a>>, Error> {
    let condition = catalog.condition(&record.intake.body.condition);
    let all: Vec<Series<'a>> =
        series(record, condition).into_iter().filter(|one| one.concerns(record.intake.body.side)).collect();
    if all.is_empty() {
        return Err(Error::NothingMeasured);
    }
    let measures = all.iter().map(|one| one.measure.name.as_str()).collect::<Vec<_>>().join(", ");
    let followed: Vec<Followed<'a>> = all.into_iter().filter_map(of_series).take(most()).collect();
    if followed.is_empty() { Err(Error::NothingForetold { measures }) } else { Ok(followed) }
}

/// Every value, in order of time.
pub(super) fn observations(followed: &[Followed<'_>], entry: Timestamp) -> Vec<Observation> {
    let of = |(track, one): (usize, &Followed<'_>)| -> Vec<Observation> {
        let at_h = |at| hours_between(entry, at);
        one.series
            .points
            .iter()
            .map(|point| Observation { track, at_h: at_h(point.happened_at), value: point.body.value })
            .collect()
    };
    let mut all: Vec<Observation> = followed.iter().enumerate().flat_map(of).collect();
    all.sort_by(|a, b| a.at_h.total_cmp(&b.at_h));
    all
}

fn of_series(series: Series<'_>) -> Option<Followed<'_>> {
    let measure = series.measure;
    let quantity = quantity(measure)?;
    let track = Track {
        id: key(&series),
        quantity,
        scale: scale(measure),
        error: error(&series, quantity),
        important: series.important.as_ref().map(|important| important.value),
        normal: (quantity == Quantity::Motion).then(|| normal(measure)).flatten(),
    };
    Some(Followed { track, series })
}

fn quantity(measure: &Measure) -> Option<Quantity> {
    match shown_by(&measure.id) {
        Some("pain") => Some(Quantity::Pain),
        Some("threshold") => Some(Quantity::Threshold),
        Some(_) => Some(Quantity::Function),
        None => (measure.kind == Kind::Motion).then_some(Quantity::Motion),
    }
}

fn scale(measure: &Measure) -> Scale {
    Scale {
        least: measure.min,
        most: measure.max,
        step: measure.step,
        more_is_better: measure.better == Better::Higher,
    }
}

/// The published error of the same rater, or of two when different people measured; a wide one of ours where none was published.
fn error(series: &Series<'_>, quantity: Quantity) -> f64 {
    let raters = if series.warnings.is_empty() { "same" } else { "two" };
    let published = &series.measure.error;
    let found = published.iter().find(|error| error.raters == raters).or(published.first());
    found.map_or_else(|| assumed_error(series, quantity), standard)
}

/// What is only assumed bounds 95 % of differences, as the catalog's own note says.
fn standard(error: &MeasuringError) -> f64 {
    match error.kind.as_str() {
        "sem" => error.value,
        "mdc90" => error.value / MDC_90,
        _ => error.value / MDC_95,
    }
}

fn assumed_error(series: &Series<'_>, quantity: Quantity) -> f64 {
    let measure = series.measure;
    match quantity {
        Quantity::Motion => assumed("error-motion"),
        Quantity::Threshold => (assumed("error-threshold") * series.baseline).max(measure.step),
        Quantity::Pain | Quantity::Function => assumed("error-score") * (measure.max - measure.min),
    }
}

/// The end of the usual range that is the full movement.
fn normal(measure: &Measure) -> Option<f64> {
    let usual = measure.usual.first()?.range;
    Some(if measure.better == Better::Higher { usual.high } else { usual.low })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small whole number of the data")]
fn most() -> usize {
    assumed("most-tracks") as usize
}
