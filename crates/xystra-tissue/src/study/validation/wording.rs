//! Findings in words.

use crate::study::Study;
use crate::study::endpoint::{Derive, Endpoint, Kind, Of};
use crate::study::quantity::quantity;
use crate::study::time::{Reference, When};
use crate::study::validation::Row;
use crate::study::{Finding, Found};

/// "pain, change: graston at 4 wk".
pub(super) fn what(study: &Study, endpoint: &Endpoint) -> String {
    let name = quantity(&endpoint.quantity).map_or(endpoint.quantity.as_str(), |known| known.name.as_str());
    let movement = endpoint.movement.as_ref().map(|movement| format!(" ({movement})")).unwrap_or_default();
    let arms: Vec<&str> = endpoint.arms().map(|id| study.arm(id).map_or(id, |arm| arm.name())).collect();
    let between = if endpoint.kind == Kind::Order { ", " } else { " against " };
    format!("{name}{movement}, {}: {}{}", kind(endpoint), arms.join(between), when(endpoint))
}

fn kind(endpoint: &Endpoint) -> String {
    let of = match endpoint.of {
        Of::Value => "",
        Of::Change => " of change",
        Of::Share => " of shares",
    };
    let derived = match endpoint.derive {
        None => "",
        Some(Derive::HalfLife) => ", half-life",
        Some(Derive::TimeConstant) => ", time constant",
        Some(Derive::Highest) => ", highest",
        Some(Derive::Lowest) => ", lowest",
        Some(Derive::HighestAt) => ", time of the highest",
    };
    format!("{}{of}{derived}", endpoint.kind.word().replace('-', " "))
}

fn when(endpoint: &Endpoint) -> String {
    let after = match endpoint.after {
        Reference::Start => "",
        Reference::First => " after the first",
        Reference::Last => " after the last",
        Reference::Injury => " after the injury",
    };
    match (endpoint.over, endpoint.at) {
        (Some([from, to]), _) => format!(", {} to {}{after}", span(from.hours), span(to.hours)),
        (None, Some(When::During)) => ", during".to_owned(),
        (None, Some(When::After(at))) => format!(", {}{after}", span(at.hours)),
        (None, None) => String::new(),
    }
}

/// Hours in the unit that reads best.
fn span(hours: f64) -> String {
    let size = hours.abs();
    let (unit, per) = match size {
        _ if size == 0.0 => ("min", 1.0 / 60.0),
        _ if size < 1.0 / 60.0 => ("s", 1.0 / 3600.0),
        _ if size < 1.5 => ("min", 1.0 / 60.0),
        _ if size <= 48.0 => ("h", 1.0),
        _ if size < 336.0 => ("d", 24.0),
        _ if size <= 26.5 * 168.0 => ("wk", 168.0),
        _ => ("mo", 8766.0 / 12.0),
    };
    format!("{} {unit}", number(hours / per))
}

/// The unit after a number, with its space.
pub(super) fn unit(endpoint: &Endpoint) -> String {
    let own = || quantity(&endpoint.quantity).map(|known| known.unit.clone()).unwrap_or_default();
    let unit = match (&endpoint.unit, endpoint.kind) {
        (Some(unit), _) => unit.clone(),
        (None, Kind::StandardisedDifference) => "SD".to_owned(),
        (None, Kind::Ratio) => "times".to_owned(),
        (None, _) if endpoint.is_share() => String::new(),
        (None, _) if endpoint.derive.is_some_and(Derive::is_time) => "h".to_owned(),
        (None, _) => own(),
    };
    match unit.as_str() {
        "" | "1" => String::new(),
        unit => format!(" {unit}"),
    }
}

/// A number with its unit, or arms in order.
pub(super) fn found(study: &Study, found: Option<&Found>, unit: &str) -> String {
    let name = |id: &String| study.arm(id).map_or(id.clone(), |arm| arm.name().to_owned());
    match found {
        None => "no number".to_owned(),
        Some(Found::Number(value)) => format!("{}{unit}", number(*value)),
        Some(Found::Order(arms)) => arms.iter().map(name).collect::<Vec<_>>().join(" > "),
    }
}

/// Where the simulated number must lie.
pub(super) fn band(finding: &Finding, unit: &str) -> String {
    let step = if finding.step.is_some() { "this order, steps of " } else { "" };
    match finding.band {
        None => "none".to_owned(),
        Some([Some(low), Some(high)]) => format!("{step}{} to {}{unit}", number(low), number(high)),
        Some([Some(low), None]) if finding.step.is_some() && low == 0.0 => "this order".to_owned(),
        Some([Some(low), None]) => format!("{step}{}{unit} or more", number(low)),
        Some([None, Some(high)]) => format!("{step}{}{unit} or less", number(high)),
        Some([None, None]) => "anything".to_owned(),
    }
}

/// Inside or out, and whether it counts.
pub(super) fn verdict(row: &Row) -> String {
    let place = match row.finding.inside {
        Some(true) => "inside",
        Some(false) => "**outside**",
        None => "not judged",
    };
    if row.finding.verified { place.to_owned() } else { format!("{} (unverified)", place.replace("**", "")) }
}

/// Three digits that count.
pub(super) fn number(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 { "0".to_owned() } else { format!("{value}") };
    }
    let size = value.abs();
    let places = [100.0, 10.0, 1.0, 0.1, 0.01, 0.001].iter().position(|from| size >= *from).unwrap_or(6);
    let text = format!("{value:.places$}");
    let short = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_three_digits() {
        let shown = [248.3, -25.13, 1.0, 0.604, 0.012_345, 0.007_777].map(number);
        assert_eq!(shown, ["248", "-25.1", "1", "0.604", "0.0123", "0.00778"]);
    }

    #[test]
    fn times_read_as_they_were_written() {
        let shown = [0.0, 25.0 / 60.0, 24.0, 96.0, 672.0, 24.0 * 8766.0 / 12.0].map(span);
        assert_eq!(shown, ["0 min", "25 min", "24 h", "4 d", "4 wk", "24 mo"]);
    }
}
