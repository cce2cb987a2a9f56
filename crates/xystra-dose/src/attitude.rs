//! Which way the tool points, from its angular rate and its acceleration, and from the magnetic field where there is one.
//!
//! For recordings without an orientation of their own. The filter is Madgwick's complementary filter of the Fusion library
//! (crate `fusion-ahrs`): angular rate carries the orientation on, gravity and the field pull it back; acceleration and
//! field that lie 10 degrees off are left out for up to 5 s, and the rate's offset is followed while the tool is still.
//! What stands here is what recordings need beside: a start from gravity and from the stillest second instead of a ramp of
//! 3 s, steps of any length, and a new start after a gap.

mod start;

use fusion_ahrs::{Ahrs, AhrsSettings, Bias, BiasSettings};

use crate::constants::{
    ATTITUDE_GAIN, ATTITUDE_GAP, ATTITUDE_REJECTION, ATTITUDE_STEP, ATTITUDE_TIMEOUT, GRAVITY, GRAVITY_SPAN,
};
use crate::rotation::unit;
use crate::samples::{Quaternion, Samples};
use crate::vector::{Vec3, add, norm, quantile, scale};

/// The tool's orientation at each sample of a recording.
#[derive(Debug, Clone, PartialEq)]
pub struct Attitude {
    /// Unit quaternions, tool to room. The room's z axis points up. Its x axis points to magnetic north when there was a
    /// magnetic field, else to where the tool's x axis first pointed.
    pub turns: Vec<Quaternion>,
    /// Whether a magnetic field held the heading. Without one the tilt is right and the heading wanders.
    pub knows_heading: bool,
}

impl Attitude {
    /// From angular rate and acceleration; none when one of them was not recorded, or when gravity was taken out of the
    /// acceleration.
    pub fn of(samples: &Samples) -> Option<Self> {
        let mut tracker = Tracker::new(samples)?;
        Some(Self { turns: tracker.follow(samples), knows_heading: !samples.magnetic_field_ut.is_empty() })
    }
}

/// Follows the orientation through a recording that comes some samples at a time.
#[derive(Debug, Clone)]
pub struct Tracker {
    ahrs: Ahrs,
    bias: Bias,
    last: Option<(f64, Vec3)>,
}

impl Tracker {
    /// A tracker for the recording that begins with `first`; none when that lacks angular rate, or acceleration with gravity.
    pub fn new(first: &Samples) -> Option<Self> {
        let has_rate = !first.angular_rate_rad_s.is_empty();
        let step_s = Some(first.step_s()).filter(|step_s| has_gravity(first) && has_rate && *step_s > 0.0)?;
        let sample_rate = single(1.0 / step_s);
        let ahrs = Ahrs::with_settings(AhrsSettings {
            sample_rate,
            gain: single(ATTITUDE_GAIN.value),
            acceleration_rejection: single(ATTITUDE_REJECTION.value),
            magnetic_rejection: single(ATTITUDE_REJECTION.value),
            rejection_timeout: single(ATTITUDE_TIMEOUT.value),
            ..AhrsSettings::default()
        });
        let mut bias = Bias::with_settings(BiasSettings { sample_rate, ..BiasSettings::default() });
        bias.set_offset(start::offset(first).map(|x| single(x.to_degrees())));
        Some(Self { ahrs, bias, last: None })
    }

    /// The orientation at each of the next samples, tool to room.
    pub fn follow(&mut self, samples: &Samples) -> Vec<Quaternion> {
        (0..samples.len()).map(|i| self.step(samples, i)).collect()
    }

    fn step(&mut self, samples: &Samples, i: usize) -> Quaternion {
        let (time_s, rate) = (samples.time_s[i], samples.angular_rate_rad_s[i]);
        match self.last.replace((time_s, rate)) {
            Some((before_s, before)) if time_s - before_s <= ATTITUDE_GAP.value => {
                self.turn(samples, i, time_s - before_s, scale(add(before, rate), 0.5));
            }
            _ => self.begin(samples, i),
        }
        let q = self.ahrs.quaternion();
        unit([q.w, q.x, q.y, q.z].map(f64::from))
    }

    /// Turns at `rate` for `step_s`, in parts small enough for the filter's straight steps.
    fn turn(&mut self, samples: &Samples, i: usize, step_s: f64, rate: Vec3) {
        let rate = self.bias.update(rate.map(|x| single(x.to_degrees())));
        let acceleration = samples.acceleration_m_s2[i].map(single);
        let field = samples.magnetic_field_ut.get(i).map_or([0.0; 3], |field| field.map(single));
        let parts = (f64::from(rate.norm()).to_radians() * step_s / ATTITUDE_STEP.value).ceil().clamp(1.0, 50.0);
        self.ahrs.set_sample_period(single(step_s / parts));
        for _ in 0..crate::vector::samples(parts, 1.0) {
            self.ahrs.update(rate, acceleration, field);
        }
    }

    fn begin(&mut self, samples: &Samples, i: usize) {
        let turn = start::attitude(samples, i).map(single);
        self.ahrs.set_quaternion(fusion_ahrs::Quaternion { w: turn[0], x: turn[1], y: turn[2], z: turn[3] });
        self.ahrs.skip_startup();
    }
}

/// Does the acceleration hold gravity, as an accelerometer shows it? Programs of phones often take it out.
pub fn has_gravity(samples: &Samples) -> bool {
    let usual = quantile(samples.acceleration_m_s2.iter().map(|a| norm(*a)).collect(), 0.5);
    (usual / GRAVITY.value - 1.0).abs() <= GRAVITY_SPAN.value
}

#[expect(clippy::cast_possible_truncation, reason = "sensors give fewer digits")]
fn single(value: f64) -> f32 {
    value as f32
}

