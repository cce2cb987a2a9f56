//! Where the tool touches: hysteresis on the distance of the force from its resting level.
//!
//! Contact begins at a tenth of the usual press, at 0.5 N at most, and never within the resting noise; it ends at six tenths of
//! that. Each contact is then followed outwards to its foot. Bounces shorter than 0.05 s do not part a contact, touches
//! shorter than 0.1 s are taps when they follow one another and knocks otherwise, and no contact spans a gap of the clock.

use crate::constants::{
    EDGE_CREST, EDGE_HIGH, EDGE_LOW, FOOT_REACH, FOOT_SHARE, FOOT_SIGMAS, KNOCK_WIDTH, MIN_AIR, MIN_CONTACT, TAP_PAUSE,
    TAP_WIDTH, TAPS,
};
use crate::interval::Interval;
use crate::survey::Threshold;

/// Where a part of a recording is in contact.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Contacts {
    /// The contacts in order.
    pub(crate) extents: Vec<Interval>,
    /// Those of them that are taps.
    pub(crate) taps: Vec<Interval>,
    /// Touches too short to count.
    pub(crate) knocks: Vec<Interval>,
    /// Decisions that could as well have gone the other way: bounces nearly long enough to part, touches nearly long enough to count.
    pub(crate) close_calls: usize,
}

impl Contacts {
    /// Contact in a part by the force's departure (N) from its resting level at `time_s`, apart at `gaps`.
    pub(crate) fn find(time_s: &[f64], departure_n: &[f64], gaps: &[Interval], threshold: &Threshold) -> Self {
        let touches = touches(time_s, departure_n, threshold);
        let footed = touches.into_iter().map(|touch| to_the_feet(time_s, departure_n, touch, threshold)).collect();
        let (joined, mut close_calls) = join_bounces(footed);
        let parted = crate::interval::outside(&joined, gaps);
        let wide_s = |touch: &Interval| half_width_s(time_s, departure_n, touch);
        let is_long = |touch: &Interval| touch.duration_s() >= MIN_CONTACT.value && wide_s(touch) >= KNOCK_WIDTH.value;
        close_calls += parted.iter().filter(|t| (0.7..1.4).contains(&(wide_s(t) / KNOCK_WIDTH.value))).count();
        let (mut extents, short): (Vec<Interval>, Vec<Interval>) = parted.into_iter().partition(is_long);
        let (short, mut knocks): (Vec<Interval>, Vec<Interval>) =
            short.into_iter().partition(|touch| wide_s(touch) >= TAP_WIDTH.value);
        let (taps, lone) = tell_taps(&short);
        knocks.extend(lone);
        knocks.retain(|knock| !is_cut(knock, time_s, gaps));
        extents.extend(&taps);
        extents.sort_by(|a, b| a.start_s.total_cmp(&b.start_s));
        Self { extents, taps, knocks, close_calls }
    }

    /// Puts `later` behind.
    pub(crate) fn add(&mut self, later: Self) {
        self.extents.extend(later.extents);
        self.taps.extend(later.taps);
        self.knocks.extend(later.knocks);
        self.close_calls += later.close_calls;
    }

    /// Keeps what lies in `core`: of a contact that was cut, its share.
    pub(crate) fn keep(&mut self, core: Interval) {
        for extents in [&mut self.extents, &mut self.taps, &mut self.knocks] {
            *extents = extents.iter().filter_map(|extent| extent.overlap(&core)).collect();
        }
    }
}

/// Is it what a gap or an end of the recording left of a contact?
fn is_cut(touch: &Interval, time_s: &[f64], gaps: &[Interval]) -> bool {
    let near = |a_s: f64, b_s: f64| (a_s - b_s).abs() <= MIN_CONTACT.value;
    let by_gap = gaps.iter().any(|gap| near(gap.start_s, touch.end_s) || near(gap.end_s, touch.start_s));
    let ends = (time_s.first(), time_s.last());
    by_gap || ends.0.is_some_and(|t| near(*t, touch.start_s)) || ends.1.is_some_and(|t| near(*t, touch.end_s))
}

