//! The dose for reading: numbers with their doubt and in words, the strokes, and what was wrong.

mod rows;
mod words;

use std::fmt::Write;

use xystra_catalog::catalog;
use xystra_dose::analysis::NormalTo;
use xystra_dose::picture::{number, plural};
use xystra_dose::quality::is_synthetic;
use xystra_dose::{Analysis, Dose, Estimate, Issue, Provenance};

use crate::dose::table::words::{beside_clinicians, how_sure};

/// The whole text.
pub(super) fn table(analysis: &Analysis, target_n: Option<(f64, f64)>) -> String {
    let mut text = head(analysis);
    dose(&mut text, analysis, target_n);
    bouts(&mut text, analysis);
    rows::strokes(&mut text, &analysis.strokes);
    texture(&mut text, analysis);
    issues(&mut text, &analysis.recording.issues);
    text
}

fn head(analysis: &Analysis) -> String {
    let recording = &analysis.recording;
    let (duration_s, rate_hz) = (number(recording.duration_s, 1), number(recording.rate_hz, 1));
    let channels = recording.channels.iter().map(|channel| format!("{} ({})", channel.name, channel.unit));
    let read = channels.collect::<Vec<_>>().join(", ");
    let format = &recording.format;
    let mark = if is_synthetic(&recording.issues) { "synthetic, measured on nobody\n" } else { "" };
    format!("{}: {duration_s} s at {rate_hz} Hz, {format}\n{mark}read: {read}\n", recording.file)
}

fn dose(text: &mut String, analysis: &Analysis, target_n: Option<(f64, f64)>) {
    let dose = &analysis.dose;
    let known = match dose.provenance {
        Provenance::Measured => "measured by the tool's sensor",
        Provenance::Banded => "from the band that was chosen",
        Provenance::Guessed => "guessed: the published forces of clinicians stand in",
    };
    let normal = match analysis.recording.normal_to {
        NormalTo::Tool => "along the tool's axis",
        NormalTo::Skin => "straight out of the skin",
    };
    line(text, format_args!("\ndose ({}): {known}; normal force is the part {normal}", dose.provenance));
    text.push_str(&quantities(dose));
    said(text, analysis, target_n);
}

/// Each quantity of `dose` that is known, with its doubt.
pub(super) fn quantities(dose: &Dose) -> String {
    let mut table = String::new();
    let text = &mut table;
    line(text, format_args!("                       value   nine times out of ten within"));
    quantity(text, "contact", "s", Some(dose.contact_s), 2);
    quantity(text, "strokes", "", Some(dose.strokes), 0);
    quantity(text, "rate", "/min", dose.rate_per_min, 1);
    quantity(text, "contact share", "%", dose.duty.map(percent), 0);
    quantity(text, "mean force", "N", Some(dose.mean_force_n), 2);
    quantity(text, "peak force", "N", Some(dose.peak_force_n), 2);
    quantity(text, "impulse", "N s", Some(dose.impulse_ns), 1);
    quantity(text, "mean resultant", "N", dose.mean_resultant_n, 2);
    quantity(text, "peak resultant", "N", dose.peak_resultant_n, 2);
    quantity(text, "its impulse", "N s", dose.resultant_impulse_ns, 1);
    quantity(text, "length", "m", dose.length_m, 3);
    quantity(text, "force CV", "%", dose.force_cv.map(percent), 0);
    table
}

/// The same in words.
fn said(text: &mut String, analysis: &Analysis, target_n: Option<(f64, f64)>) {
    let dose = &analysis.dose;
    let strokes = plural(analysis.strokes.len(), "stroke");
    let bursts = plural(analysis.bursts, "burst");
    line(text, format_args!("\n  {strokes} in {bursts}; the mean force is {}.", how_sure(dose.mean_force_n)));
    if dose.rate_per_min.is_none() {
        line(text, format_args!("  The rate is not known: no two strokes follow one another."));
    }
    if let (Some(cv), Some(clinicians)) = (dose.force_cv, catalog().guess("cv")) {
        line(text, format_args!("  {}", beside_clinicians(cv, clinicians)));
    }
    if let Some(words) = tared(analysis) {
        line(text, format_args!("  {words}"));
    }
    if let (Some((low, high)), Some(share)) = (target_n, analysis.in_target) {
        let (low, high, share) = (number(low, 2), number(high, 2), number(100.0 * share, 0));
        line(text, format_args!("  {share} % of the contact was within the target of {low} to {high} N."));
    }
}

