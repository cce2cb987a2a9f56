//! How rough the tissue felt: vibration along the strokes.
//!
//! An edge that is drawn over something rough shakes. Here that is the power of the acceleration between 20 and 250 Hz (of the
//! force, when there is no acceleration), added up over the three axes: such a sum is the same however the sensor is turned, and
//! the same as the power of the single channel into which DFT321 folds three axes. Faster and firmer strokes shake
//! more, so the power is divided by `speed^a * force^b`, with `a` and `b` from the recording itself when it shows them.

mod change;
mod scaling;
mod spike;
mod way;
mod window;

use serde::{Deserialize, Serialize};

use crate::constants::{TEXTURE_EDGE, TEXTURE_LEAST, TEXTURE_LOW};
use crate::samples::Samples;
use crate::stroke::{Motion, Stroke};
use crate::texture::scaling::Scaling;
use crate::texture::window::{Band, Window};
use crate::vector::{Vec3, dot, mean, quantile, samples as count, sub};

/// Vibration of 20 to 250 Hz along the strokes, for the same speed and force; 1 is the median of the recording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Texture {
    /// Lower and upper end of the band that was measured, Hz: the upper is cut a little below half the rate.
    pub band_hz: (f64, f64),
    /// Along the strokes, in order.
    pub places: Vec<Place>,
    /// Where the roughness changes for good; none without positions, since then a faster hand looks like rougher skin.
    pub changes: Vec<Change>,
}

/// A part of a stroke.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Number of the stroke, from 1.
    pub stroke: usize,
    /// Middle of the part, s.
    pub time_s: f64,
    /// Way from the beginning of the stroke, m, when positions are known.
    pub along_m: Option<f64>,
    /// Power over that of the median part, for the same speed and force.
    pub roughness: f64,
}

/// A place at which the roughness changes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Number of the stroke, from 1.
    pub stroke: usize,
    /// When, s.
    pub time_s: f64,
    /// Way from the beginning of the stroke, m, when positions are known.
    pub along_m: Option<f64>,
    /// Mean roughness before.
    pub before: f64,
    /// Mean roughness after.
    pub after: f64,
}

/// Gathers the vibration of strokes as they come.
#[derive(Debug, Clone)]
pub struct Vibration {
    band: Band,
    windows: Vec<Window>,
}

impl Vibration {
    /// For recordings like `samples`; none when the rate is below 60 Hz, since then too little of the band is left, or when
    /// neither acceleration nor force was recorded.
    pub fn new(samples: &Samples) -> Option<Self> {
        Some(Self { band: Band::of(samples)?, windows: Vec::new() })
    }

    /// Adds stroke `number` (from 1). `samples` hold it, best with a quarter second before and after; `normal_n` is the normal force
    /// at each of them, N.
    pub fn add(&mut self, samples: &Samples, number: usize, stroke: &Stroke, normal_n: &[f64]) {
        let first = samples.time_s.partition_point(|t| *t < stroke.start_s + TEXTURE_EDGE.value);
        let last = samples.time_s.partition_point(|t| *t <= stroke.end_s - TEXTURE_EDGE.value);
        let start = samples.time_s.partition_point(|t| *t < stroke.start_s);
        let glides = stroke.motion != Motion::Tap;
        if glides && first < last && normal_n.len() == samples.len() {
            self.windows.extend(self.band.windows(samples, number, start, first..last, normal_n));
        }
    }

    /// The texture along all strokes that were added; none when they are too short to tell what is usual.
    pub fn finish(self) -> Option<Texture> {
        if self.windows.len() < count(TEXTURE_LEAST.value, 1.0) {
            return None;
        }
        let scaling = Scaling::of(&self.windows);
        let powers: Vec<f64> = self.windows.iter().map(|window| scaling.normalised(window)).collect();
        let usual = Some(quantile(powers.clone(), 0.5)).filter(|usual| *usual > 0.0)?;
        let place = |(window, power): (&Window, &f64)| Place {
            stroke: window.stroke,
            time_s: window.time_s,
            along_m: window.along_m,
            roughness: power / usual,
        };
        let places: Vec<Place> = self.windows.iter().zip(&powers).map(place).collect();
        let knows_speed = self.windows.iter().all(|window| window.speed_m_s.is_some());
        let changes = if knows_speed { change::changes(&places) } else { Vec::new() };
        Some(Texture { band_hz: (TEXTURE_LOW.value, self.band.high_hz), places, changes })
    }
}

