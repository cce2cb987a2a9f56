//! The whole way from a recording to its dose.

mod issues;

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::bout::{Bout, in_target, number_bursts};
use crate::channel::Channel;
use crate::constants::{IMPOSSIBLE, UNTOLD_RATE};
use crate::contact::Contacts;
use crate::dose::{Dose, unknown};
use crate::doubt::Doubt;
use crate::error::Error;
use crate::interval::{Interval, inside, total_s, union};
use crate::oriented::Oriented;
use crate::part::cut::Cutter;
use crate::part::{Measured, Part};
use crate::quality::Issue;
use crate::quality::sensor::{self, Fault};
use crate::recording::Recording;
use crate::rest::Rest;
use crate::samples::Samples;
use crate::source::{Header, Source};
use crate::stroke::Stroke;
use crate::survey::Survey;
use crate::texture::{Texture, Vibration, vibration_of};
use crate::trace::{Drawing, Trace};

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

/// The version of the method: a dose made by another version is made anew from the recording (`xystra recompute`).
pub const METHOD: &str = "dose-2";

/// Which part to measure, and how.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Options {
    /// Start of the window, s from the first sample; the start of the recording when none.
    pub from_s: Option<f64>,
    /// End of the window, s from the first sample; the end of the recording when none.
    pub to_s: Option<f64>,
    /// What to do with the resting level.
    pub tare: Tare,
    /// Target band of the normal force, from least to most, N.
    pub target_n: Option<(f64, f64)>,
    /// Mass of the tool beyond the force sensor, kg; before what the file says.
    pub mass_kg: Option<f64>,
}

/// A recording's strokes and dose, with their doubts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Analysis {
    /// The version of the method: [`METHOD`].
    pub method: String,
    /// The recording and what is wrong with it.
    pub recording: Summary,
    /// The strokes in order.
    pub strokes: Vec<Stroke>,
    /// Strokes without a pause of 2 s are one burst.
    pub bursts: usize,
    /// Bouts in order, each with its own dose.
    pub bouts: Vec<Bout>,
    /// What was delivered in all.
    pub dose: Dose,
    /// Share of the contact with the normal force in the target band, 0-1; none without a target.
    pub in_target: Option<f64>,
    /// How rough the tissue felt along the strokes; none when nothing measured it.
    pub texture: Option<Texture>,
    /// The whole recording, to draw; not part of the document.
    #[serde(skip)]
    pub trace: Trace,
}

/// A recording in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Name of the file, as given.
    pub file: String,
    /// The dialect that was recognised, in words.
    pub format: String,
    /// Number of samples.
    pub samples: usize,
    /// From the first to the last sample, s.
    pub duration_s: f64,
    /// Samples per second, Hz.
    pub rate_hz: f64,
    /// Columns that were read.
    pub channels: Vec<Channel>,
    /// Against what the normal force stands upright.
    pub normal_to: NormalTo,
    /// The resting level by axis in the middle of the recording, N; none when no part of it is quiet.
    pub resting_n: Option<[f64; 3]>,
    /// Time integral of the resultant of the counted contact as recorded, with resting level and weight, N s: what taring changes.
    pub untared_impulse_ns: f64,
    /// What is wrong, or good to know.
    pub issues: Vec<Issue>,
}

/// Against what the normal force stands upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NormalTo {
    /// It is the force along the tool's z axis.
    Tool,
    /// It is the force out of the skin: the path shows its plane, and the orientation how the tool was held to it.
    Skin,
}

/// Finds the strokes of a recording in memory and measures them: [`analyse_source`] on it.
///
/// # Errors
/// Those of [`analyse_source`].
pub fn analyse(recording: &Recording, options: &Options) -> Result<Analysis, Error> {
    analyse_source(&mut recording.source(), options, &mut |_| {})
}

