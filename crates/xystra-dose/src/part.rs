//! A piece of a recording, from air to air: its contacts, its strokes and what they measure.

pub(crate) mod cut;
mod force;

use std::ops::Range;

use crate::analysis::{Options, Tare};
use crate::constants::MISPLACED;
use crate::contact::Contacts;
use crate::interval::{Interval, inside, outside};
use crate::measure::Series;
use crate::quality::sensor::{self, Fault};
use crate::samples::Samples;
use crate::skin::SkinFrame;
use crate::stroke::{self, Stroke};
use crate::survey::Survey;
use crate::vector::{Vec3, norm, sub};

/// Samples of a recording with enough air on both sides for the filter; strokes are those that begin in its core.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) samples: &'a Samples,
    /// From where to where it counts, s; the last part holds its end.
    pub(crate) core: Interval,
    pub(crate) survey: &'a Survey,
    pub(crate) options: &'a Options,
}

/// What a part holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Measured {
    /// Contacts, whether or not they count for the dose.
    pub(crate) contacts: Contacts,
    /// Contacts that count: in the window, and not spoiled.
    pub(crate) counted: Vec<Interval>,
    /// Strokes with the sign of the normal force as the tool's z axis has it.
    pub(crate) strokes: Vec<Stroke>,
    /// Decisions on strokes that could as well have gone the other way.
    pub(crate) close_calls: usize,
    /// Time integral of the resultant of the counted contacts as recorded, N s.
    pub(crate) recorded_ns: f64,
    /// Time of contacts in which nothing would tell a reversal, s.
    pub(crate) untold_s: f64,
    /// Time integral of the force over its resting level along z in all sound contacts, N s: its sign tells which way pressing is.
    pub(crate) pressing_ns: f64,
    /// Largest departure from the resting level, N.
    pub(crate) largest_n: f64,
    /// Normal force at each sample, N, with the sign of the z axis or out of the skin.
    pub(crate) normal_n: Vec<f64>,
    /// Is the normal force that out of the skin, rather than that along the tool?
    pub(crate) by_skin: bool,
    /// Resultant force of the core as it is drawn: time (s), force (N).
    pub(crate) drawn: Vec<(f64, f64)>,
}

