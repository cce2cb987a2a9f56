//! Channels on a clock.

use crate::constants::MIN_SAMPLES;
use crate::error::Error;
use crate::interval::Interval;
use crate::vector::{Vec3, quantile};

/// A recording in SI units: force in N, and position in m where it is known.
///
/// Force is kept by the tool's axes x, y, z; z points along the tool and is the normal axis. A force of one axis is kept
/// as z. An axis without a channel is zero and has no name. Time starts at zero with the first sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    pub(crate) file: String,
    pub(crate) time_s: Vec<f64>,
    pub(crate) force_n: Vec<Vec3>,
    pub(crate) force_names: [Option<String>; 3],
    pub(crate) position_m: Option<Vec<Vec3>>,
    pub(crate) channels: Vec<String>,
    pub(crate) unread: Vec<String>,
    pub(crate) notes: Vec<String>,
}

impl Recording {
    /// A recording from force by axis (N; z is normal) at ascending times (s).
    pub fn new(file: &str, time_s: &[f64], force_n: Vec<Vec3>) -> Result<Self, Error> {
        check("time", time_s.len(), ascending(time_s))?;
        check("force", time_s.len(), finite(&force_n))?;
        let needed = crate::vector::samples(MIN_SAMPLES.value, 1.0);
        if time_s.len() < needed {
            return Err(Error::TooFewSamples { found: time_s.len(), needed });
        }
        let recording = Self {
            file: file.to_owned(),
            time_s: time_s.iter().map(|t| t - time_s[0]).collect(),
            force_n,
            force_names: ["fx", "fy", "fz"].map(|name| Some(name.to_owned())),
            position_m: None,
            channels: ["t", "fx", "fy", "fz"].map(str::to_owned).to_vec(),
            unread: Vec::new(),
            notes: Vec::new(),
        };
        if recording.step_s() > 0.0 { Ok(recording) } else { Err(Error::ClockStands) }
    }

    /// The same with the tool's position (m) at each sample.
    pub fn with_position(mut self, position_m: Vec<Vec3>) -> Result<Self, Error> {
        check("position", self.time_s.len(), finite(&position_m))?;
        self.position_m = Some(position_m);
        self.channels.extend(["px", "py", "pz"].map(str::to_owned));
        Ok(self)
    }

    /// Name of the file it came from, as given.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Time of each sample, s from the first.
    pub fn time_s(&self) -> &[f64] {
        &self.time_s
    }

    /// Force at each sample by the tool's axes, N, as recorded.
    pub fn force_n(&self) -> &[[f64; 3]] {
        &self.force_n
    }

    /// Position at each sample, m, when it is known.
    pub fn position_m(&self) -> Option<&[[f64; 3]]> {
        self.position_m.as_deref()
    }

    /// Columns that were read, by their names in the file.
    pub fn channels(&self) -> &[String] {
        &self.channels
    }

    /// Columns that were left alone: labels, and quantities with no use here.
    pub fn unread(&self) -> &[String] {
        &self.unread
    }

    /// Comment lines of the file, without their mark.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// From the first to the last sample.
    pub fn extent(&self) -> Interval {
        Interval::new(0.0, self.time_s.last().copied().unwrap_or(0.0))
    }

    /// The usual (median) step of the clock, s.
    pub fn step_s(&self) -> f64 {
        quantile(self.time_s.windows(2).map(|w| w[1] - w[0]).collect(), 0.5)
    }

    /// Samples per second of the usual step, Hz.
    pub fn rate_hz(&self) -> f64 {
        1.0 / self.step_s()
    }

    /// Whether only one axis of force is known.
    pub fn is_one_axis(&self) -> bool {
        self.force_names.iter().flatten().count() == 1
    }

    /// The force channels that exist: axis (0-2), name, values in N.
    pub(crate) fn force_channels(&self) -> impl Iterator<Item = (usize, &str, Vec<f64>)> {
        let named = self.force_names.iter().enumerate();
        named.filter_map(|(axis, name)| Some((axis, name.as_deref()?, self.force_n.iter().map(|f| f[axis]).collect())))
    }
}

fn check(channel: &'static str, expected: usize, found: usize) -> Result<(), Error> {
    if found == expected { Ok(()) } else { Err(Error::Mismatch { channel, found, expected }) }
}

fn finite(values: &[Vec3]) -> usize {
    values.iter().filter(|v| v.iter().all(|x| x.is_finite())).count()
}

/// How many time stamps are finite and in order, counted from the first.
fn ascending(time_s: &[f64]) -> usize {
    let mut last = f64::NEG_INFINITY;
    let in_order = |t: &&f64| t.is_finite() && **t >= std::mem::replace(&mut last, **t);
    time_s.iter().take_while(in_order).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_must_fit_the_clock() {
        let time: Vec<f64> = (0..30).map(|i| f64::from(i) * 0.01).collect();
        assert!(matches!(Recording::new("", &time, vec![[0.0; 3]; 29]), Err(Error::Mismatch { found: 29, .. })));
        assert!(matches!(Recording::new("", &time[..5], vec![[0.0; 3]; 5]), Err(Error::TooFewSamples { .. })));
        assert!(matches!(Recording::new("", &[1.0; 30], vec![[0.0; 3]; 30]), Err(Error::ClockStands)));
        let good = Recording::new("", &time, vec![[0.0; 3]; 30]).unwrap();
        assert!((good.rate_hz() - 100.0).abs() < 1e-9);
        assert!(good.with_position(vec![[f64::NAN; 3]; 30]).is_err());
    }
}
