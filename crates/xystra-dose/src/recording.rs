//! A whole recording in memory.

use crate::channel::{Axis, Channel, Quantity};
use crate::constants::MIN_SAMPLES;
use crate::error::Error;
use crate::interval::Interval;
use crate::quality::Issue;
use crate::samples::Samples;
use crate::source::{Header, Source};
use crate::vector::Vec3;

/// Header and samples; what the reader found wrong stands beside.
#[derive(Debug, Clone, PartialEq)]
pub struct Recording {
    /// What the file says of it.
    pub header: Header,
    /// All samples; time starts at zero.
    pub samples: Samples,
    /// What the reader found to be wrong.
    pub issues: Vec<Issue>,
}

/// A recording in memory, given out as a source.
#[derive(Debug)]
pub struct Whole<'a> {
    recording: &'a Recording,
    is_given: bool,
}

impl Recording {
    /// A recording from force by axis (N; z is normal) at ascending times (s).
    pub fn new(file: &str, time_s: &[f64], force_n: Vec<Vec3>) -> Result<Self, Error> {
        check("time", time_s.len(), ascending(time_s))?;
        check("force", time_s.len(), finite(&force_n))?;
        let header = Header { file: file.to_owned(), channels: channels(), ..Header::default() };
        let time_s = time_s.iter().map(|t| t - time_s[0]).collect();
        Self { header, samples: Samples { time_s, force_n, ..Samples::default() }, issues: Vec::new() }.checked()
    }

    /// All that a source gives.
    pub fn of(source: &mut dyn Source) -> Result<Self, Error> {
        source.rewind()?;
        let mut samples = Samples::default();
        while let Some(more) = source.next_samples()? {
            samples.append(&more);
        }
        Self { header: source.header().clone(), samples, issues: source.issues() }.checked()
    }

    /// The same with the tool's position (m) at each sample.
    pub fn with_position(mut self, position_m: Vec<Vec3>) -> Result<Self, Error> {
        check("position", self.samples.len(), finite(&position_m))?;
        self.samples.position_m = position_m;
        let named = [("px", Axis::X), ("py", Axis::Y), ("pz", Axis::Z)];
        self.header.channels.extend(named.map(|(name, axis)| channel(name, Quantity::Position, Some(axis), "m")));
        Ok(self)
    }

    /// From the first to the last sample.
    pub fn extent(&self) -> Interval {
        Interval::new(0.0, self.samples.time_s.last().copied().unwrap_or(0.0))
    }

    /// Samples per second of the usual step, Hz.
    pub fn rate_hz(&self) -> f64 {
        1.0 / self.samples.step_s()
    }

    /// Positions, when they are known.
    pub fn position(&self) -> Option<&[Vec3]> {
        Some(self.samples.position_m.as_slice()).filter(|values| !values.is_empty())
    }

    /// Whether only one axis of force is known.
    pub fn is_one_axis(&self) -> bool {
        self.header.of(Quantity::Force).count() == 1
    }

    /// The recording as a source.
    pub fn source(&self) -> Whole<'_> {
        Whole { recording: self, is_given: false }
    }

    fn checked(self) -> Result<Self, Error> {
        let needed = crate::vector::samples(MIN_SAMPLES.value, 1.0);
        if self.samples.len() < needed {
            return Err(Error::TooFewSamples { found: self.samples.len(), needed });
        }
        if self.samples.step_s() > 0.0 { Ok(self) } else { Err(Error::ClockStands) }
    }
}

impl Source for Whole<'_> {
    fn header(&self) -> &Header {
        &self.recording.header
    }

    fn next_samples(&mut self) -> Result<Option<Samples>, Error> {
        let is_given = std::mem::replace(&mut self.is_given, true);
        Ok((!is_given).then(|| self.recording.samples.clone()))
    }

    fn rewind(&mut self) -> Result<(), Error> {
        self.is_given = false;
        Ok(())
    }

    fn issues(&self) -> Vec<Issue> {
        self.recording.issues.clone()
    }
}

fn channels() -> Vec<Channel> {
    let force = [("fx", Axis::X), ("fy", Axis::Y), ("fz", Axis::Z)];
    let force = force.map(|(name, axis)| channel(name, Quantity::Force, Some(axis), "N"));
    std::iter::once(channel("t", Quantity::Time, None, "s")).chain(force).collect()
}

fn channel(name: &str, quantity: Quantity, axis: Option<Axis>, unit: &str) -> Channel {
    Channel { name: name.to_owned(), quantity, axis, unit: unit.to_owned() }
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
        assert_eq!(Recording::of(&mut good.source()).unwrap(), good);
        assert!(good.with_position(vec![[f64::NAN; 3]; 30]).is_err());
    }
}
