//! Strokes of one session on one site, as events of the equations.

use super::{Happening, Touch};
use crate::error::Error;

/// Strokes of one session on one site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Treatment {
    /// What one of them does.
    pub touch: Touch,
    /// How long they go on, minutes.
    pub minutes: f64,
    /// 1 for strokes slower than about 10 cm/s; see [`slowness`].
    pub slowness: f64,
    /// How much is expected of it, 0 nothing to 1 a full treatment.
    pub belief: f64,
}

impl Treatment {
    /// The two events of a session that begins at `at_h` hours.
    pub fn happenings(&self, at_h: f64) -> Result<[Happening; 2], Error> {
        let Touch { pressure_kpa, fibre, shear } = self.touch;
        let begin = [("pressure", pressure_kpa), ("slowness", self.slowness)];
        let end = [
            ("pressure", pressure_kpa),
            ("minutes", self.minutes),
            ("fibre", fibre),
            ("shear", shear),
            ("belief", self.belief),
        ];
        let ends_h = at_h + self.minutes / 60.0;
        Ok([Happening::new(at_h, "strokes-begin", &begin)?, Happening::new(ends_h, "strokes-end", &end)?])
    }
}

/// How slow strokes are by their speed, mm/s: 1 at rest, one half at the speed that is called brisk, falling steeply beyond.
pub fn slowness(speed_mm_s: f64, brisk_mm_s: f64) -> f64 {
    1.0 / (1.0 + (speed_mm_s / brisk_mm_s).powi(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_after_its_minutes() {
        let touch = Touch { pressure_kpa: 20.0, fibre: 0.05, shear: 0.1 };
        let [begin, end] = Treatment { touch, minutes: 6.0, slowness: 1.0, belief: 1.0 }.happenings(24.0).unwrap();
        assert_eq!((begin.at_h, begin.id()), (24.0, "strokes-begin"));
        assert_eq!((end.at_h, end.id()), (24.1, "strokes-end"));
        assert_eq!(end.variables(), [20.0, 6.0, 0.05, 0.1, 1.0]);
    }

    #[test]
    fn strokes_of_ten_centimetres_a_second_are_slow() {
        assert!(slowness(100.0, 200.0) > 0.9 && slowness(400.0, 200.0) < 0.1);
    }
}
