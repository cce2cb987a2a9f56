//! Layers by body region: what is known of their thickness and stiffness, with ranges and sources (`data/tissue/layers.toml`).

use std::sync::OnceLock;

use serde::Deserialize;
use xystra_catalog::Status;

use crate::error::Error;
use crate::stack::{Layer, Stack};

const FILE: &str = "data/tissue/layers.toml";
const TEXT: &str = include_str!("../../../data/tissue/layers.toml");

/// Stiffening of a layer whose name nothing has, 1: between fat and muscle.
const OTHER: f64 = 5.0;

/// A number with its range and where it is from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    /// Middle of the prior.
    pub value: f64,
    /// Smallest value thought possible.
    pub low: f64,
    /// Largest value thought possible.
    pub high: f64,
    /// Standard deviation of the logarithm between people.
    pub spread: f64,
    /// Key into `data/references.bib`; `xystra` where it is our own.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}

/// What a layer is made of.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// The name that layers have.
    pub id: String,
    /// In words.
    pub name: String,
    /// Poisson's ratio.
    pub poisson: f64,
    /// Young's modulus at small strain, kPa.
    pub young_kpa: Number,
    /// Exponent of the stiffening law, 1.
    pub stiffening: Number,
    /// What the numbers stand for.
    pub note: String,
}

/// What lies under the skin at one place.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Region {
    /// Stable key.
    pub id: String,
    /// In words.
    pub name: String,
    /// `human`, `rat`, `rabbit`.
    pub species: String,
    /// Where exactly, and whose numbers.
    pub note: String,
    /// From the skin down to the bone.
    pub layers: Vec<Part>,
}

/// One layer of a region.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Key of its material, and its name in the stack.
    pub material: String,
    /// Mean thickness, mm.
    pub thickness_mm: f64,
    /// Standard deviation of the thickness between people, mm.
    pub thickness_sd_mm: f64,
    /// Key of the source of the thickness.
    pub source: String,
    /// Was it read or computed from there?
    pub status: Status,
    /// Young's modulus here, kPa; none: that of the material.
    #[serde(default)]
    pub young_kpa: Option<Number>,
}

/// Materials and regions.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layers {
    /// What layers are made of.
    #[serde(rename = "material")]
    pub materials: Vec<Material>,
    /// What lies where.
    #[serde(rename = "region")]
    pub regions: Vec<Region>,
}

/// The layers of this build.
///
/// # Panics
/// Never in a build that passed its tests: one of them reads the same text.
pub fn layers() -> &'static Layers {
    static LAYERS: OnceLock<Layers> = OnceLock::new();
    LAYERS.get_or_init(|| Layers::parse(FILE, TEXT).expect("data/tissue/layers.toml reads, as a test shows"))
}

/// The mean layers of a region, muscle relaxed.
///
/// # Errors
/// [`Error::Unknown`] names the regions there are.
pub fn stack(region: &str) -> Result<Stack, Error> {
    layers().stack(region)
}

/// The same layers with their muscle contracted, by the ratio of the two materials.
pub fn contracted(stack: &Stack) -> Stack {
    let young = |id: &str| layers().material(id).map_or(1.0, |material| material.young_kpa.value);
    let ratio = young("muscle-contracted") / young("muscle");
    let mut contracted = stack.clone();
    let muscles = contracted.layers.iter_mut().filter(|layer| layer.name == "muscle");
    muscles.for_each(|layer| layer.young_kpa *= ratio);
    contracted
}

/// Exponent of the layer's stiffening law, 1: its own, else that of its name.
pub fn stiffening(layer: &Layer) -> f64 {
    let named = || layers().material(&layer.name).map_or(OTHER, |material| material.stiffening.value);
    layer.stiffening.unwrap_or_else(named)
}

impl Layers {
    /// Reads the text of a file of layers; `file` is its name for the error.
    pub fn parse(file: &str, text: &str) -> Result<Self, Error> {
        let wrong = |what: String| Error::File { file: file.to_owned(), what };
        let layers: Self = toml::from_str(text).map_err(|e| wrong(e.to_string()))?;
        for material in &layers.materials {
            material.check().map_err(wrong)?;
        }
        for region in &layers.regions {
            layers.check(region).map_err(wrong)?;
        }
        Ok(layers)
    }

