//! What is emulated, in plain numbers.

mod part;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::dialect::{Dialect, ForceUnit, TimeUnit};
use super::fault::Fault;
use super::plan::Plan;
use super::sensor;
use super::table::Table;
use super::truth::Truth;
use super::{Emulated, dialect, fault};
use crate::error::Error;

pub use part::{Channels, Hand, Sensor, Texture, Tool};

/// An instrumented tool in a made-up hand. The default is a clean recording of one-way strokes as published of clinicians:
/// 0.5 Hz, peaks near 6 N.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Emulation {
    /// Decides every draw.
    pub seed: u64,
    /// Samples per second, Hz.
    pub sampling_hz: f64,
    /// How the tool moves.
    pub motion: Motion,
    /// Bouts; between them lies `bout_pause_s`.
    pub bouts: usize,
    /// Bursts in each bout; between them lies `pause_s`.
    pub bursts: usize,
    /// Strokes in each burst: sweeps, ways, turns or taps.
    pub strokes: usize,
    /// Strokes per second within a burst, Hz.
    pub stroke_hz: f64,
    /// Share of the period in contact when the tool is lifted between strokes, 0-1.
    pub duty: f64,
    /// Quiet before the first and after the last contact, s.
    pub lead_s: f64,
    /// Pause between bursts, s.
    pub pause_s: f64,
    /// Pause between bouts, s.
    pub bout_pause_s: f64,
    /// Does the recording begin within the first contact?
    pub starts_in_contact: bool,
    /// Does it end within the last?
    pub ends_in_contact: bool,
    /// Knocks against the tool in the pauses.
    pub knocks: usize,
    /// The hand.
    pub hand: Hand,
    /// The tool.
    pub tool: Tool,
    /// Its sensors.
    pub sensor: Sensor,
    /// A rough place under the tool.
    pub texture: Option<Texture>,
    /// What goes wrong.
    pub faults: Vec<Fault>,
    /// What is written.
    pub channels: Channels,
    /// In which format.
    pub dialect: Dialect,
    /// Unit of force, where the format leaves a choice.
    pub force_unit: ForceUnit,
    /// Unit of time, where the format leaves a choice.
    pub time_unit: TimeUnit,
}

/// How the tool moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Motion {
    /// One way, lifted, and back through the air.
    #[default]
    OneWay,
    /// To and fro without lifting; each way is a stroke.
    ToAndFro,
    /// In circles without lifting; each turn is a stroke.
    Circular,
    /// Up and down on one spot.
    Tapping,
    /// Each burst another of these, in this order.
    Mixed,
}

/// More strokes than a day holds.
const MOST_STROKES: f64 = 1e5;

impl Default for Emulation {
    fn default() -> Self {
        Self {
            seed: 1,
            sampling_hz: 100.0,
            motion: Motion::OneWay,
            bouts: 1,
            bursts: 2,
            strokes: 10,
            stroke_hz: 0.5,
            duty: 0.6,
            lead_s: 3.0,
            pause_s: 3.0,
            bout_pause_s: 25.0,
            starts_in_contact: false,
            ends_in_contact: false,
            knocks: 0,
            hand: Hand::default(),
            tool: Tool::default(),
            sensor: Sensor::default(),
            texture: None,
            faults: Vec::new(),
            channels: Channels::default(),
            dialect: Dialect::Csv,
            force_unit: ForceUnit::N,
            time_unit: TimeUnit::S,
        }
    }
}

impl Emulation {
    /// The file and its truth. The same fields give the same bytes.
    pub fn make(&self) -> Emulated {
        let emulation = &Self { channels: self.dialect.channels(self.channels), ..self.clone() };
        let plan = Plan::new(emulation);
        let mut table = Table::record(emulation, &plan);
        let mut truth = Truth::of(emulation, &plan);
        truth.faults.extend(sensor::limit(emulation, &mut table));
        truth.faults.extend(fault::plant(emulation, &plan, &mut table));
        let bytes = dialect::write(emulation, &plan, &table, &mut truth.faults);
        Emulated { bytes, truth }
    }
}