#[cfg(test)]
mod tests {
    use std::f64::consts::TAU;

    use super::*;
    use crate::rotation::{about, after, inverse, to_room, to_tool};

    /// A hand that nods, leans and turns, and moves to and fro, with a clock that jitters; after 3 s of rest.
    fn moving(field: bool) -> (Samples, Vec<Quaternion>) {
        let at = |t: f64| {
            let t = (t - 3.0).max(0.0);
            let lean = about([1.0, 0.0, 0.0], 0.3 + 0.6 * (0.7 * t).sin());
            after(
                about([0.0, 0.0, 1.0], 0.8 * (0.5 * t).sin()),
                after(about([0.0, 1.0, 0.0], 0.5 * (1.1 * t).sin()), lean),
            )
        };
        let time_s: Vec<f64> = (0..6000).map(|i| 0.01 * f64::from(i) + 0.003 * f64::from(i % 7) / 7.0).collect();
        let turns: Vec<Quaternion> = time_s.iter().map(|t| at(*t)).collect();
        let rate = |t: &f64| {
            let change = after(inverse(at(t - 1e-4)), at(t + 1e-4));
            [change[1], change[2], change[3]].map(|x| 2.0 * x / 2e-4 + 0.01)
        };
        let shake = |t: f64| if t < 3.0 { [0.0; 3] } else { [1.5 * (TAU * t).sin(), 0.0, 0.5 * (5.0 * t).sin()] };
        let felt = |t: &f64| to_tool(at(*t), add(shake(*t), [0.0, 0.0, GRAVITY.value]));
        let north = |t: &f64| to_tool(at(*t), [20.0, 0.0, -40.0]);
        let samples = Samples {
            angular_rate_rad_s: time_s.iter().map(rate).collect(),
            acceleration_m_s2: time_s.iter().map(felt).collect(),
            magnetic_field_ut: if field { time_s.iter().map(north).collect() } else { Vec::new() },
            time_s,
            ..Samples::default()
        };
        (samples, turns)
    }

    fn largest_deg(found: &[Quaternion], truth: &[Quaternion], axis: Vec3) -> f64 {
        let off = |(a, b): (&Quaternion, &Quaternion)| {
            let (a, b) = (to_tool(*a, axis), to_tool(*b, axis));
            crate::vector::dot(a, b).clamp(-1.0, 1.0).acos().to_degrees()
        };
        found.iter().zip(truth).map(off).fold(0.0, f64::max)
    }

    #[test]
    fn a_moving_tool_is_followed_with_and_without_a_field() {
        let (samples, truth) = moving(true);
        let found = Attitude::of(&samples).unwrap();
        assert!(found.knows_heading);
        let off_deg = [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]].map(|axis| largest_deg(&found.turns, &truth, axis));
        assert!(off_deg[0] < 2.0 && off_deg[1] < 3.0, "tilt and heading {off_deg:?}");
        let (samples, truth) = moving(false);
        let found = Attitude::of(&samples).unwrap();
        assert!(!found.knows_heading);
        let tilt_deg = largest_deg(&found.turns, &truth, [0.0, 0.0, 1.0]);
        assert!(tilt_deg < 2.0, "{tilt_deg}");
    }

    #[test]
    fn some_samples_at_a_time_give_the_same() {
        let (samples, _) = moving(true);
        let mut tracker = Tracker::new(&samples.slice(0..1000)).unwrap();
        let parts = [0..1000, 1000..1003, 1003..6000].map(|part| tracker.follow(&samples.slice(part)));
        assert_eq!(parts.concat(), Attitude::of(&samples).unwrap().turns);
    }

    #[test]
    fn after_a_gap_it_starts_anew_from_gravity() {
        let (mut samples, mut truth) = moving(true);
        samples.time_s.drain(1000..1700);
        for part in [&mut samples.acceleration_m_s2, &mut samples.angular_rate_rad_s, &mut samples.magnetic_field_ut] {
            part.drain(1000..1700);
        }
        truth.drain(1000..1700);
        let found = Attitude::of(&samples).unwrap();
        let begins_deg = largest_deg(&found.turns[1000..1010], &truth[1000..1010], [0.0, 0.0, 1.0]);
        assert!(begins_deg < 12.0, "{begins_deg}");
        let later_deg = largest_deg(&found.turns[2500..], &truth[2500..], [0.0, 0.0, 1.0]);
        assert!(later_deg < 2.0, "{later_deg}");
    }

    #[test]
    fn fast_turns_at_a_slow_clock_are_followed() {
        let time_s: Vec<f64> = (0..200).map(|i| 0.05 * f64::from(i)).collect();
        let turns: Vec<Quaternion> = time_s.iter().map(|t| about([0.0, 0.0, 1.0], 6.0 * t)).collect();
        let samples = Samples {
            angular_rate_rad_s: vec![[0.0, 0.0, 6.0]; 200],
            acceleration_m_s2: vec![[0.0, 0.0, GRAVITY.value]; 200],
            time_s,
            ..Samples::default()
        };
        assert!(largest_deg(&Attitude::of(&samples).unwrap().turns, &turns, [1.0, 0.0, 0.0]) < 1.0);
    }

    #[test]
    fn without_gravity_in_the_acceleration_there_is_none() {
        let (mut samples, turns) = moving(true);
        for (a, q) in samples.acceleration_m_s2.iter_mut().zip(turns) {
            *a = to_tool(q, add(to_room(q, *a), [0.0, 0.0, -GRAVITY.value]));
        }
        assert_eq!(Attitude::of(&samples), None);
        samples.acceleration_m_s2.clear();
        assert_eq!(Attitude::of(&samples), None);
    }
}
