use jiff::civil::date;
use xystra_care::intake::{ComplaintSide, Goal, Intake};
use xystra_catalog::catalog;
use xystra_testkit::RecordBuilder;

use crate::message;

fn intake(change: impl FnOnce(&mut Intake)) -> Intake {
    RecordBuilder::new("lateral-epicondylitis").intake(change).build().intake.body
}

fn errors(change: impl FnOnce(&mut Intake)) -> Vec<xystra_care::FieldError> {
    intake(change).check(catalog(), date(2026, 3, 2))
}

#[test]
fn a_plain_complaint_passes() {
    assert_eq!(errors(|_| {}), []);
}

#[test]
fn a_side_that_contradicts_the_code_is_named_with_both() {
    let errors = errors(|intake| intake.code = Some("M77.11".into()));
    assert_eq!(message(&errors, "code"), "M77.11 says right but the complaint is on: left");
    let both = intake(|intake| {
        intake.code = Some("M77.12".into());
        intake.side = ComplaintSide::Both;
    });
    assert!(message(&both.check(catalog(), date(2026, 3, 2)), "code").contains("both sides"));
}

#[test]
fn a_code_of_the_right_side_or_of_no_side_passes() {
    assert_eq!(errors(|intake| intake.code = Some("M77.12".into())), []);
    assert_eq!(errors(|intake| intake.code = Some("M77.10".into())), []);
}

#[test]
fn a_code_of_another_complaint_is_refused() {
    let errors = errors(|intake| intake.code = Some("G56.01".into()));
    assert!(message(&errors, "code").starts_with("G56.01 is not one of the codes"));
}

#[test]
fn a_beginning_in_the_future_is_refused_at_its_field() {
    let errors = errors(|intake| intake.since = Some(date(2026, 3, 3)));
    assert_eq!(message(&errors, "since"), "2026-03-03 is in the future");
}

#[test]
fn a_sided_complaint_needs_its_side_and_a_free_one_its_words() {
    let sideless = errors(|intake| intake.side = ComplaintSide::Middle);
    assert!(message(&sideless, "side").contains("choose left, right or both"));
    let wordless = errors(|intake| intake.condition = "other".into());
    assert!(message(&wordless, "words").contains("a few words"));
    let unknown = errors(|intake| intake.condition = "gout".into());
    assert_eq!(message(&unknown, "condition"), "gout is not in the catalog: choose one");
}

#[test]
fn a_goal_is_checked_against_its_measure() {
    let goal = |measure: Option<&str>, target| Goal { text: "Lift".into(), measure: measure.map(Into::into), target };
    let errors = errors(|intake| {
        intake.goals = vec![goal(Some("nprs"), Some(2.0)), goal(None, Some(2.0)), goal(Some("nprs"), Some(40.0))];
    });
    assert_eq!(message(&errors, "goal_measure_1"), "a target needs a measure");
    assert_eq!(message(&errors, "goal_target_2"), "40 is outside 0 to 10 points");
    assert_eq!(errors.len(), 2);
}

#[test]
fn more_than_five_activities_are_too_many() {
    let errors = errors(|intake| intake.activities = vec!["Lifting".into(); 6]);
    assert_eq!(message(&errors, "activities"), "6 activities: choose at most 5");
}

#[test]
fn weeks_are_counted_from_the_onset() {
    assert_eq!(intake(|_| {}).weeks_since_onset(date(2026, 3, 2)), Some(4.0));
    assert_eq!(intake(|intake| intake.since = None).weeks_since_onset(date(2026, 3, 2)), None);
}

#[test]
fn the_title_says_the_side_and_keeps_free_words() {
    assert!(intake(|_| {}).title(catalog()).ends_with(", left"));
    let free = intake(|intake| {
        intake.condition = "other".into();
        intake.words = "Stiff jaw".into();
        intake.side = ComplaintSide::Middle;
    });
    assert_eq!(free.title(catalog()), "Stiff jaw");
}
