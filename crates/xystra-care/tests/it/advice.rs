use jiff::tz::TimeZone;
use xystra_care::advice::{Advice, Outcome, advise, ask};
use xystra_care::facts::{Facts, facts};
use xystra_care::response::Skin;
use xystra_catalog::advice::{Action, Context, Rule, Value};
use xystra_catalog::catalog;
use xystra_testkit::RecordBuilder;

const ELBOW: &str = "lateral-epicondylitis";

fn advice(built: &RecordBuilder, context: Context) -> Vec<Advice> {
    let facts = facts(built.record(), catalog(), &TimeZone::UTC, built.now());
    advise(&facts, catalog(), context)
}

fn spoken(built: &RecordBuilder, context: Context) -> Vec<&'static str> {
    let advice = advice(built, context);
    advice.into_iter().filter(Advice::speaks).map(|advice| advice.rule.id.as_str()).collect()
}

fn rule(id: &str) -> &'static Rule {
    catalog().advice.iter().find(|rule| rule.id == id).expect("a rule")
}

fn reacted(skins: &[Skin]) -> RecordBuilder {
    let begun = RecordBuilder::new(ELBOW).ready();
    skins.iter().fold(begun, |built, skin| built.later(72.0).session(*skin))
}

#[test]
fn a_missing_fact_asks_and_a_failed_test_silences() {
    let wait = rule("wait-skin");
    let mut facts = Facts::new();
    assert_eq!(ask(wait, &facts), Outcome::Asks(vec!["sessions-done".into(), "skin-latest".into()]));
    facts.insert("sessions-done".into(), Value::Number(1.0));
    assert_eq!(ask(wait, &facts), Outcome::Asks(vec!["skin-latest".into()]));
    facts.insert("skin-latest".into(), Value::Number(2.0));
    assert_eq!(ask(wait, &facts), Outcome::Speaks);
    facts.remove("skin-latest");
    facts.insert("sessions-done".into(), Value::Number(0.0));
    assert_eq!(ask(wait, &facts), Outcome::Silent, "a test that fails needs no other fact");
}

#[test]
fn a_fact_of_another_kind_is_not_known() {
    for (rule_id, fact) in
        [("goal-met", "goal-met"), ("gap-48h", "hours-since-last-session"), ("hip-limits", "condition")]
    {
        let mut facts: Facts = [("sessions-done".to_owned(), Value::Number(4.0))].into();
        facts.insert(fact.into(), Value::Numbers(vec![1.0]));
        assert_eq!(ask(rule(rule_id), &facts), Outcome::Asks(vec![fact.into()]), "{rule_id}");
    }
}

#[test]
fn what_speaks_comes_before_what_asks() {
    let built = reacted(&[Skin::ManyPetechiae]).later(24.0);
    let advice = advice(&built, Context::Before);
    let first_asking = advice.iter().position(|advice| !advice.speaks()).unwrap_or(advice.len());
    assert!(advice[..first_asking].iter().all(Advice::speaks));
    assert!(advice[first_asking..].iter().all(|advice| !advice.speaks()));
    assert_eq!(spoken(&built, Context::Before), ["gap-48h", "wait-skin"]);
}

#[test]
fn grade_three_in_two_of_three_sessions_asks_for_a_lighter_plan() {
    assert!(spoken(&reacted(&[Skin::Bruise, Skin::None, Skin::Bruise]), Context::Course).contains(&"skin-3-twice"));
    assert!(!spoken(&reacted(&[Skin::Bruise, Skin::None, Skin::None]), Context::Course).contains(&"skin-3-twice"));
    let long_ago = reacted(&[Skin::Bruise, Skin::None, Skin::None, Skin::Bruise]);
    assert!(!spoken(&long_ago, Context::Course).contains(&"skin-3-twice"), "one of the last three");
}

#[test]
fn grade_four_holds_and_grade_five_stops() {
    let held = reacted(&[Skin::PainfulBruise]).later(72.0);
    assert!(spoken(&held, Context::Before).contains(&"skin-4"));
    let stopped = reacted(&[Skin::Broken]).later(72.0);
    let advice = advice(&stopped, Context::Before);
    assert!(advice.iter().any(|advice| advice.speaks() && advice.rule.action == Action::StopAndRefer));
}

#[test]
fn discomfort_lightens_at_five_and_stops_at_seven() {
    let during = |discomfort| {
        let built = RecordBuilder::new(ELBOW).ready().open_session(|session| session.discomfort = Some(discomfort));
        spoken(&built, Context::During)
    };
    assert!(during(4).is_empty());
    assert_eq!(during(5), ["discomfort-5"]);
    assert_eq!(during(6), ["discomfort-5"]);
    assert_eq!(during(7), ["discomfort-7"]);
}

#[test]
fn no_change_speaks_after_four_and_after_eight_sessions() {
    let treated = |sessions: usize| {
        let begun = RecordBuilder::new(ELBOW).measured("nprs", None, 6.0).ready();
        let treated = (0..sessions).fold(begun, |built, _| built.later(72.0).session(Skin::None));
        spoken(&treated.later(24.0).measured("nprs", None, 5.0), Context::Course)
    };
    assert!(treated(3).is_empty());
    assert_eq!(treated(4), ["no-change-4"]);
    assert_eq!(treated(8), ["no-change-8"]);
}

#[test]
fn a_fresh_ankle_is_limited_and_asks_for_the_ottawa_rules() {
    let fresh =
        RecordBuilder::new("acute-ankle-sprain").intake(|intake| intake.since = Some(jiff::civil::date(2026, 3, 1)));
    assert_eq!(spoken(&fresh, Context::Before), ["acute-ankle", "acute-ankle-72h"]);
    let asks = advice(&fresh, Context::Before);
    assert!(asks.iter().any(|advice| advice.rule.id == "ottawa-first" && !advice.speaks()));
    let screened = fresh.screened().later(96.0);
    assert_eq!(spoken(&screened, Context::Before), ["acute-ankle"]);
}
