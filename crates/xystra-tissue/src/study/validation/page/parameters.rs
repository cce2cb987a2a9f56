//! What was calibrated, and what was learnt.

use super::{cell, line};
use crate::library::{Calibrated, Calibration, library};
use crate::study::validation::Validation;

/// Share of the prior's freedom from which a parameter is listed.
const LEARNT: f64 = 0.05;

pub(super) fn section(text: &mut String, validation: &Validation) {
    line!(text, "\n## Calibrated parameters\n");
    line!(
        text,
        "*Learnt* is how much of the prior's freedom the studies took away. Priors: data/tissue/parameters.toml. The deviation between studies is estimated \
         for quantities that several studies measured, within bounds, and assumed for the others (data/tissue/assumptions.toml, `between-...`)."
    );
    let found: Vec<&Calibration> = validation.groups.iter().filter_map(|group| group.calibration).collect();
    if found.is_empty() {
        line!(text, "\nNothing is calibrated in this build: the priors' middles are used.");
    }
    for one in found {
        calibration(text, one);
    }
}

fn calibration(text: &mut String, one: &Calibration) {
    let (cost, freedom) = (cell(one.cost), cell(one.freedom));
    line!(
        text,
        "\n**{}**: {} studies, {} findings, seed {}, version {}; cost {cost}, effective parameters {freedom}.\n",
        one.id,
        one.studies.len(),
        one.endpoints,
        one.seed,
        one.version
    );
    let learnt: Vec<&Calibrated> = one.values.iter().filter(|value| value.learnt >= LEARNT).collect();
    line!(text, "| parameter | prior | value | 90 % interval | learnt, % |\n|---|---|---|---|---|");
    for value in &learnt {
        row(text, value);
    }
    line!(text, "\n{} more are moved by less than 5 %.", one.values.len() - learnt.len());
    let between: Vec<String> =
        one.between.iter().map(|(key, deviation)| format!("{key} {}", cell(*deviation))).collect();
    line!(text, "Between studies: {}.", between.join(", "));
}

fn row(text: &mut String, value: &Calibrated) {
    let prior = library().prior(&value.id).ok();
    let name = prior.map_or("", |prior| prior.name.as_str());
    let unit = prior.map_or("", |prior| prior.unit.as_str());
    let unit = if unit == "1" { String::new() } else { format!(", {unit}") };
    let middle = prior.map_or(f64::NAN, |prior| prior.value);
    let (middle, found, low, high) = (cell(middle), cell(value.value), cell(value.low), cell(value.high));
    line!(
        text,
        "| {name}{unit} (`{}`) | {middle} | {found} | {low} to {high} | {:.0} |",
        value.id,
        100.0 * value.learnt
    );
}