/// Finds the strokes of a recording and measures them, reading it twice and holding some minutes of it at a time.
///
/// The first pass finds clock, faults and resting level of the whole; the second cuts it in the air, filters, parts and
/// measures. A window restricts strokes and dose. Frozen or saturated parts are left out and reported. `progress` is told the
/// share that is done, 0-1.
///
/// # Errors
/// Those of the reader; [`Error::NoForce`], [`Error::BadWindow`], [`Error::NoContact`], [`Error::Impossible`], and when most of
/// the contact is spoiled [`Error::Frozen`], [`Error::Saturated`] or [`Error::Spoiled`].
pub fn analyse_source(
    source: &mut dyn Source,
    options: &Options,
    progress: &mut dyn FnMut(f64),
) -> Result<Analysis, Error> {
    let mut source = Oriented::new(source);
    let mass_kg = source.mass_kg(options.mass_kg.or(source.header().device.mass_kg))?;
    let source: &mut dyn Source = &mut source;
    let survey = Survey::of(source, mass_kg, &mut |share| progress(0.4 * share))?;
    let window = window(survey.extent(), options)?;
    let read_issues = source.issues();
    let header = source.header().clone();
    let options = Options { mass_kg, ..*options };
    let (sum, cut_s) = measure(source, &survey, &options, window, &mut |share| progress(0.4 + 0.6 * share))?;
    let touched = inside(&sum.contacts.extents, &[window]);
    let faults = sensor::in_contact(&survey.health.faults, &sum.contacts.extents);
    refuse(&survey, &sum, &touched, &faults)?;
    let found = Found { header: &header, survey: &survey, faults: &faults, touched: &touched, cut_s: &cut_s };
    Ok(summed_up(&found, sum, read_issues))
}

/// The second pass; gives also the moments at which a contact was cut.
fn measure(
    source: &mut dyn Source,
    survey: &Survey,
    options: &Options,
    window: Interval,
    progress: &mut dyn FnMut(f64),
) -> Result<(Sum, Vec<f64>), Error> {
    source.rewind()?;
    let mut cutter = Cutter::new(survey, options.mass_kg);
    let mut sum = Sum::new(survey.ticks.end_s);
    while let Some(piece) = cutter.next(source)? {
        sum.add(Part::of(&piece, survey, options).measure(window), &piece.0);
        source.progress().into_iter().for_each(&mut *progress);
    }
    Ok((sum, cutter.cut_s))
}

/// Everything measured so far.
struct Sum {
    contacts: Contacts,
    counted: Vec<Interval>,
    strokes: Vec<Stroke>,
    close_calls: usize,
    untold_s: f64,
    recorded_ns: f64,
    pressing_ns: f64,
    largest_n: f64,
    by_skin: bool,
    vibration: Option<Vibration>,
    drawing: Drawing,
}

impl Sum {
    fn new(length_s: f64) -> Self {
        Self {
            contacts: Contacts::default(),
            counted: Vec::new(),
            strokes: Vec::new(),
            close_calls: 0,
            untold_s: 0.0,
            recorded_ns: 0.0,
            pressing_ns: 0.0,
            largest_n: 0.0,
            by_skin: false,
            vibration: None,
            drawing: Drawing::new(length_s),
        }
    }

    fn add(&mut self, measured: Measured, samples: &Samples) {
        self.vibration = self.vibration.take().or_else(|| Vibration::new(samples));
        for (number, stroke) in (self.strokes.len() + 1..).zip(&measured.strokes) {
            let vibration = self.vibration.iter_mut();
            vibration.for_each(|vibration| vibration.add(samples, number, stroke, &measured.normal_n));
        }
        self.by_skin |= measured.by_skin;
        self.contacts.add(measured.contacts);
        self.counted.extend(measured.counted);
        self.strokes.extend(measured.strokes);
        self.close_calls += measured.close_calls;
        self.untold_s += measured.untold_s;
        self.recorded_ns += measured.recorded_ns;
        self.pressing_ns += measured.pressing_ns;
        self.largest_n = self.largest_n.max(measured.largest_n);
        self.drawing.add(&measured.drawn);
    }
}

/// What is known of the recording as a whole.
struct Found<'a> {
    header: &'a Header,
    survey: &'a Survey,
    /// Faults that spoil a contact.
    faults: &'a [Fault],
    /// Contact in the window.
    touched: &'a [Interval],
    /// Moments at which a contact was cut, s.
    cut_s: &'a [f64],
}

