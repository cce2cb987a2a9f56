//! A thumb's pad instead of an edge, and what the clinician's own hand carries (`data/tissue/hand.toml`).

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::{Contact, Control, Curve, Edge, Load, Model, press};
use crate::error::Error;
use crate::layers::Number;
use crate::stack::Stack;

const FILE: &str = "data/tissue/hand.toml";
const TEXT: &str = include_str!("../../../../data/tissue/hand.toml");
/// Rounds in which pad and tissue find each other.
const ROUNDS: usize = 4;
/// Largest force that is asked of a thumb, N.
const MOST: f64 = 64.0;

/// What presses on the skin when no tool does, and what that does to the joints of the hand.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thumb {
    /// Radius of the pad across the thumb, at rest, mm.
    pub radius_mm: Number,
    /// Radius of the pad along the thumb, at rest, mm.
    pub along_mm: Number,
    /// Plane-strain modulus of the pad at small load, kPa.
    pub pad_kpa: Number,
    /// Mean pressure that doubles the pad's modulus, kPa.
    pub doubling_kpa: Number,
    /// Force on the joint at the thumb's base for each newton at its tip.
    pub base: Number,
    /// Force at the thumb's tip that holds a tool, for each newton at its edge.
    pub grip: Number,
}

/// What the hand carries, N.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Hand {
    /// At the thumb's tip.
    pub tip_n: f64,
    /// On the joint at the thumb's base: middle, low and high.
    pub base_n: [f64; 3],
}

/// One way to press, with its price.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pressed {
    /// What the tissue gets.
    pub load: Load,
    /// What the hand carries.
    pub hand: Hand,
}

/// An edge beside a thumb in the same layers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The edge.
    pub edge: Pressed,
    /// The thumb with the same force.
    pub equal_force: Pressed,
    /// The thumb as deep as the edge; none: not within 64 N.
    pub equal_depth: Option<Pressed>,
    /// The thumb where the deepest layer is compressed as much as under the edge; none: not within 64 N.
    pub equal_compression: Option<Pressed>,
}

/// The thumb of this build.
///
/// # Panics
/// Never in a build that passed its tests: one of them reads the same text.
pub fn thumb() -> &'static Thumb {
    static THUMB: OnceLock<Thumb> = OnceLock::new();
    THUMB.get_or_init(|| Thumb::parse(FILE, TEXT).expect("data/tissue/hand.toml reads, as a test shows"))
}

/// Presses an edge that has a length, and a thumb: with the same force, as deep, and until the deepest layer is compressed as much.
///
/// # Errors
/// As of [`Curve::of`].
pub fn compare(stack: &Stack, edge: &Edge, thumb: &Thumb, force_n: f64) -> Result<Comparison, Error> {
    let tool = Curve::through(stack, edge, [0.5 * force_n, force_n])?.at(force_n);
    let pad = Curve::of(stack, &thumb.edge(stack, force_n)?)?;
    let by = |load: Load| Pressed { hand: thumb.pressing(load.force_n), load };
    Ok(Comparison {
        equal_force: by(pad.at(force_n)),
        equal_depth: reached(&pad, tool.depth_mm, |load| load.depth_mm).map(by),
        equal_compression: reached(&pad, deepest(&tool), deepest).map(by),
        edge: Pressed { hand: thumb.holding(force_n), load: tool },
    })
}

impl Thumb {
    /// Reads the text of a file of the hand.
    pub fn parse(file: &str, text: &str) -> Result<Self, Error> {
        toml::from_str(text).map_err(|e| Error::File { file: file.to_owned(), what: e.to_string() })
    }

    /// The pad as a rigid ellipsoid: where two elastic bodies meet, the contact is as wide as that of a rigid one whose radius is larger by
    /// the softer tissue's modulus over the pad's (Hertz). The tissue's modulus is what this force finds it to be; the pad stiffens.
    ///
    /// # Errors
    /// As of [`press`].
    pub fn edge(&self, stack: &Stack, force_n: f64) -> Result<Edge, Error> {
        let mut flatter = 1.0;
        for _ in 0..ROUNDS {
            let found = press(stack, &self.ellipsoid(flatter), Control::ForceN(force_n), Model::Linear)?;
            flatter = 1.0 + self.tissue_kpa(&found, flatter, force_n) / self.stiffened_kpa(&found);
        }
        Ok(self.ellipsoid(flatter))
    }

