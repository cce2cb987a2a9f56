//! Force and path along a part of a recording, and their integrals over any stretch of it.

use crate::interval::Interval;
use crate::samples::Samples;
use crate::skin::SkinFrame;
use crate::stroke::{Clues, Motion, Stroke};
use crate::vector::{Vec3, norm};

/// Force along a part, ready to be measured.
///
/// *Normal* force is the component out of the skin when the recording shows the skin's plane and how the tool was held, else that
/// along the tool's z axis; *resultant* force is the length of the force vector, *shear* that of
/// its part across the z axis. With one axis the normal force is that axis and the resultant its magnitude. Between samples
/// force and path are taken as straight lines, so that the impulses of two adjoining stretches add up to that of both.
#[derive(Debug, Clone)]
pub(crate) struct Series<'a> {
    time_s: &'a [f64],
    normal_n: Vec<f64>,
    resultant_n: Vec<f64>,
    shear_n: Option<Vec<f64>>,
    clues: &'a Clues<'a>,
    skin: Option<&'a SkinFrame>,
}

impl<'a> Series<'a> {
    /// `force_n` (N by axis) at the times of `samples`; normal along `axis` (0-2) of the tool, but normal and shear by the skin when `skin` knows how the tool was held.
    pub(crate) fn new(
        samples: &'a Samples,
        force_n: &[Vec3],
        clues: &'a Clues<'a>,
        axis: usize,
        skin: Option<&'a SkinFrame>,
    ) -> Self {
        let across = [[1, 2], [0, 2], [0, 1]][axis];
        let has_shear = force_n.iter().any(|f| across.iter().any(|axis| f[*axis] != 0.0));
        let by_tool = |f: &Vec3| (f[axis], f[across[0]].hypot(f[across[1]]));
        let by_skin = |i: usize, f: &Vec3| skin.filter(|_| has_shear).and_then(|skin| skin.in_frame(*f, i));
        let parts = force_n.iter().enumerate().map(|(i, f)| by_skin(i, f).unwrap_or_else(|| by_tool(f)));
        let (normal_n, shear_n): (Vec<f64>, Vec<f64>) = parts.unzip();
        Self {
            time_s: &samples.time_s,
            normal_n,
            resultant_n: force_n.iter().map(|f| norm(*f)).collect(),
            shear_n: has_shear.then_some(shear_n),
            clues,
            skin,
        }
    }

    /// Measures one stroke. Its normal force keeps the sign of the z axis; [`Stroke::turned`] turns it.
    pub(crate) fn stroke(&self, extent: &Interval, motion: Motion, target_n: Option<(f64, f64)>) -> Stroke {
        let duration_s = extent.duration_s();
        let impulse_ns = self.integral(&self.normal_n, extent);
        let resultant_impulse_ns = self.integral(&self.resultant_n, extent);
        let length_m = self.clues.travelled_m.as_ref().map(|m| self.at(m, extent.end_s) - self.at(m, extent.start_s));
        let sign = if impulse_ns < 0.0 { -1.0 } else { 1.0 };
        Stroke {
            start_s: extent.start_s,
            end_s: extent.end_s,
            motion,
            burst: 1,
            mean_force_n: impulse_ns / duration_s,
            peak_force_n: sign * self.peak(&self.normal_n, extent, sign),
            mean_resultant_n: resultant_impulse_ns / duration_s,
            peak_resultant_n: self.peak(&self.resultant_n, extent, 1.0),
            mean_shear_n: self.shear_n.as_ref().map(|shear| self.integral(shear, extent) / duration_s),
            impulse_ns,
            resultant_impulse_ns,
            length_m,
            speed_m_s: length_m.map(|length_m| length_m / duration_s),
            angle_deg: self.angle_deg(extent),
            direction_deg: self.direction_deg(extent),
            vibration: None,
            in_target: target_n.map(|target| self.share_in(extent, target)),
        }
    }

    /// Time integral of the normal force, N s.
    pub(crate) fn impulse_ns(&self, extent: &Interval) -> f64 {
        self.integral(&self.normal_n, extent)
    }

    /// Resultant force at each sample, N.
    pub(crate) fn resultant_n(&self) -> &[f64] {
        &self.resultant_n
    }

    /// Normal force at each sample, N.
    pub(crate) fn into_normal_n(self) -> Vec<f64> {
        self.normal_n
    }

    /// Mean angle between tool and skin, degrees.
    fn angle_deg(&self, part: &Interval) -> Option<f64> {
        let (first, last) = self.samples_in(part);
        let angles: Option<Vec<f64>> = (first..last).map(|i| self.skin?.angle_deg(i)).collect();
        let angles = angles.filter(|angles| !angles.is_empty())?;
        Some(angles.iter().sum::<f64>() / angles.len() as f64)
    }