fn summed_up(found: &Found<'_>, sum: Sum, read_issues: Vec<Issue>) -> Analysis {
    let sign = if sum.pressing_ns < 0.0 { -1.0 } else { 1.0 };
    let mut strokes: Vec<Stroke> = sum.strokes.iter().map(|stroke| stroke.turned(sign)).collect();
    let bursts = number_bursts(&mut strokes);
    let texture = sum.vibration.clone().and_then(Vibration::finish);
    feel(&mut strokes, texture.as_ref());
    let cut_short = sum.contacts.extents.first().filter(|first| first.start_s == 0.0).copied();
    let cut_short = cut_short.map(|first| Interval::new(0.0, first.duration_s().min(found.survey.ticks.step_s)));
    let holes =
        union([sensor::spoiled(found.faults), found.survey.ticks.gaps.clone(), Vec::from_iter(cut_short)].concat());
    let doubt = doubt(found, &sum, strokes.len());
    let dose = Dose::measure(&strokes, &holes, &doubt);
    let issues = issues::all(found, &sum, &strokes, &dose, read_issues);
    Analysis {
        method: METHOD.to_owned(),
        recording: Summary::new(found, &sum, issues),
        bursts,
        bouts: Bout::of(&strokes, &holes, &doubt),
        in_target: in_target(&strokes),
        texture,
        dose,
        strokes,
        trace: sum.drawing.finish(&sum.counted),
    }
}

/// Notes the vibration of each stroke.
fn feel(strokes: &mut [Stroke], texture: Option<&Texture>) {
    let felt = texture.map(|texture| vibration_of(texture, strokes.len())).unwrap_or_default();
    strokes.iter_mut().zip(felt).for_each(|(stroke, vibration)| stroke.vibration = vibration);
}

fn doubt(found: &Found<'_>, sum: &Sum, strokes: usize) -> Doubt {
    let (survey, touched_s) = (found.survey, total_s(found.touched));
    let level_n = survey.rest.as_ref().map_or(0.0, Rest::doubt_n);
    let accuracy = found.header.device.accuracy;
    let sensor = Doubt::of_sensor(accuracy, level_n, survey.threshold.noise_n, survey.ticks.step_s);
    let calls = sum.close_calls + sum.contacts.close_calls;
    Doubt {
        lost: ((touched_s - total_s(&sum.counted)) / touched_s).clamp(0.0, 1.0),
        close: calls as f64 / strokes.max(1) as f64,
        hidden: UNTOLD_RATE.value * sum.untold_s / strokes.max(1) as f64,
        ..sensor
    }
}

impl Summary {
    fn new(found: &Found<'_>, sum: &Sum, issues: Vec<Issue>) -> Self {
        let (header, ticks) = (found.header, &found.survey.ticks);
        Self {
            file: header.file.clone(),
            format: header.format.clone(),
            samples: ticks.samples,
            duration_s: ticks.end_s,
            rate_hz: ticks.rate_hz(),
            channels: header.channels.clone(),
            normal_to: if sum.by_skin { NormalTo::Skin } else { NormalTo::Tool },
            resting_n: found.survey.rest.as_ref().map(|rest| rest.level_n(0.5 * ticks.end_s)),
            untared_impulse_ns: sum.recorded_ns,
            issues,
        }
    }
}

fn window(whole: Interval, options: &Options) -> Result<Interval, Error> {
    let asked = Interval::new(options.from_s.unwrap_or(whole.start_s), options.to_s.unwrap_or(whole.end_s));
    let fits = asked.start_s >= whole.start_s && asked.end_s <= whole.end_s && asked.start_s < asked.end_s;
    let bad = Error::BadWindow { from_s: asked.start_s, to_s: asked.end_s, duration_s: whole.end_s };
    if fits { Ok(asked) } else { Err(bad) }
}

/// No honest dose: a dead sensor, no contact, no hand's force, or most of the contact spoiled.
fn refuse(survey: &Survey, sum: &Sum, touched: &[Interval], faults: &[Fault]) -> Result<(), Error> {
    if touched.is_empty() {
        // A channel that is frozen throughout shows no contact either; then the frozen channel is the news.
        sensor::refuse_spoiled(&survey.health.faults, &[survey.extent()])?;
        return Err(Error::NoContact { largest_n: sum.largest_n, enter_n: survey.threshold.enter_n });
    }
    sensor::refuse_spoiled(faults, touched)?;
    if sum.largest_n > IMPOSSIBLE.value {
        return Err(Error::Impossible { peak_n: sum.largest_n });
    }
    Ok(())
}
