//! What a file of equations may say, and how it is told what it may not.

use xystra_symbolic::{Expr, System};

const GOOD: &str = r#"
[[input]]
id = "push"
name = "push"
unit = "1"

[[define]]
id = "pull"
name = "pull"
expr = "k*place"

[[define]]
id = "brake"
name = "brake"
expr = "pull/(m + pull^2)"

[[state]]
id = "place"
symbol = "x"
name = "place"
unit = "m"
rest = "start"
rate = "push - brake"

[[state]]
id = "heat"
symbol = "h"
name = "heat"
unit = "1"
rest = "0"
rate = "-heat/cooling"

[[output]]
id = "all-heat"
name = "heat"
unit = "1"
expr = "heat + place^2"

[[event]]
id = "kick"
name = "a kick"
variables = [{ id = "strength", name = "strength", unit = "1" }]

[event.let]
late = "early*strength"
early = "half*place"

[event.then]
place = "place + late"
push = "strength"
"#;

fn fault(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from));
    System::parse("made-up.toml", &GOOD.replacen(from, to, 1)).expect_err("the file is bad").to_string()
}

#[test]
fn whatever_is_nothing_else_is_a_parameter_in_the_order_of_appearance() {
    let system = System::parse("made-up.toml", GOOD).unwrap();
    assert_eq!(system.parameters(), ["k", "m", "start", "cooling", "half"]);
}

#[test]
fn lets_stand_after_those_they_use() {
    let system = System::parse("made-up.toml", GOOD).unwrap();
    let ids: Vec<&str> = system.events[0].lets.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["early", "late"]);
    let after = system.jump(&system.events[0], &system.events[0].then[0].1);
    assert_eq!(after.symbols(), ["place", "half", "strength"]);
}

#[test]
fn the_jacobian_sees_through_defines_and_holds_its_diagonal() {
    let system = System::parse("made-up.toml", GOOD).unwrap();
    let entries = system.jacobian();
    let places: Vec<(usize, usize)> = entries.iter().map(|(row, column, _)| (*row, *column)).collect();
    assert_eq!(places, [(0, 0), (1, 1)]);
    let at = |name: &str| Some(if name == "k" { 2.0 } else { 3.0 });
    let slope = entries[0].2.evaluate(&at).unwrap();
    // d/dx of -k x/(m + k^2 x^2) at k = 2, m = x = 3.
    assert!((slope - 2.0 * (36.0 - 3.0) / (39.0 * 39.0)).abs() < 1e-15, "{slope}");
}

#[test]
fn a_bad_expression_is_told_with_its_entry_and_column() {
    assert_eq!(
        fault("-heat/cooling", "-heat/exp(cooling)"),
        "made-up.toml: state \"heat\", rate: column 7: `exp(` looks like a function; only + - * / and whole powers are allowed"
    );
    assert!(fault("half*place", "half place").contains("event \"kick\", let.early: column 6"));
    assert!(fault("place + late", "place +").contains("event \"kick\", then.place: column 8"));
}

#[test]
fn a_name_may_mean_one_thing_only() {
    assert!(fault("id = \"heat\"", "id = \"place\"").contains("\"place\" stands twice"));
    assert!(fault("id = \"strength\"", "id = \"place\"").contains("already an input, define or state"));
    assert!(fault("early = \"half", "strength = \"half").contains("\"strength\" stands twice"));
    assert!(fault("id = \"brake\"", "id = \"Brake\"").contains("is no symbol"));
}

#[test]
fn circles_and_late_words_are_refused() {
    assert!(fault("half*place", "half*late").contains("early, late use each other in a circle"));
    assert!(fault("k*place", "k*brake").contains("uses \"brake\", which does not stand above it"));
    assert!(fault("k*place", "k*pull").contains("uses \"pull\""));
}

#[test]
fn uses_that_cannot_be_meant_are_refused() {
    assert!(fault("rest = \"0\"", "rest = \"place\"").contains("rest uses \"place\"; it may use parameters only"));
    assert!(fault("push = \"strength\"", "pusj = \"strength\"").contains("then: \"pusj\" is no state or input"));
    let used = GOOD.replace("all-heat", "warmth").replace("-heat/cooling", "-heat/cooling*warmth");
    let error = System::parse("made-up.toml", &used).unwrap_err().to_string();
    assert!(error.contains("uses the output \"warmth\"; make it a define"), "{error}");
}

#[test]
fn a_field_that_nobody_reads_is_told_with_its_line() {
    let error = fault("unit = \"m\"", "units = \"m\"");
    assert!(error.contains("made-up.toml") && error.contains("units") && error.contains("line"), "{error}");
}

#[test]
fn an_expression_lists_its_symbols_once() {
    let system = System::parse("made-up.toml", GOOD).unwrap();
    assert_eq!(system.expanded(&Expr::Symbol("brake".into())).symbols(), ["k", "place", "m"]);
}
