//! What can be measured: the outputs of the model, and the units that papers write them in.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::error::Error;

/// One output of the model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Quantity {
    /// Its id in data/tissue/equations.toml.
    pub id: String,
    /// Name for a reader.
    pub name: String,
    /// Its unit there.
    pub unit: String,
    /// What it is, in a sentence.
    pub explain: String,
}

/// How a measured value comes from the model's output and the value at entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    /// The output is the value.
    Absolute,
    /// The output multiplies the value at entry, or at rest.
    Relative,
    /// The output is added to the value at entry.
    Gained,
}

/// All outputs, in the order of data/tissue/equations.toml.
pub fn quantities() -> &'static [Quantity] {
    &QUANTITIES
}

/// The output with this id.
pub fn quantity(id: &str) -> Result<&'static Quantity, Error> {
    QUANTITIES.iter().find(|quantity| quantity.id == id).ok_or_else(|| Error::Unknown {
        what: "quantity",
        key: id.to_owned(),
        known: QUANTITIES.iter().map(|quantity| quantity.id.as_str()).collect::<Vec<_>>().join(", "),
    })
}

impl Quantity {
    /// How values come from outputs.
    pub fn sense(&self) -> Sense {
        match self.unit.as_str() {
            "by rest" | "by entry" => Sense::Relative,
            "deg" | "degC" => Sense::Gained,
            _ => Sense::Absolute,
        }
    }

    /// The level to which the output returns when nothing is done.
    pub fn rest(&self) -> f64 {
        if self.sense() == Sense::Relative { 1.0 } else { 0.0 }
    }

    /// What a value in its own unit is multiplied with to be in `unit`; none: the quantity has no such unit, or it is `%`.
    /// A relative quantity takes any unit that its baseline is given in.
    pub fn factor(&self, unit: &str) -> Option<f64> {
        match (self.unit.as_str(), unit) {
            (own, unit) if own == unit => Some(1.0),
            ("0-10", "points" | "cm") | ("by rest" | "by entry", "1" | "x" | "by rest" | "by entry") => Some(1.0),
            ("0-10", "mm" | "0-100") => Some(10.0),
            _ => None,
        }
    }
}

#[derive(Deserialize)]
struct Outputs {
    output: Vec<Quantity>,
}

static QUANTITIES: LazyLock<Vec<Quantity>> = LazyLock::new(|| {
    let text = include_str!("../../../../data/tissue/equations.toml");
    toml::from_str::<Outputs>(text).map(|file| file.output).unwrap_or_default()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_known_with_their_units() {
        assert!(quantities().len() > 15, "{}", quantities().len());
        let pain = quantity("pain").expect("an output");
        assert_eq!(pain.factor("mm"), Some(10.0));
        assert_eq!(pain.sense(), Sense::Absolute);
        assert_eq!(quantity("stiffness").map(Quantity::sense), Ok(Sense::Relative));
        assert_eq!(quantity("motion").map(Quantity::sense), Ok(Sense::Gained));
        let unknown = quantity("happiness").expect_err("no such output").to_string();
        assert!(unknown.contains("pain, "), "{unknown}");
    }
}
