//! In what measure studies of one quantity differ from each other.

use crate::study::Study;
use crate::study::endpoint::{Derive, Endpoint, Kind, Of};
use crate::study::quantity::{Quantity, Sense};

/// What the deviation between studies of an endpoint is counted in.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    /// Endpoints with the same key share one deviation.
    pub(super) key: String,
    /// The assumption of data/tissue/assumptions.toml that bounds it.
    pub(super) assumption: &'static str,
    /// Its unit, in the unit of the endpoint.
    pub(super) size: f64,
}

/// The scale of an endpoint. `level` is the published number, or what stands for it.
pub(super) fn scale(study: &Study, endpoint: &Endpoint, quantity: &Quantity, level: f64) -> Scale {
    let percent = if endpoint.unit.as_deref() == Some("%") { 100.0 } else { 1.0 };
    let (assumption, size) = match endpoint.kind {
        Kind::StandardisedDifference => ("between-sd", 1.0),
        Kind::Share => ("between-share", percent),
        _ if endpoint.of == Of::Share => ("between-share", percent),
        _ if endpoint.derive.is_some_and(Derive::is_time) => ("between-time", level.abs().max(f64::MIN_POSITIVE)),
        Kind::Ratio => ("between-relative", level.abs().max(percent)),
        _ => (natural(quantity), units(study, endpoint, quantity, level)),
    };
    let apart = if assumption == natural(quantity) { String::new() } else { assumption.replace("between", "") };
    Scale { key: format!("{}{apart}", quantity.id), assumption, size }
}

/// The deviation of the quantity in its own unit.
fn natural(quantity: &Quantity) -> &'static str {
    match quantity.unit.as_str() {
        "0-10" => "between-0-10",
        "deg" => "between-deg",
        "degC" => "between-degC",
        _ if quantity.sense() == Sense::Relative => "between-relative",
        _ => "between-level",
    }
}

/// How many of the endpoint's units make one of the quantity's own.
fn units(study: &Study, endpoint: &Endpoint, quantity: &Quantity, level: f64) -> f64 {
    let arm = endpoint.arms().find_map(|id| study.arm(id).ok());
    let entry = arm.and_then(|arm| study.baseline(arm, &endpoint.quantity, endpoint.movement.as_deref()));
    let mean = entry.and_then(|baseline| baseline.mean).map_or(1.0, |mean| mean.abs().max(f64::MIN_POSITIVE));
    let own = |unit: &str| quantity.factor(unit);
    match (endpoint.unit.as_deref(), quantity.sense()) {
        (Some("%"), Sense::Relative) => level.abs().max(100.0),
        (Some("%"), _) => {
            let entry_unit = entry.and_then(|baseline| baseline.unit.as_deref()).unwrap_or(&quantity.unit);
            100.0 * own(entry_unit).unwrap_or(1.0) / mean
        }
        (Some(unit), Sense::Relative) if own(unit).is_none() => level.abs().max(mean),
        (_, Sense::Relative) => level.abs().max(1.0),
        (unit, _) => unit.and_then(own).unwrap_or(1.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::study::quantity::quantity;

    const STUDY: &str = r#"
        study = { id = "s", title = "S", tissue = "human-muscle", condition = "low-back-pain" }
        [subjects]
        n = 20
        baseline = [{ quantity = "pain", mean = 50, sd = 10, unit = "mm" }]
        [[arm]]
        id = "a"
        comparator = "untreated"
        [[endpoint]]
        id = "e"
        arm = "a"
        at = "4 wk"
    "#;

    fn of(rest: &str, level: f64) -> Scale {
        let study = Study::parse("s.toml", &format!("{STUDY}{rest}")).expect("a study");
        let endpoint = &study.endpoints[0];
        scale(&study, endpoint, quantity(&endpoint.quantity).expect("known"), level)
    }

    #[test]
    fn points_are_counted_in_the_unit_of_the_paper() {
        let millimetres = of("quantity = \"pain\"\nkind = \"change\"\nunit = \"mm\"", -20.0);
        assert_eq!((millimetres.key.as_str(), millimetres.size), ("pain", 10.0));
        let percent = of("quantity = \"pain\"\nkind = \"change\"\nunit = \"%\"", -20.0);
        assert!((percent.size - 20.0).abs() < 1e-12, "a point of 10 is a fifth of 50 mm: {}", percent.size);
    }

    #[test]
    fn relative_quantities_go_by_their_level() {
        let fourfold = of("quantity = \"perfusion-skin\"\nkind = \"value\"", 4.0);
        let percent = of("quantity = \"stiffness\"\nkind = \"change\"\nunit = \"%\"", 0.0);
        assert!((fourfold.size - 4.0).abs() < 1e-12 && (percent.size - 100.0).abs() < 1e-12);
    }

    #[test]
    fn shares_have_a_deviation_of_their_own() {
        let share = of("quantity = \"pain\"\nkind = \"share\"\nbelow = 3", 0.5);
        assert_eq!((share.key.as_str(), share.assumption), ("pain-share", "between-share"));
    }
}
