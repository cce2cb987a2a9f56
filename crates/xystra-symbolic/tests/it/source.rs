//! The Rust code of a small system. That it computes what it should is tested where it is compiled: in xystra-tissue.

use xystra_symbolic::{System, rust_source};

/// Two states that swap places.
const SWAP: &str = r#"
[[state]]
id = "a"
symbol = "a"
name = "a"
unit = "1"
rest = "0"
rate = "k^2*b - a"

[[state]]
id = "b"
symbol = "b"
name = "b"
unit = "1"
rest = "k"
rate = "k^2*a - b"

[[event]]
id = "swap"
name = "swap"
then = { a = "b", b = "a" }
"#;

fn source() -> String {
    rust_source(&System::parse("swap.toml", SWAP).expect("the system is good"))
}

#[test]
fn the_tables_hold_the_ids() {
    let text = source();
    assert!(text.contains("pub const STATES: [&str; 2] = [\"a\", \"b\"];"), "{text}");
    assert!(text.contains("pub const PARAMETERS: [&str; 1] = [\"k\"];"), "{text}");
    assert!(text.contains("pub const EVENTS: [(&str, &[&str]); 1] = [(\"swap\", &[])];"), "{text}");
    assert!(text.contains("pub const JACOBIAN: [(usize, usize); 4] = [(0, 0), (0, 1), (1, 0), (1, 1)];"), "{text}");
}

#[test]
fn an_output_needs_what_its_states_and_their_events_follow_from() {
    let chain = r#"
[[input]]
id = "given"
name = "given"
unit = "1"

[[state]]
id = "far"
symbol = "far"
name = "far"
unit = "1"
rest = "0"
rate = "-k*far"

[[state]]
id = "idle"
symbol = "idle"
name = "idle"
unit = "1"
rest = "0"
rate = "near - idle"

[[state]]
id = "near"
symbol = "near"
name = "near"
unit = "1"
rest = "0"
rate = "given - near"

[[output]]
id = "seen"
name = "seen"
unit = "1"
expr = "2*near"
explain = "It follows from far through what an event gives."

[[event]]
id = "give"
name = "give"
then = { given = "far" }
"#;
    let text = rust_source(&System::parse("chain.toml", chain).expect("the system is good"));
    assert!(text.contains("pub const NEEDS: [&[usize]; 1] = [&[0, 2]];"), "{text}");
}

#[test]
fn what_follows_from_parameters_alone_is_worked_out_once() {
    let text = source();
    assert_eq!(text.matches("p[0] * p[0]").count(), 1, "{text}");
}

#[test]
fn an_event_assigns_all_at_once() {
    let text = source();
    assert!(text.contains("let [n0, n1] = [y[1], y[0]];\ny[0] = n0;\ny[1] = n1;"), "{text}");
}

#[test]
fn the_same_file_gives_the_same_code() {
    assert_eq!(source(), source());
}
