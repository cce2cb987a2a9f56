//! The table of accuracy, as text and as rows of a page.

use std::fmt::Write;

use xystra_dose::synthetic::{QUANTITIES, Score, Spread, Tally};

use super::Outcome;

/// One tally for each class, then for all clean, all noisy and all faulty ones.
pub fn tallies(outcomes: &[Outcome]) -> Vec<Tally> {
    let by_class = outcomes.chunk_by(|a, b| a.class == b.class);
    let mut tallies: Vec<Tally> = by_class.map(|part| tally(&part[0].class.to_string(), part.iter())).collect();
    for kind in ["clean", "noisy", "faulty"] {
        let of_kind: Vec<&Outcome> = outcomes.iter().filter(|o| o.class.to_string().starts_with(kind)).collect();
        if !of_kind.is_empty() {
            tallies.push(tally(&format!("all {kind}"), of_kind.into_iter()));
        }
    }
    tallies
}

fn tally<'a>(class: &str, outcomes: impl Iterator<Item = &'a Outcome>) -> Tally {
    Tally::of(class, &outcomes.map(|outcome| &outcome.score).collect::<Vec<&Score>>())
}

/// For a terminal.
pub fn plain(tallies: &[Tally]) -> String {
    let mut text = format!(
        "{:<22}{:>5}{:>5}{:>8}{:>22}{:>22}{:>9}{:>10}\n",
        "class", "n", "none", "exact", "stroke mean err %", "stroke peak err %", "found", "invented"
    );
    for tally in tallies {
        let (mean, peak) = (percent(tally.stroke_mean), percent(tally.stroke_peak));
        let found = format!("{}/{}", tally.planted - tally.missed, tally.planted);
        let Tally { class, recordings, refused, exact, invented, .. } = tally;
        writeln!(
            text,
            "{class:<22}{recordings:>5}{refused:>5}{:>7.1}%{mean:>22}{peak:>22}{found:>9}{invented:>10}",
            100.0 * exact
        )
        .expect("a string takes every line");
    }
    text.push_str("\nerror % (median / 95th / worst), covered %, median width %\n");
    for tally in tallies.iter().filter(|tally| tally.class.starts_with("all")) {
        for quantity in &tally.quantities {
            writeln!(
                text,
                "{:<12}{:<16}{:>5}{:>24}{:>8.1}{:>8.1}",
                tally.class,
                quantity.quantity,
                quantity.count,
                percent(quantity.error),
                100.0 * quantity.covered,
                100.0 * quantity.width
            )
            .expect("a string takes every line");
        }
    }
    text
}

/// Rows of a page: one for each class.
pub fn class_rows(tallies: &[Tally]) -> String {
    let row = |tally: &Tally| {
        let found = if tally.planted == 0 {
            "-".to_owned()
        } else {
            format!("{} of {}", tally.planted - tally.missed, tally.planted)
        };
        let (mean, peak) = (percent(tally.stroke_mean), percent(tally.stroke_peak));
        let rate = tally.quantity("rate").map_or(String::new(), |rate| percent(rate.error));
        let Tally { class, recordings, refused, exact, invented, .. } = tally;
        format!(
            "| {class} | {recordings} | {refused} | {:.1} | {mean} | {peak} | {rate} | {found} | {invented} |\n",
            100.0 * exact
        )
    };
    tallies.iter().map(row).collect()
}

/// Rows of a page: one for each quantity of the dose.
pub fn quantity_rows(tallies: &[Tally]) -> String {
    let all = |kind: &str, name: &str| {
        tallies.iter().find(|tally| tally.class == kind).and_then(|t| t.quantity(name).cloned())
    };
    let cells = |kind: &str, name: &str| {
        all(kind, name).map_or("| | ".to_owned(), |q| {
            format!("{} | {:.0} | {:.1}", percent(q.error), 100.0 * q.covered, 100.0 * q.width)
        })
    };
    let row = |name: &&str| format!("| {name} | {} | {} |\n", cells("all clean", name), cells("all noisy", name));
    QUANTITIES.iter().map(row).collect()
}

fn percent(spread: Spread) -> String {
    if spread.median.is_nan() {
        return "-".to_owned();
    }
    format!("{:.1} / {:.1} / {:.1}", 100.0 * spread.median, 100.0 * spread.p95, 100.0 * spread.worst)
}
