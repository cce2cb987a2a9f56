use xystra_care::FieldError;
use xystra_care::measurement::{Measurement, Method, activities_mean};
use xystra_catalog::atlas::Side;
use xystra_catalog::catalog;

use crate::message;

fn measurement(measure: &str, side: Option<Side>, value: f64) -> Measurement {
    Measurement {
        measure: measure.into(),
        value,
        side,
        method: Method::default(),
        activities: Vec::new(),
        remark: String::new(),
    }
}

fn errors(measure: &str, side: Option<Side>, value: f64) -> Vec<FieldError> {
    measurement(measure, side, value).check(catalog())
}

#[test]
fn four_hundred_degrees_are_refused_with_value_and_unit() {
    let errors = errors("knee-flexion", Some(Side::Left), 400.0);
    assert_eq!(message(&errors, "value"), "knee flexion of 400 degrees is outside 0 to 175: check the number");
}

#[test]
fn the_bounds_belong_to_the_range_and_what_is_no_number_does_not() {
    assert_eq!(errors("knee-flexion", Some(Side::Left), 0.0), []);
    assert_eq!(errors("knee-flexion", Some(Side::Left), 175.0), []);
    for value in [-1.0, 175.1, f64::NAN, f64::INFINITY] {
        assert_eq!(errors("knee-flexion", Some(Side::Left), value).len(), 1, "{value}");
    }
}

#[test]
fn a_measure_of_two_sides_needs_one() {
    let errors = errors("knee-flexion", None, 120.0);
    assert!(message(&errors, "side").contains("choose one"));
}

#[test]
fn own_activities_are_scored_one_by_one() {
    let mut psfs = measurement("psfs", None, 4.0);
    assert!(message(&psfs.check(catalog()), "value").contains("at least one"));
    psfs.activities = vec![("Lifting".into(), 3.0), ("Typing".into(), 50.0)];
    assert_eq!(message(&psfs.check(catalog()), "value"), "Typing: 50 is outside 0 to 10 points");
    psfs.activities[1].1 = 5.0;
    assert_eq!(psfs.check(catalog()), []);
    assert_eq!(activities_mean(&psfs.activities), Some(4.0));
    assert_eq!(activities_mean(&[]), None);
}

#[test]
fn an_unknown_measure_is_refused() {
    assert!(message(&errors("mood", None, 1.0), "measure").contains("not in the catalog"));
}
