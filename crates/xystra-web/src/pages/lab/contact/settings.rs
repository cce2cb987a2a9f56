//! What somebody set on the page of edge and thumb.

use xystra_tissue::contact::Edge;
use xystra_tissue::layers::{Region, contracted, layers};
use xystra_tissue::{Error, Stack};

use super::super::slider::{Slider, Standing};
use crate::form::Form;

const FORCE: Slider = slider("force", "Force of the edge", " N", (1.0, 20.0, 0.5), 6.0, "");
const RADIUS: Slider = slider("radius", "Edge radius", " mm", (1.0, 10.0, 0.5), 2.0, "");
const LENGTH: Slider = slider("length", "Edge length on the skin", " mm", (10.0, 80.0, 5.0), 35.0, "");
const ANGLE: Slider = slider("angle", "Angle to the skin", "\u{b0}", (30.0, 90.0, 5.0), 60.0, "");
const FRICTION: Slider = slider(
    "friction",
    "Friction",
    "",
    (0.0, 0.6, 0.05),
    0.2,
    "Dry steel on skin: about 0.3 to 0.6. Under an emollient nobody has measured it; it may drag more.",
);
const FAT: Slider = slider("fat", "Fat layer", " mm", (1.0, 30.0, 0.5), 6.0, "");

const fn slider(
    name: &'static str,
    label: &'static str,
    unit: &'static str,
    (low, high, step): (f64, f64, f64),
    usual: f64,
    hint: &'static str,
) -> Slider {
    Slider { name, label, unit, low, high, step, usual, hint }
}

/// Half the angle between the flanks of a blade, degrees. Ours: no maker publishes it.
const WEDGE_DEG: f64 = 15.0;
/// A flank steeper than this meets no skin.
const STEEPEST_DEG: f64 = 89.0;
const USUAL_REGION: &str = "forearm";

/// What is the same for edge and thumb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hold {
    Force,
    Depth,
}

/// Which strain is shaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    Stretch,
    Compression,
    Shear,
}

/// The settings, each within what the page offers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Settings {
    pub(super) hold: Hold,
    pub(super) shown: Shown,
    pub(super) force_n: f64,
    pub(super) radius_mm: f64,
    pub(super) length_mm: f64,
    pub(super) angle_deg: f64,
    pub(super) friction: f64,
    pub(super) region: &'static Region,
    pub(super) fat_mm: f64,
    pub(super) is_contracted: bool,
}

impl Settings {
    /// As the query has it; whatever is missing or impossible is as usual.
    pub(super) fn read(query: &str) -> Self {
        let form = Form::decode(query.as_bytes());
        let region = region(form.get("region"));
        // A slider that was set for another region stands where this one's fat is.
        let is_same = form.get("of").is_empty() || form.get("of") == region.id;
        let fat = if form.get("fat").is_empty() || !is_same { FAT.held(fat(region)) } else { FAT.read(&form) };
        Self {
            hold: if form.has("hold", "depth") { Hold::Depth } else { Hold::Force },
            shown: Shown::of(form.get("shown")),
            force_n: FORCE.read(&form),
            radius_mm: RADIUS.read(&form),
            length_mm: LENGTH.read(&form),
            angle_deg: ANGLE.read(&form),
            friction: FRICTION.read(&form),
            region,
            fat_mm: fat,
            is_contracted: form.has("muscle", "contracted"),
        }
    }