/// What the resting level changes.
fn tared(analysis: &Analysis) -> Option<String> {
    let level = analysis.recording.resting_n?.map(|n| number(n, 2)).join(", ");
    let (tared, recorded) = (analysis.dose.resultant_impulse_ns?.value, analysis.recording.untared_impulse_ns);
    Some(format!(
        "The resting level is {level} N (x, y, z); as recorded, with it, the resultant's impulse is {} N s, here {} N s.",
        number(recorded, 1),
        number(tared, 1)
    ))
}

fn quantity(text: &mut String, name: &str, unit: &str, estimate: Option<Estimate>, places: usize) {
    let Some(Estimate { value, low, high }) = estimate else { return };
    let (low, high) = (format!("{low:.places$}"), format!("{high:.places$}"));
    let shown = format!("{value:.places$}");
    let whole = format!("  {name:<14}{shown:>12} {unit:<5} {low} to {high}");
    line(text, format_args!("{}", whole.trim_end()));
}

/// Only told when there is more than one.
fn bouts(text: &mut String, analysis: &Analysis) {
    if analysis.bouts.len() < 2 {
        return;
    }
    line(text, format_args!("\nbouts (a pause of 20 s ends one)"));
    for (number, bout) in (1..).zip(&analysis.bouts) {
        let (start_s, end_s, dose) = (bout.start_s, bout.end_s, &bout.dose);
        let (strokes, bursts) = (dose.strokes.value, plural(bout.bursts, "burst"));
        let (mean_n, contact_s) = (dose.mean_force_n.value, dose.contact_s.value);
        line(
            text,
            format_args!(
                "{number:4} {start_s:9.2} to {end_s:9.2} s: {strokes} strokes in {bursts}, {contact_s:.1} s of contact, mean {mean_n:.2} N"
            ),
        );
    }
}

fn texture(text: &mut String, analysis: &Analysis) {
    let Some(texture) = &analysis.texture else { return };
    let (low_hz, high_hz) = texture.band_hz;
    let (low_hz, high_hz, places) = (number(low_hz, 0), number(high_hz, 0), plural(texture.places.len(), "place"));
    let changes = plural(texture.changes.len(), "change");
    line(
        text,
        format_args!(
            "\ntexture: vibration of {low_hz} to {high_hz} Hz at {places}, {changes} of roughness within strokes"
        ),
    );
}

fn issues(text: &mut String, issues: &[Issue]) {
    let title = if issues.is_empty() { "\nnothing wrong was found" } else { "\nwhat was wrong, or good to know" };
    line(text, format_args!("{title}"));
    for issue in issues {
        let channel = issue.channel.as_deref().unwrap_or("recording");
        let (from_s, to_s) = (number(issue.extent.start_s, 2), number(issue.extent.end_s, 2));
        let share = words::share(issue.share);
        line(text, format_args!("  {channel}, {from_s} to {to_s} s ({share}): {}", issue.consequence));
    }
}

fn percent(share: Estimate) -> Estimate {
    share.scaled(100.0)
}

fn line(text: &mut String, words: std::fmt::Arguments<'_>) {
    writeln!(text, "{words}").expect("a string takes every line");
}

#[cfg(test)]
mod tests {
    use xystra_dose::read::{self, Reading};
    use xystra_dose::{Options, Sweeps, analyse};

    use super::*;

    #[test]
    fn a_reader_finds_dose_doubt_strokes_and_issues() {
        let recording = read::whole("sweeps.csv", Sweeps::default().to_csv().as_bytes(), &Reading::default()).unwrap();
        let target_n = Some((3.0, 5.0));
        let analysis = analyse(&recording, &Options { target_n, ..Options::default() }).unwrap();
        let text = table(&analysis, target_n);
        for words in ["sweeps.csv:", "dose (measured)", "nine times out of ten", "20 strokes in 2 bursts", "15 to 35 %"]
        {
            assert!(text.contains(words), "{words} in:\n{text}");
        }
        assert!(text.contains("within the target of 3 to 5 N"));
        let motions = ["one-way", "to-and-fro", "turn", "tap"];
        let is_row = |line: &&str| line.split_whitespace().nth(1).is_some_and(|word| motions.contains(&word));
        let rows = text.lines().filter(is_row).count();
        assert_eq!(rows, 20, "{text}");
        assert!(text.contains("synthetic"));
        assert!(text.lines().all(|line| !line.ends_with(' ')));
    }
}