impl Part<'_> {
    /// Finds and measures the strokes.
    pub(crate) fn measure(&self, window: Interval) -> Measured {
        let time_s = &self.samples.time_s;
        let recorded_n = force::without_spikes(self);
        let force_n = force::filtered(self, &force::without_weight(self, &recorded_n));
        let rest = self.survey.rest.as_ref();
        let over_n: Vec<_> =
            time_s.iter().zip(&force_n).map(|(t, f)| sub(*f, rest.map_or([0.0; 3], |r| r.level_n(*t)))).collect();
        let departure_n: Vec<f64> = over_n.iter().map(|f| self.survey.threshold.departure_n(*f)).collect();
        let gaps = self.gaps();
        let mut contacts = Contacts::find(time_s, &departure_n, &gaps, &self.survey.threshold);
        contacts.keep(self.core);
        let spoiled = sensor::spoiled(&sensor::in_contact(&self.faults(), &contacts.extents));
        let counted = outside(&inside(&contacts.extents, &[window]), &spoiled);
        let clues = stroke::Clues::new(self.samples, &over_n, &departure_n, &self.survey.threshold);
        let skin = self.skin(&counted, &over_n);
        let axis = self.survey.threshold.axis();
        let over = Series::new(self.samples, &over_n, &clues, axis, skin.as_ref());
        let series = match self.options.tare {
            Tare::Auto => over.clone(),
            Tare::None => Series::new(self.samples, &force::filtered(self, &recorded_n), &clues, axis, skin.as_ref()),
        };
        let sound = outside(&contacts.extents, &spoiled);
        let mut measured = Measured {
            pressing_ns: sound.iter().map(|contact| over.impulse_ns(contact)).sum(),
            largest_n: over_n.iter().map(|f| norm(*f)).fold(0.0, f64::max),
            recorded_ns: counted.iter().map(|contact| impulse_ns(time_s, &recorded_n, contact)).sum(),
            contacts,
            counted,
            ..Measured::default()
        };
        for contact in &measured.counted {
            let is_tap = measured.contacts.taps.iter().any(|tap| tap.overlap(contact).is_some());
            let told = if is_tap { stroke::Told::tap(*contact) } else { clues.part(contact) };
            measured.close_calls += told.close_calls;
            measured.untold_s += told.untold_s;
            let strokes = told.strokes.iter().map(|extent| series.stroke(extent, told.motion, self.options.target_n));
            measured.strokes.extend(strokes);
        }
        measured.drawn = self.drawn(&series);
        measured.normal_n = series.into_normal_n();
        measured.by_skin = skin.is_some_and(|skin| skin.knows_tool());
        measured
    }

    /// The skin under the contacts; the tool's turn to it only when the recording itself says how the tool was held.
    fn skin(&self, contacts: &[Interval], over_n: &[Vec3]) -> Option<SkinFrame> {
        let time_s = &self.samples.time_s;
        let range =
            |c: &Interval| time_s.partition_point(|t| *t < c.start_s)..time_s.partition_point(|t| *t <= c.end_s);
        let ranges: Vec<Range<usize>> = contacts.iter().map(range).collect();
        let orientation = Some(self.samples.orientation.as_slice()).filter(|_| self.survey.knows_pose);
        let has_shear = over_n.iter().any(|f| f[0] != 0.0 || f[1] != 0.0);
        let by_force = |turns| SkinFrame::by_force(self.samples, turns, &ranges, over_n);
        SkinFrame::of(self.samples, orientation, &ranges, over_n)
            .or_else(|| orientation.filter(|_| has_shear).and_then(by_force))
            .filter(|skin| stands_under(skin, &ranges, over_n))
    }

    fn drawn(&self, series: &Series) -> Vec<(f64, f64)> {
        let pairs = self.samples.time_s.iter().copied().zip(series.resultant_n().iter().copied());
        pairs.filter(|(t, _)| self.core.holds(*t)).collect()
    }

    fn faults(&self) -> Vec<Fault> {
        let near = |fault: &Fault| Fault { extents: self.near(&fault.extents), ..fault.clone() };
        self.survey.health.faults.iter().map(near).collect()
    }

    fn gaps(&self) -> Vec<Interval> {
        self.near(&self.survey.ticks.gaps)
    }

    /// Those of `extents`, in order, that touch the part.
    fn near(&self, extents: &[Interval]) -> Vec<Interval> {
        let ends = (self.samples.time_s.first(), self.samples.time_s.last());
        let (Some(first_s), Some(last_s)) = ends else { return Vec::new() };
        let first = extents.partition_point(|extent| extent.end_s < *first_s);
        extents[first..].iter().take_while(|extent| extent.start_s <= *last_s).copied().collect()
    }
}

/// Does at least half of the force stand upright on the skin? On a strongly curved limb the plane of the whole path is nobody's skin.
fn stands_under(skin: &SkinFrame, contact: &[Range<usize>], over_n: &[Vec3]) -> bool {
    let inside = || contact.iter().flat_map(Clone::clone);
    let normal_n: f64 = inside().filter_map(|i| Some(skin.in_frame(over_n[i], i)?.0.abs())).sum();
    !skin.knows_tool() || normal_n >= MISPLACED.value * inside().map(|i| norm(over_n[i])).sum::<f64>()
}

/// Time integral of the length of `force_n` over the samples of `part`, N s.
fn impulse_ns(time_s: &[f64], force_n: &[Vec3], part: &Interval) -> f64 {
    let samples = time_s.partition_point(|t| *t < part.start_s)..time_s.partition_point(|t| *t <= part.end_s);
    let steps = time_s[samples.clone()].windows(2).zip(force_n[samples].windows(2));
    steps.map(|(t, f)| 0.5 * (t[1] - t[0]) * (norm(f[0]) + norm(f[1]))).sum()
}