    /// A material by its id; none where nothing has that name.
    pub fn material(&self, id: &str) -> Option<&Material> {
        self.materials.iter().find(|material| material.id == id)
    }

    /// A region by its id.
    pub fn region(&self, id: &str) -> Result<&Region, Error> {
        let known = || self.regions.iter().map(|region| region.id.as_str()).collect::<Vec<_>>().join(", ");
        let found = self.regions.iter().find(|region| region.id == id);
        found.ok_or_else(|| Error::Unknown { what: "region", key: id.to_owned(), known: known() })
    }

    /// The mean layers of a region.
    pub fn stack(&self, region: &str) -> Result<Stack, Error> {
        let parts = &self.region(region)?.layers;
        Ok(Stack { layers: parts.iter().filter_map(|part| self.layer(part)).collect() })
    }

    /// Young's modulus of one layer of a region, with its range.
    pub fn young<'a>(&'a self, part: &'a Part) -> Option<&'a Number> {
        part.young_kpa.as_ref().or_else(|| self.material(&part.material).map(|material| &material.young_kpa))
    }

    fn layer(&self, part: &Part) -> Option<Layer> {
        let material = self.material(&part.material)?;
        Some(Layer {
            name: part.material.clone(),
            thickness_mm: part.thickness_mm,
            young_kpa: self.young(part)?.value,
            poisson: material.poisson,
            slips: false,
            stiffening: Some(material.stiffening.value),
        })
    }

    fn check(&self, region: &Region) -> Result<(), String> {
        let unknown = region.layers.iter().find(|part| self.material(&part.material).is_none());
        if let Some(part) = unknown {
            return Err(format!("region {}: no material \"{}\"; add it or use one there is", region.id, part.material));
        }
        let thin = region.layers.iter().find(|part| !(part.thickness_mm > 0.0 && part.thickness_sd_mm >= 0.0));
        match thin {
            Some(part) => Err(format!("region {}: thickness of {} must be above 0", region.id, part.material)),
            None if region.layers.is_empty() => Err(format!("region {}: holds no layer", region.id)),
            None => {
                region.layers.iter().filter_map(|part| part.young_kpa.as_ref()).try_for_each(|n| n.check(&region.id))
            }
        }
    }
}

impl Material {
    fn check(&self) -> Result<(), String> {
        self.young_kpa.check(&self.id)?;
        self.stiffening.check(&self.id)
    }
}

impl Number {
    fn check(&self, of: &str) -> Result<(), String> {
        let inside = 0.0 < self.low && self.low <= self.value && self.value <= self.high && self.spread >= 0.0;
        if inside {
            Ok(())
        } else {
            Err(format!("{of}: value must lie from low (above 0) to high, and spread be 0 or more"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_gives_a_stack_and_every_source_is_a_reference() {
        let layers = Layers::parse(FILE, TEXT).expect("the layers read");
        let known = &xystra_catalog::catalog().sources;
        for region in &layers.regions {
            let stack = layers.stack(&region.id).unwrap();
            assert_eq!(stack.layers.len(), region.layers.len(), "{}", region.id);
            assert_eq!(stack.layers[0].name, "skin");
            let sources = region.layers.iter().flat_map(|part| [&part.source, &layers.young(part).unwrap().source]);
            sources.for_each(|key| assert!(known.contains_key(key), "{}: no source {key}", region.id));
        }
        let materials = layers.materials.iter().flat_map(|m| [&m.young_kpa.source, &m.stiffening.source]);
        materials.for_each(|key| assert!(known.contains_key(key), "no source {key}"));
    }

    #[test]
    fn an_unknown_region_is_answered_with_those_there_are() {
        assert!(stack("moon").unwrap_err().to_string().contains("calf, shin"));
    }

    #[test]
    fn contracting_stiffens_muscle_alone() {
        let calf = stack("calf").unwrap();
        let (before, after) = (&calf.layers, contracted(&calf).layers);
        assert!(after[3].young_kpa > 2.0 * before[3].young_kpa);
        assert_eq!(after[..3], before[..3]);
    }

    #[test]
    fn a_file_with_a_number_outside_its_range_is_refused() {
        let wrong = TEXT.replacen("low = 50,", "low = 500,", 1);
        let error = Layers::parse("layers.toml", &wrong).unwrap_err().to_string();
        assert!(error.contains("skin") && error.contains("low"), "{error}");
    }
}
