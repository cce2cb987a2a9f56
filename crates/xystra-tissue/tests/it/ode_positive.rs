//! No state falls below zero, whatever the parameters and whatever happens.

use proptest::prelude::*;
use xystra_tissue::remodel::{EVENTS, Happening, STATES, State, Tolerance, simulate};

use crate::ode_jacobian::parameters;

/// The largest value of each variable of an event that anybody would give.
fn most(variable: &str) -> f64 {
    match variable {
        "pressure" => 300.0,
        "minutes" => 60.0,
        "hours" => 3.0,
        _ => 1.0,
    }
}

/// Any event with any variables, within six weeks.
fn happening() -> impl Strategy<Value = Happening> {
    let shares = prop::collection::vec(0.0..=1.0, 8);
    (0.0..1000.0, 0..EVENTS.len(), shares).prop_map(|(at_h, event, shares)| {
        let (id, variables) = EVENTS[event];
        let values: Vec<(&str, f64)> =
            variables.iter().zip(shares).map(|(id, share)| (*id, share * most(id))).collect();
        Happening::new(at_h, id, &values).expect("it has its variables")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_state_falls_below_zero(p in parameters(), happenings in prop::collection::vec(happening(), 0..30)) {
        let times_h: Vec<f64> = (0..2000).map(f64::from).collect();
        let course = simulate(&p, &State::rest(&p), &happenings, &times_h, Tolerance::DAILY).unwrap();
        for (time, states) in course.times_h.iter().zip(&course.states) {
            for (id, value) in STATES.iter().zip(states) {
                prop_assert!(*value >= -Tolerance::DAILY.absolute, "{id} is {value:e} at {time} h");
            }
        }
    }
}
