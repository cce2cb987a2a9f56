//! What the force sensor makes of it.

use super::chance::{Chance, Stream};
use super::emulation::Emulation;
use super::plan::Plan;
use super::pose::{self, Frame};
use super::table::{Column, Table};
use super::truth::{Planted, stretches};
use super::vibration::shaking_n;
use super::{hand, path};
use crate::channel::Quantity;
use crate::quality::IssueKind;
use crate::vector::{Vec3, add, norm, scale, sub};

/// Below this speed friction fades, m/s.
const SLOW_M_S: f64 = 0.005;
/// A knock comes from this side, in the room.
const KNOCK_FROM: Vec3 = [0.4, 0.2, 0.9];
/// Samples in a row at the limit that are clipping.
const CLIPPED_RUN: usize = 3;

/// The sensor over a recording: its errors go on from sample to sample.
pub(super) struct Sensor<'a> {
    emulation: &'a Emulation,
    plan: &'a Plan,
    gain: f64,
    wander_n: Vec3,
    before_s: f64,
}

/// Force of the skin on the tip in the room's axes, N: normal force up, friction against the motion.
pub(super) fn skin_n(emulation: &Emulation, plan: &Plan, time_s: f64) -> Vec3 {
    let normal_n = hand::normal_n(emulation, plan, time_s);
    if normal_n == 0.0 {
        return [0.0; 3];
    }
    let velocity = path::velocity_m_s(emulation, plan, time_s);
    let speed = norm([velocity[0], velocity[1], SLOW_M_S]);
    let rub_n = emulation.hand.friction * normal_n / speed;
    [-rub_n * velocity[0], -rub_n * velocity[1], normal_n]
}

/// Cuts the readings at the sensor's range and says where.
pub(super) fn limit(emulation: &Emulation, table: &mut Table) -> Vec<Planted> {
    let range_n = emulation.sensor.range_n;
    if range_n == 0.0 {
        return Vec::new();
    }
    let Table { time_s, columns } = table;
    let force = columns.iter_mut().filter(|column| column.quantity == Quantity::Force);
    force.flat_map(|column| clip(column, time_s, (-range_n, range_n))).collect()
}

/// Cuts a force at both ends of `range_n` and says where it was beyond for three samples or more.
pub(super) fn clip(column: &mut Column, time_s: &[f64], (low, high): (f64, f64)) -> Vec<Planted> {
    let beyond: Vec<bool> = column.values.iter().map(|value| *value < low || *value > high).collect();
    column.values.iter_mut().for_each(|value| *value = value.clamp(low, high));
    let runs = stretches(&beyond).filter(|run| run.len() >= CLIPPED_RUN);
    runs.map(|run| Planted::channel(IssueKind::Saturated, column.axis, time_s[run.start], time_s[run.end - 1]))
        .collect()
}

impl<'a> Sensor<'a> {
    pub(super) fn new(emulation: &'a Emulation, plan: &'a Plan) -> Self {
        let gain = 1.0 + emulation.sensor.accuracy * Chance::new(emulation.seed, Stream::Gain).normal(0);
        Self { emulation, plan, gain, wander_n: [0.0; 3], before_s: 0.0 }
    }

    /// What it shows, by its axes.
    pub(super) fn reading_n(&mut self, sample: u64, time_s: f64, frame: &Frame) -> Vec3 {
        self.walk(sample, time_s);
        let sensor = &self.emulation.sensor;
        let pulled_n = add(self.pulled_n(time_s, frame), shaking_n(self.emulation, self.plan, sample, time_s));
        let mut reading = mounted(scale(pulled_n, self.gain), sensor.normal_axis);
        if sensor.presses_up {
            reading = scale(reading, -1.0);
        }
        reading[sensor.normal_axis] += sensor.drift_n_per_min * time_s / 60.0;
        let noise = std::array::from_fn(|axis| sensor.noise_n * noise(self.emulation, axis, sample));
        add(add(reading, sensor.bias_n), add(noise, self.wander_n)).map(|value| rounded(value, sensor.step_n))
    }

    /// Force of the handle on the tip by the tool's axes, N: it holds and moves the tip's mass and presses on the skin.
    fn pulled_n(&self, time_s: f64, frame: &Frame) -> Vec3 {
        let (emulation, plan) = (self.emulation, self.plan);
        let mut room_n = scale(skin_n(emulation, plan, time_s), -1.0);
        room_n = sub(room_n, scale(KNOCK_FROM, hand::knock_n(plan, time_s)));
        if emulation.tool.mass_kg > 0.0 {
            room_n = add(room_n, scale(pose::felt_m_s2(emulation, plan, time_s), emulation.tool.mass_kg));
        }
        pose::by_tool(frame, room_n)
    }

    fn walk(&mut self, sample: u64, time_s: f64) {
        let step_n = self.emulation.sensor.wander_n * ((time_s - self.before_s).max(0.0) / 60.0).sqrt();
        let chance = Chance::new(self.emulation.seed, Stream::Wander);
        if step_n > 0.0 {
            let step = std::array::from_fn(|axis| step_n * chance.normal(3 * sample + axis as u64));
            self.wander_n = add(self.wander_n, step);
        }
        self.before_s = time_s;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "one of three axes")]
fn noise(emulation: &Emulation, axis: usize, sample: u64) -> f64 {
    Chance::new(emulation.seed, Stream::Noise(axis as u8)).normal(sample)
}

/// The tool's axes as the sensor calls them: the long axis is its axis `normal`.
fn mounted([x, y, z]: Vec3, normal: usize) -> Vec3 {
    match normal {
        0 => [z, x, y],
        1 => [y, z, x],
        _ => [x, y, z],
    }
}

fn rounded(value: f64, step: f64) -> f64 {
    if step > 0.0 { (value / step).round() * step } else { value }
}
