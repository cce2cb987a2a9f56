//! The plain sentence over an outlook.

use xystra_catalog::measure::Kind;

use super::{Natural, Outlook};
use crate::words::{count, number, quantity};

/// What a client may read.
pub(super) fn of(outlook: &Outlook) -> String {
    if outlook.too_few() {
        return format!("{}: too few to say.", count(outlook.observations, "observation"));
    }
    let rest = match &outlook.natural {
        Some(natural) => beside(outlook, natural),
        None if outlook.known => {
            "No published course of this measure fits this client, so nobody can tell what the treatment added."
                .to_owned()
        }
        None => "What happens without treatment is not known for this condition.".to_owned(),
    };
    format!("{} {rest}", so_far(outlook))
}

fn so_far(outlook: &Outlook) -> String {
    let change = direction(outlook.change(), &outlook.unit).unwrap_or_else(|| "the same as at the start".to_owned());
    format!("{} {change} {}.", subject(outlook), after(weeks(outlook)))
}

/// One client's course alone never shows what the treatment added, however good it looks.
fn beside(outlook: &Outlook, natural: &Natural) -> String {
    let Some(value) = natural.at(weeks(outlook)) else {
        let last = number(natural.last_week());
        return format!("The published course ends at week {last}, so nobody can tell what the treatment added.");
    };
    let people = format!("People like this, {}, were", natural.arm_words);
    let change = direction(value - outlook.baseline, &outlook.unit);
    let by_then = change.map_or_else(
        || format!("{people} about the same by then"),
        |change| format!("{people} about {change} by then"),
    );
    if leads(outlook, value) {
        format!("{by_then}. People differ, so that alone does not show what the treatment added.")
    } else {
        format!("{by_then}, so nobody can tell yet what the treatment added.")
    }
}

/// Is the client further than the natural course by a change that counts?
fn leads(outlook: &Outlook, natural: f64) -> bool {
    let latest = outlook.baseline + outlook.change();
    let ahead = outlook.measure.better.gain(natural, latest);
    outlook.important.as_ref().is_some_and(|important| ahead >= important.value)
}

/// "1.7 points lower"; `None` when the change vanishes in rounding.
fn direction(change: f64, unit: &str) -> Option<String> {
    let word = if change < 0.0 { "lower" } else { "higher" };
    let vanishes = number(change.abs()) == "0";
    (!vanishes).then(|| format!("{} {word}", quantity(change.abs(), unit)))
}

/// "Pain is", or "Arm, shoulder and hand, short (QuickDASH):" where a verb would stumble.
fn subject(outlook: &Outlook) -> String {
    let name = outlook.label.strip_suffix(", 0 to 10").unwrap_or(&outlook.label);
    if name.contains(',') || outlook.measure.kind == Kind::Count { format!("{name}:") } else { format!("{name} is") }
}

fn weeks(outlook: &Outlook) -> f64 {
    outlook.points.last().map_or(0.0, |last| last.weeks)
}

fn after(weeks: f64) -> String {
    let days = (weeks * 7.0).round();
    match days {
        _ if days < 1.0 => "on the same day".to_owned(),
        _ if days < 10.0 => format!("after {}", quantity(days, "days")),
        _ => format!("after {}", quantity(weeks.round(), "weeks")),
    }
}
