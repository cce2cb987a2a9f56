//! Endpoints of simulated subjects.

use crate::error::Error;
use crate::study::Study;
use crate::study::endpoint::{Derive, Endpoint, Kind, Of};
use crate::study::quantity::{Quantity, Sense, quantity};
use crate::study::statistics::{Estimate, chances, mean, variance};
use crate::study::time::hours_of;
use crate::study::trial::{Group, looked_at, other_hour};

/// What an endpoint comes to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Measured {
    /// The number; for an order the smallest step between neighbours.
    pub(super) estimate: Estimate,
    /// For an order: the arms from the highest to the lowest.
    pub(super) order: Vec<String>,
}

/// Measures an endpoint on the groups of its study.
pub(super) fn measure(study: &Study, endpoint: &Endpoint, groups: &[Group]) -> Result<Measured, Error> {
    let measuring = Measuring { study, endpoint, groups, quantity: quantity(&endpoint.quantity)? };
    if endpoint.kind == Kind::Order {
        return measuring.order();
    }
    let estimate = measuring.number()?;
    Ok(Measured { estimate, order: Vec::new() })
}

/// An endpoint with all that is needed to measure it.
struct Measuring<'a> {
    study: &'a Study,
    endpoint: &'a Endpoint,
    groups: &'a [Group<'a>],
    quantity: &'a Quantity,
}

