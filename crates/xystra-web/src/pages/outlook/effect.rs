//! What the treatment added: before the client's own measurements and after them, cause by cause, and what can be said.

use xystra_cohort::answer::{Effect, Gain, Part};

use super::told::{Seen, percent};
use super::words;
use crate::chart::{Intervals, Mark, Row, intervals};
use crate::show::{number, signed};

/// What can be said about the treatment.
pub(super) struct Account {
    pub(super) verdict: &'static str,
    pub(super) class: &'static str,
    pub(super) icon: &'static str,
    pub(super) says: String,
    /// So far and at the end of the course.
    pub(super) gains: String,
    /// Chances that it helps, adds nothing, harms: before and after, now and at the end.
    pub(super) table: Vec<Chances>,
    /// Every cause.
    pub(super) parts: String,
    pub(super) causes: Vec<Cause>,
    pub(super) unit: String,
}

/// One line of the table.
pub(super) struct Chances {
    pub(super) when: &'static str,
    pub(super) which: &'static str,
    /// Mean and where nine of ten lie.
    pub(super) gain: String,
    pub(super) helps: String,
    pub(super) none: String,
    pub(super) harms: String,
}

/// One cause with its numbers.
pub(super) struct Cause {
    pub(super) name: &'static str,
    pub(super) before: String,
    pub(super) after: String,
}

impl Account {
    pub(super) fn of(seen: &Seen<'_>) -> Self {
        let (now, end) = (&seen.said.effect, &seen.said.effect_ahead);
        let (class, icon) = words::mark(now.verdict);
        Self {
            verdict: words::verdict(now.verdict),
            class,
            icon,
            says: says(seen, now),
            gains: gains(seen, [now, end]),
            table: [("by now", now), ("at the end", end)]
                .into_iter()
                .flat_map(|(when, one)| chances(when, one))
                .collect(),
            parts: parts(seen, &now.parts),
            causes: now.parts.iter().map(cause).collect(),
            unit: seen.unit().to_owned(),
        }
    }
}

fn says(seen: &Seen<'_>, effect: &Effect) -> String {
    let amount = |gain: f64| {
        let word = if gain < 0.0 { "harm" } else { "help" };
        format!("{} {} of {word}", number(gain.abs(), 1), seen.unit())
    };
    let [low, high] = effect.posterior.ninety.map(|end| signed(end, 1));
    format!(
        "So far the strokes have probably added about {} ({low} to {high}). Before this client’s own measurements that was {}, \
         from studies alone.",
        amount(effect.posterior.mean),
        amount(effect.prior.mean)
    )
}

fn gains(seen: &Seen<'_>, effects: [&Effect; 2]) -> String {
    let row = |(name, effect): (&str, &Effect)| Row {
        name: name.to_owned(),
        marks: vec![mark(&effect.prior, false), mark(&effect.posterior, true)],
    };
    let rows = ["By now", "At the end"].into_iter().zip(effects).map(row).collect();
    let finding = format!("What the treatment added to {}, in {}", seen.series.label, seen.unit());
    intervals(&Intervals { finding, rows, sides: ["worse", "better"], counts: seen.important() })
}

fn mark(gain: &Gain, is_after: bool) -> Mark {
    Mark { is_after, mean: gain.mean, ninety: gain.ninety, none: gain.none }
}

fn chances(when: &'static str, effect: &Effect) -> [Chances; 2] {
    let line = |which, gain: &Gain| Chances {
        when,
        which,
        gain: doubt(gain.mean, gain.ninety),
        helps: percent(gain.helps),
        none: percent(gain.none),
        harms: percent(gain.harms),
    };
    [line("before", &effect.prior), line("after", &effect.posterior)]
}

fn parts(seen: &Seen<'_>, parts: &[Part]) -> String {
    let mark = |is_after, (mean, ninety): (f64, [f64; 2])| Mark { is_after, mean, ninety, none: 0.0 };
    let row = |part: &Part| Row {
        name: words::cause(&part.cause).to_owned(),
        marks: vec![mark(false, part.prior), mark(true, part.posterior)],
    };
    let finding = format!("What the change in {} is made of, in {}", seen.series.label, seen.unit());
    let rows = parts.iter().map(row).collect();
    intervals(&Intervals { finding, rows, sides: ["worse", "better"], counts: None })
}

fn cause(part: &Part) -> Cause {
    Cause {
        name: words::cause(&part.cause),
        before: doubt(part.prior.0, part.prior.1),
        after: doubt(part.posterior.0, part.posterior.1),
    }
}

/// "+0.4 (−0.3 to +1.4)".
fn doubt(mean: f64, ninety: [f64; 2]) -> String {
    let [low, high] = ninety.map(|end| signed(end, 1));
    format!("{} ({low} to {high})", signed(mean, 1))
}
