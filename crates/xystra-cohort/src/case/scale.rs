//! Which way a scale runs.

use super::Scale;

impl Scale {
    /// From the least to the greatest value.
    pub(crate) fn range(&self) -> f64 {
        self.most - self.least
    }

    /// The end where nothing is the matter.
    pub(crate) fn best(&self) -> f64 {
        if self.more_is_better { self.most } else { self.least }
    }

    /// The level at a distance from the best end.
    pub(crate) fn away(&self, distance: f64) -> f64 {
        if self.more_is_better { self.most - distance } else { self.least + distance }
    }

    /// The level of pain on 0-10.
    pub(crate) fn of_pain(&self, pain: f64) -> f64 {
        self.away(pain / 10.0 * self.range())
    }

    /// Pain on 0-10 of a level.
    pub(crate) fn as_pain(&self, level: f64) -> f64 {
        (level - self.best()).abs() / self.range() * 10.0
    }

    /// How much better `to` is than `from`; below 0 where it is worse.
    pub(crate) fn gain(&self, from: f64, to: f64) -> f64 {
        if self.more_is_better { to - from } else { from - to }
    }

    /// The nearest level that the scale has.
    pub(crate) fn hold(&self, level: f64) -> f64 {
        level.clamp(self.least, self.most)
    }

    /// What would be written down of a value: held to the scale, in its steps.
    pub(crate) fn written(&self, value: f64) -> f64 {
        let held = self.hold(value);
        if self.step > 0.0 {
            self.hold(self.least + ((held - self.least) / self.step).round() * self.step)
        } else {
            held
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCORE: Scale = Scale { least: 0.0, most: 80.0, step: 1.0, more_is_better: true };
    const PAIN: Scale = Scale { least: 0.0, most: 100.0, step: 0.0, more_is_better: false };

    #[test]
    fn better_is_a_gain_either_way() {
        assert!(SCORE.gain(20.0, 30.0) > 0.0 && PAIN.gain(20.0, 30.0) < 0.0);
        assert!((SCORE.away(8.0) - 72.0).abs() < 1e-12 && (PAIN.away(8.0) - 8.0).abs() < 1e-12);
    }

    #[test]
    fn pain_maps_to_its_scale_and_back() {
        assert!((PAIN.of_pain(3.5) - 35.0).abs() < 1e-12 && (PAIN.as_pain(35.0) - 3.5).abs() < 1e-12);
    }

    #[test]
    fn a_value_is_written_in_steps_within_the_scale() {
        assert!((SCORE.written(41.6) - 42.0).abs() < 1e-12 && (SCORE.written(91.0) - 80.0).abs() < 1e-12);
        assert!((PAIN.written(41.6) - 41.6).abs() < 1e-12);
    }
}
