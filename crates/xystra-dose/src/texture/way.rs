//! How far and how fast the tool went within a stroke.

use std::ops::Range;

use crate::constants::TEXTURE_SLOW;
use crate::samples::Samples;
use crate::stroke::path::Path;
use crate::texture::mean_of;
use crate::vector::{median, norm};

/// The smoothed path about a stroke, sample by sample: the same that gives the stroke's length.
#[derive(Debug)]
pub(super) struct Way {
    /// Number of the first sample.
    first: usize,
    /// From the first sample of the stroke, m.
    along_m: Vec<f64>,
    speed_m_s: Vec<f64>,
    /// Slower parts show only the sensor's noise, m/s.
    least_m_s: f64,
}

impl Way {
    /// Through the samples `around` of the stroke that begins at sample `start`; none when positions are not known.
    pub(super) fn of(samples: &Samples, around: Range<usize>, start: usize) -> Option<Self> {
        let position_m = samples.position_m.get(around.clone())?.to_vec();
        let time_s = samples.time_s[around.clone()].to_vec();
        let path = Path::of(&Samples { time_s, position_m, ..Samples::default() })?;
        let travelled_m = path.travelled_m();
        let before_m = travelled_m[start - around.start];
        let speed_m_s: Vec<f64> = path.velocity_m_s.iter().map(|v| norm(*v)).collect();
        Some(Self {
            first: around.start,
            along_m: travelled_m.iter().map(|m| m - before_m).collect(),
            least_m_s: TEXTURE_SLOW.value * median(speed_m_s[start - around.start..].to_vec()),
            speed_m_s,
        })
    }

    /// To the middle of the samples `part`, m.
    pub(super) fn along_m(&self, part: &Range<usize>) -> f64 {
        f64::midpoint(self.along_m[part.start - self.first], self.along_m[part.end - 1 - self.first])
    }

    /// Mean over the samples `part`, m/s.
    pub(super) fn speed_m_s(&self, part: &Range<usize>) -> f64 {
        mean_of(&self.speed_m_s[part.start - self.first..part.end - self.first])
    }

    /// Do the samples `part` move too slowly to shake?
    pub(super) fn is_slow(&self, part: &Range<usize>) -> bool {
        self.speed_m_s(part) < self.least_m_s
    }
}
