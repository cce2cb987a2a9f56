//! What an endpoint comes to in a virtual trial, beside what was published.

use serde::Serialize;
use xystra_tissue::study::endpoint::{Derive, Endpoint, Kind};
use xystra_tissue::study::quantity::quantity;
use xystra_tissue::study::{Found, measure};

use crate::Error;
use crate::trial::Trial;
use crate::trial::spread::ninety;
use crate::trial::sums::Sums;
use crate::trial::tally::Tally;

/// What an endpoint comes to. Numbers are in the endpoint's unit; what there is not is null.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The endpoint's id.
    pub id: String,
    /// What sort of number it is.
    pub kind: Kind,
    /// The endpoint's unit, or that of its quantity.
    pub unit: String,
    /// The number over all clients; for an order, the smallest step between neighbours.
    pub mean: Option<f64>,
    /// Standard deviation between clients, where the number is a mean of theirs. Without the error of a measurement.
    pub sd: Option<f64>,
    /// Standard error from the number of clients, as if each arm had clients of its own.
    pub error: Option<f64>,
    /// Nine of ten worlds lie within: what the studies leave open, and the number of clients.
    pub ninety: Option<[f64; 2]>,
    /// For an order: the arms from the highest to the lowest.
    pub order: Vec<String>,
    /// What was published.
    pub published: Option<Found>,
    /// Its 95 % interval or band, ends that are open are null.
    pub band: Option<[Option<f64>; 2]>,
    /// Was the published number read?
    pub verified: bool,
}

impl Finding {
    pub(super) fn of(trial: &Trial, sums: &Sums, endpoint: &Endpoint) -> Result<Self, Error> {
        let at = |world| Tally { views: &trial.views, sums, world };
        let all = measure(endpoint, &at(None))?;
        let worlds = (0..usize::try_from(trial.setup.worlds).unwrap_or(0)).map(|world| at(Some(world)));
        let worlds = worlds.map(|world| Ok(measure(endpoint, &world)?.estimate.value));
        let worlds = worlds.collect::<Result<Vec<f64>, Error>>()?;
        let (mean, se) = (all.estimate.value, all.estimate.se);
        let is_mean = matches!(endpoint.kind, Kind::Value | Kind::Change) && endpoint.derive.is_none();
        let open = |end: f64| Some(end).filter(|end| end.is_finite());
        let clients = || trial.setup.clients as f64;
        Ok(Self {
            id: endpoint.id.clone(),
            kind: endpoint.kind,
            unit: unit(endpoint)?,
            mean: open(mean),
            sd: open(se * clients().sqrt()).filter(|_| is_mean),
            error: open(se).filter(|_| endpoint.derive.is_none()),
            ninety: ninety(mean, se, &worlds),
            order: all.order,
            published: published(endpoint),
            band: endpoint.judged_by(&trial.study.sizes(endpoint)).map(|ends| ends.map(open)),
            verified: endpoint.verified,
        })
    }
}

/// The unit of an endpoint's number.
pub(super) fn unit(endpoint: &Endpoint) -> Result<String, Error> {
    let own = &quantity(&endpoint.quantity)?.unit;
    let said = endpoint.unit.as_deref();
    Ok(match endpoint.kind {
        Kind::StandardisedDifference => "SD",
        Kind::Ratio => said.unwrap_or("x"),
        _ if endpoint.is_share() => said.unwrap_or("1"),
        _ if endpoint.derive.is_some_and(Derive::is_time) => said.unwrap_or("h"),
        _ => said.unwrap_or(own),
    }
    .to_owned())
}

fn published(endpoint: &Endpoint) -> Option<Found> {
    match endpoint.kind {
        Kind::Order => Some(Found::Order(endpoint.arms.clone())),
        _ => endpoint.published.map(Found::Number),
    }
}