fn touches(time_s: &[f64], departure_n: &[f64], threshold: &Threshold) -> Vec<Interval> {
    let mut touches: Vec<Interval> = Vec::new();
    let mut touching = false;
    for (t, n) in time_s.iter().zip(departure_n) {
        match touches.last_mut() {
            Some(open) if touching && *n > threshold.leave_n => open.end_s = *t,
            _ if *n >= threshold.enter_n => {
                touches.push(Interval::new(*t, *t));
                touching = true;
            }
            _ => touching = false,
        }
    }
    touches
}

/// Moves both ends to where the edges of the press, followed as straight lines, meet the resting level.
fn to_the_feet(time_s: &[f64], departure_n: &[f64], touch: Interval, threshold: &Threshold) -> Interval {
    let first = time_s.partition_point(|t| *t < touch.start_s);
    let last = time_s.partition_point(|t| *t <= touch.end_s).max(1) - 1;
    let rising = Edge::new(time_s, departure_n, (first..=last).collect(), threshold);
    let falling = Edge::new(time_s, departure_n, (first..=last).rev().collect(), threshold);
    let start_s = rising.foot_s().clamp(touch.start_s - FOOT_REACH.value, touch.start_s).max(time_s[0]);
    let end_s = falling.foot_s().clamp(touch.end_s, touch.end_s + FOOT_REACH.value).min(time_s[time_s.len() - 1]);
    Interval::new(start_s, end_s)
}

/// The edge of a touch, seen from outside.
struct Edge<'a> {
    time_s: &'a [f64],
    departure_n: &'a [f64],
    /// Samples from the edge inwards.
    inwards: Vec<usize>,
    floor_n: f64,
}

impl<'a> Edge<'a> {
    fn new(time_s: &'a [f64], departure_n: &'a [f64], inwards: Vec<usize>, threshold: &Threshold) -> Self {
        Self {
            time_s,
            departure_n,
            inwards,
            floor_n: (FOOT_SIGMAS.value * threshold.noise_n).max(FOOT_SHARE.value * threshold.leave_n),
        }
    }

    /// Where the line through two levels of the edge meets the resting level; none when it has no such line.
    fn line_s(&self) -> Option<f64> {
        let edge_s = self.time_s[self.inwards[0]];
        let near = self.inwards.iter().take_while(|i| (self.time_s[**i] - edge_s).abs() <= EDGE_CREST.value);
        let crest_n = near.map(|i| self.departure_n[*i]).fold(0.0, f64::max);
        let low_n = (EDGE_LOW.value * crest_n).max(self.floor_n);
        let high_n = (EDGE_HIGH.value * crest_n).max(2.0 * low_n);
        let crossings = self.crossing_s(low_n).zip(self.crossing_s(high_n));
        crossings.map(|(low_s, high_s)| low_s - (high_s - low_s) * low_n / (high_n - low_n))
    }

    /// Where the force ceases to fall outwards, or meets the noise.
    fn slope_s(&self) -> f64 {
        let (edge_s, is_rising) = (self.time_s[self.inwards[0]], self.is_rising());
        let mut foot = self.inwards[0];
        while let Some(outer) =
            if is_rising { foot.checked_sub(1) } else { Some(foot + 1).filter(|i| *i < self.time_s.len()) }
        {
            let falls = self.departure_n[foot] > self.floor_n && self.departure_n[outer] < self.departure_n[foot];
            if !falls || (self.time_s[outer] - edge_s).abs() > FOOT_REACH.value {
                break;
            }
            foot = outer;
        }
        self.time_s[foot]
    }

    fn is_rising(&self) -> bool {
        self.inwards.first() <= self.inwards.last()
    }

    /// The farther out of the two.
    fn foot_s(&self) -> f64 {
        let (slope_s, line_s) = (self.slope_s(), self.line_s());
        let farther = if self.is_rising() { f64::min } else { f64::max };
        line_s.map_or(slope_s, |line_s| farther(slope_s, line_s))
    }