    /// What the hand carries when the thumb presses.
    pub fn pressing(&self, force_n: f64) -> Hand {
        self.hand(force_n)
    }

    /// What it carries when the thumb holds a tool that presses.
    pub fn holding(&self, force_n: f64) -> Hand {
        let [low, high] = [self.grip.low, self.grip.high].map(|grip| self.hand(grip * force_n).base_n);
        let middle = self.hand(self.grip.value * force_n);
        Hand { base_n: [middle.base_n[0], low[1], high[2]], ..middle }
    }

    fn hand(&self, tip_n: f64) -> Hand {
        Hand { tip_n, base_n: [self.base.value, self.base.low, self.base.high].map(|factor| factor * tip_n) }
    }

    fn ellipsoid(&self, flatter: f64) -> Edge {
        Edge { along_mm: Some(self.along_mm.value * flatter), ..Edge::rounded(self.radius_mm.value * flatter) }
    }

    /// Hertz's modulus of a half-space that would give the same force and half-width, kPa.
    fn tissue_kpa(&self, found: &Contact, flatter: f64, force_n: f64) -> f64 {
        let round = (self.radius_mm.value * self.along_mm.value).sqrt() * flatter;
        0.75 * 1e3 * force_n * round / found.half_width_mm.powi(3)
    }

    fn stiffened_kpa(&self, found: &Contact) -> f64 {
        self.pad_kpa.value * (1.0 + found.peak_pressure_kpa / 1.5 / self.doubling_kpa.value)
    }
}

fn deepest(load: &Load) -> f64 {
    load.layers.last().map_or(0.0, |layer| layer.peak_compression)
}

/// The load at which a rising number reaches `wanted`; none where it does not within the table.
fn reached(curve: &Curve, wanted: f64, of: impl Fn(&Load) -> f64) -> Option<Load> {
    let (mut low, mut high) = (0.0, MOST);
    if of(&curve.at(high)) < wanted {
        return None;
    }
    for _ in 0..50 {
        let middle = 0.5 * (low + high);
        if of(&curve.at(middle)) < wanted { low = middle } else { high = middle }
    }
    Some(curve.at(high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hand_reads_and_every_source_is_a_reference() {
        let hand = Thumb::parse(FILE, TEXT).expect("the hand reads");
        let known = &xystra_catalog::catalog().sources;
        for number in [&hand.radius_mm, &hand.along_mm, &hand.pad_kpa, &hand.doubling_kpa, &hand.base, &hand.grip] {
            assert!(known.contains_key(&number.source), "no source {}", number.source);
            assert!(number.low <= number.value && number.value <= number.high);
        }
    }

    #[test]
    fn a_thumb_needs_more_force_to_go_as_deep_and_spreads_it_wider() {
        let stack = crate::layers::stack("calf").unwrap();
        let edge = Edge { length_mm: Some(35.0), ..Edge::rounded(2.0) };
        let found = compare(&stack, &edge, thumb(), 6.0).unwrap();
        println!("{found:#?}");
        assert!(found.edge.load.peak_pressure_kpa > found.equal_force.load.peak_pressure_kpa);
        let deep = found.equal_depth.unwrap();
        assert!((deep.load.depth_mm / found.edge.load.depth_mm - 1.0).abs() < 1e-6);
        assert!((deep.hand.base_n[0] - thumb().base.value * deep.load.force_n).abs() < 1e-9);
    }

    #[test]
    fn a_softer_pad_is_flatter() {
        let stack = crate::layers::stack("forearm").unwrap();
        let mut soft = thumb().clone();
        soft.pad_kpa.value *= 0.3;
        let (usual, flat) = (thumb().edge(&stack, 6.0).unwrap(), soft.edge(&stack, 6.0).unwrap());
        assert!(flat.radius_mm > 1.2 * usual.radius_mm && usual.radius_mm > thumb().radius_mm.value);
    }
}
