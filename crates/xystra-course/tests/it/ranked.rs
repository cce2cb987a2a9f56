use xystra_care::decision::Decision;
use xystra_care::plan::{Plan, Target};
use xystra_care::response::Skin;
use xystra_catalog::catalog;
use xystra_catalog::course::Band;
use xystra_course::proposal::{Ranking, chosen, rank};
use xystra_testkit::RecordBuilder;

use crate::example::{asked, foretold};
use crate::{facts_of, ready};

/// Pain and function measured, four weeks planned at medium force.
fn planned() -> RecordBuilder {
    let built = RecordBuilder::new("lateral-epicondylitis").consented().screened().planned(|draft| {
        (draft.sessions_per_week, draft.weeks) = (2, 4);
        draft.applications[0].target = Target::Band(Band::Medium);
    });
    built.measured("nprs", None, 6.0).measured("psfs", None, 4.0)
}

/// Ranks an outlook in which pain and function move so each week, and a session as planned bruises 31 of 100.
fn ranked(built: &RecordBuilder, slope: impl Fn(&str, &str) -> f64) -> Option<Ranking> {
    bruising(built, slope, Some(0.31))
}

fn bruising(built: &RecordBuilder, slope: impl Fn(&str, &str) -> f64, bruise: Option<f64>) -> Option<Ranking> {
    let asked = asked(built);
    let foretold = foretold(&asked, slope, bruise);
    rank(built.record(), &facts_of(built), (&asked, &foretold), catalog(), built.now())
}

#[test]
fn the_plan_in_force_stays_first_unless_another_leads_clearly() {
    let helped = |lighter: f64| {
        let slope = move |track: &str, choice: &str| match (track, choice) {
            ("psfs", _) | (_, "stop") => 0.0,
            (_, "lighter") => lighter,
            _ => -0.3,
        };
        bruising(&planned(), slope, None)
    };
    let slightly = helped(-0.31).unwrap();
    assert_eq!((slightly.best.offer.id.as_str(), slightly.others.len()), ("continue", 6));
    assert_eq!(helped(-0.5).unwrap().best.offer.id, "lighter");
    let gentler = |track: &str, choice: &str| if (track, choice) == ("nprs", "stop") { 0.0 } else { -0.3 };
    assert_eq!(ranked(&planned(), gentler).unwrap().best.offer.id, "lighter", "as good, and it bruises less");
}

#[test]
fn where_nothing_is_expected_of_the_treatment_stopping_comes_first() {
    let ranking = ranked(&planned(), |_, _| 0.0).unwrap();
    assert_eq!((ranking.best.offer.id.as_str(), ranking.best.offer.draft.is_none()), ("stop", true));
    assert_eq!(
        ranking.reason,
        "Stop: much the same by week 4, bruising chance 0 % instead of 31 %, 0 sessions instead of 8."
    );
}

#[test]
fn what_brings_more_function_and_pain_relief_comes_first_with_the_reason() {
    let ranking = ranked(&planned(), |track, choice| match (track, choice) {
        ("nprs", "lighter") => -0.5,
        ("nprs", _) => -0.2,
        ("psfs", "continue") => 0.1,
        _ => 0.0,
    });
    let ranking = ranking.unwrap();
    assert_eq!(ranking.best.offer.id, "lighter");
    assert_eq!(
        ranking.reason,
        "Lighter: 1.2 points more relief by week 4, 0.4 points less gain in own activities (psfs), bruising \
         chance 8 % instead of 31 %."
    );
    assert!((ranking.weeks - 4.0).abs() < 0.2, "{}", ranking.weeks);
}

#[test]
fn what_the_runner_up_does_better_is_given_up() {
    let ranking = ranked(&planned(), |track, choice| match (track, choice) {
        ("nprs", "lighter") => -1.0,
        ("psfs", "fewer") => 0.3,
        _ => 0.0,
    });
    let ranking = ranking.unwrap();
    assert_eq!((ranking.best.offer.id.as_str(), ranking.others[0].offer.id.as_str()), ("lighter", "fewer"));
    assert_eq!(
        ranking.given_up,
        "Given up beside \"less often\": 1.2 points more gain in own activities (psfs), 4 more sessions."
    );
}

#[test]
fn sessions_are_a_burden() {
    let all_same = ranked(&planned(), |_, _| -0.3).unwrap();
    let worth = |id: &str| {
        let all = std::iter::once(&all_same.best).chain(&all_same.others);
        all.into_iter().find(|ranked| ranked.offer.id == id).unwrap().worth
    };
    assert!(
        worth("fewer") > worth("continue") && worth("continue") > worth("more-often") && worth("stop") > worth("fewer")
    );
}

#[test]
fn the_rules_come_first() {
    let bruised =
        |built: RecordBuilder| built.session(Skin::Bruise).later(48.0).checkin(Some(Skin::None), Some(1)).later(24.0);
    let twice = bruised(bruised(planned()));
    assert_eq!(ranked(&twice, |_, _| 0.0), None, "skin-3-twice waits for a decision");
    assert_eq!(ranked(&planned().session(Skin::PainfulBruise), |_, _| 0.0), None, "held");
    assert_eq!(
        ranked(&ready().measured("nprs", None, 6.0).later(300.0 * 24.0), |_, _| 0.0),
        None,
        "the clearance expired"
    );
}

#[test]
fn an_outlook_on_an_older_record_is_not_ranked() {
    let old = asked(&planned());
    let foretold = foretold(&old, |_, _| 0.0, None);
    let news = planned().later(30.0).measured("nprs", None, 2.0);
    assert_eq!(rank(news.record(), &facts_of(&news), (&asked(&news), &foretold), catalog(), news.now()), None);
}

#[test]
fn a_choice_becomes_a_plan_only_on_a_clearance_and_the_decision_names_its_outlook() {
    let built = planned();
    let asked = asked(&built);
    let foretold = foretold(&asked, |_, _| 0.0, None);
    let offer = foretold.offer("lighter").unwrap();
    let clearance = built.record().clearance(catalog(), built.now()).unwrap();
    let plan = Plan::new(offer.draft.clone().unwrap(), &clearance, catalog()).unwrap();
    assert_eq!(plan.draft().applications[0].target, Target::Band(Band::Low));
    let decision = chosen(&foretold, offer, 2);
    let kept = serde_json::to_value(&decision).unwrap();
    assert_eq!((kept["kind"].as_str(), kept["outlook"].as_str()), (Some("chosen"), Some(asked.made_from.as_str())));
    assert_eq!(serde_json::from_value::<Decision>(kept).unwrap(), decision);
    assert_eq!(
        ranked(&built.decided(decision), |_, _| 0.0).map(|ranking| ranking.best.offer.id).as_deref(),
        Some("stop")
    );
}

#[test]
fn decisions_of_earlier_programs_are_read() {
    let old = r#"{"kind":"accepted","rules":["skin-3-twice"],"plan_version":2}"#;
    let decision = Decision::Accepted { rules: vec!["skin-3-twice".into()], plan_version: 2 };
    assert_eq!(serde_json::from_str::<Decision>(old).unwrap(), decision);
}
