//! The force of the hand normal to the skin.

use std::f64::consts::{PI, TAU};

use super::chance::{Chance, Stream};
use super::emulation::{Emulation, Motion};
use super::plan::{Contact, Plan, Planned};
use crate::interval::Interval;

/// Frequency of tremor, Hz.
const TREMOR_HZ: (f64, f64) = (8.0, 12.0);
/// Width of a dip, as a share of the stroke.
const DIP: f64 = 0.18;

/// Force on the skin at `time_s`, N: zero in the air; knocks are not of the hand.
pub(super) fn normal_n(emulation: &Emulation, plan: &Plan, time_s: f64) -> f64 {
    let contact = plan.contacts.get(plan.contact_from(time_s));
    let touching = contact.filter(|contact| contact.extent.start_s < time_s);
    touching.map_or(0.0, |contact| pressed_n(emulation, contact, time_s))
}

/// Force of knocks at `time_s`, N: half a wave each.
pub(super) fn knock_n(plan: &Plan, time_s: f64) -> f64 {
    let hit = plan.knocks.iter().find(|knock| (knock.extent.start_s..knock.extent.end_s).contains(&time_s));
    hit.map_or(0.0, |knock| knock.peak_n * libm::sin(PI * share(&knock.extent, time_s)))
}

fn pressed_n(emulation: &Emulation, contact: &Contact, time_s: f64) -> f64 {
    let edges = swell((time_s - contact.extent.start_s) / contact.rise_s)
        * swell((contact.extent.end_s - time_s) / contact.fall_s);
    let at = contact.strokes.partition_point(|stroke| stroke.extent.end_s < time_s).min(contact.strokes.len() - 1);
    let level_n = match contact.motion {
        Motion::ToAndFro => eased(emulation, contact, at, time_s),
        Motion::Circular => blended(contact, at, time_s),
        _ => contact.strokes[at].peak_n * lifted(emulation, &contact.strokes[at], time_s),
    };
    edges * level_n * tremor(emulation, time_s)
}

/// Shape of a lifted stroke, 0-1.
fn lifted(emulation: &Emulation, stroke: &Planned, time_s: f64) -> f64 {
    let along = share(&stroke.extent, time_s);
    let dome = 1.0 - 0.5 * emulation.hand.dome * (1.0 - libm::sin(PI * along));
    let chance = Chance::new(emulation.seed, Stream::Dip);
    let dip = |k: u64, low, high| {
        let middle = chance.between(2 * stroke.number + k, low, high);
        1.0 - emulation.hand.dips * swell(1.0 - (along - middle).abs() / (0.5 * DIP))
    };
    dome * dip(0, 0.27, 0.42) * dip(1, 0.58, 0.73)
}

/// The force goes smoothly from the middle of one stroke to that of the next.
fn blended(contact: &Contact, at: usize, time_s: f64) -> f64 {
    let stroke = &contact.strokes[at];
    let along = share(&stroke.extent, time_s);
    let (neighbour, part) = if along < 0.5 { (at.saturating_sub(1), 0.5 - along) } else { (at + 1, along - 0.5) };
    let other_n = contact.strokes.get(neighbour).map_or(stroke.peak_n, |other| other.peak_n);
    let weight = 0.5 * swell(2.0 * part);
    stroke.peak_n * (1.0 - weight) + other_n * weight
}

/// The same, easier at each reversal.
fn eased(emulation: &Emulation, contact: &Contact, at: usize, time_s: f64) -> f64 {
    let turn = libm::cos(PI * share(&contact.strokes[at].extent, time_s));
    blended(contact, at, time_s) * (1.0 - emulation.hand.easing * turn * turn)
}

fn tremor(emulation: &Emulation, time_s: f64) -> f64 {
    let chance = Chance::new(emulation.seed, Stream::Phase);
    let rate_hz = chance.between(0, TREMOR_HZ.0, TREMOR_HZ.1);
    1.0 + emulation.hand.tremor * libm::sin(TAU * (rate_hz * time_s + chance.uniform(1)))
}

/// From 0 to 1 as its argument does, level at both ends.
pub(super) fn swell(share: f64) -> f64 {
    0.5 - 0.5 * libm::cos(PI * share.clamp(0.0, 1.0))
}

/// How far through `extent` the time is, 0-1 inside.
pub(super) fn share(extent: &Interval, time_s: f64) -> f64 {
    (time_s - extent.start_s) / extent.duration_s()
}
