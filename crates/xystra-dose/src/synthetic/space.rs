//! The space that tables of accuracy are drawn from.

use std::fmt;

use super::chance::{Chance, Stream, mix};
use super::emulation::{Channels, Emulation, Motion};
use super::fault::Fault;

/// A kind of recording with an aim of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A good sensor, nothing in the way.
    Clean(Motion),
    /// Noise, bias, drift, weight, knocks, recordings that start or end in contact.
    Noisy(Motion),
    /// A clean recording that something went wrong with.
    Faulty(Fault),
}

/// Forces, N, and stroke rates, Hz: where the best published hand device was tested.
const FORCE_N: (f64, f64) = (0.3, 125.0);
const RATE_HZ: (f64, f64) = (0.25, 1.0);
/// Slowest taps: slower ones are no burst.
const TAP_HZ: f64 = 0.4;
const SAMPLINGS_HZ: [f64; 7] = [50.0, 100.0, 100.0, 200.0, 250.0, 500.0, 1000.0];
/// Stated accuracies of the force sensor; the error of its scale is drawn from them. Zero: a perfect scale, nothing stated.
const ACCURACIES: [f64; 3] = [0.0, 0.01, 0.02];
const MOTIONS: [Motion; 5] = [Motion::OneWay, Motion::ToAndFro, Motion::Circular, Motion::Tapping, Motion::Mixed];

impl Class {
    /// All, in the order of the table.
    pub fn all() -> Vec<Self> {
        let clean = MOTIONS.map(Self::Clean).into_iter();
        clean.chain(MOTIONS.map(Self::Noisy)).chain(Fault::all().map(Self::Faulty)).collect()
    }

    /// The recording number `seed` of this class.
    pub fn draw(self, seed: u64) -> Emulation {
        let number = Self::all().iter().position(|class| *class == self).unwrap_or_default() as u64;
        let mut draw = Draw { chance: Chance::new(mix(seed) ^ number, Stream::Space), drawn: 0 };
        let mut emulation = draw.hand(self.motion(&mut draw.clone()));
        emulation.seed = seed;
        match self {
            Self::Clean(_) => draw.clean(&mut emulation),
            Self::Noisy(_) => draw.noisy(&mut emulation),
            Self::Faulty(fault) => draw.faulty(&mut emulation, fault),
        }
        emulation
    }

    fn motion(self, draw: &mut Draw) -> Motion {
        match self {
            Self::Clean(motion) | Self::Noisy(motion) => motion,
            Self::Faulty(_) => draw.one_of(&[Motion::OneWay, Motion::ToAndFro, Motion::Circular]),
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Clean(motion) => write!(f, "clean, {motion}"),
            Self::Noisy(motion) => write!(f, "noisy, {motion}"),
            Self::Faulty(fault) => write!(f, "faulty, {fault}"),
        }
    }
}

/// Draws one number after another.
#[derive(Clone)]
struct Draw {
    chance: Chance,
    drawn: u64,
}

impl Draw {
    fn between(&mut self, low: f64, high: f64) -> f64 {
        self.drawn += 1;
        self.chance.between(self.drawn, low, high)
    }

    /// Each factor alike: as many draws from 1 to 10 as from 10 to 100.
    fn by_factors(&mut self, low: f64, high: f64) -> f64 {
        libm::exp(self.between(libm::log(low), libm::log(high)))
    }

    fn one_of<T: Copy>(&mut self, set: &[T]) -> T {
        set[self.count(0, set.len())]
    }

    /// From `low` to one less than `beyond`.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two small counts")]
    fn count(&mut self, low: usize, beyond: usize) -> usize {
        (self.between(low as f64, beyond as f64) as usize).min(beyond - 1)
    }

    fn happens(&mut self, share: f64) -> bool {
        self.between(0.0, 1.0) < share
    }