    /// Where the force, seen from outside, first reaches `level_n`, between the samples.
    fn crossing_s(&self, level_n: f64) -> Option<f64> {
        let is_rising = self.is_rising();
        let mut inside = *self.inwards.iter().find(|i| self.departure_n[**i] >= level_n)?;
        loop {
            let outside = if is_rising { inside.checked_sub(1)? } else { inside + 1 };
            let outer_n = *self.departure_n.get(outside)?;
            let reach_s = (self.time_s[outside] - self.time_s[self.inwards[0]]).abs();
            if reach_s > FOOT_REACH.value.max(EDGE_CREST.value) {
                return None;
            }
            if outer_n < level_n {
                let share = (level_n - outer_n) / (self.departure_n[inside] - outer_n);
                return Some(self.time_s[outside] + share * (self.time_s[inside] - self.time_s[outside]));
            }
            inside = outside;
        }
    }
}

/// How long the force stays above half of its largest: what the filter hardly changes.
fn half_width_s(time_s: &[f64], departure_n: &[f64], touch: &Interval) -> f64 {
    let first = time_s.partition_point(|t| *t < touch.start_s);
    let part = &departure_n[first..time_s.partition_point(|t| *t <= touch.end_s)];
    let half_n = 0.5 * part.iter().copied().fold(0.0, f64::max);
    let ends = part.iter().position(|n| *n >= half_n).zip(part.iter().rposition(|n| *n >= half_n));
    ends.map_or(0.0, |(from, to)| time_s[first + to] - time_s[first + from])
}

fn join_bounces(touches: Vec<Interval>) -> (Vec<Interval>, usize) {
    let mut joined: Vec<Interval> = Vec::new();
    let mut close_calls = 0;
    for next in touches {
        let air_s = joined.last().map_or(f64::INFINITY, |last| next.start_s - last.end_s);
        close_calls += usize::from((0.5..1.5).contains(&(air_s / MIN_AIR.value)));
        match joined.last_mut() {
            Some(last) if air_s < MIN_AIR.value => last.end_s = next.end_s,
            _ => joined.push(next),
        }
    }
    (joined, close_calls)
}

/// Short touches that follow one another are taps; one or two alone are knocks.
fn tell_taps(short: &[Interval]) -> (Vec<Interval>, Vec<Interval>) {
    let groups = short.chunk_by(|a, b| b.start_s - a.end_s < TAP_PAUSE.value);
    let (taps, knocks): (Vec<&[Interval]>, Vec<&[Interval]>) =
        groups.partition(|group| group.len() as f64 >= TAPS.value);
    (taps.concat(), knocks.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const THRESHOLD: Threshold = Threshold { enter_n: 0.5, leave_n: 0.3, noise_n: 0.0, pressed_n: 5.0, way: [0.0; 3] };

    fn contacts(force: impl Fn(f64) -> f64) -> Contacts {
        let time: Vec<f64> = (0..1000).map(|i| f64::from(i) * 0.01).collect();
        let force: Vec<f64> = time.iter().map(|t| force(*t)).collect();
        Contacts::find(&time, &force, &[], &THRESHOLD)
    }

    #[test]
    fn hysteresis_holds_a_light_touch_and_tells_knocks() {
        let light = contacts(|t| {
            if (2.0..4.0).contains(&t) {
                0.6
            } else if (4.0..5.0).contains(&t) {
                0.4
            } else {
                0.0
            }
        });
        assert!((light.extents[0].start_s - 2.0).abs() < 0.011 && (light.extents[0].end_s - 4.99).abs() < 0.011);
        let knock = contacts(|t| if (2.0..2.05).contains(&t) { 9.0 } else { 0.2 });
        assert!(knock.extents.is_empty());
        assert_eq!(knock.knocks.len(), 1);
    }

    #[test]
    fn short_touches_that_follow_one_another_are_taps() {
        let taps = contacts(|t| if t < 5.0 && t % 0.5 < 0.055 { 3.0 } else { 0.0 });
        assert_eq!((taps.extents.len(), taps.taps.len(), taps.knocks.len()), (10, 10, 0));
    }

    #[test]
    fn a_bounce_does_not_part_a_contact() {
        let bounce = contacts(|t| if (2.0..5.0).contains(&t) && !(3.0..3.03).contains(&t) { 3.0 } else { 0.0 });
        assert_eq!(bounce.extents.len(), 1);
    }
}
