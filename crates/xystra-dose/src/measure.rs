//! Force and path along a recording, and their integrals over any stretch of it.

use crate::interval::Interval;
use crate::recording::Recording;
use crate::rest::Rest;
use crate::stroke::path::Path;
use crate::vector::{Vec3, median_of_three, norm, sub};

/// Force along the recording, ready to be measured.
///
/// *Normal* force is the component along the tool's z axis, positive in the direction in which the contact presses on
/// average, since recordings do not agree on a sign. *Resultant* force is the length of the force vector. With one axis the
/// normal force is that axis and the resultant its magnitude. Peaks are read from the median of three samples, so that a
/// single-sample spike is not a peak. Between samples force and path are taken as straight lines, so that the impulses of
/// two adjoining stretches add up to that of both.
#[derive(Debug, Clone)]
pub struct Series {
    time_s: Vec<f64>,
    normal_n: Vec<f64>,
    resultant_n: Vec<f64>,
    normal_crest_n: Vec<f64>,
    resultant_crest_n: Vec<f64>,
    path_m: Option<Vec<f64>>,
}

/// What a stretch of a recording holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// Largest normal force, N.
    pub peak_n: f64,
    /// Largest resultant force, N.
    pub peak_resultant_n: f64,
    /// Time integral of the normal force, N s.
    pub impulse_ns: f64,
    /// Time integral of the resultant force, N s.
    pub resultant_impulse_ns: f64,
    /// Length of the path, m, when positions are known.
    pub length_m: Option<f64>,
}

impl Series {
    /// The force of `recording` less `tare_n` (N by axis). `contact` and `rest` only decide which way pressing is.
    pub(crate) fn new(
        recording: &Recording,
        tare_n: Vec3,
        rest: Option<&Rest>,
        contact: &[Interval],
        path: Option<&Path>,
    ) -> Self {
        let sign = pressing_sign(recording, rest.map_or([0.0; 3], |r| r.level_n), contact);
        let force: Vec<Vec3> = recording.force_n.iter().map(|f| sub(*f, tare_n)).collect();
        let normal_n: Vec<f64> = force.iter().map(|f| sign * f[2]).collect();
        let resultant_n: Vec<f64> = force.iter().map(|f| norm(*f)).collect();
        Self {
            time_s: recording.time_s.clone(),
            normal_crest_n: median_of_three(&normal_n),
            resultant_crest_n: median_of_three(&resultant_n),
            normal_n,
            resultant_n,
            path_m: path.map(Path::travelled_m),
        }
    }

    /// Measures `part`.
    pub fn measure(&self, part: &Interval) -> Measured {
        Measured {
            peak_n: self.peak(&self.normal_crest_n, part),
            peak_resultant_n: self.peak(&self.resultant_crest_n, part),
            impulse_ns: self.integral(&self.normal_n, part),
            resultant_impulse_ns: self.integral(&self.resultant_n, part),
            length_m: self.path_m.as_ref().map(|path_m| self.at(path_m, part.end_s) - self.at(path_m, part.start_s)),
        }
    }

    /// Resultant force at each sample, N.
    pub fn resultant_n(&self) -> &[f64] {
        &self.resultant_n
    }

    fn peak(&self, crest: &[f64], part: &Interval) -> f64 {
        let (first, last) = self.samples_in(part);
        let ends = [self.at(crest, part.start_s), self.at(crest, part.end_s)];
        crest[first..last].iter().copied().chain(ends).fold(f64::NEG_INFINITY, f64::max)
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

/// 1 or -1, so that the normal force of the contact is positive on average.
fn pressing_sign(recording: &Recording, level_n: Vec3, contact: &[Interval]) -> f64 {
    let index = |t_s: f64| recording.time_s.partition_point(|t| *t < t_s);
    let samples = contact.iter().flat_map(|c| &recording.force_n[index(c.start_s)..index(c.end_s)]);
    let sum: f64 = samples.map(|f| f[2] - level_n[2]).sum();
    if sum < 0.0 { -1.0 } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use proptest::prelude::*;

    use super::*;

    fn half_sine(spike: bool) -> Series {
        let time: Vec<f64> = (0..=1000).map(|i| f64::from(i) * 0.001).collect();
        let mut force: Vec<Vec3> = time.iter().map(|t| [0.0, 3.0 * (PI * t).sin(), -4.0 * (PI * t).sin()]).collect();
        if spike {
            force[500] = [0.0, 0.0, -90.0];
        }
        let recording = Recording::new("", &time, force).unwrap();
        Series::new(&recording, [0.0; 3], None, &[recording.extent()], None)
    }

    #[test]
    fn a_half_sine_has_the_known_impulse_and_peak() {
        let measured = half_sine(false).measure(&Interval::new(0.0, 1.0));
        assert!((measured.impulse_ns - 8.0 / PI).abs() < 1e-5);
        assert!((measured.resultant_impulse_ns - 10.0 / PI).abs() < 1e-5);
        assert!((measured.peak_n - 4.0).abs() < 1e-4);
        assert!((measured.peak_resultant_n - 5.0).abs() < 1e-4);
    }

    #[test]
    fn a_single_sample_spike_is_not_a_peak() {
        assert!(half_sine(true).measure(&Interval::new(0.0, 1.0)).peak_resultant_n < 5.0);
    }

    proptest! {
        #[test]
        fn adjoining_parts_add_up(a in 0.0..1.0_f64, b in 0.0..1.0_f64, c in 0.0..1.0_f64) {
            let mut cuts = [a, b, c];
            cuts.sort_by(f64::total_cmp);
            let series = half_sine(false);
            let impulse = |from, to| series.measure(&Interval::new(from, to)).impulse_ns;
            let parts = impulse(cuts[0], cuts[1]) + impulse(cuts[1], cuts[2]);
            prop_assert!((parts - impulse(cuts[0], cuts[2])).abs() < 1e-12);
        }
    }
}
