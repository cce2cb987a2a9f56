//! Strokes that belong together: bursts, bouts and their sums.

use serde::{Deserialize, Serialize};

use crate::constants::{BOUT_PAUSE, STEADY};
use crate::dose::{Dose, Provenance};
use crate::doubt::Doubt;
use crate::interval::Interval;
use crate::stroke::{Stroke, bursts};
use crate::vector::median;

/// Strokes without a pause of 20 s.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bout {
    /// Start of its first stroke, s.
    pub start_s: f64,
    /// End of its last stroke, s.
    pub end_s: f64,
    /// Its bursts: strokes without a pause of 2 s.
    pub bursts: usize,
    /// What it delivered.
    pub dose: Dose,
    /// Share of its contact with the normal force in the target band, 0-1; none without a target.
    pub in_target: Option<f64>,
}

impl Bout {
    /// The bouts of `strokes`, in order.
    pub(crate) fn of(strokes: &[Stroke], holes: &[Interval], doubt: &Doubt) -> Vec<Self> {
        let bouts = strokes.chunk_by(|a, b| b.start_s - a.end_s < BOUT_PAUSE.value);
        bouts.map(|bout| Self::one(bout, holes, doubt)).collect()
    }

    fn one(strokes: &[Stroke], holes: &[Interval], doubt: &Doubt) -> Self {
        let whole = Interval::new(strokes[0].start_s, strokes[strokes.len() - 1].end_s);
        let holes: Vec<Interval> = holes.iter().filter_map(|hole| hole.overlap(&whole)).collect();
        Self {
            start_s: whole.start_s,
            end_s: whole.end_s,
            bursts: number_of_bursts(strokes),
            dose: Dose::measure(strokes, &holes, doubt),
            in_target: in_target(strokes),
        }
    }
}

impl Dose {
    /// Sums up `strokes`; no time between strokes that touches one of `holes` counts for the rate.
    pub(crate) fn measure(strokes: &[Stroke], holes: &[Interval], doubt: &Doubt) -> Self {
        let sum = |value: fn(&Stroke) -> f64| strokes.iter().map(value).sum::<f64>();
        let most = |value: fn(&Stroke) -> f64| strokes.iter().map(value).fold(f64::NEG_INFINITY, f64::max);
        let contact_s = sum(|s| s.end_s - s.start_s);
        let (impulse_ns, resultant_impulse_ns) = (sum(|s| s.impulse_ns), sum(|s| s.resultant_impulse_ns));
        let length_m = strokes.iter().map(|s| s.length_m).sum::<Option<f64>>();
        let doubt =
            doubt.on(strokes.len(), strokes.last().map_or(1, |last| last.burst + 1 - strokes[0].burst), contact_s);
        Self {
            provenance: Provenance::Measured,
            contact_s: doubt.contact(),
            strokes: doubt.strokes(),
            rate_per_min: rate_per_min(strokes, holes).map(|rate| doubt.rate(rate)),
            duty: duty(strokes, contact_s).map(|duty| doubt.duty(duty)),
            mean_force_n: doubt.mean(impulse_ns / contact_s),
            peak_force_n: doubt.peak(most(|s| s.peak_force_n)),
            mean_resultant_n: Some(doubt.mean(resultant_impulse_ns / contact_s)),
            peak_resultant_n: Some(doubt.peak(most(|s| s.peak_resultant_n))),
            impulse_ns: doubt.impulse(impulse_ns),
            resultant_impulse_ns: Some(doubt.impulse(resultant_impulse_ns)),
            force_cv: variation(strokes).map(|cv| doubt.variation(cv)),
            length_m: length_m.map(|length_m| doubt.length(length_m)),
        }
    }
}

/// Share of the contact with the normal force in the target band, 0-1; none without a target.
pub(crate) fn in_target(strokes: &[Stroke]) -> Option<f64> {
    let duration = |s: &Stroke| s.end_s - s.start_s;
    let inside: Option<f64> = strokes.iter().map(|s| Some(s.in_target? * duration(s))).sum();
    Some(inside? / strokes.iter().map(duration).sum::<f64>())
}

/// Numbers the bursts of `strokes` from 1.
pub(crate) fn number_bursts(strokes: &mut [Stroke]) -> usize {
    let extents: Vec<Interval> = strokes.iter().map(Stroke::extent).collect();
    let numbers: Vec<usize> = (1..).zip(bursts(&extents)).flat_map(|(n, burst)| vec![n; burst.len()]).collect();
    strokes.iter_mut().zip(&numbers).for_each(|(stroke, number)| stroke.burst = *number);
    numbers.last().copied().unwrap_or(0)
}

fn number_of_bursts(strokes: &[Stroke]) -> usize {
    strokes[strokes.len() - 1].burst - strokes[0].burst + 1
}

fn rate_per_min(strokes: &[Stroke], holes: &[Interval]) -> Option<f64> {
    let mut holes = holes.iter().copied().peekable();
    let mut whole = |cycle: &Interval| {
        while holes.next_if(|hole| hole.end_s <= cycle.start_s).is_some() {}
        holes.peek().is_none_or(|hole| hole.overlap(cycle).is_none())
    };
    let whole: Vec<f64> = cycles(strokes).into_iter().filter(|cycle| whole(cycle)).map(|c| c.duration_s()).collect();
    (!whole.is_empty()).then(|| 60.0 * whole.len() as f64 / whole.iter().sum::<f64>())
}

/// From the start of a stroke to that of the next, in bursts; or, when most strokes stand alone (slow strokes with a long way
/// back), the steady ones among all.
fn cycles(strokes: &[Stroke]) -> Vec<Interval> {
    let extents: Vec<Interval> = strokes.iter().map(Stroke::extent).collect();
    let from_start = |pair: &[Interval]| Interval::new(pair[0].start_s, pair[1].start_s);
    let within: Vec<Interval> = bursts(&extents).into_iter().flat_map(|b| b.windows(2)).map(from_start).collect();
    if 2 * within.len() >= strokes.len().saturating_sub(1) {
        return within;
    }
    let all: Vec<Interval> = extents.windows(2).map(from_start).collect();
    let usual_s = median(all.iter().map(Interval::duration_s).collect());
    let is_steady = |cycle: &Interval| cycle.duration_s() <= STEADY.value * usual_s;
    all.into_iter().filter(|cycle| cycle.duration_s() < BOUT_PAUSE.value && is_steady(cycle)).collect()
}

/// Contact as a share of the time from the first to the last stroke of each burst.
fn duty(strokes: &[Stroke], contact_s: f64) -> Option<f64> {
    let extents: Vec<Interval> = strokes.iter().map(Stroke::extent).collect();
    let span_s: f64 = bursts(&extents).iter().map(|burst| burst[burst.len() - 1].end_s - burst[0].start_s).sum();
    (span_s > 0.0).then(|| (contact_s / span_s).min(1.0))
}

/// Standard deviation of the strokes' mean forces (of n - 1) as a share of their mean.
fn variation(strokes: &[Stroke]) -> Option<f64> {
    let count = strokes.len() as f64;
    let mean = strokes.iter().map(|s| s.mean_force_n).sum::<f64>() / count;
    let square = strokes.iter().map(|s| (s.mean_force_n - mean).powi(2)).sum::<f64>();
    (strokes.len() > 1 && mean > 0.0).then(|| (square / (count - 1.0)).sqrt() / mean)
}
