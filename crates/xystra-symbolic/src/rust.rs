//! A system as Rust code: straight lines of arithmetic, generic over [`Number`](crate::Number).

mod block;
mod factors;

use std::fmt::Write as _;

use self::block::{Names, Shared};
use crate::{Elimination, Event, Expr, System};

/// The Rust code of a system, to be included where `Number` is in scope.
///
/// It holds the tables `INPUTS`, `STATES`, `PARAMETERS`, `OUTPUTS` and `EVENTS` (ids, and of events those of their variables);
/// `NEEDS`, the places of the states that each output follows from;
/// `JACOBIAN`, the row and column of each entry that is not always zero; and functions generic over `Number`:
/// `rest`, `constants` (what follows from the parameters alone, worked out once), `rate`, `jacobian`, `outputs`,
/// `factor` (of `shift*I - J`), `solve` with those factors, and `happen`, which lets an event change inputs and states.
/// The functions are inlined wherever they are used, so that code made for wide vectors gets its own.
/// A system has at least one parameter; numbers of the same kind are made from the first.
/// `p` are parameters, `c` constants, `u` inputs, `y` states and `v` the event's variables, each in the order of its table.
pub fn rust_source(system: &System) -> String {
    let mut text = String::new();
    let entries = system.jacobian();
    tables(&mut text, system, &entries);
    equations(&mut text, system, &entries);
    let pattern: Vec<(usize, usize)> = entries.iter().map(|(row, column, _)| (*row, *column)).collect();
    let order = Elimination::of(system.states.len(), &pattern);
    factors::write(&mut text, &order, &pattern);
    happenings(&mut text, system);
    text
}

fn tables(text: &mut String, system: &System, entries: &[(usize, usize, Expr)]) {
    let mut table = |doc: &str, name: &str, ids: Vec<&str>| {
        let _ = writeln!(text, "/// {doc}\npub const {name}: [&str; {}] = {ids:?};", ids.len());
    };
    table("Ids of the inputs.", "INPUTS", system.inputs.iter().map(|input| input.id.as_str()).collect());
    table("Ids of the states.", "STATES", system.states.iter().map(|state| state.id.as_str()).collect());
    table("Ids of the parameters.", "PARAMETERS", system.parameters().iter().map(String::as_str).collect());
    table("Ids of the outputs.", "OUTPUTS", system.outputs.iter().map(|output| output.id.as_str()).collect());
    let events: Vec<String> = system.events.iter().map(event_row).collect();
    let _ = writeln!(text, "/// Ids of the events, each with those of its variables.");
    let _ = writeln!(text, "pub const EVENTS: [(&str, &[&str]); {}] = [{}];", events.len(), events.join(", "));
    let places: Vec<(usize, usize)> = entries.iter().map(|(row, column, _)| (*row, *column)).collect();
    let needs: Vec<String> = system.outputs.iter().map(|output| format!("&{:?}", system.needs(output))).collect();
    let _ = writeln!(text, "/// Places of the states that each output follows from, at once or later.");
    let _ = writeln!(text, "pub const NEEDS: [&[usize]; {}] = [{}];", needs.len(), needs.join(", "));
    let _ = writeln!(text, "/// Row and column of each entry of the Jacobian that is not always zero.");
    let _ = writeln!(text, "pub const JACOBIAN: [(usize, usize); {}] = {places:?};", places.len());
}

fn event_row(event: &Event) -> String {
    let variables: Vec<&str> = event.variables.iter().map(|variable| variable.id.as_str()).collect();
    format!("({:?}, &{variables:?})", event.id)
}

/// The functions that share what follows from the parameters alone.
fn equations(text: &mut String, system: &System, entries: &[(usize, usize, Expr)]) {
    let whole = |expr: &Expr| system.expanded(expr).simplified();
    let rates: Vec<Expr> = system.states.iter().map(|state| whole(&state.rate)).collect();
    let jacobian: Vec<Expr> = entries.iter().map(|(_, _, entry)| entry.simplified()).collect();
    let outputs: Vec<Expr> = system.outputs.iter().map(|output| whole(&output.expr)).collect();
    let rests: Vec<Expr> = system.states.iter().map(|state| state.rest.simplified()).collect();
    let names = Names::of(system, &[]);
    let shared = Shared::of(names.clone(), &[&rates, &jacobian, &outputs]);

    let of_parameters = |name: &str| format!("pub fn {name}<N: Number>(p: &[N; PARAMETERS.len()])");
    let of_all = |name: &str| {
        format!(
            "pub fn {name}<N: Number>(p: &[N; PARAMETERS.len()], c: &[N; CONSTANTS], u: &[N; INPUTS.len()], y: &[N; STATES.len()])"
        )
    };
    let _ = writeln!(text, "/// How many constants follow from the parameters alone.");
    let _ = writeln!(text, "pub const CONSTANTS: usize = {};", shared.constants());
    function(
        text,
        "States at rest.",
        &of_parameters("rest"),
        "STATES.len()",
        &Shared::plain(names, &[&rests]).body(&rests),
    );
    function(text, "What follows from the parameters alone.", &of_parameters("constants"), "CONSTANTS", &shared.head());
    function(text, "Change of the states by hour.", &of_all("rate"), "STATES.len()", &shared.body(&rates));
    function(text, "Entries of the Jacobian.", &of_all("jacobian"), "JACOBIAN.len()", &shared.body(&jacobian));
    function(text, "Values of the outputs.", &of_all("outputs"), "OUTPUTS.len()", &shared.body(&outputs));
}

fn function(text: &mut String, doc: &str, head: &str, length: &str, body: &str) {
    let _ = writeln!(text, "/// {doc}\n#[must_use]\n#[inline(always)]\n{head} -> [N; {length}] {{\n{body}}}");
}

fn happenings(text: &mut String, system: &System) {
    let _ =
        writeln!(text, "/// Lets the event at this place of `EVENTS` change inputs and states; all change at once.");
    let _ = writeln!(
        text,
        "pub fn happen<N: Number>(event: usize, p: &[N; PARAMETERS.len()], v: &[N], u: &mut [N; INPUTS.len()], y: &mut [N; STATES.len()]) {{\nmatch event {{"
    );
    for (at, event) in system.events.iter().enumerate() {
        let _ = writeln!(text, "{at} => {{\n{}}}", happening(system, event));
    }
    text.push_str("_ => {}\n}\n}\n");
}

fn happening(system: &System, event: &Event) -> String {
    let variables: Vec<&str> = event.variables.iter().map(|variable| variable.id.as_str()).collect();
    let names = Names::of(system, &variables);
    let values: Vec<Expr> = event.then.iter().map(|(_, expr)| system.jump(event, expr).simplified()).collect();
    let targets: Vec<&str> = event.then.iter().map(|(id, _)| names.at(id)).collect();
    let shared = Shared::plain(names.clone(), &[&values]);
    shared.assignments(&targets, &values)
}
