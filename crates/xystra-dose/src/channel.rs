//! What the columns of a recording measure, and in which units.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// What a column measures. Inside the crate everything is in the unit of [`Quantity::si`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// Time of the sample.
    Time,
    /// Force by the tool's axes.
    Force,
    /// Position of the tool.
    Position,
    /// Acceleration by the tool's axes.
    Acceleration,
    /// Angular rate about the tool's axes.
    AngularRate,
    /// Magnetic field by the tool's axes.
    MagneticField,
    /// Orientation as a quaternion, tool to world: w, x, y, z. Pure numbers.
    Orientation,
    /// Orientation as angles: yaw about z, then pitch about y, then roll about x.
    Angle,
}

/// Which component of its quantity a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Axis {
    /// Along or about x.
    X,
    /// Along or about y.
    Y,
    /// Along or about z: along the tool, the normal axis of force.
    Z,
    /// The real part of a quaternion.
    W,
    /// Angle about z.
    Yaw,
    /// Angle about y.
    Pitch,
    /// Angle about x.
    Roll,
}

/// A column that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Channel {
    /// Its name as the file writes it.
    pub name: String,
    /// What it measures.
    pub quantity: Quantity,
    /// Which component; none for a quantity of one column, as time or a force of one axis.
    pub axis: Option<Axis>,
    /// The unit that the file or the user states.
    pub unit: String,
}

/// Every quantity, its word, its SI unit and the units understood.
const QUANTITIES: [(Quantity, &str, &str, &str); 8] = [
    (Quantity::Time, "time", "s", "s, ms, us, ns, min"),
    (Quantity::Force, "force", "N", "N, mN, kN, kgf, gf, lbf, ozf"),
    (Quantity::Position, "position", "m", "m, cm, mm, in"),
    (Quantity::Acceleration, "acceleration", "m/s2", "m/s2, g, mg"),
    (Quantity::AngularRate, "angular-rate", "rad/s", "rad/s, deg/s"),
    (Quantity::MagneticField, "magnetic-field", "uT", "uT, mT, G"),
    (Quantity::Orientation, "orientation", "1", "1"),
    (Quantity::Angle, "angle", "rad", "rad, deg"),
];

impl Quantity {
    /// All, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        QUANTITIES.iter().map(|row| row.0)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The unit used inside.
    pub fn si(self) -> &'static str {
        self.row().2
    }

    /// The units understood, in words.
    pub fn known_units(self) -> &'static str {
        self.row().3
    }

    fn row(self) -> &'static (Self, &'static str, &'static str, &'static str) {
        QUANTITIES.iter().find(|row| row.0 == self).expect("every quantity has its row")
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Quantity {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self, Error> {
        let unknown = || Error::UnknownWord {
            word: word.to_owned(),
            what: "quantity",
            known: "time, force, position, acceleration, angular-rate, magnetic-field, orientation, angle",
        };
        Self::all().find(|quantity| quantity.to_string() == word).ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_round() {
        for quantity in Quantity::all() {
            assert_eq!(quantity.to_string().parse::<Quantity>().unwrap(), quantity);
            assert_eq!(serde_json::to_string(&quantity).unwrap(), format!("\"{quantity}\""));
        }
        assert!("torque".parse::<Quantity>().is_err());
    }
}
