//! When the hand does what: contacts, their strokes, and knocks between them.

use super::chance::{Chance, Stream};
use super::emulation::{Emulation, Motion};
use crate::interval::Interval;

/// Everything that happens, on the clock of the recording.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) duration_s: f64,
    /// In order; none overlap. The first may begin before the recording, the last end after it.
    pub(super) contacts: Vec<Contact>,
    pub(super) knocks: Vec<Knock>,
}

/// From touch to lift.
#[derive(Debug)]
pub(super) struct Contact {
    pub(super) extent: Interval,
    /// Never mixed.
    pub(super) motion: Motion,
    pub(super) bout: usize,
    pub(super) burst: usize,
    pub(super) rise_s: f64,
    pub(super) fall_s: f64,
    /// Its strokes in order, without time between them.
    pub(super) strokes: Vec<Planned>,
}

#[derive(Debug)]
pub(super) struct Planned {
    pub(super) extent: Interval,
    pub(super) peak_n: f64,
    /// Counted through the recording, from 0.
    pub(super) number: u64,
}

/// Something hits the tool.
#[derive(Debug)]
pub(super) struct Knock {
    pub(super) extent: Interval,
    pub(super) peak_n: f64,
}

/// Length of a knock, s.
const KNOCK_S: f64 = 0.04;
/// A knock comes no nearer to a contact, s.
const KNOCK_APART_S: f64 = 0.4;
/// Rise and fall of the force at touch and lift, s.
const EDGE_S: (f64, f64) = (0.05, 0.15);
/// Share of the first contact before the recording starts, when it starts in contact; of the last stroke after it, likewise.
const CUT: f64 = 0.4;
/// Most of the period that a tap touches.
const TAP_DUTY: f64 = 0.35;

impl Plan {
    pub(super) fn new(emulation: &Emulation) -> Self {
        let mut planner = Planner { emulation, time_s: emulation.lead_s, contacts: Vec::new(), strokes: 0 };
        let last = emulation.bouts.saturating_sub(1);
        for bout in 0..emulation.bouts {
            planner.bout(bout);
            planner.time_s += if bout < last { emulation.bout_pause_s } else { emulation.lead_s };
        }
        let mut plan = Self { duration_s: planner.time_s, contacts: planner.contacts, knocks: Vec::new() };
        plan.cut_ends(emulation);
        plan.knocks = plan.knocks(emulation);
        plan
    }

    /// The recording.
    pub(super) fn extent(&self) -> Interval {
        Interval::new(0.0, self.duration_s)
    }

    /// The contact at `time_s`, or else the one after it.
    pub(super) fn contact_from(&self, time_s: f64) -> usize {
        self.contacts.partition_point(|contact| contact.extent.end_s < time_s)
    }

    fn cut_ends(&mut self, emulation: &Emulation) {
        if let Some(stroke) = self.contacts.last().and_then(|c| c.strokes.last()).filter(|_| emulation.ends_in_contact)
        {
            self.duration_s = stroke.extent.end_s - CUT * stroke.extent.duration_s();
        }
        let first = self.contacts.first().and_then(|c| c.strokes.first()).filter(|_| emulation.starts_in_contact);
        if let Some(extent) = first.map(|stroke| stroke.extent) {
            self.shift(extent.start_s + CUT * extent.duration_s());
        }
    }

    fn shift(&mut self, by_s: f64) {
        let earlier = |extent: &mut Interval| *extent = Interval::new(extent.start_s - by_s, extent.end_s - by_s);
        self.duration_s -= by_s;
        for contact in &mut self.contacts {
            earlier(&mut contact.extent);
            contact.strokes.iter_mut().for_each(|stroke| earlier(&mut stroke.extent));
        }
    }

    /// Knocks in the longest stretches of air, the first ones twice when there are more knocks than stretches.
    fn knocks(&self, emulation: &Emulation) -> Vec<Knock> {
        let chance = Chance::new(emulation.seed, Stream::Knock);
        let air: Vec<Interval> = self.air().filter(|air| air.duration_s() > 3.0 * KNOCK_APART_S).collect();
        let places = (0..emulation.knocks).zip(air.iter().cycle());
        places.map(|(i, air)| knock(chance, i as u64, air, emulation.hand.force_n)).collect()
    }

