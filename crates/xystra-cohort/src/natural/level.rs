//! One person's course and what would be measured of it.

use crate::draw::normal_below;

/// Hours of a week.
pub(crate) const HOURS_PER_WEEK: f64 = 168.0;

/// One person's natural course on 0-10.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Natural {
    /// Level at entry, 0-10.
    pub entry: f64,
    /// How fast the part that goes away goes away, per hour.
    pub rate_per_h: f64,
    /// Share of the entry level that stays, 0-1.
    pub plateau: f64,
    /// Standard deviation of one observation about the course, points of 10.
    pub noise: f64,
}

impl Natural {
    /// The person at the coordinates of [`super::Prior`]; a level at entry outside the scale is put on its end.
    pub fn of(coordinates: [f64; 4]) -> Self {
        let [entry, ln_rate, logit, ln_noise] = coordinates;
        Self {
            entry: entry.clamp(0.0, 10.0),
            rate_per_h: ln_rate.exp(),
            plateau: 1.0 / (1.0 + (-logit).exp()),
            noise: ln_noise.exp(),
        }
    }

    /// The level `hours` after entry, 0-10.
    pub fn level(&self, hours: f64) -> f64 {
        self.entry * (self.plateau + (1.0 - self.plateau) * (-self.rate_per_h * hours).exp())
    }

    /// The chance that what is measured `hours` after entry lies below `edge`, before the scale ends it.
    pub fn below(&self, edge: f64, hours: f64) -> f64 {
        normal_below((edge - self.level(hours)) / self.noise)
    }
}

/// The logit of a share between 0 and 1.
pub(crate) fn logit(share: f64) -> f64 {
    (share / (1.0 - share)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_falls_from_the_entry_to_the_plateau() {
        let one = Natural { entry: 6.0, rate_per_h: 0.01, plateau: 0.5, noise: 1.0 };
        let half_life_h = std::f64::consts::LN_2 / 0.01;
        assert!((one.level(0.0) - 6.0).abs() < 1e-12);
        assert!((one.level(half_life_h) - 4.5).abs() < 1e-12);
        assert!((one.level(1e6) - 3.0).abs() < 1e-12);
        assert!((one.below(6.0, 0.0) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn coordinates_become_a_person_on_the_scale() {
        let one = Natural::of([12.0, 0.0, logit(0.2), 0.0]);
        assert!((one.entry - 10.0).abs() < 1e-12 && (one.plateau - 0.2).abs() < 1e-12);
        assert!((one.rate_per_h - 1.0).abs() < 1e-12 && (one.noise - 1.0).abs() < 1e-12);
    }
}
