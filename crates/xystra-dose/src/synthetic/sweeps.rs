//! Sweeps in bursts: the recording of the demonstration.

use std::f64::consts::{PI, TAU};
use std::fmt::Write;

use super::NOTE;
use super::chance::{fraction, mix};

/// One-way sweeps with return through the air, in bursts.
///
/// Everything is decided by the fields; the same fields give the same table. The defaults lie in what is published of
/// clinicians: strokes at 0.5 Hz with a peak near 5 N.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sweeps {
    /// Bursts.
    pub bursts: usize,
    /// Strokes in each burst.
    pub strokes: usize,
    /// From the start of one stroke to the next, s.
    pub period_s: f64,
    /// Share of the period in contact, 0-1.
    pub duty: f64,
    /// Pause before, between and after the bursts, on top of the return of the last stroke, s.
    pub pause_s: f64,
    /// Peak normal force of the middling stroke, N.
    pub peak_n: f64,
    /// How far the strokes' peaks depart from it, as a share of it.
    pub spread: f64,
    /// Standard deviation of the sensor's noise by axis, N.
    pub noise_n: f64,
    /// What the sensor shows while it touches nothing, by axis, N.
    pub bias_n: [f64; 3],
    /// Samples per second, Hz.
    pub rate_hz: f64,
    /// Chooses the noise and the strokes' peaks.
    pub seed: u64,
}

/// Length of a sweep along the skin, m.
const SWEEP_M: f64 = 0.12;
/// Height of the return through the air, m.
const LIFT_M: f64 = 0.03;
/// Shear over normal force: an edge on emollient.
const FRICTION: f64 = 0.25;

impl Default for Sweeps {
    fn default() -> Self {
        Self {
            bursts: 2,
            strokes: 10,
            period_s: 2.0,
            duty: 0.6,
            pause_s: 3.0,
            peak_n: 5.0,
            spread: 0.2,
            noise_n: 0.03,
            bias_n: [0.2, -0.1, 0.6],
            rate_hz: 100.0,
            seed: 1,
        }
    }
}

impl Sweeps {
    /// The recording as a table that [`crate::read::whole`] reads.
    pub fn to_csv(&self) -> String {
        let mut table = format!("# {NOTE}\nt_s,fx_N,fy_N,fz_N,px_m,py_m,pz_m\n");
        for i in 0..self.samples() {
            let t = i as f64 / self.rate_hz;
            let ([fx, fy, fz], [px, py, pz]) = (self.force_n(i, t), self.position_m(t));
            writeln!(table, "{t:.4},{fx:.4},{fy:.4},{fz:.4},{px:.5},{py:.5},{pz:.5}")
                .expect("a string takes every line");
        }
        table
    }

    /// Length of the recording, s.
    pub fn duration_s(&self) -> f64 {
        self.bursts as f64 * self.burst_s() + self.pause_s
    }

    fn burst_s(&self) -> f64 {
        self.pause_s + self.strokes as f64 * self.period_s
    }

    fn samples(&self) -> usize {
        crate::vector::samples(self.duration_s(), 1.0 / self.rate_hz) + 1
    }

    /// Number of the stroke at `t` and how far into its period it is (0-1), or none in a pause.
    fn stroke_at(&self, t: f64) -> Option<(f64, f64)> {
        let burst = (t / self.burst_s()).floor();
        let strokes = (t - burst * self.burst_s() - self.pause_s) / self.period_s;
        let drawn = strokes >= 0.0 && burst < self.bursts as f64;
        drawn.then(|| (burst * self.strokes as f64 + strokes.floor(), strokes.fract()))
    }

    fn force_n(&self, sample: usize, t: f64) -> [f64; 3] {
        let normal_n = self.stroke_at(t).map_or(0.0, |(stroke, phase)| self.peak_of(stroke) * press(phase / self.duty));
        let tremor = 1.0 + 0.04 * (TAU * 9.0 * t).sin();
        let clean = [-FRICTION * normal_n, 0.08 * normal_n * (TAU * 0.3 * t).sin(), -normal_n * tremor];
        std::array::from_fn(|axis| {
            self.bias_n[axis] + clean[axis] + self.noise_n * self.noise(sample as u64 * 3 + axis as u64)
        })
    }

    fn position_m(&self, t: f64) -> [f64; 3] {
        let Some((_, phase)) = self.stroke_at(t) else {
            return [0.0, 0.0, LIFT_M];
        };
        if phase < self.duty {
            let along = 0.5 - 0.5 * (PI * phase / self.duty).cos();
            return [SWEEP_M * along, 0.004 * (PI * along).sin(), 0.0];
        }
        let back = (phase - self.duty) / (1.0 - self.duty);
        [SWEEP_M * (0.5 + 0.5 * (PI * back).cos()), 0.0, LIFT_M * (PI * back).sin()]
    }

    fn peak_of(&self, stroke: f64) -> f64 {
        let number = crate::vector::samples(stroke, 1.0) as u64;
        self.peak_n * (1.0 + self.spread * (2.0 * self.uniform(u64::MAX - number) - 1.0))
    }

    /// About normal with standard deviation 1: the sum of four uniform numbers.
    fn noise(&self, index: u64) -> f64 {
        let sum: f64 = (0..4).map(|k| self.uniform(index * 4 + k)).sum();
        (sum - 2.0) * 3.0_f64.sqrt()
    }

    /// A number in 0-1 that only the seed and `index` decide.
    fn uniform(&self, index: u64) -> f64 {
        let step = self.seed.wrapping_mul(0xd134_2543_de82_ef95).wrapping_add(index);
        fraction(mix(step.wrapping_mul(0x9e37_79b9_7f4a_7c15)))
    }
}

/// Shape of one press, 0-1 over its contact: swells, holds, and lifts.
fn press(share: f64) -> f64 {
    if share < 1.0 { (PI * share).sin().sqrt() } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_fields_give_the_same_table_and_another_seed_another() {
        let sweeps = Sweeps::default();
        assert_eq!(sweeps.to_csv(), sweeps.to_csv());
        assert_ne!(sweeps.to_csv(), Sweeps { seed: 2, ..sweeps }.to_csv());
        assert!(sweeps.to_csv().starts_with("# synthetic"));
    }

    #[test]
    fn the_noise_has_the_stated_spread() {
        let sweeps = Sweeps::default();
        let noise: Vec<f64> = (0..10_000).map(|i| sweeps.noise(i)).collect();
        let variance = noise.iter().map(|x| x * x).sum::<f64>() / 1e4;
        assert!((variance - 1.0).abs() < 0.05);
    }
}
