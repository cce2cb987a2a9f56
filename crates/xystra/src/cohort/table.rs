//! The outcome of a virtual trial, for reading.

use std::fmt::{self, Write};
use std::path::Path;

use xystra_cohort::trial::{Effect, Finding, Outcome};
use xystra_tissue::study::Found;

use crate::dose::out::{print, write};
use crate::study::number;

/// Writes the document where it is asked for, and prints it or its tables.
pub(super) fn say(outcome: &Outcome, out: Option<&Path>, json: bool) -> anyhow::Result<()> {
    let document = serde_json::to_string_pretty(outcome)? + "\n";
    if let Some(out) = out {
        write(out, document.as_bytes())?;
    }
    print(&if json { document } else { text(outcome) })
}

fn text(outcome: &Outcome) -> String {
    let setup = outcome.setup;
    let mut text = String::new();
    line(&mut text, format_args!("{}: {}", outcome.study, outcome.title));
    let who = format!("{} virtual clients in every arm, {} worlds, seed {}", setup.clients, setup.worlds, setup.seed);
    line(&mut text, format_args!("{who}\n\nendpoints, with 90 % of the worlds that the studies allow"));
    outcome.endpoints.iter().for_each(|finding| endpoint(&mut text, finding));
    line(&mut text, format_args!("\narms against each other"));
    outcome.effects.iter().for_each(|one| effect(&mut text, one));
    if outcome.effects.is_empty() {
        line(&mut text, format_args!("  none: no endpoint is about a treated arm beside another"));
    }
    if outcome.lost > 0 {
        line(&mut text, format_args!("\n{} clients could not be simulated and are left out", outcome.lost));
    }
    text + "\nVirtual clients are what a model makes of published averages; no real trial is replaced by them.\n"
}

fn endpoint(text: &mut String, finding: &Finding) {
    let Finding { id, unit, sd, ninety, .. } = finding;
    let mean = match &finding.order {
        order if order.is_empty() => optional(finding.mean),
        order => order.join(" > "),
    };
    let sd = sd.map_or(String::new(), |sd| format!(", SD {}", number(sd)));
    let published = finding.published.as_ref().map_or("nothing".to_owned(), found);
    let verified = if finding.verified { "" } else { " (unverified)" };
    line(text, format_args!("  {id}: {mean} {unit}{sd}{}; published {published}{verified}", interval(*ninety)));
}

fn effect(text: &mut String, effect: &Effect) {
    let Effect { endpoint, arm, against, unit, .. } = effect;
    let what = if effect.of_change { "change" } else { "value" };
    line(text, format_args!("  {endpoint}, {what}, {arm} less {against}"));
    let (difference, smd) = (optional(effect.difference), optional(effect.smd));
    line(text, format_args!("    difference {difference} {unit}{}", interval(effect.ninety)));
    let measured = match effect.measurement {
        0.0 => "between people alone: no error of measurement is known".to_owned(),
        error => format!("with an error of measurement of {}", number(error)),
    };
    let sd = optional(effect.sd);
    line(text, format_args!("    d {smd}{}; SD {sd} {unit}, {measured}", interval(effect.smd_ninety)));
    let sizes = effect.power.iter().map(|one| {
        let chance = one.chance.map_or("-".to_owned(), |chance| format!("{:.0} %", 100.0 * chance));
        format!("{}: {chance}", one.n)
    });
    line(text, format_args!("    power by people in each arm: {}", sizes.collect::<Vec<_>>().join(", ")));
}

fn interval(ends: Option<[f64; 2]>) -> String {
    ends.map_or(String::new(), |[low, high]| format!(" ({} to {})", number(low), number(high)))
}

fn optional(value: Option<f64>) -> String {
    value.map_or("no number".to_owned(), number)
}

fn found(found: &Found) -> String {
    match found {
        Found::Number(value) => number(*value),
        Found::Order(arms) => arms.join(" > "),
    }
}

fn line(text: &mut String, content: fmt::Arguments) {
    // Writing into a string does not fail.
    let _ = writeln!(text, "{content}");
}
