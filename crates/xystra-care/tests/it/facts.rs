use jiff::tz::TimeZone;
use xystra_care::facts::{Facts, KEYS, facts};
use xystra_care::intake::{ComplaintSide, Goal};
use xystra_care::response::Skin;
use xystra_catalog::advice::Value;
use xystra_catalog::atlas::Side;
use xystra_catalog::catalog;
use xystra_testkit::RecordBuilder;

const ELBOW: &str = "lateral-epicondylitis";

fn of(built: &RecordBuilder) -> Facts {
    facts(built.record(), catalog(), &TimeZone::UTC, built.now())
}

fn number(facts: &Facts, key: &str) -> f64 {
    match facts.get(key) {
        Some(Value::Number(value)) => *value,
        other => panic!("{key}: {other:?}"),
    }
}

fn goal(measure: &str, target: f64) -> Goal {
    Goal { text: "Lift a cup".into(), measure: Some(measure.into()), target: Some(target) }
}

/// Two sessions, a check-in after each, a third going on.
fn mid_course() -> RecordBuilder {
    RecordBuilder::new(ELBOW)
        .intake(|intake| intake.goals = vec![goal("nprs", 2.0)])
        .measured("nprs", None, 6.0)
        .ready()
        .later(24.0)
        .session(Skin::Redness)
        .later(24.0)
        .checkin(Some(Skin::None), Some(2))
        .later(48.0)
        .session(Skin::ManyPetechiae)
        .later(48.0)
        .checkin(Some(Skin::FewPetechiae), Some(3))
        .measured("nprs", None, 1.4)
        .later(24.0)
        .open_session(|session| session.discomfort = Some(5))
}

#[test]
fn every_key_is_gathered_from_a_record_that_has_it_all() {
    let facts = of(&mid_course());
    for (key, _) in KEYS {
        let there = match key.strip_suffix('*') {
            Some(prefix) => facts.keys().any(|fact| fact.starts_with(prefix)),
            None => facts.contains_key(*key),
        };
        assert!(there, "{key} is not gathered");
    }
    let known = |fact: &str| KEYS.iter().any(|(key, _)| *key == fact) || fact.starts_with("answer.");
    assert!(facts.keys().all(|fact| known(fact)), "a fact without a key: {:?}", facts.keys());
}

#[test]
fn the_numbers_are_right() {
    let facts = of(&mid_course());
    let close =
        |key: &str, value: f64| assert!((number(&facts, key) - value).abs() < 1e-9, "{key}: {}", number(&facts, key));
    close("sessions-done", 2.0);
    close("hours-since-last-session", 72.0);
    close("clearance-days-left", 84.0 - 7.0 - 1.0 / 24.0);
    close("discomfort-now", 5.0);
    close("skin-latest", 2.0);
    close("soreness-latest", 3.0);
    close("grade-last", 3.0);
    close("gain-in-changes", 2.0);
    close("plan-gap-hours", 48.0);
    close("plan-sessions-per-week", 2.0);
    close("sessions-until-reassess", 4.0);
    assert_eq!(facts["grades-last-3"], Value::Numbers(vec![1.0, 3.0]));
    assert_eq!(facts["goal-met"], Value::Flag(true));
    assert_eq!(facts["condition"], Value::Word(ELBOW.into()));
    assert_eq!(facts["answer.diabetes"], Value::Flag(false));
}

#[test]
fn what_is_not_known_is_left_out() {
    let facts = of(&RecordBuilder::new(ELBOW).intake(|intake| intake.since = None));
    let keys: Vec<&str> = facts.keys().map(String::as_str).collect();
    assert_eq!(keys, ["condition", "sessions-done"]);
}

#[test]
fn a_session_without_a_look_has_a_grade_that_is_not_known() {
    let facts = of(&RecordBuilder::new(ELBOW).ready().session_with(|session| session.skin = None));
    assert!(!facts.contains_key("grade-last"));
    let Value::Numbers(grades) = &facts["grades-last-3"] else { panic!("grades are numbers") };
    assert!(grades.len() == 1 && grades[0].is_nan());
}

#[test]
fn only_the_last_three_grades_count() {
    let mut built = RecordBuilder::new(ELBOW).ready();
    for skin in [Skin::Broken, Skin::None, Skin::Redness, Skin::FewPetechiae] {
        built = built.later(72.0).session(skin);
    }
    assert_eq!(of(&built)["grades-last-3"], Value::Numbers(vec![0.0, 1.0, 2.0]));
}

#[test]
fn the_injury_is_counted_from_the_end_of_its_day_in_the_practices_zone() {
    let today = jiff::civil::date(2026, 3, 2);
    let built = RecordBuilder::new("acute-ankle-sprain").intake(|intake| intake.since = Some(today)).later(24.0);
    assert!((number(&of(&built), "hours-since-injury") - 9.0).abs() < 1e-9);
    let east = TimeZone::fixed(jiff::tz::offset(9));
    let facts = facts(built.record(), catalog(), &east, built.now());
    assert!((number(&facts, "hours-since-injury") - 18.0).abs() < 1e-9);
}

#[test]
fn a_goal_is_judged_on_the_complaints_side() {
    let right = |goal_side: ComplaintSide| {
        RecordBuilder::new(ELBOW)
            .intake(|intake| {
                intake.side = goal_side;
                intake.goals = vec![goal("elbow-extension", -2.0)];
            })
            .measured("elbow-extension", Some(Side::Left), 0.0)
            .measured("elbow-extension", Some(Side::Right), -20.0)
    };
    assert_eq!(of(&right(ComplaintSide::Left))["goal-met"], Value::Flag(true));
    assert_eq!(of(&right(ComplaintSide::Right))["goal-met"], Value::Flag(false));
    assert_eq!(of(&right(ComplaintSide::Both))["goal-met"], Value::Flag(false));
}

#[test]
fn a_goal_that_nobody_measured_leaves_it_open_unless_another_was_missed() {
    let two = |target: f64| {
        RecordBuilder::new(ELBOW)
            .intake(|intake| intake.goals = vec![goal("nprs", target), goal("prtee", 10.0)])
            .measured("nprs", None, 3.0)
    };
    assert_eq!(of(&two(4.0)).get("goal-met"), None);
    assert_eq!(of(&two(2.0))["goal-met"], Value::Flag(false));
}

#[test]
fn the_sound_side_is_no_gain() {
    let built = RecordBuilder::new(ELBOW)
        .measured("prtee", Some(Side::Left), 60.0)
        .measured("prtee", Some(Side::Right), 60.0)
        .ready()
        .session(Skin::None)
        .later(48.0)
        .measured("prtee", Some(Side::Left), 60.0)
        .measured("prtee", Some(Side::Right), 0.0);
    assert!(number(&of(&built), "gain-in-changes").abs() < 1e-9);
}

#[test]
fn struck_answers_and_plans_are_no_facts() {
    let mut record = RecordBuilder::new(ELBOW).ready().build();
    record.screening.as_mut().unwrap().struck = true;
    record.plan.as_mut().unwrap().struck = true;
    let facts = facts(&record, catalog(), &TimeZone::UTC, xystra_testkit::START);
    assert!(!facts.keys().any(|key| key.starts_with("answer.") || key.starts_with("plan-")));
}
