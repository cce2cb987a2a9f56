//! Which mechanism brings how much of the change, as bars on one scale and as numbers.

use xystra_course::loading::{Loading, Share, shares};
use xystra_tissue::Error;

use super::curves::day_after;
use super::settings::Settings;
use crate::chart::{Parts, parts};
use crate::show::{number, signed};

/// The change in one quantity, divided among the mechanisms.
pub(super) struct Division {
    pub(super) title: &'static str,
    unit: &'static str,
    pub(super) shares: Vec<(&'static str, Share)>,
    pub(super) svg: String,
    /// All shares together.
    pub(super) change: f64,
}

/// Quantities that are divided: id, title, unit as it follows a number, decimals.
const DIVIDED: [(&str, &str, &str); 2] = [("pain", "Pain", " points"), ("motion", "Motion", "\u{b0}")];

/// Divides the change a day after the last session.
pub(super) fn divisions(settings: &Settings, loading: &Loading) -> Result<Vec<Division>, Error> {
    let found = shares(&settings.protocol, &DIVIDED.map(|(id, _, _)| id), day_after(loading))?;
    Ok(DIVIDED.iter().zip(found).map(|((_, title, unit), shares)| division(title, unit, &shares)).collect())
}

fn division(title: &'static str, unit: &'static str, found: &[Share]) -> Division {
    let shares: Vec<(&str, Share)> = found.iter().map(|share| (word(share.mechanism), *share)).collect();
    let change: f64 = found.iter().map(|share| share.part).sum();
    let rows = shares.iter().map(|(name, share)| {
        let words = if share.is_on { signed(share.part, 1) } else { "off".to_owned() };
        ((*name).to_owned(), share.part, words)
    });
    let finding = format!("{title}: {}{unit} by treatment", signed(change, 1));
    let svg = parts(&Parts { finding, rows: rows.collect(), dashed: Some(4) });
    Division { title, unit, shares, svg, change }
}

impl Division {
    /// "−1.2 points".
    pub(super) fn words(&self) -> String {
        format!("{}{}", signed(self.change, 1), self.unit)
    }

    /// The mechanism with the largest share, and how much: "neural (0.9 points)".
    pub(super) fn largest(&self) -> Option<String> {
        let same_way = self.shares.iter().filter(|(_, share)| share.part * self.change > 0.0);
        let most = same_way.max_by(|a, b| a.1.part.abs().total_cmp(&b.1.part.abs()))?;
        Some(format!("{} ({}{})", most.0.to_lowercase(), number(most.1.part.abs(), 1), self.unit))
    }
}

fn word(mechanism: &str) -> &'static str {
    match mechanism {
        "neural" => "Neural",
        "fluid" => "Fluid",
        "remodelling" => "Remodelling",
        "mechanical" => "Mechanical",
        _ => "Expectation",
    }
}
