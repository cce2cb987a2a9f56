//! Endpoints of simulated subjects.

use crate::error::Error;
use crate::study::crowd::{Crowd, Look, Moments, Sample};
use crate::study::endpoint::{Derive, Endpoint, Kind, Of};
use crate::study::quantity::{Quantity, Sense, quantity};
use crate::study::statistics::Estimate;
use crate::study::time::hours_of;

/// What an endpoint comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The number; for an order the smallest step between neighbours.
    pub estimate: Estimate,
    /// For an order: the arms from the highest to the lowest.
    pub order: Vec<String>,
}

/// Measures an endpoint on the subjects of its study's arms.
pub fn measure(endpoint: &Endpoint, crowd: &dyn Crowd) -> Result<Measured, Error> {
    let measuring = Measuring { endpoint, crowd, quantity: quantity(&endpoint.quantity)? };
    if endpoint.kind == Kind::Order {
        return measuring.order();
    }
    let estimate = measuring.number()?;
    Ok(Measured { estimate, order: Vec::new() })
}

/// An endpoint with all that is needed to measure it.
struct Measuring<'a> {
    endpoint: &'a Endpoint,
    crowd: &'a dyn Crowd,
    quantity: &'a Quantity,
}

impl Measuring<'_> {
    fn number(&self) -> Result<Estimate, Error> {
        let arm = self.endpoint.arm.as_deref().unwrap_or_default();
        let one = self.arm(arm)?;
        let Some(against) = self.endpoint.against.as_deref() else {
            return self.alone(arm, one);
        };
        let other = self.arm(against)?;
        Ok(match self.endpoint.kind {
            Kind::Ratio => self.percent_of_ratio(one.by(other)),
            Kind::StandardisedDifference => one.less(other).over(self.pooled_sd(arm, against)?),
            _ => one.less(other),
        })
    }

    /// A number of one arm.
    fn alone(&self, arm: &str, one: Estimate) -> Result<Estimate, Error> {
        match self.endpoint.kind {
            Kind::Ratio => {
                let other = match self.endpoint.by_at {
                    Some(_) => self.estimate(&self.crowd.sample(self.endpoint, arm, Look::ByThen)?),
                    None => Estimate::of(self.sample(arm)?.before),
                };
                Ok(self.percent_of_ratio(one.by(other)))
            }
            Kind::StandardisedDifference => {
                let sample = self.sample(arm)?;
                let change = Estimate::of(sample.changes);
                Ok(change.over(self.endpoint.standard_sd.unwrap_or_else(|| sample.before.variance.sqrt())))
            }
            Kind::Equivalence if self.endpoint.of == Of::Value => self.change(arm),
            _ => Ok(one),
        }
    }

    fn order(&self) -> Result<Measured, Error> {
        let arms = &self.endpoint.arms;
        let estimates: Vec<Estimate> = arms.iter().map(|arm| self.arm(arm)).collect::<Result<_, _>>()?;
        let steps = estimates.windows(2).map(|pair| pair[0].less(pair[1]));
        let estimate = steps.min_by(|a, b| a.value.total_cmp(&b.value)).unwrap_or_default();
        let mut order: Vec<usize> = (0..arms.len()).collect();
        order.sort_by(|a, b| estimates[*b].value.total_cmp(&estimates[*a].value));
        Ok(Measured { estimate, order: order.into_iter().map(|i| arms[i].clone()).collect() })
    }

    /// What is compared of one arm, in the endpoint's unit.
    fn arm(&self, arm: &str) -> Result<Estimate, Error> {
        if let Some(derive) = self.endpoint.derive {
            return self.derived(arm, derive);
        }
        let sample = self.sample(arm)?;
        Ok(match (self.endpoint.kind, self.endpoint.of) {
            (Kind::Change, _) | (_, Of::Change) => self.in_percent(Estimate::of(sample.changes), &sample, true),
            _ => self.in_percent(self.estimate(&sample), &sample, false),
        })
    }

    fn estimate(&self, sample: &Sample) -> Estimate {
        match self.endpoint.of {
            _ if self.endpoint.is_share() => Estimate::of(sample.passing),
            Of::Change => Estimate::of(sample.changes),
            _ => Estimate::of(sample.values),
        }
    }

    fn change(&self, arm: &str) -> Result<Estimate, Error> {
        let sample = self.sample(arm)?;
        Ok(self.in_percent(Estimate::of(sample.changes), &sample, true))
    }

    /// Turns a number into % where that is asked for: of the whole for shares, of rest for relative values, else of the baseline.
    fn in_percent(&self, estimate: Estimate, sample: &Sample, is_change: bool) -> Estimate {
        let percent = self.endpoint.unit.as_deref() == Some("%") && self.endpoint.kind != Kind::Ratio;
        let whole = self.endpoint.is_share() || (self.quantity.sense() == Sense::Relative && !is_change);
        match (percent, whole) {
            (false, _) => estimate,
            (true, true) => estimate.times(100.0),
            (true, false) => estimate.times(100.0 / sample.before.mean),
        }
    }

    fn percent_of_ratio(&self, ratio: Estimate) -> Estimate {
        if self.endpoint.unit.as_deref() == Some("%") { ratio.times(100.0) } else { ratio }
    }

    /// A number drawn from the mean curve of an arm.
    fn derived(&self, arm: &str, derive: Derive) -> Result<Estimate, Error> {
        let (hours, curve) = self.crowd.curve(self.endpoint, arm)?;
        let highest = (0..curve.len()).max_by(|a, b| curve[*a].total_cmp(&curve[*b])).unwrap_or(0);
        let lowest = (0..curve.len()).min_by(|a, b| curve[*a].total_cmp(&curve[*b])).unwrap_or(0);
        let unit = self.endpoint.unit.as_deref();
        let time = |hour: f64| hour / unit.and_then(hours_of).unwrap_or(1.0);
        let factor = unit.and_then(|unit| self.quantity.factor(unit)).unwrap_or(1.0);
        let value = match derive {
            Derive::HalfLife => time(falls_to(0.5, self.quantity.rest(), &hours, &curve)),
            Derive::TimeConstant => time(falls_to((-1f64).exp(), self.quantity.rest(), &hours, &curve)),
            Derive::Highest => curve[highest] * factor,
            Derive::Lowest => curve[lowest] * factor,
            Derive::HighestAt => time(hours[highest] - hours[0]),
        };
        Ok(Estimate { value, se: 0.0 })
    }

    fn sample(&self, arm: &str) -> Result<Sample, Error> {
        self.crowd.sample(self.endpoint, arm, Look::Then)
    }

    /// Standard deviation to divide a difference of two arms by.
    fn pooled_sd(&self, arm: &str, against: &str) -> Result<f64, Error> {
        if let Some(sd) = self.endpoint.standard_sd {
            return Ok(sd);
        }
        let spread = |id: &str| -> Result<Moments, Error> {
            let sample = self.sample(id)?;
            Ok(if self.endpoint.of == Of::Change { sample.changes } else { sample.values })
        };
        let (one, other) = (spread(arm)?, spread(against)?);
        let (n, m) = (one.count - 1.0, other.count - 1.0);
        Ok(((one.variance * n + other.variance * m) / (n + m).max(1.0)).sqrt())
    }
}

/// How long after the first hour the distance from rest has fallen to a share of what it was; not a number where it never does.
fn falls_to(share: f64, rest: f64, hours: &[f64], curve: &[f64]) -> f64 {
    let left = |k: usize| (curve[k] - rest) / (curve[0] - rest);
    let Some(after) = (1..curve.len()).find(|k| left(*k) <= share) else { return f64::NAN };
    let (above, below) = (left(after - 1), left(after));
    let part = (above - share) / (above - below);
    hours[after - 1] + part * (hours[after] - hours[after - 1]) - hours[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_constant_is_that_of_an_exponential() {
        let hours: Vec<f64> = (0..241).map(|k| f64::from(k) * 0.05).collect();
        let curve: Vec<f64> = hours.iter().map(|t| 1.0 + 3.0 * (-t / 2.0).exp()).collect();
        let found = falls_to((-1f64).exp(), 1.0, &hours, &curve);
        assert!((found - 2.0).abs() < 1e-3, "{found}");
        assert!(falls_to(0.5, 0.0, &hours, &curve[..]).is_finite());
        assert!(falls_to(0.1, 0.0, &hours, &curve[..]).is_nan());
    }
}
