//! What a column's name says: quantity, axis and unit.

use super::unit::Quantity;
use crate::error::Error;

/// A column to read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Column {
    /// Its place in the row.
    pub(super) index: usize,
    /// Its name as written.
    pub(super) name: String,
    pub(super) quantity: Quantity,
    /// 0, 1, 2 for x, y, z; none for a quantity without axes.
    pub(super) axis: Option<usize>,
    /// Factor to s, N or m.
    pub(super) factor: f64,
}

/// Words that mark a column made by a person or a classifier; such a column is never read.
const LABELS: [&str; 8] = ["label", "labels", "annotation", "class", "phase", "segment", "event", "stage"];

/// The column that `name` describes, or none when it is not one to read.
pub(super) fn parse(index: usize, name: &str) -> Result<Option<Column>, Error> {
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && *w != "in").collect();
    if words.iter().any(|w| LABELS.contains(&w.to_lowercase().as_str())) {
        return Ok(None);
    }
    if let Some((quantity, _)) = meaning(&words).filter(|_| !is_bare_letter(&words)) {
        return Err(Error::MissingUnit { column: name.to_owned(), example: quantity.example() });
    }
    let Some((unit, base)) = words.split_last() else {
        return Ok(None);
    };
    let Some((quantity, axis)) = meaning(base) else {
        return Ok(None);
    };
    match quantity.factor(unit) {
        Some(factor) => Ok(Some(Column { index, name: name.to_owned(), quantity, axis, factor })),
        None if is_bare_letter(base) => Ok(None),
        None => Err(unknown_unit(name, unit, quantity)),
    }
}

/// A bare x, y or z is a position only when a unit of length says so; it may as well be an acceleration.
fn is_bare_letter(words: &[&str]) -> bool {
    matches!(words, [word] if word.len() == 1 && "xyzXYZ".contains(word))
}

fn meaning(words: &[&str]) -> Option<(Quantity, Option<usize>)> {
    let base = words.concat().to_lowercase();
    match base.as_str() {
        "t" | "time" | "timestamp" | "elapsed" | "elapsedtime" => {
            return Some((Quantity::Time, None));
        }
        "f" | "force" => return Some((Quantity::Force, None)),
        _ => {}
    }
    let axis = "xyz".find(base.chars().last()?)?;
    let quantity = match &base[..base.len() - 1] {
        "f" | "force" => Quantity::Force,
        "" | "p" | "pos" | "position" => Quantity::Position,
        _ => return None,
    };
    Some((quantity, Some(axis)))
}

fn unknown_unit(name: &str, unit: &str, quantity: Quantity) -> Error {
    Error::UnknownUnit {
        column: name.to_owned(),
        unit: unit.to_owned(),
        quantity: quantity.name(),
        known: quantity.known_units(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_many_styles() {
        let said = |name| parse(0, name).unwrap().map(|c| (c.quantity, c.axis, c.factor));
        for name in ["fx_N", "force_x_n", "ForceX (N)", "Force x [N]", "F_x in N"] {
            assert_eq!(said(name), Some((Quantity::Force, Some(0), 1.0)), "{name}");
        }
        assert_eq!(said("t_s"), Some((Quantity::Time, None, 1.0)));
        assert_eq!(said("time in \u{b5}s"), Some((Quantity::Time, None, 1e-6)));
        assert_eq!(said("pos z [mm]"), Some((Quantity::Position, Some(2), 1e-3)));
        assert_eq!(said("y_cm"), Some((Quantity::Position, Some(1), 1e-2)));
    }

    #[test]
    fn other_quantities_are_left_alone() {
        for name in ["", "label", "tx_Nm", "q_w", "Accelerometer X (g)", "x", "x_g", "px (m/s)", "force_class_N"] {
            assert_eq!(parse(0, name).unwrap(), None, "{name}");
        }
    }
}
