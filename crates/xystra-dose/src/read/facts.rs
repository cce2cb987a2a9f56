//! What the lines before a table say: units, sampling rate, device.

use super::column;
use super::unit;
use crate::channel::Quantity;
use crate::source::Device;

/// What is understood of them.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Facts {
    /// Samples per second.
    pub(super) rate_hz: Option<f64>,
    /// Unit of every column of a quantity.
    pub(super) units: Vec<(Quantity, String)>,
    /// Units of all columns in order.
    pub(super) all_units: Vec<String>,
    /// What is said of the device.
    pub(super) device: Device,
}

/// Names of the sampling rate.
const RATE: [&str; 10] = [
    "rate",
    "samplingrate",
    "samplerate",
    "samplingfrequency",
    "samplefrequency",
    "frequency",
    "fs",
    "datarate",
    "ratehz",
    "samplingratehz",
];

/// Names of the time from one sample to the next.
const INTERVAL: [&str; 8] =
    ["sampleinterval", "samplinginterval", "sampleperiod", "samplingperiod", "period", "interval", "dt", "timestep"];

/// What the notes say.
pub(super) fn of(notes: &[String]) -> Facts {
    let mut facts = Facts::default();
    for note in notes {
        if let Some(at) = note.find([':', '=', '\t', ';', ',']) {
            facts.add(note[..at].trim(), note[at + 1..].trim());
        }
    }
    facts
}

impl Facts {
    fn add(&mut self, key: &str, value: &str) {
        let words: Vec<String> = words(key);
        let rest: Vec<&str> =
            words.iter().map(String::as_str).filter(|word| !matches!(*word, "unit" | "units" | "of" | "in")).collect();
        let is_unit = words.iter().any(|word| matches!(word.as_str(), "unit" | "units"));
        let name = words.concat();
        match () {
            () if is_unit && rest.is_empty() => self.list(value),
            () if is_unit => self.unit(&rest.join(" "), value),
            () if RATE.contains(&name.trim_end_matches("hz")) => self.rate_hz = rate(value).or(self.rate_hz),
            () if INTERVAL.contains(&name.as_str()) => self.rate_hz = interval(value).or(self.rate_hz),
            () => self.device(&name, value),
        }
    }

    /// `force`: `N`.
    fn unit(&mut self, name: &str, value: &str) {
        let meant = column::parse(name).map(|said| said.meaning.quantity);
        let meant = meant.or_else(|| name.replace(' ', "-").parse().ok());
        let value = value.trim_matches(|c: char| c == '"' || c.is_whitespace());
        if let Some(quantity) = meant.filter(|_| !value.is_empty()) {
            self.units.push((quantity, value.to_owned()));
        }
    }

    /// `s, N, N` by columns, or `time=s, force=N` by quantities.
    fn list(&mut self, value: &str) {
        let parts: Vec<&str> = value.split([',', ';', '\t']).map(str::trim).collect();
        if parts.iter().all(|part| part.contains(['=', ':'])) {
            for (name, unit) in parts.iter().filter_map(|part| part.split_once(['=', ':'])) {
                self.unit(name.trim(), unit);
            }
        } else {
            self.all_units = parts.into_iter().map(str::to_owned).collect();
        }
    }

    fn device(&mut self, name: &str, value: &str) {
        let value = value.trim_matches('"').trim();
        match name {
            "device" | "devicename" | "tool" | "toolname" | "sensor" => self.device.name = Some(value.to_owned()),
            "calibrated" | "calibratedon" | "calibration" | "calibrationdate" | "lastcalibration" => {
                self.device.calibrated_on = Some(value.to_owned());
            }
            "toolmass" | "mass" => self.device.mass_kg = mass(value),
            "accuracy" => self.device.accuracy = share(value),
            _ => {}
        }
    }
}

fn words(key: &str) -> Vec<String> {
    key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// A number and what follows it.
fn measured(value: &str) -> Option<(f64, &str)> {
    let end = value.find(|c: char| !(c.is_ascii_digit() || ".,-+".contains(c))).unwrap_or(value.len());
    let number = value[..end].trim_end_matches([',', '.']).replace(',', ".").parse::<f64>().ok()?;
    Some((number, value[end..].trim())).filter(|(number, _)| number.is_finite())
}

/// Samples per second; a rate without a unit is one per second.
fn rate(value: &str) -> Option<f64> {
    let (number, unit) = measured(value)?;
    let factor = match unit.to_lowercase().trim_end_matches(|c: char| !c.is_alphanumeric()) {
        "" | "hz" | "sps" | "1/s" | "samples/s" | "samples per second" => 1.0,
        "khz" | "ksps" => 1e3,
        _ => return None,
    };
    Some(number * factor).filter(|rate| *rate > 0.0)
}

fn interval(value: &str) -> Option<f64> {
    let (number, unit) = measured(value)?;
    let step_s = number * unit::factor(Quantity::Time, unit)?;
    Some(1.0 / step_s).filter(|rate| *rate > 0.0 && rate.is_finite())
}

fn mass(value: &str) -> Option<f64> {
    let (number, unit) = measured(value)?;
    match unit {
        "kg" => Some(number),
        "g" => Some(number * 1e-3),
        _ => None,
    }
}

fn share(value: &str) -> Option<f64> {
    let (number, unit) = measured(value)?;
    match unit {
        "%" => Some(number / 100.0),
        "" if (0.0..1.0).contains(&number) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(notes: &[&str]) -> Facts {
        of(&notes.iter().map(|note| (*note).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn units_are_stated_in_many_ways() {
        let force = vec![(Quantity::Force, "N".to_owned())];
        for note in ["unit force: N", "force unit = N", "Force unit,N", "units: force=N", "Unit of force: N"] {
            let said = facts(&[note]).units;
            assert_eq!(said, force, "{note}");
        }
        assert_eq!(facts(&["Units: s, N, N"]).all_units, ["s", "N", "N"]);
        assert_eq!(facts(&["angular rate unit: deg/s"]).units[0].0, Quantity::AngularRate);
    }

    #[test]
    fn rates_and_devices_are_told() {
        for note in [
            "rate: 1000 Hz",
            "Sampling rate;1000",
            "SamplingRate,1000",
            "sample_rate_hz = 1000",
            "fs=1 kHz",
            "sample interval: 1 ms",
        ] {
            let rate = facts(&[note]).rate_hz.unwrap_or(f64::NAN);
            assert!((rate - 1000.0).abs() < 1e-9, "{note}: {rate}");
        }
        assert_eq!(facts(&["rate: 30 /min", "rate: fast"]).rate_hz, None);
        let device = facts(&["device: T1", "tool mass: 210 g", "calibrated: 2026-01-02", "accuracy: 2 %"]).device;
        assert_eq!(device.name.as_deref(), Some("T1"));
        assert_eq!((device.mass_kg, device.accuracy), (Some(0.21), Some(0.02)));
        assert_eq!(device.calibrated_on.as_deref(), Some("2026-01-02"));
    }
}
