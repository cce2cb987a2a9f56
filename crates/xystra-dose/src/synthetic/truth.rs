//! What was really done.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::emulation::{Emulation, Motion};
use super::plan::{Contact, Plan, Planned};
use super::{path, pose, sensor};
use crate::channel::Axis;
use crate::interval::{Interval, total_s};
use crate::quality::IssueKind;
use crate::vector::{Vec3, norm, samples, sub};

/// What is true of a made-up recording. Forces are those on the skin: no bias, no weight, no error of the scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// Length of the recording, s.
    pub duration_s: f64,
    /// The strokes in order, cut at the ends of the recording.
    pub strokes: Vec<TrueStroke>,
    /// From touch to lift, cut likewise.
    pub contacts: Vec<Interval>,
    /// Bursts.
    pub bursts: usize,
    /// Bouts.
    pub bouts: usize,
    /// Time in contact, s.
    pub contact_s: f64,
    /// Strokes per minute within bursts; none when no burst has two.
    pub rate_per_min: Option<f64>,
    /// Normal impulse over time in contact, N.
    pub mean_force_n: f64,
    /// Largest normal force, N.
    pub peak_force_n: f64,
    /// Resultant impulse over time in contact, N.
    pub mean_resultant_n: f64,
    /// Largest resultant force, N.
    pub peak_resultant_n: f64,
    /// Normal impulse, N s.
    pub impulse_ns: f64,
    /// Resultant impulse, N s.
    pub resultant_impulse_ns: f64,
    /// Length of all strokes, m.
    pub length_m: f64,
    /// Way from where a stroke to the front begins to where the texture changes, m; none when it does not.
    pub texture_change_m: Option<f64>,
    /// What is wrong with the recording.
    pub faults: Vec<Planted>,
}

/// A stroke as it was made.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct TrueStroke {
    /// Start, s.
    pub start_s: f64,
    /// End, s.
    pub end_s: f64,
    /// How it moved; never mixed.
    pub motion: Motion,
    /// Number of its burst, from 1.
    pub burst: usize,
    /// Mean force normal to the skin, N.
    pub mean_force_n: f64,
    /// Largest force normal to the skin, N.
    pub peak_force_n: f64,
    /// Mean force along the tool, N: what a sensor shows whose attitude is not known.
    pub mean_axial_n: f64,
    /// Mean resultant, N.
    pub mean_resultant_n: f64,
    /// Largest resultant, N.
    pub peak_resultant_n: f64,
    /// Mean force along the skin, N.
    pub mean_shear_n: f64,
    /// Time integral of the normal force, N s.
    pub impulse_ns: f64,
    /// Time integral of the resultant, N s.
    pub resultant_impulse_ns: f64,
    /// Way along the skin, m.
    pub length_m: f64,
    /// Mean angle between tool and skin, degrees.
    pub angle_deg: f64,
}

/// Something wrong, and where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Planted {
    /// What the pipeline calls it.
    pub kind: IssueKind,
    /// The axis of force concerned; none when it is the whole recording.
    pub axis: Option<Axis>,
    /// From where to where, s.
    #[serde(flatten)]
    pub extent: Interval,
}

/// Step of the integrals, s.
const STEP_S: f64 = 1e-3;

impl Planted {
    /// Of the whole recording between two times.
    pub(super) fn all(kind: IssueKind, start_s: f64, end_s: f64) -> Self {
        Self { kind, axis: None, extent: Interval::new(start_s, end_s) }
    }

    /// Of one axis of force.
    pub(super) fn channel(kind: IssueKind, axis: Axis, start_s: f64, end_s: f64) -> Self {
        Self { kind, axis: Some(axis), extent: Interval::new(start_s, end_s) }
    }
}

impl Truth {
    pub(super) fn of(emulation: &Emulation, plan: &Plan) -> Self {
        let pairs =
            plan.contacts.iter().flat_map(|contact| contact.strokes.iter().map(move |stroke| (contact, stroke)));
        let made = pairs.filter_map(|(contact, stroke)| TrueStroke::of(emulation, plan, contact, stroke));
        let strokes: Vec<TrueStroke> = made.collect();
        let contacts: Vec<Interval> = plan.contacts.iter().filter_map(|c| c.extent.overlap(&plan.extent())).collect();
        let sum = |value: fn(&TrueStroke) -> f64| strokes.iter().map(value).sum::<f64>();
        let most = |value: fn(&TrueStroke) -> f64| strokes.iter().map(value).fold(0.0, f64::max);
        let touching_s = total_s(&contacts);
        Self {
            duration_s: plan.duration_s,
            bursts: plan.contacts.last().map_or(0, |contact| contact.burst + 1),
            bouts: plan.contacts.last().map_or(0, |contact| contact.bout + 1),
            contact_s: touching_s,
            rate_per_min: rate_per_min(plan),
            mean_force_n: sum(|s| s.impulse_ns) / touching_s,
            peak_force_n: most(|s| s.peak_force_n),
            mean_resultant_n: sum(|s| s.resultant_impulse_ns) / touching_s,
            peak_resultant_n: most(|s| s.peak_resultant_n),
            impulse_ns: sum(|s| s.impulse_ns),
            resultant_impulse_ns: sum(|s| s.resultant_impulse_ns),
            length_m: sum(|s| s.length_m),
            texture_change_m: texture_change_m(emulation),
            faults: of_the_hand(emulation, plan),
            strokes,
            contacts,
        }
    }
}

