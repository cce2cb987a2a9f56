//! What a study file must hold beyond its grammar, each fault named by its arm or endpoint and field.

mod dose;
mod endpoint;

use std::collections::{BTreeMap, BTreeSet};

use crate::study::Study;
use crate::study::arm::Arm;
use crate::study::quantity::{Sense, quantity};
use crate::study::schedule::Schedule;
use crate::study::subjects::Baseline;

/// The outcome of a check: a fault in words.
type Checked = Result<(), String>;

/// The first fault of a study.
pub(super) fn check(study: &Study) -> Checked {
    keys(study)?;
    presets(study)?;
    study.subjects.baseline.iter().try_for_each(|one| baseline(one).map_err(|e| format!("subjects: {e}")))?;
    values(&study.subjects.values).map_err(|e| format!("subjects: {e}"))?;
    injury(study)?;
    size(study.subjects.n).map_err(|e| format!("subjects: {e}"))?;
    study.arms.iter().try_for_each(|one| arm(one).map_err(|e| format!("arm \"{}\": {e}", one.id)))?;
    let found = |one| endpoint::check(study, one).map_err(|e| format!("endpoint \"{}\": {e}", one.id));
    study.endpoints.iter().try_for_each(found)
}

/// Keys are short words, and no two of a kind are alike.
fn keys(study: &Study) -> Checked {
    if study.arms.is_empty() {
        return Err("holds no arm; write at least one [[arm]]".into());
    }
    key("study", &study.about.id)?;
    unique("arm", study.arms.iter().map(|arm| &arm.id))?;
    unique("endpoint", study.endpoints.iter().map(|endpoint| &endpoint.id))
}

fn unique<'a>(what: &str, ids: impl Iterator<Item = &'a String>) -> Checked {
    let mut seen = BTreeSet::new();
    for id in ids {
        key(what, id)?;
        if !seen.insert(id) {
            return Err(format!("two {what}s have the id \"{id}\"; give each its own"));
        }
    }
    Ok(())
}

fn key(what: &str, id: &str) -> Checked {
    let sound = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    if id.is_empty() || !id.chars().all(sound) {
        return Err(format!("{what} id \"{id}\": use small letters, digits and hyphens"));
    }
    Ok(())
}

fn presets(study: &Study) -> Checked {
    let library = crate::library();
    library.tissue(&study.about.tissue).map_err(|e| format!("study: tissue: {e}"))?;
    library.condition(&study.about.condition).map_err(|e| format!("study: condition: {e}")).map(drop)
}

fn injury(study: &Study) -> Checked {
    let Some(injury) = study.subjects.injury else { return Ok(()) };
    within("subjects: injury: severity", injury.severity, 0.0, 100.0)?;
    within("subjects: injury: loss", injury.loss, 0.0, 0.95)?;
    within("subjects: injury: days_before", Some(injury.days_before), 0.0, 3650.0)
}

fn arm(arm: &Arm) -> Checked {
    size(arm.n)?;
    values(&arm.values)?;
    within("belief", arm.belief, 0.0, 1.0)?;
    arm.baseline.iter().try_for_each(baseline)?;
    for (i, treatment) in arm.treatment.iter().enumerate() {
        schedule(&treatment.schedule)
            .and_then(|()| dose::check(&treatment.dose))
            .map_err(|e| part("treatment", i, &e))?;
    }
    for (i, exercise) in arm.exercise.iter().enumerate() {
        let sound = schedule(&exercise.schedule)
            .and_then(|()| within("load", exercise.load, 0.0, 1.5))
            .and_then(|()| within("minutes", Some(exercise.minutes), 0.1, 1440.0));
        sound.map_err(|e| part("exercise", i, &e))?;
    }
    for (i, visit) in arm.visit.iter().enumerate() {
        let sound = schedule(&visit.schedule).and_then(|()| within("belief", visit.belief, 0.0, 1.0));
        sound.map_err(|e| part("visit", i, &e))?;
    }
    arm.culture.iter().enumerate().try_for_each(|(i, culture)| {
        let sound = within("stretch", Some(culture.stretch), 0.0, 0.5)
            .and_then(|()| within("irritant", Some(culture.irritant), 0.0, 100.0))
            .and_then(|()| within("hours", Some(culture.hours), 0.001, 10_000.0))
            .and_then(|()| within("start_h", Some(culture.start_h), 0.0, 100_000.0));
        sound.map_err(|e| part("culture", i, &e))
    })
}

/// Parameters that the equations have, inside their ranges.
fn values(values: &BTreeMap<String, f64>) -> Checked {
    values.iter().try_for_each(|(id, value)| {
        let prior = crate::library().prior(id).map_err(|e| format!("values: {e}"))?;
        within(&format!("values: {id}"), Some(*value), prior.low, prior.high)
    })
}

fn part(what: &str, index: usize, fault: &str) -> String {
    format!("{what} {}: {fault}", index + 1)
}

fn schedule(schedule: &Schedule) -> Checked {
    schedule.check().map_err(|e| format!("schedule: {e}"))
}

fn baseline(baseline: &Baseline) -> Checked {
    let name = &baseline.quantity;
    let known = quantity(name).map_err(|e| format!("baseline: {e}"))?;
    if !(baseline.mean.or(baseline.normal).is_some_and(f64::is_finite) && baseline.sd.is_finite() && baseline.sd >= 0.0)
    {
        return Err(format!("baseline of {name}: give mean (or, for motion, normal) as a number, and sd as 0 or more"));
    }
    if known.sense() == Sense::Relative && baseline.mean.is_none_or(|mean| mean <= 0.0) {
        return Err(format!("baseline of {name}: mean must be above 0"));
    }
    let unit = baseline.unit.as_deref().unwrap_or(&known.unit);
    if known.sense() != Sense::Relative && known.factor(unit).is_none() {
        return Err(format!("baseline of {name}: unit \"{unit}\" is not known for it; its own is \"{}\"", known.unit));
    }
    within("baseline: normal", baseline.normal, 0.1, 400.0)
}

fn size(n: Option<usize>) -> Checked {
    match n {
        Some(n) if !(1..=100_000).contains(&n) => Err(format!("n is {n}; it must be from 1 to 100000")),
        _ => Ok(()),
    }
}

/// Is a number that was given inside its range?
fn within(field: &str, value: Option<f64>, low: f64, high: f64) -> Checked {
    match value {
        Some(value) if !(low..=high).contains(&value) => {
            Err(format!("{field} is {value}; it must be from {low} to {high}"))
        }
        _ => Ok(()),
    }
}