/// The texture along `strokes`; `normal_n` is the normal force at each sample, N. None when the rate is too low, or nothing shook.
pub fn texture(samples: &Samples, strokes: &[Stroke], normal_n: &[f64]) -> Option<Texture> {
    let mut vibration = Vibration::new(samples)?;
    for (number, stroke) in (1..).zip(strokes) {
        vibration.add(samples, number, stroke, normal_n);
    }
    vibration.finish()
}

/// Mean roughness of each of `strokes` strokes over that of the median stroke; none for one too short to have a place.
pub fn vibration_of(texture: &Texture, strokes: usize) -> Vec<Option<f64>> {
    let mut sums = vec![(0.0, 0.0); strokes];
    for place in &texture.places {
        if let Some((sum, count)) = sums.get_mut(place.stroke - 1) {
            (*sum, *count) = (*sum + place.roughness, *count + 1.0);
        }
    }
    let means: Vec<Option<f64>> = sums.into_iter().map(|(sum, count)| (count > 0.0).then_some(sum / count)).collect();
    let usual = quantile(means.iter().flatten().copied().collect(), 0.5);
    means.into_iter().map(|mean| mean.map(|mean| mean / usual)).collect()
}

/// How much a recording of motion alone shakes: the standard deviation of its acceleration over all axes, m/s2. For telling
/// surfaces apart that were stroked alike; none without acceleration.
pub fn roughness(samples: &Samples) -> Option<f64> {
    let acceleration: &[Vec3] = &samples.acceleration_m_s2;
    let middle = mean(acceleration);
    let squares: f64 = acceleration.iter().map(|a| sub(*a, middle)).map(|a| dot(a, a)).sum();
    (!acceleration.is_empty()).then(|| (squares / acceleration.len() as f64).sqrt())
}