    /// The same settings in one line, to know them again; `shown` changes the drawing only.
    pub(super) fn query(&self) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for slider in self.sliders().into_iter().chain([self.fat()]) {
            query.append_pair(slider.slider.name, &slider.plain());
        }
        query.append_pair("region", &self.region.id).append_pair("of", &self.region.id);
        query.append_pair("hold", self.hold_word()).append_pair("shown", self.shown.word());
        query.append_pair("muscle", self.muscle_word()).finish()
    }

    pub(super) fn sliders(&self) -> [Standing; 5] {
        [
            FORCE.at(self.force_n),
            RADIUS.at(self.radius_mm),
            LENGTH.at(self.length_mm),
            ANGLE.at(self.angle_deg),
            FRICTION.at(self.friction),
        ]
    }

    pub(super) fn fat(&self) -> Standing {
        FAT.at(self.fat_mm)
    }

    pub(super) fn hold_word(&self) -> &'static str {
        if self.hold == Hold::Depth { "depth" } else { "force" }
    }

    pub(super) fn muscle_word(&self) -> &'static str {
        if self.is_contracted { "contracted" } else { "relaxed" }
    }

    /// The layers from the skin down, with the fat as it was set.
    pub(super) fn stack(&self) -> Result<Stack, Error> {
        let mut stack = xystra_tissue::layers::stack(&self.region.id)?;
        for layer in stack.layers.iter_mut().filter(|layer| layer.name == "fat") {
            layer.thickness_mm = self.fat_mm;
        }
        Ok(if self.is_contracted { contracted(&stack) } else { stack })
    }

    /// The edge with the slopes of its flanks: a blade leans, and its lower flank comes near the skin.
    pub(super) fn edge(&self) -> Edge {
        let tilt = 90.0 - self.angle_deg;
        let (near, far) = (90.0 - WEDGE_DEG - tilt, (90.0 - WEDGE_DEG + tilt).min(STEEPEST_DEG));
        Edge {
            length_mm: Some(self.length_mm),
            bevel_deg: Some(f64::midpoint(near, far)),
            tilt_deg: (far - near) / 2.0,
            friction: self.friction,
            ..Edge::rounded(self.radius_mm)
        }
    }
}

impl Shown {
    fn of(word: &str) -> Self {
        match word {
            "compression" => Self::Compression,
            "shear" => Self::Shear,
            _ => Self::Stretch,
        }
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Stretch => "stretch",
            Self::Compression => "compression",
            Self::Shear => "shear",
        }
    }
}

/// Value and words of what may be the same for both.
pub(super) fn holds() -> [(&'static str, &'static str); 2] {
    [("force", "force"), ("depth", "depth")]
}

/// Value and words of the muscle's state.
pub(super) fn muscles() -> [(&'static str, &'static str); 2] {
    [("relaxed", "relaxed"), ("contracted", "contracted")]
}

/// Value and words of the strains that can be shaded.
pub(super) fn measures() -> [(&'static str, &'static str); 3] {
    [("stretch", "stretch"), ("compression", "compression"), ("shear", "shear")]
}

/// Regions of people that the page offers: id, name and the fat that is usual there, on the slider.
pub(super) fn regions() -> Vec<(&'static str, &'static str, String)> {
    let human = layers().regions.iter().filter(|region| region.species == "human");
    human.map(|region| (region.id.as_str(), region.name.as_str(), FAT.at(FAT.held(fat(region))).plain())).collect()
}

fn region(id: &str) -> &'static Region {
    let human = || layers().regions.iter().filter(|region| region.species == "human");
    let found = human().find(|region| region.id == id).or_else(|| human().find(|region| region.id == USUAL_REGION));
    found.unwrap_or(&layers().regions[0])
}

fn fat(region: &Region) -> f64 {
    let part = region.layers.iter().find(|part| part.material == "fat");
    part.map_or(FAT.low, |part| part.thickness_mm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_is_known_again_from_the_line_that_settings_make_of_it() {
        let asked =
            "force=12.3&radius=99&angle=35&region=thigh&of=thigh&fat=14&hold=depth&muscle=contracted&shown=shear";
        let settings = Settings::read(asked);
        assert_eq!(Settings::read(&settings.query()), settings);
        assert_eq!((settings.hold, settings.shown, settings.is_contracted), (Hold::Depth, Shown::Shear, true));
        assert!((settings.fat_mm - 14.0).abs() < 1e-9 && (settings.radius_mm - 10.0).abs() < 1e-9);
    }

    #[test]
    fn another_region_brings_its_own_fat() {
        let settings = Settings::read("region=thigh&of=forearm&fat=3");
        assert!((settings.fat_mm - FAT.held(fat(settings.region))).abs() < 1e-9);
        let stack = settings.stack().expect("its layers");
        assert!(
            stack.layers.iter().any(|layer| layer.name == "fat" && (layer.thickness_mm - settings.fat_mm).abs() < 1e-9)
        );
    }

    #[test]
    fn every_angle_is_an_edge_that_can_be_pressed() {
        for angle in [30, 60, 90] {
            let edge = Settings::read(&format!("angle={angle}")).edge();
            let (bevel, tilt) = (edge.bevel_deg.expect("flanks"), edge.tilt_deg);
            assert!(bevel > tilt && bevel + tilt < 90.0, "{angle}: {edge:?}");
            assert!((bevel - tilt - (f64::from(angle) - WEDGE_DEG)).abs() < 1e-9);
        }
    }
}
