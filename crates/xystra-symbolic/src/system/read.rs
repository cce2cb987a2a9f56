//! The file as it is written, before any check.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::order::ordered;
use super::{Define, Event, Input, Output, State, System, Variable};
use crate::{Error, Expr};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    input: Vec<Named>,
    #[serde(default)]
    define: Vec<DefineText>,
    state: Vec<StateText>,
    #[serde(default)]
    output: Vec<OutputText>,
    #[serde(default)]
    event: Vec<EventText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    id: String,
    name: String,
    unit: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DefineText {
    id: String,
    name: String,
    expr: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StateText {
    id: String,
    symbol: String,
    name: String,
    unit: String,
    rest: String,
    rate: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OutputText {
    id: String,
    name: String,
    unit: String,
    expr: String,
    #[serde(default)]
    explain: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventText {
    id: String,
    name: String,
    #[serde(default)]
    variables: Vec<Named>,
    #[serde(default, rename = "let")]
    lets: BTreeMap<String, String>,
    then: BTreeMap<String, String>,
}

/// The system in the text, its expressions read, its names not yet checked.
pub(super) fn system(file: &str, text: &str) -> Result<System, Error> {
    let raw: File = toml::from_str(text)
        .map_err(|error| Error::File { file: file.to_owned(), what: error.to_string().trim_end().to_owned() })?;
    Ok(System {
        inputs: raw.input.into_iter().map(|Named { id, name, unit }| Input { id, name, unit }).collect(),
        defines: raw.define.into_iter().map(|text| define(file, text)).collect::<Result<_, _>>()?,
        states: raw.state.into_iter().map(|text| state(file, text)).collect::<Result<_, _>>()?,
        outputs: raw.output.into_iter().map(|text| output(file, text)).collect::<Result<_, _>>()?,
        events: raw.event.into_iter().map(|text| event(file, text)).collect::<Result<_, _>>()?,
        parameters: Vec::new(),
    })
}

fn define(file: &str, text: DefineText) -> Result<Define, Error> {
    let expr = expression(file, &format!("define \"{}\"", text.id), &text.expr)?;
    Ok(Define { id: text.id, name: text.name, expr })
}

fn state(file: &str, text: StateText) -> Result<State, Error> {
    let rest = expression(file, &format!("state \"{}\", rest", text.id), &text.rest)?;
    let rate = expression(file, &format!("state \"{}\", rate", text.id), &text.rate)?;
    Ok(State { id: text.id, symbol: text.symbol, name: text.name, unit: text.unit, rest, rate })
}

fn output(file: &str, text: OutputText) -> Result<Output, Error> {
    let expr = expression(file, &format!("output \"{}\"", text.id), &text.expr)?;
    Ok(Output { id: text.id, name: text.name, unit: text.unit, expr, explain: text.explain })
}

fn event(file: &str, text: EventText) -> Result<Event, Error> {
    let entry = format!("event \"{}\"", text.id);
    let variables = text.variables.into_iter().map(|Named { id, name, unit }| Variable { id, name, unit }).collect();
    let lets = ordered(file, &entry, expressions(file, &entry, "let", text.lets)?)?;
    let then = expressions(file, &entry, "then", text.then)?.into_iter().collect();
    Ok(Event { id: text.id, name: text.name, variables, lets, then })
}

fn expressions(
    file: &str,
    entry: &str,
    part: &str,
    texts: BTreeMap<String, String>,
) -> Result<BTreeMap<String, Expr>, Error> {
    let read = |(id, text): (String, String)| {
        let expr = expression(file, &format!("{entry}, {part}.{id}"), &text)?;
        Ok((id, expr))
    };
    texts.into_iter().map(read).collect()
}

fn expression(file: &str, entry: &str, text: &str) -> Result<Expr, Error> {
    Expr::parse(text).map_err(|fault| Error::Expression {
        file: file.to_owned(),
        entry: entry.to_owned(),
        column: fault.column,
        what: fault.what,
    })
}
