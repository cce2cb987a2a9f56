//! Where the tool touches: hysteresis on the distance of the force from its resting level.
//!
//! Contact begins at 0.5 N and ends at 0.3 N (more when the resting force is noisy). Knocks shorter than 0.1 s do not count,
//! bounces shorter than 0.05 s do not part a contact, and no contact spans a gap of the clock.

use crate::constants::{ENTER, ENTER_SIGMAS, LEAVE, LEAVE_SIGMAS, MIN_AIR, MIN_CONTACT};
use crate::interval::Interval;
use crate::quality::clock;
use crate::recording::Recording;
use crate::rest::Rest;
use crate::vector::{median_of_three, norm, sub};

/// Where a recording is in contact.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    /// The contacts in order.
    pub extents: Vec<Interval>,
    /// Force above the resting level at which contact begins, N.
    pub enter_n: f64,
    /// Distance of the force from the resting level at each sample, without single-sample spikes, N.
    pub departure_n: Vec<f64>,
}

impl Contact {
    /// Contact against `rest`, or against zero when there is no resting level.
    pub fn find(recording: &Recording, rest: Option<&Rest>) -> Self {
        let (level_n, noise_n) = rest.map_or(([0.0; 3], 0.0), |rest| (rest.level_n, rest.noise_n));
        let enter_n = ENTER.value.max(ENTER_SIGMAS.value * noise_n);
        let leave_n = LEAVE.value.max(LEAVE_SIGMAS.value * noise_n);
        let raw: Vec<f64> = recording.force_n.iter().map(|f| norm(sub(*f, level_n))).collect();
        let departure_n = median_of_three(&raw);
        let touches = touches(&recording.time_s, &departure_n, enter_n, leave_n);
        let parted = crate::interval::outside(&join_bounces(touches), &clock::gaps(recording));
        let extents = parted.into_iter().filter(|c| c.duration_s() >= MIN_CONTACT.value).collect();
        Self { extents, enter_n, departure_n }
    }

    /// Largest distance of the force from the resting level, N.
    pub fn largest_n(&self) -> f64 {
        self.departure_n.iter().copied().fold(0.0, f64::max)
    }
}

fn touches(time_s: &[f64], departure_n: &[f64], enter_n: f64, leave_n: f64) -> Vec<Interval> {
    let mut touches: Vec<Interval> = Vec::new();
    let mut touching = false;
    for (t, n) in time_s.iter().zip(departure_n) {
        match touches.last_mut() {
            Some(open) if touching && *n > leave_n => open.end_s = *t,
            _ if *n >= enter_n => {
                touches.push(Interval::new(*t, *t));
                touching = true;
            }
            _ => touching = false,
        }
    }
    touches
}

fn join_bounces(touches: Vec<Interval>) -> Vec<Interval> {
    let mut joined: Vec<Interval> = Vec::new();
    for next in touches {
        match joined.last_mut() {
            Some(last) if next.start_s - last.end_s < MIN_AIR.value => last.end_s = next.end_s,
            _ => joined.push(next),
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contact(force: impl Fn(f64) -> f64) -> Vec<Interval> {
        let time: Vec<f64> = (0..1000).map(|i| f64::from(i) * 0.01).collect();
        let force = time.iter().map(|t| [0.0, 0.0, force(*t)]).collect();
        Contact::find(&Recording::new("", &time, force).unwrap(), None).extents
    }

    #[test]
    fn hysteresis_holds_a_light_touch_and_ignores_knocks() {
        let light = contact(|t| {
            if (2.0..4.0).contains(&t) {
                -0.6
            } else if (4.0..5.0).contains(&t) {
                -0.4
            } else {
                0.0
            }
        });
        assert_eq!(light, [Interval::new(2.0, 4.99)]);
        assert!(contact(|t| if (2.0..2.05).contains(&t) { 9.0 } else { 0.2 }).is_empty());
    }

    #[test]
    fn a_bounce_does_not_part_a_contact() {
        let bounce = contact(|t| if (2.0..5.0).contains(&t) && !(3.0..3.03).contains(&t) { 3.0 } else { 0.0 });
        assert_eq!(bounce.len(), 1);
    }
}
