//! Published beside simulated, for reading.

use std::fmt::Write;

use xystra_tissue::study::endpoint::{Derive, Endpoint};
use xystra_tissue::study::quantity::quantity;
use xystra_tissue::study::{Finding, Found, Report, Study};

/// All studies, each with its endpoints, and the count of those that are verified.
pub(super) fn text(studies: &[Study], reports: &[Report]) -> String {
    let mut text = String::new();
    for (study, report) in studies.iter().zip(reports) {
        one(&mut text, study, report);
    }
    text + &counts(studies, reports)
}

/// How many verified endpoints lie inside, of studies that the calibration may use and of the others.
fn counts(studies: &[Study], reports: &[Report]) -> String {
    let mut text = String::new();
    for (calibrates, of) in [(true, ""), (false, ", of studies not calibrated on")] {
        let asked = studies.iter().zip(reports).filter(|(study, _)| study.about.calibrates == calibrates);
        let (inside, all) = asked.map(|(_, report)| report.count()).fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
        if all > 0 {
            line(&mut text, format_args!("verified endpoints inside their bands{of}: {inside} of {all}"));
        }
    }
    text
}

fn one(text: &mut String, study: &Study, report: &Report) {
    line(text, format_args!("{}: {}", study.about.id, study.about.title));
    if report.endpoints.is_empty() {
        line(text, format_args!("  no endpoints: a plan; look at it with `xystra simulate`"));
    }
    let width = report.endpoints.iter().map(|finding| finding.id.len()).max().unwrap_or(0).max(8);
    for (endpoint, finding) in study.endpoints.iter().zip(&report.endpoints) {
        let (published, simulated) = (found(finding.published.as_ref()), found(finding.simulated.as_ref()));
        let (unit, verdict) = (unit(endpoint), verdict(finding));
        let about = format!("  {:width$}  published {published}, simulated {simulated}{}", finding.id, error(finding));
        line(text, format_args!("{about} {unit}; band {}: {verdict}", band(finding)));
    }
    text.push('\n');
}

/// The unit of an endpoint's numbers.
fn unit(endpoint: &Endpoint) -> String {
    let own = || quantity(&endpoint.quantity).map(|one| one.unit.clone()).unwrap_or_default();
    match (&endpoint.unit, endpoint.kind.word()) {
        (Some(unit), _) => unit.clone(),
        (None, "standardised-difference") => "SD".to_owned(),
        (None, "ratio") => "x".to_owned(),
        (None, _) if endpoint.is_share() => "1".to_owned(),
        (None, _) if endpoint.derive.is_some_and(Derive::is_time) => "h".to_owned(),
        (None, _) => own(),
    }
}

fn verdict(finding: &Finding) -> String {
    let place = match finding.inside {
        Some(true) => "inside",
        Some(false) => "OUTSIDE",
        None => "not judged",
    };
    let counted = if finding.verified { "" } else { " (unverified, not counted)" };
    format!("{place}{counted}")
}

fn band(finding: &Finding) -> String {
    let Some([low, high]) = finding.band else { return "none".to_owned() };
    let step = if finding.step.is_some() { "step " } else { "" };
    match (low, high) {
        (Some(low), Some(high)) => format!("{step}{} to {}", number(low), number(high)),
        (Some(low), None) => format!("{step}{} or more", number(low)),
        (None, Some(high)) => format!("{step}{} or less", number(high)),
        (None, None) => "any".to_owned(),
    }
}

fn error(finding: &Finding) -> String {
    match finding.step {
        Some(step) => format!(" (smallest step {})", number(step)),
        None if finding.error > 0.0 => format!(" (SE {})", number(finding.error)),
        None => String::new(),
    }
}

fn found(found: Option<&Found>) -> String {
    match found {
        None => "-".to_owned(),
        Some(Found::Number(value)) => number(*value),
        Some(Found::Order(arms)) => arms.join(" > "),
    }
}

/// Three digits that count.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count from 0 to 6")]
pub(crate) fn number(value: f64) -> String {
    let digits = if value == 0.0 { 0.0 } else { (2.0 - value.abs().log10().floor()).clamp(0.0, 6.0) };
    let text = format!("{value:.*}", digits as usize);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

fn line(text: &mut String, line: std::fmt::Arguments) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_three_digits() {
        for (value, text) in [(0.0, "0"), (1.0, "1"), (-25.13, "-25.1"), (0.012_34, "0.0123"), (2483.0, "2483")] {
            assert_eq!(number(value), text);
        }
    }
}
