//! How an endpoint reads what one subject shows.

use crate::error::Error;
use crate::study::endpoint::Endpoint;
use crate::study::quantity::{Quantity, Sense, quantities, quantity};

/// How an endpoint reads the outputs of one subject.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    endpoint: &'a Endpoint,
    /// What is looked at.
    pub quantity: &'static Quantity,
    /// Its place among the outputs.
    pub place: usize,
    /// From the quantity's own unit to the endpoint's, where that is a level.
    factor: f64,
    /// Is a relative quantity asked for in the unit of its baseline?
    by_entry: bool,
}

impl<'a> Reading<'a> {
    /// The reading of an endpoint.
    pub fn of(endpoint: &'a Endpoint) -> Result<Self, Error> {
        let quantity = quantity(&endpoint.quantity)?;
        let place = quantities().iter().position(|one| one.id == quantity.id).unwrap_or(0);
        let factor = match endpoint.unit.as_deref() {
            Some(unit) if !endpoint.is_share() => quantity.factor(unit).unwrap_or(1.0),
            _ => 1.0,
        };
        let unit = if endpoint.is_share() { endpoint.limit_unit.as_deref() } else { endpoint.unit.as_deref() };
        let by_entry = unit.is_some_and(|unit| unit != "%" && quantity.factor(unit).is_none());
        Ok(Self { endpoint, quantity, place, factor, by_entry })
    }

    /// The level that an output means for a subject whose level at entry is known or not, in the quantity's unit or in that of its baseline.
    pub fn level(&self, output: f64, entry: Option<f64>) -> f64 {
        match self.quantity.sense() {
            Sense::Absolute => output,
            Sense::Gained => output + entry.unwrap_or(0.0),
            Sense::Relative => output * entry.filter(|_| self.by_entry).unwrap_or(1.0),
        }
    }

    /// The number of a subject from its levels at the hours looked at, in the endpoint's unit where that is a level.
    pub fn number(&self, levels: &[f64]) -> f64 {
        self.factor * over_span(levels)
    }

    /// By how much a subject passes the endpoint's limit; from 0 on it does. Not a number without a limit.
    pub fn margin(&self, value: f64, before: f64) -> f64 {
        let endpoint = self.endpoint;
        let unit = endpoint.limit_unit.as_deref();
        let factor = unit.and_then(|unit| self.quantity.factor(unit)).unwrap_or(1.0);
        let scale = if unit == Some("%") { 100.0 / before } else { factor };
        let (level, change) = (value * scale, (value - before) * scale);
        let beyond = endpoint.beyond.map(|x| if x < 0.0 { x - change } else { change - x });
        beyond.or(endpoint.below.map(|x| x - level)).or(endpoint.above.map(|x| level - x)).unwrap_or(f64::NAN)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn endpoint(text: &str) -> Endpoint {
        toml::from_str(&format!("id = \"x\"\nkind = \"share\"\n{text}")).expect("an endpoint")
    }

    #[test]
    fn a_span_is_averaged_by_its_area() {
        assert!((over_span(&[0.0, 1.0, 2.0]) - 1.0).abs() < 1e-12);
        assert!((over_span(&[0.0, 4.0, 0.0]) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn a_fall_passes_when_it_goes_far_enough() {
        let third = endpoint("quantity = \"pain\"\nbeyond = -30\nlimit_unit = \"%\"");
        let reading = Reading::of(&third).unwrap();
        assert!(reading.margin(3.4, 5.0) >= 0.0 && reading.margin(3.6, 5.0) < 0.0);
        let low = endpoint("quantity = \"pain\"\nbelow = 30\nlimit_unit = \"mm\"");
        assert!(Reading::of(&low).unwrap().margin(2.9, 5.0) > 0.0);
    }

    #[test]
    fn gains_are_added_to_what_was_there() {
        let motion = endpoint("quantity = \"motion\"");
        let reading = Reading::of(&motion).unwrap();
        assert!(
            (reading.level(5.0, Some(70.0)) - 75.0).abs() < 1e-12 && (reading.level(5.0, None) - 5.0).abs() < 1e-12
        );
    }
}
