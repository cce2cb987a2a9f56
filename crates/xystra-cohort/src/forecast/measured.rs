//! What would be measured of a level.

use crate::client::Model;
use crate::draw::Draw;
use crate::weigh::Likelihood;

/// The chance of measuring, by the very errors that observations are weighed by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Measuring {
    off: Draw,
    outlier: Draw,
    likelihood: Likelihood,
}

impl Measuring {
    /// Chance under a seed, for one purpose.
    pub(crate) fn of(seed: u64, purpose: &str) -> Self {
        Self {
            off: Draw::of(seed, &format!("{purpose}: off")),
            outlier: Draw::of(seed, &format!("{purpose}: outlier")),
            likelihood: Likelihood::known(),
        }
    }

    /// What is written down of a client's level; `key` tells one measurement from another.
    pub(crate) fn measure(&self, model: &Model<'_>, track: usize, own: &[f64], level: f64, key: u64) -> f64 {
        let off = model.noise(track, &model.natural(own)) * self.off.normal(key);
        let scale = &model.case.tracks[track].scale;
        self.likelihood.measured(scale, level, off, self.outlier.uniform(key))
    }
}
