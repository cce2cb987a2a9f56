//! How the tool shakes on rough skin.

use super::chance::{Chance, Stream};
use super::emulation::Emulation;
use super::plan::Plan;
use super::{hand, path};
use crate::vector::{Vec3, norm, scale};

/// Speed and force at which the texture's vibration is stated, m/s and N.
const ROUGH_AT: (f64, f64) = (0.1, 5.0);
/// How the vibration lies by the tool's axes: most of it along the tool.
const SHAKEN: Vec3 = [0.5, 0.0, 1.0];
/// What shakes before the force sensor, kg: so the force shakes too.
const TIP_KG: f64 = 0.02;

/// Vibration of the tool at `sample`, by its axes, m/s2: white, and it grows with speed and with the root of the force.
pub(super) fn shaking_m_s2(emulation: &Emulation, plan: &Plan, sample: u64, time_s: f64) -> Vec3 {
    let strength_m_s2 = strength_m_s2(emulation, plan, time_s);
    if strength_m_s2 == 0.0 {
        return [0.0; 3];
    }
    scale(SHAKEN, strength_m_s2 * Chance::new(emulation.seed, Stream::Texture).normal(sample))
}

/// The same as force on the sensor, N.
pub(super) fn shaking_n(emulation: &Emulation, plan: &Plan, sample: u64, time_s: f64) -> Vec3 {
    scale(shaking_m_s2(emulation, plan, sample, time_s), TIP_KG)
}

/// Standard deviation of the vibration, m/s2: zero in the air, and where there is no texture.
fn strength_m_s2(emulation: &Emulation, plan: &Plan, time_s: f64) -> f64 {
    let Some(texture) = emulation.texture else { return 0.0 };
    let normal_n = hand::normal_n(emulation, plan, time_s);
    if normal_n == 0.0 {
        return 0.0;
    }
    let speed_m_s = norm(path::velocity_m_s(emulation, plan, time_s));
    let is_changed = path::along(plan, time_s) >= texture.change_at;
    let rough = if is_changed { texture.ratio } else { 1.0 };
    texture.vibration_m_s2 * rough * speed_m_s / ROUGH_AT.0 * (normal_n / ROUGH_AT.1).sqrt()
}
