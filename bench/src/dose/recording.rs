//! A made-up recording of six channels: force and acceleration of a tool that strokes in bouts.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::Result;

use crate::chance::Chance;

/// Samples a second, Hz.
pub const RATE_HZ: u32 = 1000;
/// Force x, y, z (N) and acceleration x, y, z (m/s2).
pub const CHANNELS: usize = 6;
/// Columns as Xystra's reader and everybody else's understand them.
const HEADER: &str = "t_s,fx_N,fy_N,fz_N,ax_m/s2,ay_m/s2,az_m/s2";
/// Steps of the sensor in one unit: values are written with four decimals and mean the same as text and as number.
const STEPS: f64 = 10_000.0;
/// A stroke and its way back, s; strokes of a bout; pause after a bout, s.
const STROKE_S: f64 = 1.25;
const STROKES: f64 = 24.0;
const PAUSE_S: f64 = 10.0;

/// Makes one sample after the other.
#[derive(Debug)]
pub struct Maker {
    chance: Chance,
    sample: u32,
    peak_n: f64,
}

impl Maker {
    /// The seed decides noise and forces.
    pub fn new(seed: u64) -> Self {
        Self { chance: Chance::new(seed), sample: 0, peak_n: 5.0 }
    }

    /// The next sample in steps of the sensor.
    pub fn step(&mut self) -> [i32; CHANNELS] {
        let time_s = f64::from(self.sample) / f64::from(RATE_HZ);
        self.sample += 1;
        let in_bout_s = time_s % (STROKES * STROKE_S + PAUSE_S);
        let phase = if in_bout_s < STROKES * STROKE_S { in_bout_s % STROKE_S / STROKE_S } else { 1.0 };
        if phase == 0.0 {
            self.peak_n = 3.0 + 6.0 * self.noise().abs();
        }
        // Pressed for 60 % of the time, in the air for the rest.
        let press = if phase < 0.6 { (std::f64::consts::PI * phase / 0.6).sin() } else { 0.0 };
        let normal_n = self.peak_n * press.sqrt();
        let rough = 0.8 * press * self.noise();
        let values = [0.25 * normal_n, 0.1 * normal_n, normal_n, 3.0 * press + rough, rough, 9.81 + 0.3 * rough];
        values.map(|value| quantise(value + 0.04 * self.noise()))
    }

    /// About normal between -1 and 1: the sum of three even numbers.
    fn noise(&mut self) -> f64 {
        (0..3).map(|_| self.chance.share() * 2.0 - 1.0).sum::<f64>() / 3.0
    }
}

/// Writes `minutes` as text, and gives the same samples channel by channel.
pub fn make(text: &Path, raw: &Path, minutes: u32, seed: u64) -> Result<Vec<Vec<f64>>> {
    let mut channels = vec![Vec::new(); CHANNELS];
    write(text, minutes, seed, |sample| {
        for (channel, steps) in channels.iter_mut().zip(sample) {
            channel.push(f64::from(*steps) / STEPS);
        }
    })?;
    let bytes: Vec<u8> = channels.iter().flatten().flat_map(|value: &f64| value.to_le_bytes()).collect();
    fs::write(raw, bytes)?;
    Ok(channels)
}

/// Writes `minutes` as text and shows each sample.
pub fn write(text: &Path, minutes: u32, seed: u64, mut show: impl FnMut(&[i32; CHANNELS])) -> Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(text)?);
    writeln!(out, "{HEADER}")?;
    let (mut maker, mut line) = (Maker::new(seed), String::new());
    for sample in 0..minutes * 60 * RATE_HZ {
        let steps = maker.step();
        show(&steps);
        line.clear();
        write!(line, "{}.{:03}", sample / 1000, sample % 1000)?;
        for value in steps {
            let sign = if value < 0 { "-" } else { "" };
            let size = value.unsigned_abs();
            write!(line, ",{sign}{}.{:04}", size / 10_000, size % 10_000)?;
        }
        writeln!(out, "{line}")?;
    }
    out.flush()?;
    Ok(())
}

#[expect(clippy::cast_possible_truncation, reason = "a hand's forces are far below 200 kN")]
fn quantise(value: f64) -> i32 {
    (value * STEPS).round() as i32
}