    /// The stretches between contacts.
    pub(super) fn air(&self) -> impl Iterator<Item = Interval> {
        let ends = std::iter::once(0.0).chain(self.contacts.iter().map(|c| c.extent.end_s));
        let starts = self.contacts.iter().map(|c| c.extent.start_s).chain([self.duration_s]);
        ends.zip(starts).map(|(end_s, start_s)| Interval::new(end_s, start_s))
    }
}

fn knock(chance: Chance, number: u64, air: &Interval, force_n: f64) -> Knock {
    let start_s = chance.between(2 * number, air.start_s + KNOCK_APART_S, air.end_s - KNOCK_APART_S - KNOCK_S);
    let peak_n = chance.between(2 * number + 1, 0.5, 2.0) * force_n.max(1.0);
    Knock { extent: Interval::new(start_s, start_s + KNOCK_S), peak_n }
}

struct Planner<'a> {
    emulation: &'a Emulation,
    time_s: f64,
    contacts: Vec<Contact>,
    strokes: u64,
}

impl Planner<'_> {
    fn bout(&mut self, bout: usize) {
        for burst in 0..self.emulation.bursts {
            self.time_s += if burst > 0 { self.emulation.pause_s } else { 0.0 };
            let number = bout * self.emulation.bursts + burst;
            match self.emulation.motion.of_burst(number) {
                motion @ (Motion::ToAndFro | Motion::Circular) => self.held(bout, number, motion),
                motion => self.lifted(bout, number, motion),
            }
        }
    }

    /// One contact for all strokes of a burst.
    fn held(&mut self, bout: usize, burst: usize, motion: Motion) {
        let strokes: Vec<Planned> = (0..self.emulation.strokes).map(|_| self.stroke(1.0)).collect();
        self.touch(bout, burst, motion, strokes);
    }

    /// A contact for each stroke.
    fn lifted(&mut self, bout: usize, burst: usize, motion: Motion) {
        let duty = if motion == Motion::Tapping { self.emulation.duty.min(TAP_DUTY) } else { self.emulation.duty };
        for _ in 0..self.emulation.strokes {
            let stroke = self.stroke(duty);
            self.touch(bout, burst, motion, vec![stroke]);
        }
    }

    /// The next stroke, over `duty` of its period; the whole period goes by.
    fn stroke(&mut self, duty: f64) -> Planned {
        let draw = |stream| Chance::new(self.emulation.seed, stream).normal(self.strokes).clamp(-2.5, 2.5);
        let hand = &self.emulation.hand;
        let period_s = (1.0 + hand.rhythm_cv * draw(Stream::Period)) / self.emulation.stroke_hz;
        let is_light = hand.light_every > 0 && (self.strokes + 1).is_multiple_of(hand.light_every as u64);
        let usual_n = if is_light { hand.light_n } else { hand.force_n };
        let peak_n = usual_n * (1.0 + hand.force_cv * draw(Stream::Peak)).max(0.1);
        let extent = Interval::new(self.time_s, self.time_s + duty * period_s);
        let stroke = Planned { extent, peak_n, number: self.strokes };
        self.time_s += period_s;
        self.strokes += 1;
        stroke
    }

    fn touch(&mut self, bout: usize, burst: usize, motion: Motion, strokes: Vec<Planned>) {
        let (Some(first), Some(last)) = (strokes.first(), strokes.last()) else { return };
        let extent = Interval::new(first.extent.start_s, last.extent.end_s);
        let chance = Chance::new(self.emulation.seed, Stream::Edge);
        let edge = |k| chance.between(2 * first.number + k, EDGE_S.0, EDGE_S.1).min(0.35 * extent.duration_s());
        let (rise_s, fall_s) = (edge(0), edge(1));
        self.contacts.push(Contact { extent, motion, bout, burst, rise_s, fall_s, strokes });
    }
}

impl Motion {
    /// The motion of a burst; that of mixed ones goes round.
    fn of_burst(self, burst: usize) -> Self {
        let kinds = [Self::OneWay, Self::ToAndFro, Self::Circular, Self::Tapping];
        if self == Self::Mixed { kinds[burst % kinds.len()] } else { self }
    }
}