impl TrueStroke {
    /// None when it lies outside the recording.
    fn of(emulation: &Emulation, plan: &Plan, contact: &Contact, stroke: &Planned) -> Option<Self> {
        let extent = stroke.extent.overlap(&plan.extent())?;
        let count = samples(extent.duration_s(), STEP_S).max(2);
        let step_s = extent.duration_s() / count as f64;
        let at = |i: usize| extent.start_s + i as f64 * step_s;
        let moments: Vec<Moment> = (0..=count).map(|i| Moment::at(emulation, plan, at(i))).collect();
        let integral = |value: fn(&Moment) -> f64| {
            moments.windows(2).map(|w| 0.5 * step_s * (value(&w[0]) + value(&w[1]))).sum::<f64>()
        };
        let most = |value: fn(&Moment) -> f64| moments.iter().map(value).fold(0.0, f64::max);
        let (impulse_ns, resultant_impulse_ns) = (integral(|m| m.normal_n), integral(|m| m.resultant_n));
        let duration_s = extent.duration_s();
        Some(Self {
            start_s: extent.start_s,
            end_s: extent.end_s,
            motion: contact.motion,
            burst: contact.burst + 1,
            mean_force_n: impulse_ns / duration_s,
            peak_force_n: most(|m| m.normal_n),
            mean_axial_n: integral(|m| m.axial_n) / duration_s,
            mean_resultant_n: resultant_impulse_ns / duration_s,
            peak_resultant_n: most(|m| m.resultant_n),
            mean_shear_n: integral(|m| m.shear_n) / duration_s,
            impulse_ns,
            resultant_impulse_ns,
            length_m: moments.windows(2).map(|w| norm(sub(w[1].place_m, w[0].place_m))).sum(),
            angle_deg: integral(|m| m.angle_deg) / duration_s,
        })
    }
}

/// One instant of a stroke.
struct Moment {
    normal_n: f64,
    shear_n: f64,
    resultant_n: f64,
    axial_n: f64,
    angle_deg: f64,
    place_m: Vec3,
}

impl Moment {
    fn at(emulation: &Emulation, plan: &Plan, time_s: f64) -> Self {
        let force_n = sensor::skin_n(emulation, plan, time_s);
        let frame = pose::frame(emulation, plan, time_s);
        Self {
            normal_n: force_n[2],
            shear_n: norm([force_n[0], force_n[1], 0.0]),
            resultant_n: norm(force_n),
            axial_n: pose::by_tool(&frame, force_n)[2],
            angle_deg: pose::angle_deg(&frame),
            place_m: path::position_m(emulation, plan, time_s),
        }
    }
}

/// From the time between the starts of strokes that follow one another in a burst, where both starts were recorded.
fn rate_per_min(plan: &Plan) -> Option<f64> {
    let strokes: Vec<(usize, f64)> = plan
        .contacts
        .iter()
        .flat_map(|c| c.strokes.iter().map(|s| (c.burst, s.extent.start_s)))
        .filter(|(_, start_s)| (0.0..plan.duration_s).contains(start_s))
        .collect();
    let cycles = strokes.windows(2).filter(|w| w[0].0 == w[1].0).map(|w| w[1].1 - w[0].1);
    let (count, total_s) = cycles.fold((0, 0.0), |(count, total_s), cycle_s| (count + 1, total_s + cycle_s));
    (count > 0).then(|| 60.0 * f64::from(count) / total_s)
}

fn texture_change_m(emulation: &Emulation) -> Option<f64> {
    let changes = emulation.texture.filter(|texture| (texture.ratio - 1.0).abs() > f64::EPSILON)?;
    Some(changes.change_at * emulation.tool.length_m)
}

/// What a hand does to a good sensor: knocks, and pressing before it starts.
fn of_the_hand(emulation: &Emulation, plan: &Plan) -> Vec<Planted> {
    let knocks = plan.knocks.iter().map(|k| Planted::all(IssueKind::Knock, k.extent.start_s, k.extent.end_s));
    let first = plan.contacts.first().filter(|_| emulation.starts_in_contact);
    let start = first.map(|contact| Planted::all(IssueKind::StartsInContact, 0.0, contact.extent.end_s));
    knocks.chain(start).collect()
}

/// The stretches that are true, as sample numbers.
pub(super) fn stretches(flags: &[bool]) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    flags.chunk_by(|a, b| a == b).filter_map(move |run| {
        let start = end;
        end += run.len();
        run[0].then_some(start..end)
    })
}