/// One arm's subjects: the quantity when looked at, and at entry.
struct Sample {
    values: Vec<f64>,
    before: Vec<f64>,
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
                let other = match other_hour(self.study, self.endpoint, self.study.arm(arm)?)? {
                    Some(hour) => self.estimate(&self.sample(arm, &[hour])?),
                    None => Estimate::of(&self.sample(arm, &self.hours(arm)?)?.before),
                };
                Ok(self.percent_of_ratio(one.by(other)))
            }
            Kind::StandardisedDifference => {
                let sample = self.sample(arm, &self.hours(arm)?)?;
                let change = Estimate::of(&sample.changes());
                Ok(change.over(self.endpoint.standard_sd.unwrap_or_else(|| variance(&sample.before).sqrt())))
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
        let hours = self.hours(arm)?;
        if let Some(derive) = self.endpoint.derive {
            return self.derived(arm, derive, &hours);
        }
        let sample = self.sample(arm, &hours)?;
        Ok(match (self.endpoint.kind, self.endpoint.of) {
            (Kind::Change, _) | (_, Of::Change) => self.in_percent(Estimate::of(&sample.changes()), &sample, true),
            _ => self.in_percent(self.estimate(&sample), &sample, false),
        })
    }

    fn estimate(&self, sample: &Sample) -> Estimate {
        match self.endpoint.of {
            _ if self.endpoint.is_share() => Estimate::of(&self.passing(sample)),
            Of::Change => Estimate::of(&sample.changes()),
            _ => Estimate::of(&sample.values),
        }
    }

    fn change(&self, arm: &str) -> Result<Estimate, Error> {
        let sample = self.sample(arm, &self.hours(arm)?)?;
        Ok(self.in_percent(Estimate::of(&sample.changes()), &sample, true))
    }

    /// Turns a number into % where that is asked for: of the whole for shares, of rest for relative values, else of the baseline.
    fn in_percent(&self, estimate: Estimate, sample: &Sample, is_change: bool) -> Estimate {
        let percent = self.endpoint.unit.as_deref() == Some("%") && self.endpoint.kind != Kind::Ratio;
        let whole = self.endpoint.is_share() || (self.quantity.sense() == Sense::Relative && !is_change);
        match (percent, whole) {
            (false, _) => estimate,
            (true, true) => estimate.times(100.0),
            (true, false) => estimate.times(100.0 / mean(&sample.before)),
        }
    }

    fn percent_of_ratio(&self, ratio: Estimate) -> Estimate {
        if self.endpoint.unit.as_deref() == Some("%") { ratio.times(100.0) } else { ratio }
    }

    /// 1 for each subject that passes the limit, 0 for the others; the chance of each where a few stand for many.
    fn passing(&self, sample: &Sample) -> Vec<f64> {
        let endpoint = self.endpoint;
        let unit = endpoint.limit_unit.as_deref();
        let factor = unit.and_then(|unit| self.quantity.factor(unit)).unwrap_or(1.0);
        let scale = |before: f64| if unit == Some("%") { 100.0 / before } else { factor };
        let margin = |(value, before): (&f64, &f64)| {
            let (level, change) = (value * scale(*before), (value - before) * scale(*before));
            let beyond = endpoint.beyond.map(|x| if x < 0.0 { x - change } else { change - x });
            beyond.or(endpoint.below.map(|x| x - level)).or(endpoint.above.map(|x| level - x)).unwrap_or(f64::NAN)
        };
        let margins: Vec<f64> = sample.values.iter().zip(&sample.before).map(margin).collect();
        if self.groups.iter().any(|group| group.is_few) {
            return chances(&margins);
        }
        margins.iter().map(|margin| f64::from(u8::from(*margin >= 0.0))).collect()
    }

    /// A number drawn from the mean curve of an arm.
    fn derived(&self, arm: &str, derive: Derive, hours: &[f64]) -> Result<Estimate, Error> {
        let group = self.group(arm)?;
        let rows = group.levels(self.quantity, self.movement(), hours, self.by_entry())?;
        let curve: Vec<f64> =
            (0..hours.len()).map(|k| rows.iter().map(|row| row[k]).sum::<f64>() / rows.len() as f64).collect();
        let highest = (0..curve.len()).max_by(|a, b| curve[*a].total_cmp(&curve[*b])).unwrap_or(0);
        let lowest = (0..curve.len()).min_by(|a, b| curve[*a].total_cmp(&curve[*b])).unwrap_or(0);
        let unit = self.endpoint.unit.as_deref();
        let time = |hour: f64| hour / unit.and_then(hours_of).unwrap_or(1.0);
        let factor = unit.and_then(|unit| self.quantity.factor(unit)).unwrap_or(1.0);
        let value = match derive {
            Derive::HalfLife => time(falls_to(0.5, self.quantity.rest(), hours, &curve)),
            Derive::TimeConstant => time(falls_to((-1f64).exp(), self.quantity.rest(), hours, &curve)),
            Derive::Highest => curve[highest] * factor,
            Derive::Lowest => curve[lowest] * factor,
            Derive::HighestAt => time(hours[highest] - hours[0]),
        };
        Ok(Estimate { value, se: 0.0 })
    }

    /// Subjects of an arm, in the endpoint's unit where that is a level.
    fn sample(&self, arm: &str, hours: &[f64]) -> Result<Sample, Error> {
        let group = self.group(arm)?;
        let factor = match self.endpoint.unit.as_deref() {
            Some(unit) if !self.endpoint.is_share() => self.quantity.factor(unit).unwrap_or(1.0),
            _ => 1.0,
        };
        let level = |hours: &[f64]| -> Result<Vec<f64>, Error> {
            let rows = group.levels(self.quantity, self.movement(), hours, self.by_entry())?;
            Ok(rows.iter().map(|row| factor * over_span(row)).collect())
        };
        Ok(Sample { values: level(hours)?, before: level(&[group.times.entry_h])? })
    }

    fn hours(&self, arm: &str) -> Result<Vec<f64>, Error> {
        looked_at(self.study, self.endpoint, self.study.arm(arm)?)
    }

    fn group(&self, arm: &str) -> Result<&Group<'_>, Error> {
        let found = self.groups.iter().find(|group| group.arm.id == arm);
        found.ok_or_else(|| Error::Unknown { what: "arm", key: arm.to_owned(), known: String::new() })
    }

    /// Standard deviation to divide a difference of two arms by.
    fn pooled_sd(&self, arm: &str, against: &str) -> Result<f64, Error> {
        if let Some(sd) = self.endpoint.standard_sd {
            return Ok(sd);
        }
        let spread = |id: &str| -> Result<(f64, f64), Error> {
            let sample = self.sample(id, &self.hours(id)?)?;
            let values = if self.endpoint.of == Of::Change { sample.changes() } else { sample.values };
            Ok((variance(&values), values.len() as f64 - 1.0))
        };
        let ((one, n), (other, m)) = (spread(arm)?, spread(against)?);
        Ok(((one * n + other * m) / (n + m).max(1.0)).sqrt())
    }

    fn movement(&self) -> Option<&str> {
        self.endpoint.movement.as_deref()
    }

    /// Is a relative quantity asked for in the unit of its baseline?
    fn by_entry(&self) -> bool {
        let unit =
            if self.endpoint.is_share() { self.endpoint.limit_unit.as_deref() } else { self.endpoint.unit.as_deref() };
        unit.is_some_and(|unit| unit != "%" && self.quantity.factor(unit).is_none())
    }
}

impl Sample {
    fn changes(&self) -> Vec<f64> {
        self.values.iter().zip(&self.before).map(|(value, before)| value - before).collect()
    }
}

/// Mean over evenly spaced points, by the trapezoidal rule.
fn over_span(row: &[f64]) -> f64 {
    match row {
        [] => f64::NAN,
        [one] => *one,
        [first, .., last] => (row.iter().sum::<f64>() - f64::midpoint(*first, *last)) / (row.len() - 1) as f64,
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

    #[test]
    fn a_span_is_averaged_by_its_area() {
        assert!((over_span(&[0.0, 1.0, 2.0]) - 1.0).abs() < 1e-12);
        assert!((over_span(&[0.0, 4.0, 0.0]) - 2.0).abs() < 1e-12);
    }
}
