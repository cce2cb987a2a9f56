//! Published beside simulated.

use serde::Serialize;

use crate::study::Study;
use crate::study::endpoint::{Endpoint, Kind};
use crate::study::measure::Measured;

/// What the model makes of a study.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The study's id.
    pub study: String,
    /// One for each endpoint, in the order of the file.
    pub endpoints: Vec<Finding>,
}

/// Published beside simulated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The endpoint's id.
    pub id: String,
    /// What sort of number it is.
    pub kind: Kind,
    /// The published number, or order of arms; none: only a direction was published.
    pub published: Option<Found>,
    /// Where the simulated number must lie; an open end and a band that is not there are null. For an order, the least step.
    pub band: Option<[Option<f64>; 2]>,
    /// The simulated number, or order of arms; null where the model has none, such as a half-life that is never reached.
    pub simulated: Option<Found>,
    /// Does it lie there? Null without a band.
    pub inside: Option<bool>,
    /// Was the published number read?
    pub verified: bool,
    /// Standard error of the simulated number with the study's subjects.
    #[serde(skip)]
    pub error: f64,
    /// For an order: the smallest step between neighbours.
    #[serde(skip)]
    pub step: Option<f64>,
}

/// A number, or arms from the highest to the lowest.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Found {
    /// A number, in the endpoint's unit.
    Number(f64),
    /// Ids of arms.
    Order(Vec<String>),
}

impl Report {
    /// How many verified endpoints with a band lie inside, of how many.
    pub fn count(&self) -> (usize, usize) {
        let judged = self.endpoints.iter().filter(|finding| finding.verified && finding.inside.is_some());
        (judged.clone().filter(|finding| finding.inside == Some(true)).count(), judged.count())
    }
}

impl Finding {
    pub(super) fn new(study: &Study, endpoint: &Endpoint, measured: Measured) -> Self {
        let ends = endpoint.judged_by(&study.sizes(endpoint));
        let value = measured.estimate.value;
        let is_order = endpoint.kind == Kind::Order;
        let open = |end: f64| Some(end).filter(|end| end.is_finite());
        // A step of nothing is no order.
        let within = |[low, high]: [f64; 2]| low <= value && value <= high && !(is_order && value <= 0.0);
        Self {
            id: endpoint.id.clone(),
            kind: endpoint.kind,
            published: published(endpoint),
            band: ends.map(|ends| ends.map(open)),
            simulated: simulated(is_order, value, measured.order),
            inside: ends.map(within),
            verified: endpoint.verified,
            error: measured.estimate.se,
            step: is_order.then_some(value),
        }
    }
}

fn published(endpoint: &Endpoint) -> Option<Found> {
    match endpoint.kind {
        Kind::Order => Some(Found::Order(endpoint.arms.clone())),
        _ => endpoint.published.map(Found::Number),
    }
}

fn simulated(is_order: bool, value: f64, order: Vec<String>) -> Option<Found> {
    if is_order { Some(Found::Order(order)) } else { Some(value).filter(|v| v.is_finite()).map(Found::Number) }
}
