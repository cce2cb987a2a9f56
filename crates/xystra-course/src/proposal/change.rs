//! One change of a plan.

use xystra_care::plan::Target;
use xystra_care::practice::ForceUnit;
use xystra_catalog::Catalog;
use xystra_catalog::advice::Rule;

use crate::dosing::target_words;
use crate::words::{capital, number};

/// What changes, from what, to what, and which rule says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The rule.
    pub rule: &'static Rule,
    /// What changes: a region's name with side and view, or a word for the plan's own setting.
    pub what: String,
    /// As it is.
    pub from: Setting,
    /// As it would be.
    pub to: Setting,
}

/// A setting of a plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Setting {
    /// How hard.
    Force(Target),
    /// How long, minutes.
    Minutes(f64),
    /// Hours between two sessions.
    GapHours(u16),
    /// The region is treated.
    Treated,
    /// The region is left out until its skin is clear.
    OnHold,
}

impl Change {
    /// "Left outer elbow (back view): medium (3.5–6 N) → light (1.6–3.5 N)".
    pub fn words(&self, unit: ForceUnit, catalog: &Catalog) -> String {
        let setting = |setting: &Setting| setting.words(unit, catalog);
        format!("{}: {} → {}", capital(&self.what), setting(&self.from), setting(&self.to))
    }
}

impl Setting {
    /// The setting alone.
    pub fn words(&self, unit: ForceUnit, catalog: &Catalog) -> String {
        match self {
            Self::Force(target) => target_words(*target, unit, catalog),
            Self::Minutes(minutes) => format!("{} min", number(*minutes)),
            Self::GapHours(hours) => format!("{hours} h"),
            Self::Treated => "treated".to_owned(),
            Self::OnHold => "on hold until its skin is clear".to_owned(),
        }
    }
}
