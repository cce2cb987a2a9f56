//! Instruments, strokes and emollients.

use serde::Deserialize;

use crate::source::{Range, Status};

/// A kind of instrument; what a practice holds in its hands is a `tool`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Stable key.
    pub id: String,
    /// `graston`, `gua-sha`, `multi-curve`, `handlebar`, `smart-tools`, `hand`.
    pub family: String,
    /// Name as sold or as spoken.
    pub name: String,
    /// Its shape in plain words.
    pub shape: String,
    /// Whose trademark the name is, if it is one.
    pub trademark: Option<String>,
    /// Which drawing stands for it: `handlebar`, `scanner`, `crescent`, `tongue`, `hook`, `disc`, `board`, `thumb`, `hand`.
    pub glyph: String,
    /// What it is made of.
    pub material: String,
    /// Mass in grams.
    pub mass_g: Option<Range>,
    /// Its edges.
    pub edges: Vec<Edge>,
    /// `true`: the sizes are our defaults, and the practice should measure its own.
    pub measure_your_own: bool,
    /// Keys of strokes it is usually used for.
    pub strokes: Vec<String>,
    /// Key into the references.
    pub source: String,
    /// Were the sizes read there?
    pub status: Status,
}

/// An edge of an instrument.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edge {
    /// Key within the instrument.
    pub id: String,
    /// Name.
    pub name: String,
    /// `concave`, `convex`, `straight`, `point`, `knob` or `pad`.
    pub profile: String,
    /// Radius of the rounding that meets the skin, mm.
    pub radius_mm: Range,
    /// `single`, `double`, `rounded` or `none`.
    pub bevel: String,
    /// Bevel angle, degrees; `None` when rounded.
    pub bevel_deg: Option<Range>,
    /// Length in contact, mm.
    pub length_mm: Range,
}

/// A kind of stroke. The clinician names it; no program guesses it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stroke {
    /// Stable key, also the name of its drawing.
    pub id: String,
    /// Name.
    pub name: String,
    /// How it is done.
    pub how: String,
    /// What it is taught for.
    pub purpose: String,
    /// Angle to the skin as taught, degrees; `None` where nothing was found.
    pub angle_deg: Option<Range>,
    /// Key into the references.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}

/// What is put on the skin.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emollient {
    /// Stable key.
    pub id: String,
    /// Name.
    pub name: String,
    /// What to know.
    pub note: String,
    /// Coefficient of friction, as wide as it must be.
    pub friction: Range,
    /// Key into the references.
    pub source: String,
    /// Was it read there?
    pub status: Status,
}
