//! The own coordinates of a virtual client: which there are, and where each stands.

use crate::case::{Case, Quantity};
use crate::population::Population;

/// Of how people differ, what one client's visits can tell anything about; the rest stays as the population has it.
const TOLD: [&str; 5] = ["sensitisation_most", "expectation_gain", "expectation_pain", "blood_pressing", "response"];

/// Coordinates of the natural course.
pub(crate) const NATURAL: usize = 4;

/// Where each own coordinate stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Coordinates {
    /// In order: natural course, the clinician's hand, where tracks start, people.
    pub(crate) names: Vec<String>,
    /// For each track, the place of where it starts.
    pub(crate) entries: Vec<usize>,
    /// Places in the population's coordinates of a person, and here.
    pub(crate) told: Vec<(usize, usize)>,
}

impl Coordinates {
    pub(crate) fn of(case: &Case, population: &Population) -> Self {
        let natural = ["natural-entry", "natural-rate", "natural-plateau", "natural-noise"];
        let mut names: Vec<String> = natural.into_iter().chain(["hand"]).map(str::to_owned).collect();
        let mut entries = Vec::new();
        for track in &case.tracks {
            // Pain starts where the natural course starts.
            entries.push(if track.quantity == Quantity::Pain { 0 } else { names.len() });
            if track.quantity != Quantity::Pain {
                names.push(format!("entry:{}", track.id));
            }
        }
        let mut told = Vec::new();
        for (place, name) in population.person().iter().enumerate().filter(|(_, name)| TOLD.contains(&name.as_str())) {
            told.push((place, names.len()));
            names.push(name.clone());
        }
        Self { names, entries, told }
    }

    pub(crate) fn count(&self) -> usize {
        self.names.len()
    }

    /// The place of how hard the clinician presses within what is known of the force.
    pub(crate) fn hand() -> usize {
        NATURAL
    }
}
