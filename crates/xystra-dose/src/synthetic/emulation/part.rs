//! The parts of an emulation: hand, tool, sensors, skin, and what is written.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// What the hand does.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hand {
    /// Peak force normal to the skin of the usual stroke, N.
    pub force_n: f64,
    /// Standard deviation of the strokes' peaks as a share of it.
    pub force_cv: f64,
    /// Standard deviation of the strokes' periods as a share of them.
    pub rhythm_cv: f64,
    /// Roundness of a lifted stroke: 0 is a plateau, 1 swells from half and back.
    pub dome: f64,
    /// Depth of the two dips in each lifted stroke, as a share of its force: a wobbling hand.
    pub dips: f64,
    /// Drop of force at each reversal of a motion to and fro, as a share of it.
    pub easing: f64,
    /// Amplitude of the tremor as a share of the force; it beats at 8 to 12 Hz.
    pub tremor: f64,
    /// Shear over normal force, against the motion.
    pub friction: f64,
    /// Every how many strokes one is as light as `light_n`; 0 is never.
    pub light_every: usize,
    /// Peak force of such a light stroke, N.
    pub light_n: f64,
}

/// What the hand holds, and how.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Tool {
    /// Angle between tool and skin, degrees: 90 is upright.
    pub angle_deg: f64,
    /// How far the angle sways in contact, degrees.
    pub sway_deg: f64,
    /// Length of a sweep or of one turn along the skin, m.
    pub length_m: f64,
    /// Height of the return through the air, m.
    pub lift_m: f64,
    /// Direction of travel in the skin's plane, degrees.
    pub direction_deg: f64,
    /// Mass beyond the force sensor, kg.
    pub mass_kg: f64,
}

/// What the sensors add.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sensor {
    /// What it shows while it touches nothing, by axis, N.
    pub bias_n: [f64; 3],
    /// Standard deviation of its noise by axis, N.
    pub noise_n: f64,
    /// Stated accuracy: standard deviation from which the error of its scale is drawn, as a share.
    pub accuracy: f64,
    /// Steady drift of the normal axis, N per minute.
    pub drift_n_per_min: f64,
    /// Random walk of every axis: standard deviation after a minute, N.
    pub wander_n: f64,
    /// Smallest step of its values, N; 0 is none.
    pub step_n: f64,
    /// It shows no more than this either way, N; 0 is no limit.
    pub range_n: f64,
    /// Does pressing raise the normal axis? Else it lowers it.
    pub presses_up: bool,
    /// Which axis of the sensor lies along the tool: 0, 1, 2 for x, y, z.
    pub normal_axis: usize,
    /// Standard deviation of positions, m.
    pub position_noise_m: f64,
    /// Standard deviation of accelerations, m/s2.
    pub acceleration_noise_m_s2: f64,
    /// Standard deviation of angular rates, rad/s.
    pub rate_noise_rad_s: f64,
}

/// Vibration of the tool on rough skin, for samplings above 100 Hz.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Texture {
    /// Standard deviation of the vibration at 0.1 m/s and 5 N, m/s2.
    pub vibration_m_s2: f64,
    /// Where along a stroke to the front (or a turn) it changes, as a share of its length, 0-1.
    pub change_at: f64,
    /// Standard deviation beyond the change over that before.
    pub ratio: f64,
}

/// What is written. Time always is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each channel is written or not")]
pub struct Channels {
    /// Axes of force: 1 (along the tool) or 3.
    pub force_axes: usize,
    /// Position in the room.
    pub position: bool,
    /// Orientation as a quaternion.
    pub orientation: bool,
    /// Acceleration and angular rate.
    pub inertial: bool,
    /// Magnetic field.
    pub magnetic: bool,
}

impl Default for Hand {
    fn default() -> Self {
        Self {
            force_n: 6.0,
            force_cv: 0.2,
            rhythm_cv: 0.04,
            dome: 0.4,
            dips: 0.0,
            easing: 0.3,
            tremor: 0.02,
            friction: 0.25,
            light_every: 0,
            light_n: 0.3,
        }
    }
}

impl Default for Tool {
    fn default() -> Self {
        Self { angle_deg: 90.0, sway_deg: 0.0, length_m: 0.12, lift_m: 0.03, direction_deg: 0.0, mass_kg: 0.0 }
    }
}

impl Default for Sensor {
    fn default() -> Self {
        Self {
            bias_n: [0.0; 3],
            noise_n: 0.01,
            accuracy: 0.0,
            drift_n_per_min: 0.0,
            wander_n: 0.0,
            step_n: 0.0,
            range_n: 0.0,
            presses_up: false,
            normal_axis: 2,
            position_noise_m: 0.0002,
            acceleration_noise_m_s2: 0.05,
            rate_noise_rad_s: 0.005,
        }
    }
}

impl Default for Texture {
    fn default() -> Self {
        Self { vibration_m_s2: 0.5, change_at: 0.5, ratio: 1.0 }
    }
}

impl Default for Channels {
    fn default() -> Self {
        Self { force_axes: 3, position: true, orientation: false, inertial: false, magnetic: false }
    }
}

impl FromStr for Channels {
    type Err = Error;

    /// `force` is one axis, `force3` three, `pose` adds position and orientation, `imu` acceleration and angular rate.
    fn from_str(word: &str) -> Result<Self, Error> {
        let none = Self { force_axes: 3, position: false, orientation: false, inertial: false, magnetic: false };
        Ok(match word {
            "force" => Self { force_axes: 1, ..none },
            "force3" => none,
            "position" => Self { position: true, ..none },
            "pose" => Self { position: true, orientation: true, ..none },
            "imu" => Self { inertial: true, ..none },
            "all" => Self { position: true, orientation: true, inertial: true, magnetic: true, ..none },
            _ => {
                let known = "force, force3, position, pose, imu, all";
                return Err(Error::UnknownWord { word: word.to_owned(), what: "set of channels", known });
            }
        })
    }
}
