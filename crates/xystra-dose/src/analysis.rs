//! The whole way from a recording to its dose.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::constants::{DRIFT, IMPLAUSIBLE};
use crate::contact::Contact;
use crate::dose::{Dose, unknown};
use crate::error::Error;
use crate::interval::{Interval, inside, outside};
use crate::measure::Series;
use crate::quality::sensor::{self, Fault};
use crate::quality::{Issue, IssueKind, clock};
use crate::recording::Recording;
use crate::rest::Rest;
use crate::stroke::path::Path;
use crate::stroke::{self, Stroke};
use crate::trace::Trace;
use crate::vector::norm;

/// What to do with the resting level. Contact is found against it either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tare {
    /// Subtract it from the force.
    #[default]
    Auto,
    /// Leave the values as recorded.
    None,
}

impl FromStr for Tare {
    type Err = Error;

    fn from_str(word: &str) -> Result<Self, Error> {
        match word {
            "auto" => Ok(Self::Auto),
            "none" => Ok(Self::None),
            _ => Err(unknown(word, "tare", "auto, none")),
        }
    }
}

/// Which part to measure, and how.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Options {
    /// Start of the window, s from the first sample; the start of the recording when none.
    pub from_s: Option<f64>,
    /// End of the window, s from the first sample; the end of the recording when none.
    pub to_s: Option<f64>,
    /// What to do with the resting level.
    pub tare: Tare,
}

/// A recording's strokes and dose, with their doubts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// The recording and what is wrong with it.
    pub recording: Summary,
    /// The strokes in order.
    pub strokes: Vec<Stroke>,
    /// Strokes without a pause of 2 s are one burst.
    pub bursts: usize,
    /// What was delivered.
    pub dose: Dose,
    /// The whole recording, to draw; not part of the document.
    #[serde(skip)]
    pub trace: Trace,
}

/// A recording in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Name of the file, as given.
    pub file: String,
    /// From the first to the last sample, s.
    pub duration_s: f64,
    /// Samples per second, Hz.
    pub rate_hz: f64,
    /// Columns that were read.
    pub channels: Vec<String>,
    /// What is wrong, or good to know.
    pub issues: Vec<Issue>,
}

/// Finds the strokes of `recording` and measures them.
///
/// The resting level is found over the whole recording; a window restricts strokes and dose. Frozen or saturated parts are
/// left out and reported.
///
/// # Errors
///
/// [`Error::BadWindow`], [`Error::NoContact`], and when most of the contact is spoiled [`Error::Frozen`],
/// [`Error::Saturated`] or [`Error::Spoiled`].
pub fn analyse(recording: &Recording, options: &Options) -> Result<Analysis, Error> {
    let window = window(recording, options)?;
    let rest = Rest::find(recording);
    let contact = Contact::find(recording, rest.as_ref());
    let faults = sensor::faults(recording);
    let touched = inside(&contact.extents, &[window]);
    refuse(recording, &contact, &touched, &faults)?;

    let spoiled = sensor::spoiled(&faults);
    let counted = outside(&touched, &spoiled);
    let path = Path::of(recording);
    let pressing = outside(&contact.extents, &spoiled);
    let series = Series::new(recording, tare_n(rest.as_ref(), options.tare), rest.as_ref(), &pressing, path.as_ref());
    let extents: Vec<Interval> =
        counted.iter().flat_map(|c| stroke::part(recording, path.as_ref(), &contact.departure_n, c)).collect();
    let strokes: Vec<Stroke> = extents.iter().map(|extent| Stroke::measure(&series, extent)).collect();
    let holes = [inside(&contact.extents, &spoiled), clock::gaps(recording)].concat();
    let dose = Dose::measure(&series, &strokes, &holes);
    let issues = issues(recording, rest.as_ref(), &contact, &faults, &touched, &dose);
    Ok(Analysis {
        recording: Summary::new(recording, issues),
        bursts: stroke::bursts(&extents).len(),
        strokes,
        dose,
        trace: Trace::new(&recording.time_s, series.resultant_n(), &counted),
    })
}

impl Summary {
    fn new(recording: &Recording, issues: Vec<Issue>) -> Self {
        Self {
            file: recording.file.clone(),
            duration_s: recording.extent().duration_s(),
            rate_hz: recording.rate_hz(),
            channels: recording.channels.clone(),
            issues,
        }
    }
}

fn window(recording: &Recording, options: &Options) -> Result<Interval, Error> {
    let whole = recording.extent();
    let asked = Interval::new(options.from_s.unwrap_or(whole.start_s), options.to_s.unwrap_or(whole.end_s));
    let fits = asked.start_s >= whole.start_s && asked.end_s <= whole.end_s && asked.start_s < asked.end_s;
    let bad = Error::BadWindow { from_s: asked.start_s, to_s: asked.end_s, duration_s: whole.end_s };
    if fits { Ok(asked) } else { Err(bad) }
}