    /// How often, how fast, how hard; every stroke lies in the range of forces.
    fn hand(&mut self, motion: Motion) -> Emulation {
        let slowest_hz = if matches!(motion, Motion::Tapping | Motion::Mixed) { TAP_HZ } else { RATE_HZ.0 };
        let mut emulation = Emulation {
            motion,
            sampling_hz: self.one_of(&SAMPLINGS_HZ),
            bouts: if self.happens(0.1) { 2 } else { 1 },
            bursts: if motion == Motion::Mixed { 4 } else { self.count(1, 4) },
            strokes: self.count(3, 13),
            stroke_hz: self.between(slowest_hz, RATE_HZ.1),
            duty: self.between(0.52, 0.7),
            lead_s: self.between(1.0, 4.0),
            pause_s: self.between(2.6, 6.0),
            ..Emulation::default()
        };
        let force_n = self.by_factors(FORCE_N.0, FORCE_N.1);
        let room = (1.0 - FORCE_N.0 / force_n).min(FORCE_N.1 / force_n - 1.0) / 2.5;
        emulation.hand.force_n = force_n;
        emulation.hand.force_cv = self.between(0.05, 0.3).min(room);
        emulation.hand.dome = self.between(0.0, 1.0);
        emulation.hand.easing = self.between(0.0, 0.5);
        emulation.hand.friction = self.between(0.1, 0.5);
        emulation.tool.length_m = self.between(0.05, 0.25);
        emulation.tool.direction_deg = self.between(0.0, 360.0);
        emulation
    }

    fn clean(&mut self, emulation: &mut Emulation) {
        self.channels(emulation);
        emulation.sensor.accuracy = self.one_of(&ACCURACIES);
        emulation.sensor.noise_n = self.between(0.002, 0.01);
        emulation.sensor.bias_n = [0.0; 3].map(|_: f64| self.between(-1.0, 1.0));
    }

    fn noisy(&mut self, emulation: &mut Emulation) {
        self.channels(emulation);
        let force_n = emulation.hand.force_n;
        let sensor = &mut emulation.sensor;
        sensor.accuracy = self.one_of(&ACCURACIES);
        sensor.noise_n = self.between(0.01, 0.03) + self.between(0.005, 0.03) * force_n.min(10.0);
        sensor.bias_n = [0.0; 3].map(|_: f64| self.between(-20.0, 20.0));
        sensor.drift_n_per_min = self.between(-0.1, 0.1) * force_n.min(3.0);
        sensor.wander_n = self.between(0.0, 0.1) * force_n.min(3.0);
        sensor.step_n = self.between(0.0, 0.01);
        sensor.presses_up = self.happens(0.3);
        emulation.hand.tremor = self.between(0.02, 0.06);
        emulation.knocks = if self.happens(0.4) { self.count(1, 4) } else { 0 };
        emulation.starts_in_contact = self.happens(0.2);
        // Somewhere there must be rest, or no force can be known.
        emulation.ends_in_contact = self.happens(0.2) && (emulation.bursts > 1 || !emulation.starts_in_contact);
    }

    fn faulty(&mut self, emulation: &mut Emulation, fault: Fault) {
        self.clean(emulation);
        emulation.hand.force_n = self.by_factors(1.0, 60.0);
        emulation.hand.force_cv = 0.15;
        if matches!(fault, Fault::MissingAxis | Fault::Silent) {
            emulation.channels.force_axes = 3;
        }
        emulation.faults = vec![fault];
    }

    /// A set of channels that can tell this motion's strokes, and what goes with it: angle and weight only where they can be known.
    fn channels(&mut self, emulation: &mut Emulation) {
        let one_axis = matches!(emulation.motion, Motion::OneWay | Motion::Tapping);
        let sets = ["position", "pose", "all", "force3", "imu", "force"];
        let set = self.one_of(&sets[..if one_axis { 6 } else { 5 }]);
        emulation.channels = set.parse().expect("one of the words for channels");
        let Channels { orientation, inertial, .. } = emulation.channels;
        if orientation {
            emulation.tool.angle_deg = self.between(45.0, 90.0);
            emulation.tool.sway_deg = self.between(0.0, 5.0);
        }
        if orientation && inertial {
            emulation.tool.mass_kg = self.between(0.02, 0.15);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_drawn_can_be_made() {
        for class in Class::all() {
            for seed in 0..20 {
                let emulation = class.draw(seed);
                emulation.check().unwrap_or_else(|error| panic!("{class} {seed}: {error}"));
                assert_eq!(emulation, class.draw(seed));
            }
        }
    }

    #[test]
    fn every_stroke_lies_in_the_range_of_forces() {
        for seed in 0..40 {
            let drawn = Emulation { sampling_hz: 10.0, ..Class::Clean(Motion::OneWay).draw(seed) };
            let truth = drawn.make().truth;
            assert!(truth.strokes.iter().all(|s| (0.25..130.0).contains(&s.peak_force_n)), "{seed}");
        }
    }
}
