//! An analysis held against the truth.

use serde::Serialize;

use super::emulation::Emulation;
use super::truth::{Planted, Truth};
use crate::analysis::{Analysis, Options, analyse};
use crate::error::Error;
use crate::estimate::Estimate;
use crate::quality::{Issue, IssueKind};
use crate::read;
use crate::read::Reading;

/// How one recording came out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// Why there is no dose.
    pub refused: Option<String>,
    /// Strokes found and strokes made.
    pub strokes: (usize, usize),
    /// Bursts found and bursts made.
    pub bursts: (usize, usize),
    /// Quantities of the dose.
    pub compared: Vec<Compared>,
    /// Relative error of each stroke's mean and peak force; none when their number is wrong.
    pub by_stroke: Vec<(f64, f64)>,
    /// What was planted.
    pub planted: usize,
    /// What was planted and not reported.
    pub missed: Vec<Planted>,
    /// What was reported and never planted.
    pub invented: Vec<(IssueKind, f64, f64)>,
}

/// One quantity beside its truth.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Compared {
    /// Its name.
    pub quantity: &'static str,
    /// What was found.
    pub found: Estimate,
    /// What is true.
    pub truth: f64,
}

/// What is no fault: it only says what the recording holds.
const REMARKS: [IssueKind; 6] = [
    IssueKind::Synthetic,
    IssueKind::OneAxis,
    IssueKind::NoMotion,
    IssueKind::NoGravity,
    IssueKind::LargeOffset,
    IssueKind::SlowClock,
];
/// A quantity below is nothing: the way of a tap.
const LEAST: f64 = 1e-9;
/// An issue may begin this much after what it is about has ended, s.
const NEAR_S: f64 = 0.1;

impl Score {
    /// Makes the recording, reads and analyses it, and compares.
    pub fn of(emulation: &Emulation) -> Self {
        let made = emulation.make();
        let recording = read::whole("synthetic", &made.bytes, &Reading::default());
        match recording.and_then(|recording| analyse(&recording, &Options::default())) {
            Ok(analysis) => Self::compare(&analysis, emulation, &made.truth),
            Err(error) => Self::refusal(&error, &made.truth),
        }
    }

    /// Is the number of strokes right?
    pub fn is_exact(&self) -> bool {
        self.refused.is_none() && self.strokes.0 == self.strokes.1
    }

    fn refusal(error: &Error, truth: &Truth) -> Self {
        let names = |planted: &&Planted| match error {
            Error::Frozen { .. } => planted.kind == IssueKind::Frozen,
            Error::Saturated { .. } => planted.kind == IssueKind::Saturated,
            Error::Spoiled { .. } => matches!(planted.kind, IssueKind::Frozen | IssueKind::Saturated),
            _ => false,
        };
        Self {
            refused: Some(error.to_string()),
            strokes: (0, truth.strokes.len()),
            bursts: (0, truth.bursts),
            compared: Vec::new(),
            by_stroke: Vec::new(),
            planted: truth.faults.len(),
            missed: truth.faults.iter().filter(|planted| !names(planted)).cloned().collect(),
            invented: Vec::new(),
        }
    }

    fn compare(analysis: &Analysis, emulation: &Emulation, truth: &Truth) -> Self {
        let issues = &analysis.recording.issues;
        let missed = truth.faults.iter().filter(|planted| !issues.iter().any(|issue| names(issue, planted)));
        let is_real = |issue: &&Issue| {
            REMARKS.contains(&issue.kind)
                || truth.faults.iter().any(|planted| is_kind(issue.kind, planted.kind))
                || follows(issue.kind, emulation)
        };
        let invented = issues.iter().filter(|issue| !is_real(issue));
        Self {
            refused: None,
            strokes: (analysis.strokes.len(), truth.strokes.len()),
            bursts: (analysis.bursts, truth.bursts),
            compared: compared(analysis, truth),
            by_stroke: by_stroke(analysis, truth),
            planted: truth.faults.len(),
            missed: missed.cloned().collect(),
            invented: invented.map(|issue| (issue.kind, issue.extent.start_s, issue.extent.end_s)).collect(),
        }
    }
}

