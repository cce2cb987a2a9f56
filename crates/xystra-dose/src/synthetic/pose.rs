//! How the tool is held, and what its inertial sensors feel.

use std::f64::consts::TAU;

use super::chance::{Chance, Stream};
use super::emulation::Emulation;
use super::path;
use super::plan::Plan;
use crate::samples::Quaternion;
use crate::vector::{Vec3, dot};

/// Standard gravity, m/s2.
pub(super) const GRAVITY_M_S2: f64 = 9.806_65;
/// How much further the tool leans for each metre off the skin, degrees.
const LEAN_DEG_M: f64 = 500.0;
/// How fast the angle sways, Hz.
const SWAY_HZ: f64 = 0.3;
/// Step of the difference that gives the angular rate, s.
const STEP_S: f64 = 1e-3;
/// Earth's field in the room, uT.
const FIELD_UT: Vec3 = [20.0, 0.0, -44.0];

/// The tool's axes in the room, x, y, z.
pub(super) type Frame = [Vec3; 3];

/// Orientation at `time_s`: the tool leans towards where it travels.
pub(super) fn orientation(emulation: &Emulation, plan: &Plan, time_s: f64) -> Quaternion {
    let (turn, lean) = (0.5 * direction(emulation, time_s), 0.5 * lean(emulation, plan, time_s));
    let ((sin_t, cos_t), (sin_l, cos_l)) = ((libm::sin(turn), libm::cos(turn)), (libm::sin(lean), libm::cos(lean)));
    [cos_t * cos_l, -sin_t * sin_l, cos_t * sin_l, sin_t * cos_l]
}

/// The same as axes.
pub(super) fn frame(emulation: &Emulation, plan: &Plan, time_s: f64) -> Frame {
    axes(orientation(emulation, plan, time_s))
}

/// Components of `vector` along the tool's axes.
pub(super) fn by_tool(frame: &Frame, vector: Vec3) -> Vec3 {
    frame.map(|axis| dot(axis, vector))
}

/// What an accelerometer in the tip feels, in the room's axes, m/s2: at rest gravity upwards.
pub(super) fn felt_m_s2(emulation: &Emulation, plan: &Plan, time_s: f64) -> Vec3 {
    let [x, y, z] = path::acceleration_m_s2(emulation, plan, time_s);
    [x, y, z + GRAVITY_M_S2]
}

/// Angular rate about the tool's axes, rad/s.
pub(super) fn angular_rate_rad_s(emulation: &Emulation, plan: &Plan, time_s: f64) -> Vec3 {
    let at = |t| orientation(emulation, plan, t);
    let [w, x, y, z] = at(time_s);
    let (before, after) = (at(time_s - STEP_S), at(time_s + STEP_S));
    let [dw, dx, dy, dz]: Quaternion = std::array::from_fn(|i| (after[i] - before[i]) / STEP_S);
    [w * dx - x * dw - y * dz + z * dy, w * dy + x * dz - y * dw - z * dx, w * dz - x * dy + y * dx - z * dw]
}

/// Magnetic field along the tool's axes, uT.
pub(super) fn field_ut(frame: &Frame) -> Vec3 {
    by_tool(frame, FIELD_UT)
}

/// Angle between tool and skin, degrees.
pub(super) fn angle_deg(frame: &Frame) -> f64 {
    libm::asin(frame[2][2].clamp(-1.0, 1.0)).to_degrees()
}

/// Yaw, pitch and roll, degrees: about z, then y, then x.
pub(super) fn angles_deg([w, x, y, z]: Quaternion) -> Vec3 {
    let yaw = libm::atan2(2.0 * (w * z + x * y), 1.0 - 2.0 * (y * y + z * z));
    let pitch = libm::asin((2.0 * (w * y - z * x)).clamp(-1.0, 1.0));
    let roll = libm::atan2(2.0 * (w * x + y * z), 1.0 - 2.0 * (x * x + y * y));
    [yaw, pitch, roll].map(f64::to_degrees)
}

fn lean(emulation: &Emulation, plan: &Plan, time_s: f64) -> f64 {
    let height_m = path::position_m(emulation, plan, time_s)[2];
    let tool = &emulation.tool;
    (90.0 - tool.angle_deg + LEAN_DEG_M * height_m + tool.sway_deg * sway(emulation, 2, SWAY_HZ * time_s)).to_radians()
}

fn direction(emulation: &Emulation, time_s: f64) -> f64 {
    let tool = &emulation.tool;
    (tool.direction_deg + tool.sway_deg * sway(emulation, 3, 0.6 * SWAY_HZ * time_s)).to_radians()
}

fn sway(emulation: &Emulation, number: u64, turns: f64) -> f64 {
    libm::sin(TAU * (turns + Chance::new(emulation.seed, Stream::Phase).uniform(number)))
}

fn axes([w, x, y, z]: Quaternion) -> Frame {
    [
        [1.0 - 2.0 * (y * y + z * z), 2.0 * (x * y + w * z), 2.0 * (x * z - w * y)],
        [2.0 * (x * y - w * z), 1.0 - 2.0 * (x * x + z * z), 2.0 * (y * z + w * x)],
        [2.0 * (x * z + w * y), 2.0 * (y * z - w * x), 1.0 - 2.0 * (x * x + y * y)],
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vector::{norm, sub};

    fn tilted() -> Emulation {
        let mut emulation = Emulation::default();
        emulation.tool.angle_deg = 60.0;
        emulation.tool.direction_deg = 30.0;
        emulation.tool.sway_deg = 5.0;
        emulation
    }

    #[test]
    fn the_tool_leans_by_its_angle_and_gravity_points_down() {
        let mut emulation = tilted();
        emulation.tool.sway_deg = 0.0;
        let plan = Plan::new(&emulation);
        let touch_s = plan.contacts[0].extent.start_s + 0.1;
        assert!((angle_deg(&frame(&emulation, &plan, touch_s)) - 60.0).abs() < 1e-9);
        let felt = by_tool(&frame(&emulation, &plan, 0.1), felt_m_s2(&emulation, &plan, 0.1));
        assert!((norm(felt) - GRAVITY_M_S2).abs() < 1e-9);
        assert!(felt[2] > 6.0 && felt[0] < -5.0, "{felt:?}");
    }

    #[test]
    fn turning_by_the_rate_gives_the_orientation_later() {
        let emulation = tilted();
        let plan = Plan::new(&emulation);
        for i in 0..200 {
            let time_s = 2.0 + 0.0123 * f64::from(i);
            let (now, rate) = (frame(&emulation, &plan, time_s), angular_rate_rad_s(&emulation, &plan, time_s));
            let later = frame(&emulation, &plan, time_s + 1e-3);
            // An axis fixed in the tool moves across the others as fast as the tool turns.
            let moved = by_tool(&now, sub(later[2], now[2])).map(|x| x / 1e-3);
            assert!((moved[0] - rate[1]).abs() < 0.05 && (moved[1] + rate[0]).abs() < 0.05, "{moved:?} {rate:?}");
        }
    }
}
