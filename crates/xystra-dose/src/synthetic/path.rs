//! Where the tool is: along the skin in contact, the smoothest way through the air between.

use std::f64::consts::{PI, TAU};

use super::emulation::{Emulation, Motion};
use super::hand::{share, swell};
use super::plan::{Contact, Plan};
use crate::vector::Vec3;

/// A way from or to the place of rest takes no longer, s.
const AIR_S: f64 = 0.8;
/// Step of the differences that give velocity and acceleration, s.
const STEP_S: f64 = 1e-3;
/// The hand lifts no faster than this, m/s2.
const LIFT_M_S2: f64 = 0.15;

/// Place, velocity and acceleration: m, m/s, m/s2.
type State = [Vec3; 3];

/// Position of the tip at `time_s` in axes fixed in the room, m: z is height over the skin.
pub(super) fn position_m(emulation: &Emulation, plan: &Plan, time_s: f64) -> Vec3 {
    let next = plan.contact_from(time_s);
    match plan.contacts.get(next) {
        Some(contact) if contact.extent.start_s <= time_s => on_skin(emulation, contact, time_s),
        after => {
            let before = next.checked_sub(1).map(|i| &plan.contacts[i]);
            in_air(emulation, before, after, time_s)
        }
    }
}

/// Acceleration of the tip at `time_s`, m/s2.
pub(super) fn acceleration_m_s2(emulation: &Emulation, plan: &Plan, time_s: f64) -> Vec3 {
    state(|t| position_m(emulation, plan, t), time_s)[2]
}

/// Velocity of the tip at `time_s`, m/s.
pub(super) fn velocity_m_s(emulation: &Emulation, plan: &Plan, time_s: f64) -> Vec3 {
    state(|t| position_m(emulation, plan, t), time_s)[1]
}

/// Where along the way from its back to its front (of a turn: from its start) the tool touches, 0-1; zero in the air.
pub(super) fn along(plan: &Plan, time_s: f64) -> f64 {
    let touching = plan.contacts.get(plan.contact_from(time_s)).filter(|contact| contact.extent.start_s <= time_s);
    touching.map_or(0.0, |contact| {
        let (back, along) = passed(contact, time_s);
        let sweep = swell(along);
        match contact.motion {
            Motion::Tapping => 0.0,
            Motion::Circular => along,
            _ if back => 1.0 - sweep,
            _ => sweep,
        }
    })
}

/// Does the stroke lead back, and how much of its time has passed, 0-1?
fn passed(contact: &Contact, time_s: f64) -> (bool, f64) {
    let at = contact.strokes.partition_point(|stroke| stroke.extent.end_s < time_s).min(contact.strokes.len() - 1);
    (contact.motion == Motion::ToAndFro && at % 2 == 1, share(&contact.strokes[at].extent, time_s))
}

fn on_skin(emulation: &Emulation, contact: &Contact, time_s: f64) -> Vec3 {
    let (back, along) = passed(contact, time_s);
    let length_m = emulation.tool.length_m;
    let sweep_m = length_m * (0.5 - 0.5 * libm::cos(PI * along));
    let (forward, aside) = match contact.motion {
        Motion::Tapping => (0.0, 0.0),
        _ if back => (length_m - sweep_m, 0.0),
        Motion::Circular => (length_m / TAU * libm::sin(TAU * along), length_m / TAU * (1.0 - libm::cos(TAU * along))),
        _ => (sweep_m, 0.0),
    };
    turned(emulation, [forward, aside, 0.0])
}

/// Into the direction of travel.
fn turned(emulation: &Emulation, [forward, aside, up]: Vec3) -> Vec3 {
    let direction = emulation.tool.direction_deg.to_radians();
    let (sin, cos) = (libm::sin(direction), libm::cos(direction));
    [forward * cos - aside * sin, forward * sin + aside * cos, up]
}