impl Compared {
    /// Departure from the truth as a share of it.
    pub fn error(&self) -> f64 {
        (self.found.value / self.truth - 1.0).abs()
    }

    /// Does the interval hold the truth?
    pub fn is_covered(&self) -> bool {
        self.found.covers(self.truth)
    }

    /// Width of the interval as a share of the truth.
    pub fn relative_width(&self) -> f64 {
        self.found.width() / self.truth
    }
}

fn compared(analysis: &Analysis, truth: &Truth) -> Vec<Compared> {
    let dose = &analysis.dose;
    let pairs = [
        ("mean force", Some(dose.mean_force_n), truth.mean_force_n),
        ("peak force", Some(dose.peak_force_n), truth.peak_force_n),
        ("mean resultant", dose.mean_resultant_n, truth.mean_resultant_n),
        ("peak resultant", dose.peak_resultant_n, truth.peak_resultant_n),
        ("impulse", Some(dose.impulse_ns), truth.impulse_ns),
        ("contact", Some(dose.contact_s), truth.contact_s),
        ("strokes", Some(dose.strokes), truth.strokes.len() as f64),
        ("rate", dose.rate_per_min, truth.rate_per_min.unwrap_or(f64::NAN)),
        ("length", dose.length_m, truth.length_m),
    ];
    let known = pairs.into_iter().filter_map(|(quantity, found, truth)| Some((quantity, found?, truth)));
    let compared = known.map(|(quantity, found, truth)| Compared { quantity, found, truth });
    // Taps go nowhere; one axis does not know the shear that the resultant has.
    let knows_shear = analysis.recording.issues.iter().all(|issue| issue.kind != IssueKind::OneAxis);
    compared.filter(|c| c.truth > LEAST && (knows_shear || !c.quantity.ends_with("resultant"))).collect()
}

fn by_stroke(analysis: &Analysis, truth: &Truth) -> Vec<(f64, f64)> {
    if analysis.strokes.len() != truth.strokes.len() {
        return Vec::new();
    }
    let error = |found: f64, truth: f64| (found / truth - 1.0).abs();
    let pairs = analysis.strokes.iter().zip(&truth.strokes);
    pairs.map(|(s, t)| (error(s.mean_force_n, t.mean_force_n), error(s.peak_force_n, t.peak_force_n))).collect()
}

/// Does the issue tell of what was planted, at its place?
fn names(issue: &Issue, planted: &Planted) -> bool {
    let near =
        issue.extent.start_s <= planted.extent.end_s + NEAR_S && issue.extent.end_s >= planted.extent.start_s - NEAR_S;
    is_kind(issue.kind, planted.kind) && (near || planted.kind == IssueKind::ClockReset)
}

/// A knock of few samples may look like a spike; a gap that a clock's reset leaves is part of it.
fn is_kind(found: IssueKind, planted: IssueKind) -> bool {
    let alike = [
        (IssueKind::Spike, IssueKind::Knock),
        (IssueKind::Knock, IssueKind::Spike),
        (IssueKind::Gap, IssueKind::ClockReset),
        (IssueKind::Gap, IssueKind::LostRows),
        (IssueKind::LostRows, IssueKind::Gap),
    ];
    found == planted || alike.contains(&(found, planted))
}

/// An issue that other fields of the emulation account for.
fn follows(kind: IssueKind, emulation: &Emulation) -> bool {
    let sensor = &emulation.sensor;
    match kind {
        IssueKind::Drift => sensor.drift_n_per_min != 0.0 || sensor.wander_n > 0.0,
        IssueKind::LongContact => true,
        _ => false,
    }
}
