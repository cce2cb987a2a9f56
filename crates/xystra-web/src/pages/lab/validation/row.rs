//! One endpoint as the page shows it: published, where the model must lie, where it lies.

use xystra_tissue::study::endpoint::{Derive, Endpoint, Kind};
use xystra_tissue::study::quantity::quantity;
use xystra_tissue::study::time::When;
use xystra_tissue::study::{Finding, Found, Study};

use crate::chart::{Strip, strip};
use crate::show::{capital, number};

/// One endpoint.
pub(super) struct Row {
    /// What was measured, in whom.
    pub(super) what: String,
    pub(super) published: String,
    pub(super) band: String,
    pub(super) simulated: String,
    pub(super) verdict: Verdict,
    pub(super) is_verified: bool,
    pub(super) note: String,
    /// Empty where there is nothing to draw.
    pub(super) svg: String,
}

/// Does the model meet it?
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Inside,
    Outside,
    NotJudged,
}

impl Row {
    pub(super) fn of(study: &Study, endpoint: &Endpoint, finding: &Finding) -> Self {
        let unit = unit(endpoint);
        let verdict = match finding.inside {
            Some(true) => Verdict::Inside,
            Some(false) => Verdict::Outside,
            None => Verdict::NotJudged,
        };
        Self {
            what: what(study, endpoint),
            published: said(study, finding.published.as_ref(), &unit),
            band: band(finding, &unit),
            simulated: said(study, finding.simulated.as_ref(), &unit),
            verdict,
            is_verified: finding.verified,
            note: endpoint.note.clone().unwrap_or_default(),
            svg: drawn(finding),
        }
    }

    /// The miss in words.
    pub(super) fn miss(&self) -> String {
        let Self { what, published, simulated, band, .. } = self;
        format!("{what}: published {published}; the model has {simulated}, outside {band}.")
    }
}

/// "Pain, change, graston".
fn what(study: &Study, endpoint: &Endpoint) -> String {
    let name = quantity(&endpoint.quantity).map_or(endpoint.quantity.as_str(), |known| known.name.as_str());
    let movement = endpoint.movement.as_ref().map(|movement| format!(" ({movement})")).unwrap_or_default();
    let arms: Vec<&str> = endpoint.arms().map(|arm| arm_name(study, arm)).collect();
    let between = if endpoint.kind == Kind::Order { ", " } else { " against " };
    let kind = match endpoint.kind {
        Kind::Value => String::new(),
        kind => format!(", {}", kind.word().replace('-', " ")),
    };
    let when = endpoint.at.map(|at| format!(", {}", at_words(at))).unwrap_or_default();
    format!("{}{movement}{kind}{when}: {}", capital(name), arms.join(between))
}

/// "at 4 weeks", "while it lasts".
fn at_words(at: When) -> String {
    let When::After(span) = at else { return "while it lasts".to_owned() };
    let hours = span.hours;
    let (size, unit) = match hours.abs() {
        small if small < 1.0 => (hours * 60.0, "min"),
        small if small < 48.0 => (hours, "h"),
        small if small < 14.0 * 24.0 => (hours / 24.0, "days"),
        small if small < 26.0 * 168.0 => (hours / 168.0, "weeks"),
        _ => (hours / 730.5, "months"),
    };
    if hours == 0.0 { "at once".to_owned() } else { format!("at {} {unit}", number(size, 1)) }
}

fn arm_name<'a>(study: &'a Study, id: &'a str) -> &'a str {
    study.arm(id).map_or(id, |arm| arm.name())
}

/// The unit after a number, with its space.
fn unit(endpoint: &Endpoint) -> String {
    let own = || quantity(&endpoint.quantity).map(|known| known.unit.clone()).unwrap_or_default();
    let unit = match (&endpoint.unit, endpoint.kind.word()) {
        (Some(unit), _) => unit.clone(),
        (None, "standardised-difference") => "SD".to_owned(),
        (None, "ratio") => "times".to_owned(),
        (None, _) if endpoint.is_share() => String::new(),
        (None, _) if endpoint.derive.is_some_and(Derive::is_time) => "h".to_owned(),
        (None, _) => own(),
    };
    match unit.as_str() {
        "" | "1" => String::new(),
        "deg" => "\u{b0}".to_owned(),
        "degC" => " \u{b0}C".to_owned(),
        "0-10" => " of 10".to_owned(),
        unit => format!(" {unit}"),
    }
}

fn said(study: &Study, found: Option<&Found>, unit: &str) -> String {
    match found {
        None => "no number".to_owned(),
        Some(Found::Number(value)) => format!("{}{unit}", short(*value)),
        Some(Found::Order(arms)) => arms.iter().map(|arm| arm_name(study, arm)).collect::<Vec<_>>().join(" above "),
    }
}

fn band(finding: &Finding, unit: &str) -> String {
    let step = if finding.step.is_some() { "in this order, each step " } else { "" };
    match finding.band {
        Some([Some(low), Some(high)]) => format!("{step}{} to {}{unit}", short(low), short(high)),
        Some([Some(low), None]) if finding.step.is_some() && low == 0.0 => "in this order".to_owned(),
        Some([Some(low), None]) => format!("{step}{}{unit} or more", short(low)),
        Some([None, Some(high)]) => format!("{step}{}{unit} or less", short(high)),
        _ => "anything".to_owned(),
    }
}

fn drawn(finding: &Finding) -> String {
    let (Some(band), Some(Found::Number(simulated))) = (finding.band, &finding.simulated) else { return String::new() };
    let published = match &finding.published {
        Some(Found::Number(value)) => Some(*value),
        _ => None,
    };
    strip(&Strip { band, published, simulated: *simulated })
}

/// Three digits that count.
fn short(value: f64) -> String {
    let size = value.abs();
    let places = if size >= 100.0 {
        0
    } else if size >= 10.0 {
        1
    } else {
        2
    };
    number(value, places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_count() {
        assert_eq!([248.3, -25.13, 1.0, 0.604].map(short), ["248", "−25.1", "1", "0.6"]);
    }
}
