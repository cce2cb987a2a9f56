//! Samples on one clock.

use std::ops::Range;

use crate::vector::{Vec3, quantile};

/// A quaternion w, x, y, z.
pub type Quaternion = [f64; 4];

/// Samples in order of time, channel by channel, in SI units (magnetic field in uT). A channel that was not recorded is
/// empty; every other is as long as the clock.
///
/// Force, acceleration, angular rate and magnetic field go by the tool's axes; z points along the tool and is the normal axis.
/// A force of one axis is kept as z. Position goes by axes fixed in the room. Acceleration is what an accelerometer shows (at
/// rest 9.8 m/s2 upwards). Orientation turns the tool's axes into the room's.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Samples {
    /// Time, s; for the first sample of a recording zero.
    pub time_s: Vec<f64>,
    /// Force, N.
    pub force_n: Vec<Vec3>,
    /// Position, m.
    pub position_m: Vec<Vec3>,
    /// Acceleration, m/s2.
    pub acceleration_m_s2: Vec<Vec3>,
    /// Angular rate, rad/s.
    pub angular_rate_rad_s: Vec<Vec3>,
    /// Magnetic field, uT.
    pub magnetic_field_ut: Vec<Vec3>,
    /// Orientation, unit quaternions, tool to room.
    pub orientation: Vec<Quaternion>,
}

impl Samples {
    /// Number of samples.
    pub fn len(&self) -> usize {
        self.time_s.len()
    }

    /// Is there none?
    pub fn is_empty(&self) -> bool {
        self.time_s.is_empty()
    }

    /// Puts `more` behind; its channels must be those of `self`, unless `self` is empty.
    pub fn append(&mut self, more: &Self) {
        self.time_s.extend_from_slice(&more.time_s);
        for (own, new) in self.vectors_mut().into_iter().zip(more.vectors()) {
            own.extend_from_slice(new);
        }
        self.orientation.extend_from_slice(&more.orientation);
    }

    /// The samples `part`, copied.
    #[must_use]
    pub fn slice(&self, part: Range<usize>) -> Self {
        let cut = |values: &[Vec3]| values.get(part.clone()).unwrap_or_default().to_vec();
        Self {
            time_s: self.time_s[part.clone()].to_vec(),
            force_n: cut(&self.force_n),
            position_m: cut(&self.position_m),
            acceleration_m_s2: cut(&self.acceleration_m_s2),
            angular_rate_rad_s: cut(&self.angular_rate_rad_s),
            magnetic_field_ut: cut(&self.magnetic_field_ut),
            orientation: self.orientation.get(part.clone()).unwrap_or_default().to_vec(),
        }
    }

    /// Drops the first `count` samples.
    pub fn drop_first(&mut self, count: usize) {
        self.time_s.drain(..count);
        for values in self.vectors_mut().into_iter().filter(|values| !values.is_empty()) {
            values.drain(..count);
        }
        if !self.orientation.is_empty() {
            self.orientation.drain(..count);
        }
    }

    /// The usual (median) step of the clock, s; NaN with fewer than two samples.
    pub fn step_s(&self) -> f64 {
        quantile(self.time_s.windows(2).map(|w| w[1] - w[0]).collect(), 0.5)
    }

    fn vectors(&self) -> [&Vec<Vec3>; 5] {
        [&self.force_n, &self.position_m, &self.acceleration_m_s2, &self.angular_rate_rad_s, &self.magnetic_field_ut]
    }

    fn vectors_mut(&mut self) -> [&mut Vec<Vec3>; 5] {
        [
            &mut self.force_n,
            &mut self.position_m,
            &mut self.acceleration_m_s2,
            &mut self.angular_rate_rad_s,
            &mut self.magnetic_field_ut,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_put_together_again_are_the_whole() {
        let whole = Samples {
            time_s: (0..10).map(f64::from).collect(),
            force_n: (0..10).map(|i| [f64::from(i); 3]).collect(),
            orientation: vec![[1.0, 0.0, 0.0, 0.0]; 10],
            ..Samples::default()
        };
        let mut joined = whole.slice(0..4);
        joined.append(&whole.slice(4..10));
        assert_eq!(joined, whole);
        joined.drop_first(7);
        assert_eq!(joined, whole.slice(7..10));
    }
}
