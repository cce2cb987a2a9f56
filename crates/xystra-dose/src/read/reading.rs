//! What the user says of a file beyond what the file says of itself.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::channel::{Axis, Quantity};
use crate::error::Error;

/// A column's meaning: quantity, and component where it has several. In words `force.z`, `time`, `orientation.w`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Meaning {
    /// What it measures.
    pub quantity: Quantity,
    /// Which component.
    pub axis: Option<Axis>,
}

/// How to read a file: what it does not say itself. The default says nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Reading {
    /// Unit of every column of a quantity whose own unit the file does not state, by the quantity's word: `force` is `kgf`. A
    /// number before the unit is a scale: `0.01N` for counts of a hundredth of a newton.
    pub units: BTreeMap<String, String>,
    /// Which column is what, by the meaning's words: `force.z` is the column `Fz (raw)`. Mapped columns go before all others of their quantity.
    pub map: BTreeMap<String, String>,
    /// Which stream of a file that holds several gives the force, by name or number.
    pub stream: Option<String>,
}

impl FromStr for Meaning {
    type Err = Error;

    /// `force.z`, `position.x`, `time`, `angle.yaw`, `orientation.w`.
    fn from_str(words: &str) -> Result<Self, Error> {
        let (quantity, axis) = words.split_once('.').map_or((words, None), |(quantity, axis)| (quantity, Some(axis)));
        let quantity: Quantity = quantity.parse()?;
        let axis = axis.map(axis_of).transpose()?;
        Ok(Self { quantity, axis })
    }
}

fn axis_of(word: &str) -> Result<Axis, Error> {
    Ok(match word.to_lowercase().as_str() {
        "x" => Axis::X,
        "y" => Axis::Y,
        "z" => Axis::Z,
        "w" => Axis::W,
        "yaw" => Axis::Yaw,
        "pitch" => Axis::Pitch,
        "roll" => Axis::Roll,
        _ => {
            return Err(Error::UnknownWord {
                word: word.to_owned(),
                what: "component",
                known: "x, y, z, w, yaw, pitch, roll",
            });
        }
    })
}

impl Reading {
    /// Adds `force=kgf`.
    ///
    /// # Errors
    /// [`Error::UnknownWord`] when the word before the sign is no quantity.
    pub fn unit(mut self, said: &str) -> Result<Self, Error> {
        let (quantity, unit) = parted(said, "unit", "quantity=unit, such as force=kgf")?;
        quantity.parse::<Quantity>()?;
        self.units.insert(quantity.to_owned(), unit.to_owned());
        Ok(self)
    }

    /// Adds `force.z=Fz (raw)`.
    ///
    /// # Errors
    /// [`Error::UnknownWord`] when the words before the sign are no meaning.
    pub fn column(mut self, said: &str) -> Result<Self, Error> {
        let (meaning, column) = parted(said, "column", "meaning=column, such as force.z=Fz")?;
        meaning.parse::<Meaning>()?;
        self.map.insert(meaning.to_owned(), column.to_owned());
        Ok(self)
    }
}

fn parted<'a>(said: &'a str, what: &'static str, known: &'static str) -> Result<(&'a str, &'a str), Error> {
    let parts = said.split_once('=').map(|(name, value)| (name.trim(), value.trim()));
    parts.filter(|(name, value)| !name.is_empty() && !value.is_empty()).ok_or_else(|| Error::UnknownWord {
        word: said.to_owned(),
        what,
        known,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_kept_or_refused() {
        let reading = Reading::default().unit("force=kgf").unwrap().column("force.z = Load (raw)").unwrap();
        assert_eq!(reading.units["force"], "kgf");
        assert_eq!(reading.map["force.z"], "Load (raw)");
        assert!(Reading::default().unit("strength=N").is_err());
        assert!(Reading::default().unit("force").is_err());
        assert!(Reading::default().column("force.q=a").is_err());
    }
}