fn in_air(emulation: &Emulation, before: Option<&Contact>, after: Option<&Contact>, time_s: f64) -> Vec3 {
    let leave = before.map(|contact| (contact.extent.end_s, touching(emulation, contact, contact.extent.end_s)));
    let land = after.map(|contact| (contact.extent.start_s, touching(emulation, contact, contact.extent.start_s)));
    let rest = [turned(emulation, [0.5 * emulation.tool.length_m, 0.0, emulation.tool.lift_m]), [0.0; 3], [0.0; 3]];
    match (leave, land) {
        (Some((end_s, from)), Some((start_s, to))) if start_s - end_s < 2.0 * AIR_S => {
            let mut place = between((end_s, from), (start_s, to), time_s);
            place[2] += arc(emulation, start_s - end_s, (time_s - end_s) / (start_s - end_s));
            place
        }
        (Some((end_s, from)), _) if time_s < end_s + AIR_S => between((end_s, from), (end_s + AIR_S, rest), time_s),
        (_, Some((start_s, to))) if time_s > start_s - AIR_S => between((start_s - AIR_S, rest), (start_s, to), time_s),
        _ => rest[0],
    }
}

/// Height of a return of `duration_s`, m; level with its speed at both ends.
fn arc(emulation: &Emulation, duration_s: f64, share: f64) -> f64 {
    let height_m = emulation.tool.lift_m.min(LIFT_M_S2 * duration_s * duration_s);
    let hump = 4.0 * share * (1.0 - share);
    height_m * hump * hump * hump
}

/// As the contact has it at its own end, so that nothing jumps.
fn touching(emulation: &Emulation, contact: &Contact, time_s: f64) -> State {
    state(|t| on_skin(emulation, contact, t), time_s)
}

/// By central differences.
fn state(place: impl Fn(f64) -> Vec3, time_s: f64) -> State {
    let (before, now, after) = (place(time_s - STEP_S), place(time_s), place(time_s + STEP_S));
    let each = |value: fn(f64, f64, f64) -> f64| std::array::from_fn(|i| value(before[i], now[i], after[i]));
    [now, each(|a, _, c| (c - a) / (2.0 * STEP_S)), each(|a, b, c| (a - 2.0 * b + c) / (STEP_S * STEP_S))]
}

/// The polynomial of fifth degree with both states at its ends.
fn between((start_s, from): (f64, State), (end_s, to): (f64, State), time_s: f64) -> Vec3 {
    let span = end_s - start_s;
    let u = (time_s - start_s) / span;
    std::array::from_fn(|i| {
        let (p0, v0, a0) = (from[0][i], from[1][i] * span, from[2][i] * span * span);
        let (p1, v1, a1) = (to[0][i], to[1][i] * span, to[2][i] * span * span);
        let c3 = 10.0 * (p1 - p0) - 6.0 * v0 - 4.0 * v1 - 1.5 * a0 + 0.5 * a1;
        let c4 = -15.0 * (p1 - p0) + 8.0 * v0 + 7.0 * v1 + 1.5 * a0 - a1;
        let c5 = 6.0 * (p1 - p0) - 3.0 * (v0 + v1) - 0.5 * (a0 - a1);
        p0 + u * (v0 + u * (0.5 * a0 + u * (c3 + u * (c4 + u * c5))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vector::{norm, sub};

    #[test]
    fn nothing_jumps() {
        for motion in [Motion::OneWay, Motion::ToAndFro, Motion::Circular, Motion::Tapping, Motion::Mixed] {
            let emulation = Emulation { motion, bursts: 4, strokes: 3, ..Emulation::default() };
            let plan = Plan::new(&emulation);
            let times = (0..).map(|i| f64::from(i) * 0.002).take_while(|t| *t < plan.duration_s);
            let places: Vec<Vec3> = times.clone().map(|t| position_m(&emulation, &plan, t)).collect();
            let quickest = places.windows(2).map(|w| norm(sub(w[1], w[0])) / 0.002).fold(0.0, f64::max);
            assert!(quickest < 1.5, "{motion:?}: {quickest} m/s");
            let hardest = times.map(|t| norm(acceleration_m_s2(&emulation, &plan, t))).fold(0.0, f64::max);
            assert!(hardest < 15.0, "{motion:?}: {hardest} m/s2");
        }
    }
}
