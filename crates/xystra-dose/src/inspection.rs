//! What is in a file, before any dose: its streams or signals, its rows, its clock, its channels, what was wrong.

use serde::Serialize;

use crate::attitude::Tracker;
use crate::channel::Channel;
use crate::constants::{GAP, GAP_STEPS};
use crate::error::Error;
use crate::quality::Issue;
use crate::read::StreamContents;
use crate::rotation::to_tool;
use crate::samples::Samples;
use crate::source::{Header, Source};
use crate::vector::norm;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Inspection {
    /// Its name.
    pub file: String,
    /// Its streams or signals, of a format that has several.
    pub streams: Vec<StreamContents>,
    /// What is read of it as a recording.
    pub recording: Option<Overview>,
    /// Why it gives no recording as it is, and what to do.
    pub refusal: Option<String>,
}

/// A recording at a glance.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Overview {
    /// The dialect, in words.
    pub format: String,
    /// Number of samples.
    pub rows: u64,
    /// From the first to the last sample, s.
    pub duration_s: f64,
    /// Samples per second over the whole duration, Hz.
    pub rate_hz: f64,
    /// Longest step of the clock, s.
    pub longest_step_s: f64,
    /// Steps of the clock that are gaps.
    pub gaps: u64,
    /// Columns that are read.
    pub channels: Vec<Channel>,
    /// Columns that are left alone.
    pub unread: Vec<String>,
    /// What the file notes of itself.
    pub notes: Vec<String>,
    /// Name of the device, where the file says it.
    pub device: Option<String>,
    /// Least and largest resultant force as recorded, N.
    pub force_n: Option<Span>,
    /// Least and largest pitch and roll of the tool, deg: where its orientation is recorded, or follows from its motion.
    pub attitude: Option<Attitude>,
    /// Standard deviation of the acceleration's size, m/s2: how rough the way was.
    pub roughness_m_s2: Option<f64>,
    /// What the reader found to be wrong.
    pub issues: Vec<Issue>,
}

/// From the least to the largest.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Span {
    /// The least.
    pub low: f64,
    /// The largest.
    pub high: f64,
}

/// How far the tool was pitched and rolled against the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Attitude {
    /// Pitch, deg.
    pub pitch_deg: Span,
    /// Roll, deg.
    pub roll_deg: Span,
}

impl Inspection {
    /// Goes once through the source, when there is one.
    ///
    /// # Errors
    /// None: what stops the reading is the refusal.
    pub fn of(file: &str, streams: Vec<StreamContents>, source: Result<Box<dyn Source>, Error>) -> Self {
        let seen = source.and_then(|mut source| Overview::of(source.as_mut()));
        let (recording, refusal) = match seen {
            Ok(overview) => (Some(overview), None),
            Err(error) => (None, Some(error.to_string())),
        };
        Self { file: file.to_owned(), streams, recording, refusal }
    }
}

impl Overview {
    fn of(source: &mut dyn Source) -> Result<Self, Error> {
        source.rewind()?;
        let mut look = Look::default();
        while let Some(samples) = source.next_samples()? {
            look.take(&samples);
        }
        let issues = source.issues();
        Ok(look.overview(source.header(), issues))
    }
}

/// What has been seen so far.
#[derive(Default)]
struct Look {
    rows: u64,
    last_s: f64,
    usual_s: f64,
    longest_s: f64,
    gaps: u64,
    force_n: Range,
    tracker: Option<Tracker>,
    pitch_deg: Range,
    roll_deg: Range,
    size: Spread,
}

impl Look {
    fn take(&mut self, samples: &Samples) {
        if self.rows == 0 {
            (self.tracker, self.usual_s) = (Tracker::new(samples), samples.step_s());
        }
        for time_s in &samples.time_s {
            self.step(*time_s);
        }
        samples.force_n.iter().for_each(|force| self.force_n.add(norm(*force)));
        samples.acceleration_m_s2.iter().for_each(|acceleration| self.size.add(norm(*acceleration)));
        let followed = self.tracker.as_mut().map(|tracker| tracker.follow(samples)).unwrap_or_default();
        let turns = if samples.orientation.is_empty() { &followed } else { &samples.orientation };
        for q in turns {
            let up = to_tool(*q, [0.0, 0.0, 1.0]);
            self.pitch_deg.add((-up[0]).clamp(-1.0, 1.0).asin().to_degrees());
            self.roll_deg.add(up[1].atan2(up[2]).to_degrees());
        }
    }

    fn step(&mut self, time_s: f64) {
        if self.rows > 0 {
            let step_s = time_s - self.last_s;
            self.longest_s = self.longest_s.max(step_s);
            self.gaps += u64::from(step_s > GAP.value && step_s > GAP_STEPS.value * self.usual_s);
        }
        (self.rows, self.last_s) = (self.rows + 1, time_s);
    }

    fn overview(self, header: &Header, issues: Vec<Issue>) -> Overview {
        let attitude = self.pitch_deg.span().zip(self.roll_deg.span());
        Overview {
            format: header.format.clone(),
            rows: self.rows,
            duration_s: self.last_s,
            rate_hz: if self.last_s > 0.0 { (self.rows - 1) as f64 / self.last_s } else { 0.0 },
            longest_step_s: self.longest_s,
            gaps: self.gaps,
            channels: header.channels.clone(),
            unread: header.unread.clone(),
            notes: header.notes.clone(),
            device: header.device.name.clone(),
            force_n: self.force_n.span(),
            attitude: attitude.map(|(pitch_deg, roll_deg)| Attitude { pitch_deg, roll_deg }),
            roughness_m_s2: self.size.deviation(),
            issues,
        }
    }
}

/// The least and the largest of some numbers.
#[derive(Default)]
struct Range(Option<Span>);

impl Range {
    fn add(&mut self, number: f64) {
        let span = self.0.unwrap_or(Span { low: number, high: number });
        self.0 = Some(Span { low: span.low.min(number), high: span.high.max(number) });
    }

    fn span(&self) -> Option<Span> {
        self.0
    }
}

/// Running mean and squares.
#[derive(Default)]
struct Spread {
    count: f64,
    mean: f64,
    square: f64,
}

impl Spread {
    fn add(&mut self, number: f64) {
        self.count += 1.0;
        let away = number - self.mean;
        self.mean += away / self.count;
        self.square += away * (number - self.mean);
    }

    /// None of nothing.
    fn deviation(&self) -> Option<f64> {
        (self.count > 0.0).then(|| (self.square / self.count).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Sweeps;
    use crate::read::{self, Reading};

    #[test]
    fn a_table_is_seen_at_a_glance_and_a_refusal_says_what_to_do() {
        let open = |text: String| read::open("s.csv", std::io::Cursor::new(text.into_bytes()), &Reading::default());
        let table = Sweeps::default().to_csv();
        let seen = Inspection::of("s.csv", Vec::new(), open(table.clone())).recording.unwrap();
        assert!(seen.rows > 1000 && (seen.rate_hz - 1.0 / 0.01).abs() < 1.0 && seen.gaps == 0, "{seen:?}");
        assert!(seen.force_n.unwrap().high > 3.0 && seen.attitude.is_none());
        let refused = Inspection::of("s.csv", Vec::new(), open(table.replace("_N", "")));
        assert!(refused.refusal.unwrap().contains("--unit force="));
    }
}