    /// Direction of travel in the skin's plane, degrees.
    fn direction_deg(&self, part: &Interval) -> Option<f64> {
        let (first, last) = self.samples_in(part);
        self.skin?.direction_deg(first..last)
    }

    /// Share of the samples of `part` whose normal force lies in the band, whichever way pressing is.
    fn share_in(&self, part: &Interval, (low, high): (f64, f64)) -> f64 {
        let (first, last) = self.samples_in(part);
        let inside = self.normal_n[first..last].iter().filter(|n| (low..=high).contains(&n.abs())).count();
        inside as f64 / (last - first).max(1) as f64
    }

    fn peak(&self, values: &[f64], part: &Interval, sign: f64) -> f64 {
        let (first, last) = self.samples_in(part);
        let ends = [self.at(values, part.start_s), self.at(values, part.end_s)];
        values[first..last].iter().copied().chain(ends).map(|v| sign * v).fold(f64::NEG_INFINITY, f64::max)
    }

    /// Trapezoids between the samples, with the ends interpolated.
    fn integral(&self, values: &[f64], part: &Interval) -> f64 {
        let (first, last) = self.samples_in(part);
        let inner = (first..last).map(|i| (self.time_s[i], values[i]));
        let end = (part.end_s, self.at(values, part.end_s));
        let mut before = (part.start_s, self.at(values, part.start_s));
        let mut sum = 0.0;
        for point in inner.chain([end]) {
            sum += 0.5 * (point.0 - before.0) * (point.1 + before.1);
            before = point;
        }
        sum
    }

    /// Indices of the samples in `part`, last excluded.
    fn samples_in(&self, part: &Interval) -> (usize, usize) {
        let first = self.time_s.partition_point(|t| *t < part.start_s);
        (first, self.time_s.partition_point(|t| *t <= part.end_s).max(first))
    }

    /// The value at `t_s`, on the straight line between its neighbours.
    fn at(&self, values: &[f64], t_s: f64) -> f64 {
        let after = self.time_s.partition_point(|t| *t < t_s).clamp(1, values.len() - 1);
        let (a, b) = (self.time_s[after - 1], self.time_s[after]);
        let share = if b > a { ((t_s - a) / (b - a)).clamp(0.0, 1.0) } else { 1.0 };
        values[after - 1] + share * (values[after] - values[after - 1])
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use proptest::prelude::*;

    use super::*;

    fn measure(extent: Interval) -> Stroke {
        let time_s: Vec<f64> = (0..=1000).map(|i| f64::from(i) * 0.001).collect();
        let force: Vec<Vec3> = time_s.iter().map(|t| [0.0, 3.0 * (PI * t).sin(), -4.0 * (PI * t).sin()]).collect();
        let samples = Samples { time_s, force_n: force.clone(), ..Samples::default() };
        let departure: Vec<f64> = force.iter().map(|f| norm(*f)).collect();
        let clues = Clues::new(&samples, &force, &departure, &crate::survey::Threshold::default());
        Series::new(&samples, &force, &clues, 2, None).stroke(&extent, Motion::OneWay, Some((3.5, 9.0)))
    }

    #[test]
    fn a_half_sine_has_the_known_impulse_and_peak() {
        let stroke = measure(Interval::new(0.0, 1.0)).turned(-1.0);
        assert!((stroke.impulse_ns - 8.0 / PI).abs() < 1e-5);
        assert!((stroke.resultant_impulse_ns - 10.0 / PI).abs() < 1e-5);
        assert!((stroke.mean_shear_n.unwrap() - 6.0 / PI).abs() < 1e-5);
        assert!((stroke.peak_force_n - 4.0).abs() < 1e-4);
        assert!((stroke.peak_resultant_n - 5.0).abs() < 1e-4);
        assert!((stroke.in_target.unwrap() - 2.0 * (3.5_f64 / 4.0).acos() / PI).abs() < 0.01);
    }

    proptest! {
        #[test]
        fn adjoining_parts_add_up(a in 0.0..1.0_f64, b in 0.0..1.0_f64, c in 0.0..1.0_f64) {
            let mut cuts = [a, b, c];
            cuts.sort_by(f64::total_cmp);
            prop_assume!(cuts[0] < cuts[1] && cuts[1] < cuts[2]);
            let impulse = |from, to| measure(Interval::new(from, to)).impulse_ns;
            let parts = impulse(cuts[0], cuts[1]) + impulse(cuts[1], cuts[2]);
            prop_assert!((parts - impulse(cuts[0], cuts[2])).abs() < 1e-12);
        }
    }
}
