//! Layers of tissue, one on the other.

use serde::Deserialize;

use crate::error::Error;

/// One layer of tissue at rest.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// `skin`, `fat`, `fascia`, `muscle`, `tendon`, or a name of your own.
    pub name: String,
    /// Thickness, mm.
    pub thickness_mm: f64,
    /// Young's modulus at small strain, kPa.
    pub young_kpa: f64,
    /// Poisson's ratio, 0 to below 0.5.
    pub poisson: f64,
    /// Does it glide without friction on the layer below? Otherwise the two are bonded.
    #[serde(default)]
    pub slips: bool,
    /// How it stiffens with strain; none: as its name has it in `data/tissue`.
    #[serde(default)]
    pub stiffening: Option<f64>,
}

/// Layers from the skin down, on a rigid base.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stack {
    /// From the top to the bottom.
    #[serde(rename = "layer")]
    pub layers: Vec<Layer>,
}

impl Stack {
    /// Reads the text of a stack file; `file` is its name for the error.
    pub fn parse(file: &str, text: &str) -> Result<Self, Error> {
        let wrong = |what: String| Error::File { file: file.to_owned(), what };
        let stack: Self = toml::from_str(text).map_err(|e| wrong(e.to_string()))?;
        if stack.layers.is_empty() {
            return Err(wrong("holds no layer; write at least one [[layer]]".to_owned()));
        }
        stack.layers.iter().enumerate().try_for_each(|(i, layer)| layer.check(i))?;
        Ok(stack)
    }

    /// Thickness of all layers, mm.
    pub fn thickness_mm(&self) -> f64 {
        self.layers.iter().map(|layer| layer.thickness_mm).sum()
    }
}

impl Layer {
    fn check(&self, index: usize) -> Result<(), Error> {
        let name = |field: &str| format!("layer {} ({}): {field}", index + 1, self.name);
        if !(self.thickness_mm > 0.0 && self.thickness_mm.is_finite()) {
            return Err(Error::Number { field: name("thickness_mm"), value: self.thickness_mm, must: "above 0" });
        }
        if !(self.young_kpa > 0.0 && self.young_kpa.is_finite()) {
            return Err(Error::Number { field: name("young_kpa"), value: self.young_kpa, must: "above 0" });
        }
        if !(0.0..0.5).contains(&self.poisson) {
            return Err(Error::Number { field: name("poisson"), value: self.poisson, must: "from 0 to below 0.5" });
        }
        Ok(())
    }
}