fn mean_of(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;

    /// A repeatable noise between -1 and 1.
    fn noise(seed: u64) -> f64 {
        let mut x = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x1234_5678;
        for _ in 0..3 {
            x = (x ^ (x >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        }
        (x >> 40) as f64 / f64::from(1_u32 << 23) - 1.0
    }

    fn stroke(start_s: f64, end_s: f64) -> Stroke {
        Stroke {
            start_s,
            end_s,
            motion: Motion::OneWay,
            burst: 1,
            mean_force_n: 4.0,
            peak_force_n: 5.0,
            mean_resultant_n: 4.0,
            peak_resultant_n: 5.0,
            mean_shear_n: None,
            impulse_ns: 4.0,
            resultant_impulse_ns: 4.0,
            length_m: None,
            speed_m_s: None,
            angle_deg: None,
            direction_deg: None,
            vibration: None,
            in_target: None,
        }
    }

    /// Twenty strokes of 1 s at 1 kHz over `rough` (amplitude by place, 0 to 0.1 m), each at another speed and force.
    fn strokes(rough: impl Fn(f64) -> f64) -> (Samples, Vec<Stroke>, Vec<f64>) {
        let mut samples = Samples::default();
        let (mut strokes, mut normal_n) = (Vec::new(), Vec::new());
        for number in 0..20_u32 {
            let (start_s, force_n) = (1.5 * f64::from(number), 3.0 + 0.5 * f64::from(number % 5));
            let speed = 0.05 * (1.0 + 0.25 * f64::from(number % 4));
            strokes.push(stroke(start_s + 0.25, start_s + 0.25 + 0.1 / speed * 0.5));
            for i in 0..1500_u32 {
                let t = f64::from(i) * 0.001;
                let along_m = speed * (t - 0.25);
                let amplitude = rough(along_m) * speed * force_n.sqrt();
                let draw = |axis: u64| u64::from(number * 1500 + i) * 3 + axis;
                let slow = 2.0 * (TAU * t).sin();
                samples.time_s.push(start_s + t);
                samples.position_m.push([along_m, 0.0, 0.0]);
                samples.acceleration_m_s2.push([0, 1, 2].map(|axis| slow + amplitude * noise(draw(axis))));
                normal_n.push(force_n);
            }
        }
        samples.force_n = normal_n.iter().map(|n| [0.0, 0.0, -n]).collect();
        (samples, strokes, normal_n)
    }

    #[test]
    fn a_rough_half_is_told_from_a_smooth_one_whatever_speed_and_force() {
        let (samples, strokes, normal_n) = strokes(|along_m| if along_m < 0.025 { 1.0 } else { 3.0 });
        let texture = texture(&samples, &strokes, &normal_n).unwrap();
        assert_eq!(texture.band_hz, (20.0, 250.0));
        let mean_of = |rough: bool| {
            let beyond_m = |place: &Place| place.along_m.unwrap() - 0.025;
            let away = texture.places.iter().filter(|place| beyond_m(place).abs() > 0.006);
            let side = away.filter(|place| (beyond_m(place) > 0.0) == rough);
            let all: Vec<f64> = side.map(|place| place.roughness).collect();
            all.iter().sum::<f64>() / all.len() as f64
        };
        let ratio = mean_of(true) / mean_of(false);
        assert!((6.0..12.0).contains(&ratio), "{ratio}");
        let inside: Vec<f64> =
            texture.changes.iter().filter(|c| c.after > c.before).map(|c| c.along_m.unwrap()).collect();
        assert!(inside.len() >= 18, "{} changes", inside.len());
        assert!(inside.iter().all(|along_m| (along_m - 0.025).abs() < 0.011), "{inside:?}");
    }

    #[test]
    fn an_even_surface_has_no_changes_and_all_strokes_are_alike() {
        let (samples, strokes, normal_n) = strokes(|_| 1.0);
        let texture = texture(&samples, &strokes, &normal_n).unwrap();
        assert_eq!(texture.changes, []);
        let all = vibration_of(&texture, strokes.len());
        assert!(all.iter().all(|one| (0.7..1.4).contains(&one.unwrap())), "{all:?}");
    }

    #[test]
    fn one_rough_stroke_stands_out() {
        let (mut samples, strokes, normal_n) = strokes(|_| 1.0);
        samples.acceleration_m_s2[7500..9000].iter_mut().for_each(|a| *a = a.map(|x| 2.0 * x));
        let all = vibration_of(&texture(&samples, &strokes, &normal_n).unwrap(), strokes.len());
        assert!((3.0..5.0).contains(&all[5].unwrap()), "{all:?}");
    }

    #[test]
    fn a_slow_clock_shows_no_vibration() {
        let (samples, strokes, normal_n) = strokes(|_| 1.0);
        let every = |step: usize| {
            let pick = |all: &[Vec3]| all.iter().step_by(step).copied().collect::<Vec<_>>();
            let slow = Samples {
                time_s: samples.time_s.iter().step_by(step).copied().collect(),
                acceleration_m_s2: pick(&samples.acceleration_m_s2),
                ..Samples::default()
            };
            let normal_n: Vec<f64> = normal_n.iter().step_by(step).copied().collect();
            texture(&slow, &strokes, &normal_n).map(|texture| texture.band_hz.1)
        };
        assert_eq!(every(20), None);
        assert_eq!(every(10), Some(45.0));
    }

    #[test]
    fn roughness_is_the_same_however_the_sensor_is_turned() {
        let (mut samples, ..) = strokes(|_| 1.0);
        let before = roughness(&samples).unwrap();
        samples.acceleration_m_s2.iter_mut().for_each(|a| *a = [a[1], -a[0], a[2]]);
        assert!((roughness(&samples).unwrap() / before - 1.0).abs() < 1e-12);
        assert_eq!(roughness(&Samples::default()), None);
    }
}
