//! All channels by sample, before they are written.

use super::chance::{Chance, Stream};
use super::emulation::Emulation;
use super::fault::Fault;
use super::plan::Plan;
use super::pose::{self, Frame};
use super::sensor::Sensor;
use super::{path, vibration};
use crate::channel::{Axis, Quantity};
use crate::vector::{Vec3, add, samples};

/// Columns beside the clock, in SI units.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) time_s: Vec<f64>,
    pub(super) columns: Vec<Column>,
}

/// One column; NaN is a cell without a number.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) quantity: Quantity,
    pub(super) axis: Axis,
    pub(super) values: Vec<f64>,
}

/// Farthest a sample comes from its time when the clock jitters, as a share of the step.
const JITTER: f64 = 0.45;
const XYZ: [Axis; 3] = [Axis::X, Axis::Y, Axis::Z];

impl Table {
    /// Samples `plan` as the emulation's sensors would.
    pub(super) fn record(emulation: &Emulation, plan: &Plan) -> Self {
        let time_s = times(emulation, plan);
        let mut sensor = Sensor::new(emulation, plan);
        let mut rows = Rows::new(emulation);
        for (i, time_s) in time_s.iter().enumerate() {
            let frame = pose::frame(emulation, plan, *time_s);
            let force_n = sensor.reading_n(i as u64, *time_s, &frame);
            rows.push(plan, i as u64, *time_s, force_n, &frame);
        }
        Self { time_s, columns: rows.columns() }
    }

    /// Takes out the samples whose number `is_lost`.
    pub(super) fn lose(&mut self, is_lost: impl Fn(usize) -> bool) {
        let keep = |values: &mut Vec<f64>| {
            let mut i = 0..;
            values.retain(|_| !i.next().is_some_and(&is_lost));
        };
        keep(&mut self.time_s);
        self.columns.iter_mut().for_each(|column| keep(&mut column.values));
    }

    /// The column of a quantity and axis.
    pub(super) fn column(&self, quantity: Quantity, axis: Axis) -> Option<&Column> {
        self.columns.iter().find(|column| column.quantity == quantity && column.axis == axis)
    }
}

fn times(emulation: &Emulation, plan: &Plan) -> Vec<f64> {
    let step_s = 1.0 / emulation.sampling_hz;
    let chance = Chance::new(emulation.seed, Stream::Clock);
    let spread = if emulation.faults.contains(&Fault::Jitter) { JITTER } else { 0.0 };
    let late = |i: usize| if i == 0 { 0.0 } else { spread * chance.between(i as u64, -1.0, 1.0) };
    (0..=samples(plan.duration_s, step_s)).map(|i| (i as f64 + late(i)) * step_s).collect()
}

/// What every channel shows, sample by sample.
struct Rows<'a> {
    emulation: &'a Emulation,
    vectors: Vec<(Quantity, Vec<Vec3>)>,
    orientation: Vec<[f64; 4]>,
}

impl<'a> Rows<'a> {
    fn new(emulation: &'a Emulation) -> Self {
        let channels = &emulation.channels;
        let written = [
            (Quantity::Force, true),
            (Quantity::Position, channels.position),
            (Quantity::Acceleration, channels.inertial),
            (Quantity::AngularRate, channels.inertial),
            (Quantity::MagneticField, channels.magnetic),
        ];
        let vectors = written.into_iter().filter(|(_, is_written)| *is_written);
        Self { emulation, vectors: vectors.map(|(q, _)| (q, Vec::new())).collect(), orientation: Vec::new() }
    }

    fn push(&mut self, plan: &Plan, sample: u64, time_s: f64, force_n: Vec3, frame: &Frame) {
        let emulation = self.emulation;
        for (quantity, values) in &mut self.vectors {
            values.push(match quantity {
                Quantity::Force => force_n,
                Quantity::Position => position_m(emulation, plan, sample, time_s),
                Quantity::Acceleration => acceleration_m_s2(emulation, plan, sample, time_s, frame),
                Quantity::AngularRate => {
                    let rate = pose::angular_rate_rad_s(emulation, plan, time_s);
                    noisy(emulation, 9, sample, rate, emulation.sensor.rate_noise_rad_s)
                }
                _ => pose::field_ut(frame),
            });
        }
        if emulation.channels.orientation {
            self.orientation.push(pose::orientation(emulation, plan, time_s));
        }
    }

    fn columns(self) -> Vec<Column> {
        let one_axis = self.emulation.channels.force_axes == 1;
        let normal = XYZ[self.emulation.sensor.normal_axis.min(2)];
        let mut columns = Vec::new();
        for (quantity, rows) in &self.vectors {
            let wanted = |axis: &Axis| *quantity != Quantity::Force || !one_axis || *axis == normal;
            for (i, axis) in XYZ.into_iter().enumerate().filter(|(_, axis)| wanted(axis)) {
                columns.push(Column { quantity: *quantity, axis, values: rows.iter().map(|row| row[i]).collect() });
            }
        }
        for (i, axis) in [Axis::W, Axis::X, Axis::Y, Axis::Z].into_iter().enumerate() {
            let values: Vec<f64> = self.orientation.iter().map(|q| q[i]).collect();
            columns.push(Column { quantity: Quantity::Orientation, axis, values });
        }
        columns.retain(|column| !column.values.is_empty());
        columns
    }
}

fn position_m(emulation: &Emulation, plan: &Plan, sample: u64, time_s: f64) -> Vec3 {
    let place = path::position_m(emulation, plan, time_s);
    noisy(emulation, 3, sample, place, emulation.sensor.position_noise_m)
}

fn acceleration_m_s2(emulation: &Emulation, plan: &Plan, sample: u64, time_s: f64, frame: &Frame) -> Vec3 {
    let felt = pose::by_tool(frame, pose::felt_m_s2(emulation, plan, time_s));
    let shaken = vibration::shaking_m_s2(emulation, plan, sample, time_s);
    noisy(emulation, 6, sample, add(felt, shaken), emulation.sensor.acceleration_noise_m_s2)
}

/// `vector` with noise on each component; `first` is the noise's number for its first.
fn noisy(emulation: &Emulation, first: u8, sample: u64, vector: Vec3, deviation: f64) -> Vec3 {
    let draw = |axis| Chance::new(emulation.seed, Stream::Noise(first + axis)).normal(sample);
    add(vector, [deviation * draw(0), deviation * draw(1), deviation * draw(2)])
}
