//! A value for every parameter of the equations.

use super::{PARAMETERS, place};
use crate::error::Error;
use crate::library::library;

/// A value for every parameter of the equations, in the units of `data/tissue/parameters.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameters([f64; PARAMETERS.len()]);

impl Parameters {
    /// The middles of the priors.
    pub fn prior() -> Result<Self, Error> {
        Self::of(library().priors.iter().map(|prior| (prior.id.as_str(), prior.value)))
    }

    /// The given values; of an id that comes twice the last counts.
    ///
    /// # Errors
    /// An id that the equations do not have, or a parameter without a value.
    pub fn of<'a>(values: impl IntoIterator<Item = (&'a str, f64)>) -> Result<Self, Error> {
        let mut all = Self([f64::NAN; PARAMETERS.len()]);
        for (id, value) in values {
            all.set(id, value)?;
        }
        match all.0.iter().position(|value| value.is_nan()) {
            Some(at) => Err(Error::Missing { what: "value", of: PARAMETERS[at].to_owned() }),
            None => Ok(all),
        }
    }

    /// The value of a parameter.
    pub fn get(&self, id: &str) -> Result<f64, Error> {
        Ok(self.0[place("parameter", &PARAMETERS, id)?])
    }

    /// Sets a parameter.
    ///
    /// # Errors
    /// An unknown id, or a value that is no finite number.
    pub fn set(&mut self, id: &str, value: f64) -> Result<(), Error> {
        let at = place("parameter", &PARAMETERS, id)?;
        if !value.is_finite() {
            return Err(Error::Number { field: id.to_owned(), value, must: "a finite number" });
        }
        self.0[at] = value;
        Ok(())
    }

    /// The place of a parameter in [`PARAMETERS`].
    pub fn place(id: &str) -> Result<usize, Error> {
        place("parameter", &PARAMETERS, id)
    }

    /// Sets the parameter at a place, for those who set very many. A value that is no finite number is the caller's fault and is found by
    /// whoever integrates.
    ///
    /// # Panics
    /// Where there is no such place.
    pub fn put(&mut self, place: usize, value: f64) {
        self.0[place] = value;
    }

    /// The same with one parameter set.
    pub fn with(mut self, id: &str, value: f64) -> Result<Self, Error> {
        self.set(id, value)?;
        Ok(self)
    }

    /// All values, in the order of [`PARAMETERS`].
    pub fn values(&self) -> &[f64; PARAMETERS.len()] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_parameter_is_answered_with_near_ones() {
        let error = Parameters::prior().unwrap().get("tone_last").unwrap_err().to_string();
        assert!(error.contains("tone_lasts") && !error.contains("knn"), "{error}");
    }

    #[test]
    fn a_parameter_without_a_value_is_named() {
        let error = Parameters::of([("knn", 1.0)]).unwrap_err().to_string();
        assert!(error.contains("has no value"), "{error}");
    }
}
