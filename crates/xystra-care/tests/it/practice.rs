use jiff::civil::date;
use xystra_care::client::Client;
use xystra_care::practice::{ForceUnit, Practice, Tool};

use crate::message;

#[test]
fn a_client_needs_a_name_and_a_birth_that_can_be() {
    let errors = Client { born: Some(date(1880, 1, 1)), ..Client::default() }.check(date(2026, 3, 2));
    assert!(message(&errors, "name").contains("a name is needed"));
    assert!(message(&errors, "born").contains("more than 120 years ago"));
}

#[test]
fn somebody_born_on_a_leap_day_ages_on_the_first_of_march() {
    let client = Client { born: Some(date(2000, 2, 29)), ..Client::default() };
    assert_eq!(client.age(date(2026, 2, 28)), Some(25));
    assert_eq!(client.age(date(2026, 3, 1)), Some(26));
}

#[test]
fn a_practice_needs_a_name_and_a_time_zone_that_exists() {
    let practice = Practice { time_zone: "Mars/Olympus".into(), keep_years: 0, ..Practice::default() };
    let errors = practice.check();
    assert!(message(&errors, "time_zone").starts_with("Mars/Olympus is no time zone"));
    assert!(message(&errors, "keep_years").contains("at least 1 year"));
    assert!(message(&errors, "name").contains("needs a name"));
}

#[test]
fn forces_are_shown_in_the_practices_unit() {
    assert!((ForceUnit::KilogramForce.show(9.806_65) - 1.0).abs() < 1e-12);
    assert!((ForceUnit::Newton.show(3.5) - 3.5).abs() < 1e-12);
}

#[test]
fn a_tool_is_measured_within_reason() {
    let tool = Tool {
        name: String::new(),
        instrument: "gt-1".into(),
        mass_g: Some(9000.0),
        radius_mm: Some(f64::NAN),
        length_mm: Some(120.0),
        instrumented: false,
        calibrated: None,
        retired: false,
    };
    let errors = tool.check();
    assert!(message(&errors, "mass_g").starts_with("9000 g is outside 0 to 5000 g"));
    assert!(message(&errors, "radius_mm").contains("mm") && message(&errors, "tool_name").contains("a name"));
    assert_eq!(errors.len(), 3);
}
