//! docs/validation/studies.md.

mod mechanisms;
mod parameters;
mod trust;

use xystra_catalog::catalog;

use crate::study::Study;
use crate::study::validation::wording::{band, found, number, unit, verdict, what};
use crate::study::validation::{Count, Held, Row, Shown, Validation};

/// Adds a line.
macro_rules! line {
    ($text:expr, $($arg:tt)*) => {{
        $text.push_str(&format!($($arg)*));
        $text.push('\n');
    }};
}
use line;

const INTRODUCTION: &str = "\
# Published studies beside the model

Made by `xystra study page --out docs/validation/studies.md`; do not edit. The studies are the files of data/studies (format:
docs/methods/studies.md), the parameters those of data/tissue/calibrated.toml. Virtual subjects are drawn as each study describes its own, with
seed 1, as many as it had.

* *Band*: where the simulated number must lie to count as met. Bands are ours, wider than the papers' intervals where subjects or doses are not
  known; where there is none, the published 95 % interval.
* *Counted*: findings whose number was read at the source, and that have a band. Unverified ones are shown and not counted.
* One set of parameters serves all studies of a group of tissues; it was fitted to these same findings, so the counts say what the
  model can express. What it can foretell stands under \"How far to trust it\".
";

/// The page.
pub(super) fn page(validation: &Validation) -> String {
    let mut text = INTRODUCTION.to_owned();
    counts(&mut text, validation);
    misses(&mut text, validation, true);
    misses(&mut text, validation, false);
    trust::section(&mut text, validation);
    mechanisms::section(&mut text, validation);
    parameters::section(&mut text, validation);
    validation.groups.iter().for_each(|group| studies(&mut text, group));
    text
}

/// The table of counts.
pub(super) fn counts(text: &mut String, validation: &Validation) {
    line!(text, "\n## Counts\n\n| group | studies | inside | counted | % | shown only |\n|---|---|---|---|---|---|");
    for group in &validation.groups {
        let calibrated = group.studies.iter().filter(|shown| shown.study.about.calibrates).count();
        row_of_counts(text, &group.id, calibrated, group.count(true));
    }
    let all = validation.groups.iter().flat_map(|group| &group.studies);
    let calibrated = all.clone().filter(|shown| shown.study.about.calibrates).count();
    row_of_counts(text, "**all that were calibrated on**", calibrated, validation.count(true));
    let aside = all.clone().count() - calibrated;
    if aside > 0 {
        row_of_counts(text, "kept aside, not calibrated on", aside, validation.count(false));
    }
}

fn row_of_counts(text: &mut String, name: &str, studies: usize, count: Count) {
    let Count { inside, judged, shown } = count;
    line!(text, "| {name} | {studies} | {inside} | {judged} | {:.0} | {shown} |", count.percent());
}

/// Misses of the studies that were calibrated on, or of those that were kept aside.
fn misses(text: &mut String, validation: &Validation, calibrated: bool) {
    line!(text, "\n## What it misses{}\n", if calibrated { "" } else { " of the studies kept aside" });
    let mut any = false;
    let studies = validation.groups.iter().flat_map(|group| &group.studies);
    for shown in studies.filter(|shown| shown.study.about.calibrates == calibrated) {
        for row in shown.rows.iter().filter(|row| row.is_missed()) {
            line!(text, "* {}", miss(shown.study, row));
            any = true;
        }
    }
    if !any {
        line!(text, "None of the verified findings.");
    }
}

/// A miss in words.
fn miss(study: &Study, row: &Row) -> String {
    let unit = unit(row.endpoint);
    format!(
        "`{}` {}: published {}, simulated {}, band {}. Why: {}",
        study.about.id,
        what(study, row.endpoint),
        found(study, row.finding.published.as_ref(), &unit),
        found(study, row.finding.simulated.as_ref(), &unit),
        band(&row.finding, &unit),
        row.why.unwrap_or("not explained.")
    )
}

fn studies(text: &mut String, group: &Held) {
    line!(text, "\n## Studies: {}", group.id);
    group.studies.iter().for_each(|shown| one(text, shown));
}

fn one(text: &mut String, shown: &Shown) {
    let (study, about) = (shown.study, &shown.study.about);
    line!(text, "\n### {}\n", about.title);
    let aside = if about.calibrates { "" } else { " Kept aside: not calibrated on." };
    let design = about.design.as_deref().unwrap_or_default();
    line!(text, "`{}`, {}; {}, {}.{aside} {design}\n", about.id, source(study), about.tissue, about.condition);
    line!(text, "| finding | published | band | simulated | verdict |\n|---|---|---|---|---|");
    for row in &shown.rows {
        let unit = unit(row.endpoint);
        let published = found(study, row.finding.published.as_ref(), &unit);
        let simulated = found(study, row.finding.simulated.as_ref(), &unit);
        let (what, band, verdict) = (what(study, row.endpoint), band(&row.finding, &unit), verdict(row));
        line!(text, "| {what} | {published} | {band} | {simulated} | {verdict} |");
    }
    if let Some(note) = &about.note {
        line!(text, "\n{note}");
    }
}

/// The source as a link where there is one.
fn source(study: &Study) -> String {
    let Some(key) = study.about.source.as_deref() else { return "no source".to_owned() };
    match catalog().source(key) {
        Some(source) => match &source.link {
            Some(link) => format!("[{}]({link})", source.short()),
            None => source.short(),
        },
        None => key.to_owned(),
    }
}

/// A number for a table, `-` where there is none.
fn cell(value: f64) -> String {
    if value.is_finite() { number(value) } else { "-".to_owned() }
}