/// No honest dose: a dead sensor, no contact, or most of the contact spoiled.
fn refuse(recording: &Recording, contact: &Contact, touched: &[Interval], faults: &[Fault]) -> Result<(), Error> {
    if touched.is_empty() {
        // A channel that is frozen throughout shows no contact either; then the frozen channel is the news.
        sensor::refuse_spoiled(faults, &[recording.extent()])?;
        return Err(Error::NoContact { largest_n: contact.largest_n(), enter_n: contact.enter_n });
    }
    sensor::refuse_spoiled(faults, touched)
}

fn tare_n(rest: Option<&Rest>, tare: Tare) -> [f64; 3] {
    match (rest, tare) {
        (Some(rest), Tare::Auto) => rest.level_n,
        _ => [0.0; 3],
    }
}

fn issues(
    recording: &Recording,
    rest: Option<&Rest>,
    contact: &Contact,
    faults: &[Fault],
    touched: &[Interval],
    dose: &Dose,
) -> Vec<Issue> {
    let mut issues = sensor::issues(faults, touched);
    issues.extend(sensor::silent(recording));
    issues.extend(clock::issues(recording));
    issues.extend(rest_issue(recording, rest));
    issues.extend(offset_issue(recording, rest, contact));
    issues.extend(start_issue(contact, faults));
    issues.extend(channel_issues(recording));
    issues.extend(force_issue(recording, dose));
    issues
}

fn rest_issue(recording: &Recording, rest: Option<&Rest>) -> Option<Issue> {
    let whole = |kind, text: String| Some(Issue::whole(kind, recording.extent(), text));
    match rest {
        None => {
            let text = "no quiet part: the resting level is unknown, contact is judged against zero and forces are as recorded";
            whole(IssueKind::NoRest, text.to_owned())
        }
        Some(rest) if rest.drift_n > DRIFT.value => {
            let text = "quiet parts at start and end differ by";
            let then = "the sensor drifts or a pressure was held; contact and force are uncertain by as much";
            whole(IssueKind::Drift, format!("{text} {:.1} N: {then}", rest.drift_n))
        }
        Some(_) => None,
    }
}

/// A level further from zero than the contact is from the level may be a pressure held throughout, not rest.
fn offset_issue(recording: &Recording, rest: Option<&Rest>, contact: &Contact) -> Option<Issue> {
    let offset_n = norm(rest?.level_n);
    let largest_n = contact.largest_n();
    let text = format!(
        "the resting level is {offset_n:.1} N, more than any force above it ({largest_n:.1} N): \
         if the tool pressed throughout, leave the values as recorded (tare none)"
    );
    (offset_n > largest_n).then(|| Issue::whole(IssueKind::LargeOffset, recording.extent(), text))
}

fn start_issue(contact: &Contact, faults: &[Fault]) -> Option<Issue> {
    let dead = sensor::spoiled(faults).iter().any(|s| s.start_s == 0.0);
    let first = contact.extents.first().filter(|first| first.start_s == 0.0 && !dead)?;
    let text = "the force is above the resting level from the first sample: the first stroke may be cut short; the resting level was taken from elsewhere";
    let total_s: f64 = contact.extents.iter().map(Interval::duration_s).sum();
    Some(Issue { share: first.duration_s() / total_s, ..Issue::whole(IssueKind::StartsInContact, *first, text) })
}

fn channel_issues(recording: &Recording) -> Vec<Issue> {
    let one_axis = "force along one axis: it is taken as normal, the resultant is its magnitude, shear is unknown";
    let no_motion =
        "no position: strokes are contacts parted by drops of force; reversals under pressure and length are unknown";
    let synthetic = "the file says that it is synthetic: made by a program, measured on nobody";
    let says_so = |note: &String| note.to_lowercase().starts_with("synthetic");
    let known = [
        (recording.is_one_axis(), IssueKind::OneAxis, one_axis),
        (recording.position_m.is_none(), IssueKind::NoMotion, no_motion),
        (recording.notes.iter().any(says_so), IssueKind::Synthetic, synthetic),
    ];
    let found = known.into_iter().filter(|(applies, ..)| *applies);
    found.map(|(_, kind, text)| Issue::whole(kind, recording.extent(), text)).collect()
}

fn force_issue(recording: &Recording, dose: &Dose) -> Option<Issue> {
    let text =
        format!("{:.0} N is more than a hand presses: check the unit and the calibration", dose.peak_resultant_n);
    let issue = Issue::whole(IssueKind::Implausible, recording.extent(), text);
    (dose.peak_resultant_n > IMPLAUSIBLE.value).then_some(issue)
}
