//! What a file does not say itself: asked of whoever brings it, and kept for the tool.

use xystra_dose::Error;
use xystra_dose::channel::Quantity;
use xystra_dose::read::Reading;

use crate::form::Form;

/// One thing to say of a file.
pub(super) struct Ask {
    /// Name of its field: `unit-force_0`, `map-force.z_0`, `read-stream_0`.
    pub(super) name: String,
    pub(super) label: String,
    /// What may be chosen; with none it is typed.
    pub(super) choices: Vec<String>,
}

impl Ask {
    /// The question that would help a file that was refused; `None` when none would.
    pub(super) fn of(error: &Error, n: usize) -> Option<Self> {
        match error {
            Error::MissingUnit { column, quantity, .. } | Error::UnknownUnit { column, quantity, .. } => {
                Some(Self { label: format!("Unit of {column}"), ..Self::unit(quantity, n) })
            }
            Error::MissingColumn { quantity, columns, .. } => {
                let meaning = if *quantity == "force" { "force.z" } else { quantity };
                Some(Self::column(meaning, columns.split(", ").map(str::to_owned).collect(), n))
            }
            // The columns named are those that it is not: the axis itself may be one that was not understood.
            Error::MissingNormal { .. } => Some(Self::column("force.z", Vec::new(), n)),
            Error::NoForce { columns } => {
                Some(Self::column("force.z", columns.split(", ").map(str::to_owned).collect(), n))
            }
            Error::WhichStream { streams, .. } => Some(Self::stream(streams, n)),
            Error::DuplicateColumn { first, second, what } => {
                Some(Self::column(what, vec![first.clone(), second.clone()], n))
            }
            _ => None,
        }
    }

    /// The questions that the form answers already.
    pub(super) fn answered(form: &Form, n: usize) -> Vec<Self> {
        let names = form.filled().filter_map(|name| name.strip_suffix(&format!("_{n}")));
        let ask = |name: &str| match name.split_once('-')? {
            ("unit", quantity) => Some(Self::unit(quantity, n)),
            ("map", meaning) => Some(Self::column(meaning, Vec::new(), n)),
            ("read", "stream") => Some(Self::stream("", n)),
            _ => None,
        };
        names.filter_map(ask).collect()
    }

    fn unit(quantity: &str, n: usize) -> Self {
        let known = quantity.parse::<Quantity>().map_or("", Quantity::known_units);
        Self {
            name: format!("unit-{quantity}_{n}"),
            label: format!("Unit of {quantity}"),
            choices: known.split(", ").filter(|unit| !unit.is_empty()).map(str::to_owned).collect(),
        }
    }

    /// Streams are named or numbered: there may be many of one name.
    fn stream(there: &str, n: usize) -> Self {
        let label = if there.is_empty() { "Stream".to_owned() } else { format!("Stream, by name or number: {there}") };
        Self { name: format!("read-stream_{n}"), label, choices: Vec::new() }
    }

    fn column(meaning: &str, columns: Vec<String>, n: usize) -> Self {
        let what = match meaning {
            "force.z" => "the force along the tool",
            other => other,
        };
        Self { name: format!("map-{meaning}_{n}"), label: format!("Column of {what}"), choices: columns }
    }
}

/// What the form says of the file of application `n`; words that mean nothing are left out.
pub(super) fn said(form: &Form, n: usize) -> Reading {
    let mut reading = Reading::default();
    for ask in Ask::answered(form, n) {
        let answer = form.get(&ask.name);
        let what = ask.name.strip_suffix(&format!("_{n}")).unwrap_or_default();
        let next = match what.split_once('-') {
            Some(("unit", quantity)) => reading.clone().unit(&format!("{quantity}={answer}")),
            Some(("map", meaning)) => reading.clone().column(&format!("{meaning}={answer}")),
            _ => Ok(Reading { stream: Some(answer.to_owned()), ..reading.clone() }),
        };
        reading = next.unwrap_or(reading);
    }
    reading
}

/// What was said of the tool before, with what is said now in its place.
pub(super) fn together(before: Reading, now: &Reading) -> Reading {
    let mut reading = before;
    reading.units.extend(now.units.clone());
    reading.map.extend(now.map.clone());
    reading.stream = now.stream.clone().or(reading.stream);
    reading
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_unit_is_asked_for_with_the_units_understood() {
        let error =
            Error::UnknownUnit { column: "Fz".into(), unit: "raw".into(), quantity: "force", known: "", hint: "N" };
        let ask = Ask::of(&error, 2).unwrap();
        assert_eq!((ask.name.as_str(), ask.label.as_str()), ("unit-force_2", "Unit of Fz"));
        assert!(ask.choices.contains(&"kgf".to_owned()), "{:?}", ask.choices);
        assert!(Ask::of(&Error::Empty, 0).is_none(), "nothing to say would help");
    }

    #[test]
    fn answers_become_a_reading_and_nonsense_none() {
        let form = Form::new()
            .with("unit-force_0", "kgf")
            .with("map-force.z_0", "Load (raw)")
            .with("unit-strength_0", "N")
            .with("unit-time_0", "")
            .with("unit-force_1", "N");
        let reading = said(&form, 0);
        assert_eq!(reading, Reading::default().unit("force=kgf").unwrap().column("force.z=Load (raw)").unwrap());
    }

    #[test]
    fn what_is_said_now_goes_before_what_was_said_of_the_tool() {
        let before = Reading::default().unit("force=kgf").unwrap().unit("time=ms").unwrap();
        let both = together(before, &Reading::default().unit("force=N").unwrap());
        assert_eq!((both.units["force"].as_str(), both.units["time"].as_str()), ("N", "ms"));
    }
}
