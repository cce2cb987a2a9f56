//! A course as SBML Level 3 Version 2, for other simulators.
//!
//! One compartment of size 1 holds the states as species; each has a rate rule. Parameters are constant; inputs are parameters that
//! events set. `define`s and outputs are assignment rules; an output is called `output_` and its id with `_` for `-`, because some share the
//! name of a state. What happens at 0 h is in the initial values already; happenings of one instant are one event, so that no
//! simulator needs to order them. Time is in hours, and all else is without a unit.

mod jump;
mod sheet;

use xystra_symbolic::{Define, Expr, Output};

use self::jump::{Jump, jumps};
use self::sheet::Sheet;
use super::{Happening, INPUTS, PARAMETERS, Parameters, STATES, Site, State, system};
use crate::error::Error;

/// A course as SBML: the equations, values for the parameters, where the site starts and what happens to it.
///
/// # Errors
/// A happening before 0 h.
pub fn write(name: &str, parameters: &Parameters, state: &State, happenings: &[Happening]) -> Result<String, Error> {
    if let Some(early) = happenings.iter().find(|happening| happening.at_h < 0.0) {
        return Err(Error::Number { field: "time, h".into(), value: early.at_h, must: "a number from 0 on" });
    }
    let (first, later): (Vec<&Happening>, Vec<&Happening>) = happenings.iter().partition(|h| h.at_h == 0.0);
    let start = started(parameters, state, &first);
    let mut sheet = Sheet::new();
    sheet.element("sbml", &SBML, |sheet| {
        let model = [
            ("id", "xystra"),
            ("name", name),
            ("timeUnits", "hour"),
            ("substanceUnits", NONE),
            ("volumeUnits", NONE),
            ("extentUnits", NONE),
        ];
        sheet.element("model", &model, |sheet| {
            notes(sheet);
            units(sheet);
            species(sheet, &start);
            values(sheet, parameters, &start);
            rules(sheet);
            sheet.list("listOfEvents", &jumps(&later), event);
        });
    });
    Ok(sheet.text())
}

const SBML: [(&str, &str); 3] =
    [("xmlns", "http://www.sbml.org/sbml/level3/version2/core"), ("level", "3"), ("version", "2")];

const NONE: &str = "dimensionless";

const NOTES: &str = "Written by Xystra from data/tissue/equations.toml: a model of soft tissue under instrument-assisted mobilization, for \
    research and comparison. Time is in hours. Samples on an event's instant are taken after it.";

/// What the id of an output is in SBML.
pub fn output_id(id: &str) -> String {
    format!("output_{}", id.replace('-', "_"))
}

/// The state after what happens at 0 h.
fn started(parameters: &Parameters, state: &State, first: &[&Happening]) -> State {
    let mut site = Site::new(parameters, &state.inputs);
    let mut values = state.values;
    for happening in first {
        site.happen(happening, &mut values);
    }
    State { values, inputs: *site.inputs() }
}

fn notes(sheet: &mut Sheet) {
    sheet.element("notes", &[], |sheet| sheet.worded("p", &[("xmlns", "http://www.w3.org/1999/xhtml")], NOTES));
}

fn units(sheet: &mut Sheet) {
    let second = [("kind", "second"), ("exponent", "1"), ("scale", "0"), ("multiplier", "3600")];
    sheet.element("listOfUnitDefinitions", &[], |sheet| {
        sheet.element("unitDefinition", &[("id", "hour")], |sheet| {
            sheet.element("listOfUnits", &[], |sheet| sheet.empty("unit", &second));
        });
    });
}

fn species(sheet: &mut Sheet, start: &State) {
    let site = [("id", "site"), ("spatialDimensions", "3"), ("size", "1"), ("units", NONE), ("constant", "true")];
    sheet.element("listOfCompartments", &[], |sheet| sheet.empty("compartment", &site));
    let states: Vec<_> = system().states.iter().zip(start.values).collect();
    sheet.list("listOfSpecies", &states, |sheet, (state, value)| {
        let value = value.to_string();
        let attributes = [
            ("id", state.id.as_str()),
            ("name", &state.name),
            ("compartment", "site"),
            ("initialConcentration", &value),
            ("substanceUnits", NONE),
            ("hasOnlySubstanceUnits", "false"),
            ("boundaryCondition", "false"),
            ("constant", "false"),
        ];
        sheet.empty("species", &attributes);
    });
}

/// Parameters, inputs, and what the assignment rules work out.
fn values(sheet: &mut Sheet, parameters: &Parameters, start: &State) {
    let constant = PARAMETERS.into_iter().zip(*parameters.values());
    let inputs = INPUTS.into_iter().zip(start.inputs);
    let worked_out = system().defines.iter().map(|define| define.id.clone());
    let worked_out = worked_out.chain(system().outputs.iter().map(|output| output_id(&output.id)));
    let all: Vec<(String, Option<f64>, &str)> = constant
        .map(|(id, value)| (id.to_owned(), Some(value), "true"))
        .chain(inputs.map(|(id, value)| (id.to_owned(), Some(value), "false")))
        .chain(worked_out.map(|id| (id, None, "false")))
        .collect();
    sheet.list("listOfParameters", &all, |sheet, (id, value, constant)| {
        let value = value.map(|value| value.to_string());
        let value = value.as_deref().map(|value| ("value", value));
        let attributes: Vec<_> =
            [("id", id.as_str())].into_iter().chain(value).chain([("constant", *constant)]).collect();
        sheet.empty("parameter", &attributes);
    });
}

fn rules(sheet: &mut Sheet) {
    sheet.element("listOfRules", &[], |sheet| {
        for Define { id, expr, .. } in &system().defines {
            rule(sheet, "assignmentRule", id, expr);
        }
        for (id, state) in STATES.iter().zip(&system().states) {
            rule(sheet, "rateRule", id, &state.rate);
        }
        for Output { id, expr, .. } in &system().outputs {
            rule(sheet, "assignmentRule", &output_id(id), expr);
        }
    });
}

fn rule(sheet: &mut Sheet, kind: &str, id: &str, expr: &Expr) {
    sheet.element(kind, &[("variable", id)], |sheet| sheet.math(expr));
}

fn event(sheet: &mut Sheet, jump: &Jump) {
    sheet.element("event", &[("useValuesFromTriggerTime", "true")], |sheet| {
        sheet.element("trigger", &[("initialValue", "false"), ("persistent", "true")], |sheet| {
            sheet.since(jump.at_h);
        });
        sheet.list("listOfEventAssignments", &jump.then, |sheet, (id, expr)| rule(sheet, "eventAssignment", id, expr));
    });
}
