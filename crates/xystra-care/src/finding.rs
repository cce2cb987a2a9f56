//! Findings: where, what, how much, how deep, and how it was found.

use serde::{Deserialize, Serialize};
use xystra_catalog::atlas::{RegionId, atlas};

use crate::error::FieldError;

/// One finding at one region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Where.
    pub region: RegionId,
    /// What.
    pub kind: Kind,
    /// How much: 1 slight, 2 moderate, 3 marked.
    pub severity: u8,
    /// How deep.
    pub depth: Option<Depth>,
    /// How it was found.
    pub how: How,
    /// A word about it.
    #[serde(default)]
    pub remark: String,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Moves less than it should.
    Restriction,
    /// Feels stuck; what is felt is not proven to be an adhesion.
    Adhesion,
    /// A scar.
    Scar,
    /// Feels rough or grainy.
    Texture,
    /// Hurts when pressed.
    Tenderness,
    /// Is swollen.
    Swelling,
    /// Is warm.
    Warmth,
}

/// How deep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Depth {
    /// In the skin and under it.
    Superficial,
    /// In the deep fascia.
    Fascia,
    /// In muscle or tendon.
    Deep,
}

/// How it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// By hand.
    Hand,
    /// By scanning with the instrument: felt by the clinician.
    ScanClinician,
    /// By scanning with the instrument: felt by the client.
    ScanClient,
    /// By measurement.
    Measured,
}

impl Finding {
    /// Checks what can be checked.
    pub fn check(&self) -> Vec<FieldError> {
        let mut errors = Vec::new();
        if atlas().cell(&self.region).is_none() {
            errors.push(FieldError::new("region", format!("{} is not on the body map", self.region)));
        }
        if !(1..=3).contains(&self.severity) {
            errors.push(FieldError::new("severity", format!("{} is outside 1 to 3", self.severity)));
        }
        errors
    }
}

/// The region's name with side and view in words; the id itself where the atlas has no such cell.
pub fn label(region: &RegionId) -> String {
    atlas().cell(region).map_or_else(|| region.to_string(), xystra_catalog::atlas::Cell::label)
}
