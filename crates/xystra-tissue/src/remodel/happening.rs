//! One event at one time.

use super::{EVENTS, place};
use crate::error::Error;

/// One event at one time, with its variables.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening {
    /// When, in hours from the start.
    pub at_h: f64,
    event: usize,
    variables: Vec<f64>,
}

impl Happening {
    /// An event with a value for each of its variables.
    ///
    /// # Errors
    /// An event or variable that the equations do not have, a variable that is missing, or a number that is not finite.
    pub fn new(at_h: f64, event: &str, variables: &[(&str, f64)]) -> Result<Self, Error> {
        let ids: Vec<&str> = EVENTS.iter().map(|(id, _)| *id).collect();
        let event = place("event", &ids, event)?;
        let table = EVENTS[event].1;
        for (id, value) in variables {
            place("variable", table, id)?;
            finite(id, *value)?;
        }
        finite("at_h", at_h)?;
        let value = |id: &&str| {
            let given = variables.iter().find(|(known, _)| known == id).map(|(_, value)| *value);
            given.ok_or_else(|| Error::Missing { what: "value", of: format!("{}: {id}", EVENTS[event].0) })
        };
        Ok(Self { at_h, event, variables: table.iter().map(value).collect::<Result<_, _>>()? })
    }

    /// The place of the event in [`EVENTS`].
    pub fn event(&self) -> usize {
        self.event
    }

    /// The id of the event.
    pub fn id(&self) -> &'static str {
        EVENTS[self.event].0
    }

    /// The values of the event's variables, in the order of its row in [`EVENTS`].
    pub fn variables(&self) -> &[f64] {
        &self.variables
    }
}

fn finite(field: &str, value: f64) -> Result<(), Error> {
    if value.is_finite() {
        Ok(())
    } else {
        Err(Error::Number { field: field.to_owned(), value, must: "a finite number" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_needs_just_its_own_variables() {
        assert!(Happening::new(0.0, "attention", &[("belief", 1.0)]).is_ok());
        let missing = Happening::new(0.0, "attention", &[]).unwrap_err().to_string();
        assert!(missing.contains("attention: belief"), "{missing}");
        let other = Happening::new(0.0, "attention", &[("belief", 1.0), ("load", 1.0)]).unwrap_err().to_string();
        assert!(other.contains("load"), "{other}");
        assert!(Happening::new(0.0, "attenton", &[]).is_err());
        assert!(Happening::new(f64::NAN, "attention", &[("belief", 1.0)]).is_err());
    }
}