impl Emulation {
    /// Are all fields such that a recording can be made?
    ///
    /// # Errors
    /// [`Error::OutOfRange`] names the first field that is not.
    pub fn check(&self) -> Result<(), Error> {
        let strokes = self.bouts as f64 * self.bursts as f64 * self.strokes as f64;
        let fields = [
            ("sampling_hz", self.sampling_hz, 1.0, 50_000.0),
            ("strokes in all", strokes, 0.0, MOST_STROKES),
            ("stroke_hz", self.stroke_hz, 0.01, 10.0),
            ("duty", self.duty, 0.05, 0.95),
            ("lead_s", self.lead_s, 0.0, 3600.0),
            ("pause_s", self.pause_s, 0.0, 3600.0),
            ("bout_pause_s", self.bout_pause_s, 0.0, 3600.0),
            ("force_n", self.hand.force_n, 0.0, 1e4),
            ("force_cv", self.hand.force_cv, 0.0, 1.0),
            ("rhythm_cv", self.hand.rhythm_cv, 0.0, 0.3),
            ("length_m", self.tool.length_m, 0.001, 10.0),
            ("noise_n", self.sensor.noise_n, 0.0, 1e4),
        ];
        let wrong = fields.into_iter().find(|(_, value, low, high)| !(*low..=*high).contains(value));
        wrong.map_or(Ok(()), |(field, value, low, high)| Err(Error::OutOfRange { field, value, low, high }))
    }
}

/// Every motion and its word.
const MOTIONS: [(Motion, &str); 5] = [
    (Motion::OneWay, "one-way"),
    (Motion::ToAndFro, "to-and-fro"),
    (Motion::Circular, "circular"),
    (Motion::Tapping, "tapping"),
    (Motion::Mixed, "mixed"),
];

impl fmt::Display for Motion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MOTIONS.iter().find(|row| row.0 == *self).map_or("", |row| row.1))
    }
}

impl FromStr for Motion {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self, Error> {
        let known = "one-way, to-and-fro, circular, tapping, mixed";
        let unknown = || Error::UnknownWord { word: word.to_owned(), what: "motion", known };
        MOTIONS.iter().find(|row| row.1 == word).map(|row| row.0).ok_or_else(unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_fields_give_the_same_file_and_another_seed_another() {
        let emulation = Emulation { motion: Motion::Mixed, bursts: 4, strokes: 2, ..Emulation::default() };
        assert_eq!(emulation.make(), emulation.make());
        assert_ne!(emulation.make().bytes, Emulation { seed: 2, ..emulation }.make().bytes);
    }

    #[test]
    fn every_file_says_that_it_is_synthetic() {
        for dialect in ["csv", "semicolon", "tab", "json", "qstm-serial", "qstm-csv"] {
            let emulation = Emulation { dialect: dialect.parse().unwrap(), strokes: 2, ..Emulation::default() };
            let text = String::from_utf8(emulation.make().bytes).unwrap();
            assert!(text.lines().next().unwrap().contains(crate::synthetic::NOTE), "{dialect}");
        }
    }

    #[test]
    fn the_truth_is_what_the_fields_say() {
        for motion in [Motion::OneWay, Motion::ToAndFro, Motion::Circular, Motion::Tapping, Motion::Mixed] {
            let emulation = Emulation { motion, bouts: 2, bursts: 2, strokes: 6, ..Emulation::default() };
            let truth = emulation.make().truth;
            assert_eq!((truth.strokes.len(), truth.bursts, truth.bouts), (24, 4, 2));
            assert!((truth.rate_per_min.unwrap() / 30.0 - 1.0).abs() < 0.1);
            assert!(truth.mean_force_n > 2.0 && truth.peak_force_n < 12.0 && truth.faults.is_empty());
        }
    }

    #[test]
    fn fields_out_of_range_are_named() {
        let said = Emulation { sampling_hz: f64::NAN, ..Emulation::default() }.check().unwrap_err().to_string();
        assert!(said.contains("sampling_hz"), "{said}");
        assert!(Emulation::default().check().is_ok());
    }
}
