use xystra_care::FieldError;
use xystra_care::plan::{Draft, Plan, Target};
use xystra_care::screening::Answer;
use xystra_catalog::atlas::Side;
use xystra_catalog::catalog;
use xystra_catalog::course::Band;
use xystra_testkit::{RecordBuilder, SITE, region};

use crate::message;

const ELBOW: &str = "lateral-epicondylitis";

fn errors(change: impl FnOnce(&mut Draft)) -> Vec<FieldError> {
    errors_on(&RecordBuilder::new(ELBOW).screened(), change)
}

fn errors_on(built: &RecordBuilder, change: impl FnOnce(&mut Draft)) -> Vec<FieldError> {
    let clearance = built.record().clearance(catalog(), built.now()).unwrap();
    let mut draft = built.draft();
    change(&mut draft);
    Plan::new(draft, &clearance, catalog()).err().unwrap_or_default()
}

fn target(site: &str, target: Target) -> impl FnOnce(&mut Draft) {
    move |draft| {
        draft.applications[0].region = region(site);
        draft.applications[0].target = target;
    }
}

#[test]
fn the_default_course_of_every_condition_is_a_plan() {
    for condition in &catalog().conditions {
        let built = RecordBuilder::new(&condition.id).screened();
        let clearance = built.record().clearance(catalog(), built.now()).unwrap();
        let draft = Draft::default_for(&built.record().intake.body, &[], catalog());
        if condition.regions.is_empty() {
            assert!(draft.applications.is_empty(), "{}: regions from nowhere", condition.id);
            continue;
        }
        let plan = Plan::new(draft, &clearance, catalog());
        assert!(plan.is_ok(), "{}: {plan:?}", condition.id);
        assert_eq!(plan.unwrap().draft().gap_hours, 48);
    }
}

#[test]
fn the_usual_regions_are_on_the_complaints_side() {
    let intake = RecordBuilder::new(ELBOW).build().intake.body;
    let draft = Draft::default_for(&intake, &[], catalog());
    assert!(!draft.applications.is_empty());
    assert!(draft.applications.iter().all(|planned| planned.region.side() == Side::Left));
}

#[test]
fn a_site_of_no_strokes_is_refused_however_light() {
    let errors = errors(target("armpit.front.left", Target::Band(Band::Low)));
    assert!(message(&errors, "region_0").contains("no strokes here: axilla"), "{errors:?}");
}

#[test]
fn a_light_site_takes_the_light_band_only() {
    let site = "elbow-point.back.left";
    assert_eq!(errors(target(site, Target::Band(Band::Low))), []);
    assert_eq!(errors(target(site, Target::Newton { low: 1.0, high: 3.5 })), []);
    let medium = errors(target(site, Target::Band(Band::Medium)));
    assert!(message(&medium, "region_0").contains("light strokes only"));
    let newton = errors(target(site, Target::Newton { low: 1.0, high: 3.6 }));
    assert!(message(&newton, "region_0").contains("light strokes only"));
}

#[test]
fn the_default_on_a_light_site_is_light() {
    let intake = RecordBuilder::new("patellar-tendinitis").build().intake.body;
    let draft = Draft::default_for(&intake, &[region("elbow-point.back.left")], catalog());
    assert_eq!(draft.applications[0].target, Target::Band(Band::Low));
}

#[test]
fn a_blocked_region_is_refused_with_what_opens_it() {
    let wound = Answer { regions: vec![region(SITE)], ..Answer::yes() };
    let built = RecordBuilder::new(ELBOW).answered(&[("open-wound", wound)]);
    let errors = errors_on(&built, |_| {});
    assert!(message(&errors, "region_0").contains("left"), "{errors:?}");
    assert!(message(&errors, "region_0").contains("Wait until it has closed"));
    let elsewhere = errors_on(&built, target("forearm-extensors-lower.back.left", Target::Band(Band::Low)));
    assert_eq!(elsewhere, []);
}

#[test]
fn numbers_out_of_bounds_are_named_with_their_unit() {
    let errors = errors(|draft| {
        draft.sessions_per_week = 0;
        draft.weeks = 40;
        draft.applications[0].minutes = 45.0;
        draft.applications[0].instrument = "spoon".into();
        draft.applications[0].target = Target::Newton { low: 5.0, high: 2.0 };
    });
    assert_eq!(message(&errors, "sessions_per_week"), "0 is outside 1 to 7");
    assert_eq!(message(&errors, "weeks"), "40 is outside 1 to 26");
    assert_eq!(message(&errors, "minutes_0"), "45 min is outside 0 to 30 min");
    assert_eq!(message(&errors, "instrument_0"), "choose an instrument");
    assert!(message(&errors, "target_0").starts_with("5 to 2 N is no range"));
}

#[test]
fn what_is_not_a_number_is_refused() {
    let errors = errors(|draft| {
        draft.applications[0].minutes = f64::NAN;
        draft.applications[0].target = Target::Newton { low: f64::NAN, high: f64::INFINITY };
    });
    assert!(message(&errors, "minutes_0").contains("min") && message(&errors, "target_0").contains('N'));
}

#[test]
fn a_plan_needs_a_region_on_the_map() {
    let none = errors(|draft| draft.applications.clear());
    assert!(message(&none, "region_0").contains("at least one region"));
    let unknown = errors(target("tail.back.left", Target::Band(Band::Low)));
    assert!(message(&unknown, "region_0").contains("not on the body map"));
}

#[test]
fn one_step_lighter_is_a_band_down_or_thirty_percent() {
    assert_eq!(Target::Band(Band::High).lighter(), Some(Target::Band(Band::Medium)));
    assert_eq!(Target::Band(Band::Low).lighter(), None);
    let Some(Target::Newton { low, high }) = (Target::Newton { low: 2.0, high: 4.0 }).lighter() else {
        panic!("a measured force stays measured")
    };
    assert!((low - 1.4).abs() < 1e-12 && (high - 2.8).abs() < 1e-12);
}

#[test]
fn the_number_of_sessions_is_that_of_the_course() {
    let record = RecordBuilder::new(ELBOW).ready().build();
    assert_eq!(record.plan.unwrap().body.sessions(), 10);
}
