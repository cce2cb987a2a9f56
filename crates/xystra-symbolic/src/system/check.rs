//! What must hold among the entries of a system.

use std::collections::BTreeSet;

use super::{Event, System};
use crate::{Error, Expr};

/// Checks names and uses.
///
/// # Errors
/// The first entry that breaks a rule, and the rule.
pub(super) fn check(file: &str, system: &System) -> Result<(), Error> {
    let fail = |(entry, what): (String, String)| Error::Entry { file: file.to_owned(), entry, what };
    ids(system).map_err(fail)?;
    defines(system).map_err(fail)?;
    rests(system).map_err(fail)?;
    system.events.iter().try_for_each(|event| assignments(system, event)).map_err(fail)?;
    labelled(system).into_iter().try_for_each(|(entry, expr)| no_output(system, entry, expr)).map_err(fail)
}

/// The symbols that are nothing else, in the order of first appearance.
pub(super) fn parameters(system: &System) -> Vec<String> {
    let global: BTreeSet<&str> = globals(system).into_iter().collect();
    let mut found: Vec<String> = Vec::new();
    let mut take = |expr: &Expr, local: &BTreeSet<&str>| {
        for symbol in expr.symbols() {
            if !global.contains(symbol) && !local.contains(symbol) && !found.iter().any(|known| known == symbol) {
                found.push(symbol.to_owned());
            }
        }
    };
    let none = BTreeSet::new();
    system.defines.iter().for_each(|define| take(&define.expr, &none));
    system.states.iter().for_each(|state| [&state.rest, &state.rate].into_iter().for_each(|expr| take(expr, &none)));
    system.outputs.iter().for_each(|output| take(&output.expr, &none));
    for event in &system.events {
        let local = locals(event).into_iter().collect();
        event.lets.iter().chain(&event.then).for_each(|(_, expr)| take(expr, &local));
    }
    found
}

type Fault = (String, String);

/// The names that every expression may use, apart from parameters.
fn globals(system: &System) -> Vec<&str> {
    let inputs = system.inputs.iter().map(|input| input.id.as_str());
    let defines = system.defines.iter().map(|define| define.id.as_str());
    inputs.chain(defines).chain(system.states.iter().map(|state| state.id.as_str())).collect()
}

/// The names that only an event's own expressions may use.
fn locals(event: &Event) -> Vec<&str> {
    let variables = event.variables.iter().map(|variable| variable.id.as_str());
    variables.chain(event.lets.iter().map(|(id, _)| id.as_str())).collect()
}

fn ids(system: &System) -> Result<(), Fault> {
    let symbols = globals(system);
    symbols.iter().try_for_each(|id| symbol(id, id))?;
    unique("input, define or state", &symbols)?;
    unique("output", &system.outputs.iter().map(|output| output.id.as_str()).collect::<Vec<_>>())?;
    unique("event", &system.events.iter().map(|event| event.id.as_str()).collect::<Vec<_>>())?;
    for event in &system.events {
        let entry = format!("event \"{}\"", event.id);
        let own = locals(event);
        own.iter().try_for_each(|id| symbol(&entry, id))?;
        unique(&entry, &own)?;
        if let Some(taken) = own.iter().find(|id| symbols.contains(id)) {
            return Err((entry, format!("\"{taken}\" is already an input, define or state; choose another name")));
        }
    }
    Ok(())
}

fn symbol(entry: &str, id: &str) -> Result<(), Fault> {
    let good = id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if good { Ok(()) } else { Err((format!("\"{entry}\""), format!("\"{id}\" is no symbol: use a-z, 0-9 and _"))) }
}

fn unique(entry: &str, ids: &[&str]) -> Result<(), Fault> {
    let mut seen = BTreeSet::new();
    match ids.iter().find(|id| !seen.insert(**id)) {
        Some(twice) => Err((entry.to_owned(), format!("\"{twice}\" stands twice; give each its own id"))),
        None => Ok(()),
    }
}

/// A define may use those above it, so that no circle can arise.
fn defines(system: &System) -> Result<(), Fault> {
    for (at, define) in system.defines.iter().enumerate() {
        let late = |symbol: &&str| system.defines[at..].iter().any(|later| later.id == *symbol);
        if let Some(symbol) = define.expr.symbols().into_iter().find(late) {
            let what = format!("uses \"{symbol}\", which does not stand above it; move it there");
            return Err((format!("define \"{}\"", define.id), what));
        }
    }
    Ok(())
}

fn rests(system: &System) -> Result<(), Fault> {
    let global = globals(system);
    for state in &system.states {
        if let Some(symbol) = state.rest.symbols().into_iter().find(|symbol| global.contains(symbol)) {
            let what = format!("rest uses \"{symbol}\"; it may use parameters only");
            return Err((format!("state \"{}\"", state.id), what));
        }
    }
    Ok(())
}

fn assignments(system: &System, event: &Event) -> Result<(), Fault> {
    let may = |id: &String| system.states.iter().any(|state| state.id == *id) || is_input(system, id);
    match event.then.iter().find(|(id, _)| !may(id)) {
        Some((id, _)) => {
            Err((format!("event \"{}\"", event.id), format!("then: \"{id}\" is no state or input; correct the name")))
        }
        None => Ok(()),
    }
}

fn is_input(system: &System, id: &str) -> bool {
    system.inputs.iter().any(|input| input.id == id)
}

/// Every expression with what to call it.
fn labelled(system: &System) -> Vec<(String, &Expr)> {
    let defines = system.defines.iter().map(|define| (format!("define \"{}\"", define.id), &define.expr));
    let rates = system.states.iter().map(|state| (format!("state \"{}\", rate", state.id), &state.rate));
    let outputs = system.outputs.iter().map(|output| (format!("output \"{}\"", output.id), &output.expr));
    let events = system.events.iter().flat_map(|event| {
        event.lets.iter().chain(&event.then).map(move |(id, expr)| (format!("event \"{}\", {id}", event.id), expr))
    });
    defines.chain(rates).chain(outputs).chain(events).collect()
}

/// An output's name in an expression would pass as a parameter; it is surely a mistake.
fn no_output(system: &System, entry: String, expr: &Expr) -> Result<(), Fault> {
    let global = globals(system);
    let output = |symbol: &&str| !global.contains(symbol) && system.outputs.iter().any(|output| output.id == *symbol);
    match expr.symbols().into_iter().find(output) {
        Some(symbol) => Err((entry, format!("uses the output \"{symbol}\"; make it a define to use it"))),
        None => Ok(()),
    }
}
