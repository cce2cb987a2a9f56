//! The equations and parameters as tables: what docs/methods/remodelling.md shows is what is computed.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde::Deserialize;
use xystra_tissue::library;
use xystra_tissue::library::{Calibrated, Prior};

use crate::section::table;

const FILE: &str = "data/tissue/equations.toml";

#[derive(Debug, Deserialize)]
struct Equations {
    input: Vec<Input>,
    define: Vec<Named>,
    state: Vec<State>,
    output: Vec<Named>,
    event: Vec<Event>,
}

#[derive(Debug, Deserialize)]
struct Input {
    id: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct Named {
    id: String,
    name: String,
    expr: String,
    unit: Option<String>,
    explain: Option<String>,
}

#[derive(Debug, Deserialize)]
struct State {
    id: String,
    symbol: String,
    name: String,
    rest: String,
    rate: String,
}

#[derive(Debug, Deserialize)]
struct Event {
    id: String,
    name: String,
    #[serde(default)]
    variables: Vec<Input>,
    #[serde(default, rename = "let")]
    lets: BTreeMap<String, String>,
    then: BTreeMap<String, String>,
}

/// The parts of the page by the name of their marks, made from the files of data/tissue.
pub fn parts() -> Result<Vec<(&'static str, String)>> {
    let text = fs::read_to_string(FILE).context(FILE)?;
    let equations: Equations = toml::from_str(&text).context(FILE)?;
    Ok(vec![
        ("states", states(&equations)),
        ("defines", defines(&equations)),
        ("outputs", outputs(&equations)),
        ("events", events(&equations)),
        ("parameters", parameters()),
    ])
}

fn states(equations: &Equations) -> String {
    let row = |state: &State| {
        vec![code(&state.id), state.symbol.clone(), state.name.clone(), code(&state.rest), code(&state.rate)]
    };
    table(
        &["state", "symbol", "what it is", "at rest", "rate of change, 1/h"],
        &equations.state.iter().map(row).collect::<Vec<_>>(),
    )
}

fn defines(equations: &Equations) -> String {
    let given =
        equations.input.iter().map(|input| vec![code(&input.id), input.name.clone(), "set by events".to_owned()]);
    let row = |define: &Named| vec![code(&define.id), define.name.clone(), code(&define.expr)];
    table(&["word", "what it is", "is"], &given.chain(equations.define.iter().map(row)).collect::<Vec<_>>())
}

fn outputs(equations: &Equations) -> String {
    let row = |output: &Named| {
        let [unit, explain] = [&output.unit, &output.explain].map(|text| text.clone().unwrap_or_default());
        vec![code(&output.id), unit, code(&output.expr), explain]
    };
    table(&["output", "unit", "is", "in words"], &equations.output.iter().map(row).collect::<Vec<_>>())
}

fn events(equations: &Equations) -> String {
    let list = |all: &BTreeMap<String, String>, sign: &str| {
        all.iter().map(|(id, expr)| code(&format!("{id} {sign} {expr}"))).collect::<Vec<_>>().join("<br>")
    };
    let row = |event: &Event| {
        let variables =
            event.variables.iter().map(|one| format!("{} ({})", code(&one.id), one.name)).collect::<Vec<_>>();
        let name = format!("{}: {}", code(&event.id), event.name);
        vec![name, variables.join("<br>"), list(&event.lets, "="), list(&event.then, ":=")]
    };
    table(&["event", "carries", "works out", "then"], &equations.event.iter().map(row).collect::<Vec<_>>())
}

fn parameters() -> String {
    let row = |prior: &Prior| {
        let range =
            if prior.high > prior.low { format!("{} to {}", prior.low, prior.high) } else { "fixed".to_owned() };
        let status = format!("{:?}", prior.status).to_lowercase();
        vec![
            code(&prior.id),
            prior.name.clone(),
            prior.unit.clone(),
            prior.value.to_string(),
            range,
            calibrated(&prior.id),
            prior.source.clone(),
            status,
        ]
    };
    let heads = ["parameter", "what it is", "unit", "prior", "range", "calibrated", "source", "status"];
    table(&heads, &library().priors.iter().map(row).collect::<Vec<_>>())
}

/// `human 0.31, rat 0.2`: what each group's calibration found.
fn calibrated(id: &str) -> String {
    let of = |values: &[Calibrated]| values.iter().find(|one| one.id == id).map(|one| one.value);
    let found =
        library().calibrations.iter().filter_map(|group| Some(format!("{} {:.3}", group.id, of(&group.values)?)));
    found.collect::<Vec<_>>().join(", ")
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_the_equations_and_parameters_as_they_stand() {
        std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/..")).expect("the repository is there");
        let page = fs::read_to_string("docs/methods/remodelling.md").expect("the page reads");
        for (part, text) in parts().expect("the files read") {
            assert!(page.contains(&text), "{part} is not as data/tissue has it: run `cargo xtask bench methods`");
        }
    }
}
