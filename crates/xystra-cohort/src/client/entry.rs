//! Where a client starts on each measure.

use crate::case::{Quantity, Scale, Track};
use crate::natural::Prior;
use crate::numbers::number;

/// How the level of a measure at entry follows from one standard normal coordinate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Entry {
    way: Way,
    middle: f64,
    spread: f64,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    /// Pain on a scale, by its level on 0-10.
    Pain(Scale),
    /// A score, by how far it is from its best end.
    Score(Scale),
    /// A movement of this full range, by the share that is missing.
    Missing(f64),
    /// A level, evenly on its scale.
    Even,
    /// A level above 0, by its logarithm.
    Positive(f64),
}

/// Least and greatest share of a movement that may be missing: the equations hold to 0.8, and some move further than others.
const MISSING: [f64; 2] = [-0.3, 0.8];

impl Entry {
    pub(crate) fn of(track: &Track, natural: &Prior) -> Self {
        let scale = track.scale;
        let (way, [middle, spread]) = match (track.quantity, track.normal) {
            (Quantity::Pain, _) => (Way::Pain(scale), [natural.mean[0], natural.factor[0][0]]),
            (Quantity::Function, _) => (Way::Score(scale), both("entry-function")),
            (Quantity::Motion, Some(normal)) => (Way::Missing(normal), both("entry-deficit")),
            (Quantity::Motion, None) => (Way::Even, [f64::midpoint(scale.least, scale.most), 0.25 * scale.range()]),
            (Quantity::Threshold, _) => (Way::Positive(scale.most), both("entry-threshold")),
        };
        Self { way, middle, spread }
    }

    /// The level at entry.
    pub(crate) fn level(&self, z: f64) -> f64 {
        let value = self.middle + self.spread * z;
        match self.way {
            Way::Pain(scale) => scale.of_pain(value.clamp(0.0, 10.0)),
            Way::Score(scale) => scale.away(value.clamp(0.0, 1.0) * scale.range()),
            Way::Missing(normal) => normal * (1.0 - value.clamp(MISSING[0], MISSING[1])),
            Way::Even => value,
            Way::Positive(most) => most * self.middle * (self.spread * z).exp(),
        }
    }

    /// The coordinate of a level.
    pub(crate) fn coordinate(&self, level: f64) -> f64 {
        let value = match self.way {
            Way::Pain(scale) => scale.as_pain(level),
            Way::Score(scale) => (level - scale.best()).abs() / scale.range(),
            Way::Missing(normal) => 1.0 - level / normal,
            Way::Even => level,
            Way::Positive(most) => return (level / (most * self.middle)).max(1e-6).ln() / self.spread,
        };
        (value - self.middle) / self.spread
    }

    /// Share of a movement's full range that is missing at a level; `None` where no full range is known.
    pub(crate) fn missing(&self, level: f64) -> Option<f64> {
        match self.way {
            Way::Missing(normal) => Some((1.0 - level / normal).clamp(0.0, MISSING[1])),
            _ => None,
        }
    }
}

fn both(id: &str) -> [f64; 2] {
    [number(id), number(&format!("{id}-spread"))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::example;

    #[test]
    fn levels_and_coordinates_undo_each_other() {
        let natural = crate::natural::prior("neck-pain", None, crate::natural::Care::Untreated).unwrap();
        for track in example::tracks() {
            let entry = Entry::of(&track, &natural);
            for z in [-0.8, 0.0, 0.7] {
                let level = entry.level(z);
                assert!((entry.coordinate(level) - z).abs() < 1e-9, "{} {z} {level}", track.id);
            }
        }
    }

    #[test]
    fn a_better_function_starts_nearer_to_its_best_end() {
        let natural = crate::natural::prior("neck-pain", None, crate::natural::Care::Untreated).unwrap();
        let track = example::tracks().into_iter().find(|track| track.id == "psfs").unwrap();
        let entry = Entry::of(&track, &natural);
        assert!(track.scale.more_is_better && entry.level(-0.5) > entry.level(0.5));
    }
}
