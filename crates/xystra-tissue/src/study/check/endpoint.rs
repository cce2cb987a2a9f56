//! What an endpoint must say.

use super::Checked;
use crate::study::Study;
use crate::study::endpoint::{Derive, Endpoint, Kind};
use crate::study::quantity::{Quantity, Sense, quantity};
use crate::study::subjects::Baseline;
use crate::study::time::{Reference, When, hours_of};

/// The first fault of an endpoint.
pub(super) fn check(study: &Study, endpoint: &Endpoint) -> Checked {
    let known = quantity(&endpoint.quantity).map_err(|e| e.to_string())?;
    arms(study, endpoint)?;
    times(study, endpoint)?;
    numbers(endpoint)?;
    limits(endpoint)?;
    unit(study, endpoint, known)
}

/// Are there as many arms as the kind asks for?
fn arms(study: &Study, endpoint: &Endpoint) -> Checked {
    for id in endpoint.arms() {
        study.arm(id).map_err(|e| e.to_string())?;
    }
    let (one, two) = (endpoint.arm.is_some(), endpoint.against.is_some());
    match endpoint.kind {
        Kind::Order if one || two || endpoint.arms.len() < 2 => {
            Err("order takes arms = [highest, .., lowest], at least two, and neither arm nor against".into())
        }
        Kind::Order => Ok(()),
        _ if !endpoint.arms.is_empty() => {
            Err("arms is for order only; write arm, and against where two are compared".into())
        }
        _ if !one => Err("say the arm it is about".into()),
        Kind::Difference if !two => Err("a difference needs against, the arm to subtract".into()),
        Kind::Value | Kind::Change | Kind::Share if two => {
            Err("against needs kind difference, standardised-difference, ratio or equivalence".into())
        }
        _ => Ok(()),
    }
}

fn times(study: &Study, endpoint: &Endpoint) -> Checked {
    match (endpoint.at, endpoint.over, endpoint.derive) {
        (Some(_), Some(_), None) => return Err("say at or over, not both".into()),
        (None, None, None) => {
            return Err("say when: at = \"4 wk\", at = \"during\" or over = [\"0 min\", \"60 min\"]".into());
        }
        _ => {}
    }
    if endpoint.over.is_some_and(|[from, to]| from >= to) {
        return Err("over must hold an earlier and a later time".into());
    }
    if endpoint.by_at.is_some() && (endpoint.kind != Kind::Ratio || endpoint.against.is_some()) {
        return Err("by_at goes with kind ratio without against".into());
    }
    let arms = || endpoint.arms().filter_map(|id| study.arm(id).ok());
    let during = [endpoint.at, endpoint.by_at].contains(&Some(When::During));
    if during && !arms().any(|arm| !arm.treatment.is_empty()) {
        return Err("\"during\" needs an arm with a treatment".into());
    }
    if endpoint.after == Reference::Injury && study.subjects.injury.is_none() {
        return Err("after = \"injury\" needs [subjects.injury]".into());
    }
    Ok(())
}

fn numbers(endpoint: &Endpoint) -> Checked {
    let given = [endpoint.published, endpoint.beyond, endpoint.below, endpoint.above].into_iter().flatten();
    if !given.chain(endpoint.ci.into_iter().flatten()).all(f64::is_finite) {
        return Err("published, ci, beyond, below and above must be numbers".into());
    }
    let positive = [("se", endpoint.se), ("sd", endpoint.sd), ("standard_sd", endpoint.standard_sd)];
    for (field, value) in positive {
        if value.is_some_and(|x| !(x > 0.0 && x.is_finite())) {
            return Err(format!("{field} must be above 0"));
        }
    }
    for (field, ends) in [("ci", endpoint.ci), ("band", endpoint.band)] {
        if ends.is_some_and(|[low, high]| low.is_nan() || high.is_nan() || low > high) {
            return Err(format!("{field} must hold the lower end, then the upper"));
        }
    }
    if endpoint.gap.is_some_and(|gap| !(gap >= 0.0 && gap.is_finite())) {
        return Err("gap must be 0 or more".into());
    }
    match endpoint.kind {
        Kind::Equivalence if endpoint.gap.is_none() && endpoint.band.is_none() => Err("equivalence needs a gap".into()),
        _ => Ok(()),
    }
}

fn limits(endpoint: &Endpoint) -> Checked {
    let limits = [endpoint.beyond, endpoint.below, endpoint.above].into_iter().flatten().count();
    let share = endpoint.is_share();
    match (share, limits) {
        (true, 1) | (false, 0) => Ok(()),
        (true, _) => Err("a share needs exactly one of beyond, below and above".into()),
        (false, _) => Err("beyond, below and above are for shares; write kind = \"share\" or of = \"share\"".into()),
    }
}

/// Can the numbers be put into the unit that was asked for?
fn unit(study: &Study, endpoint: &Endpoint, quantity: &Quantity) -> Checked {
    let share = endpoint.is_share();
    if let (true, Some(unit)) = (share, endpoint.limit_unit.as_deref()) {
        level(study, endpoint, quantity, unit)?;
    }
    let Some(unit) = endpoint.unit.as_deref() else { return Ok(()) };
    match endpoint.kind {
        Kind::StandardisedDifference => one_of(unit, &["SD", "1"]),
        Kind::Ratio => one_of(unit, &["1", "x", "%"]),
        _ if share => one_of(unit, &["1", "%"]),
        _ if endpoint.derive.is_some_and(Derive::is_time) => match hours_of(unit) {
            Some(_) => Ok(()),
            None => Err(format!("unit \"{unit}\" is no time; write s, min, h, d, wk, mo or y")),
        },
        _ => level(study, endpoint, quantity, unit),
    }
}

/// Is it a unit in which the quantity itself, or a change of it, can be written?
fn level(study: &Study, endpoint: &Endpoint, quantity: &Quantity, unit: &str) -> Checked {
    let baselines = || {
        endpoint
            .arms()
            .filter_map(|id| study.arm(id).ok())
            .map(|arm| study.baseline(arm, &endpoint.quantity, endpoint.movement.as_deref()))
    };
    if unit == "%" && quantity.sense() != Sense::Relative && baselines().any(|found| found.is_none()) {
        return Err(format!("% of {} needs its baseline: add it to [[subjects.baseline]]", quantity.id));
    }
    if unit == "%" || quantity.factor(unit).is_some() {
        return Ok(());
    }
    let has = |found: Option<&Baseline>| found.is_some_and(|b| b.unit.as_deref() == Some(unit));
    if quantity.sense() == Sense::Relative && baselines().all(has) {
        return Ok(());
    }
    Err(format!(
        "unit \"{unit}\" is not known for {}: write its own, \"{}\", or % , or give its baseline in that unit",
        quantity.id, quantity.unit
    ))
}

fn one_of(unit: &str, known: &[&str]) -> Checked {
    if known.contains(&unit) {
        return Ok(());
    }
    Err(format!("unit \"{unit}\" does not go with this kind; write one of {}", known.join(", ")))
}
