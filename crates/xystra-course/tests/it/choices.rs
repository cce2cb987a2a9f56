use jiff::tz::TimeZone;
use xystra_care::plan::{Draft, Pause, Plan, Target};
use xystra_care::response::Skin;
use xystra_care::session::Session;
use xystra_catalog::catalog;
use xystra_catalog::course::Band;
use xystra_cohort::case::Choice;
use xystra_course::outlook::case::Doses;
use xystra_course::outlook::choices::Offer;
use xystra_course::outlook::{Asked, ask};
use xystra_dose::Provenance;
use xystra_testkit::RecordBuilder;

use crate::ready;

const WEEK_H: f64 = 168.0;

/// A plan of so many sessions a week for four weeks, pain measured once.
fn planned(often: u8, change: impl FnOnce(&mut Draft)) -> RecordBuilder {
    let built = RecordBuilder::new("lateral-epicondylitis").consented().screened().planned(|draft| {
        (draft.sessions_per_week, draft.weeks, draft.gap_hours) = (often, 4, 48);
        draft.applications[0].target = Target::Band(Band::Medium);
        change(draft);
    });
    built.measured("nprs", None, 6.0)
}

fn asked(built: &RecordBuilder) -> Asked {
    ask(built.record(), &Doses::new(), catalog(), &TimeZone::UTC, built.now()).expect("something was measured")
}

fn ids(built: &RecordBuilder) -> Vec<String> {
    asked(built).offers.into_iter().map(|offer| offer.id).collect()
}

fn of(asked: &Asked, id: &str) -> (Offer, Choice) {
    let at = asked.offers.iter().position(|offer| offer.id == id).unwrap_or_else(|| panic!("no {id}"));
    (asked.offers[at].clone(), asked.choices[at].clone())
}

fn starts(asked: &Asked, id: &str) -> Vec<f64> {
    of(asked, id).0.sessions_h
}

#[test]
fn going_on_comes_first_and_stopping_last() {
    assert_eq!(
        ids(&planned(2, |_| {})),
        ["continue", "lighter", "more-often", "fewer", "other-instrument", "break", "stop"]
    );
}

#[test]
fn offers_and_choices_are_the_same_in_the_same_order() {
    let asked = asked(&planned(2, |_| {}));
    for (offer, choice) in asked.offers.iter().zip(&asked.choices) {
        assert_eq!(offer.id, choice.id);
        assert_eq!(offer.sessions_h, choice.sessions.iter().map(|session| session.at_h).collect::<Vec<_>>());
        assert!(choice.sessions.iter().all(|session| session.at_h >= asked.case.now_h));
    }
}

#[test]
fn nothing_is_offered_more_often_than_every_48_hours() {
    assert!(!ids(&planned(3, |_| {})).contains(&"more-often".to_owned()), "four a week would be every 42 h");
    let gap = |often| planned(often, |draft| draft.gap_hours = 96);
    assert!(!ids(&gap(1)).contains(&"more-often".to_owned()), "twice a week is every 84 h, and the plan asks for 96");
    for (offer, choice) in asked(&planned(2, |_| {})).offers.iter().zip(asked(&planned(2, |_| {})).choices) {
        assert!(choice.sessions.windows(2).all(|pair| pair[1].at_h - pair[0].at_h >= 48.0), "{}", offer.id);
    }
}

#[test]
fn once_a_week_cannot_be_less_often() {
    assert!(!ids(&planned(1, |_| {})).contains(&"fewer".to_owned()));
}

#[test]
fn sessions_go_on_from_the_last_one_until_the_end_of_the_plan() {
    let built = planned(2, |_| {}).later(24.0).session(Skin::None);
    let starts = starts(&asked(&built), "continue");
    assert_eq!(starts.len(), 7);
    assert!((starts[0] - (24.0 + 84.0)).abs() < 1e-9 && (starts[6] - (24.0 + 7.0 * 84.0)).abs() < 1e-9, "{starts:?}");
}

#[test]
fn an_overdue_session_comes_soon() {
    let built = planned(2, |_| {}).later(24.0).session(Skin::None).later(2.0 * WEEK_H).measured("nprs", None, 5.0);
    let asked = asked(&built);
    let wait = starts(&asked, "continue")[0] - asked.case.now_h;
    assert!((wait - 24.0).abs() < 1e-9, "{wait}");
}

#[test]
fn a_plan_that_is_done_leaves_nothing_but_stopping() {
    let built = planned(1, |draft| draft.weeks = 1).session(Skin::None);
    assert_eq!(ids(&built), ["stop"]);
}

#[test]
fn a_baseline_phase_holds_the_first_session_back() {
    let first = |baselines| {
        let asked = asked(&planned(2, |draft| draft.baseline_measurements = baselines));
        starts(&asked, "continue")[0]
    };
    assert!((first(0) - 24.0).abs() < 1e-9);
    assert!((first(3) - 2.0 * 72.0).abs() < 1e-9, "one of three is taken: {}", first(3));
}

#[test]
fn a_planned_break_is_honoured_and_not_offered_twice() {
    let built = planned(2, |draft| draft.pause = Some(Pause { after_sessions: 3, weeks: 2 })).session(Skin::None);
    let asked = asked(&built);
    let starts = starts(&asked, "continue");
    let gaps: Vec<f64> = starts.windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert_eq!(gaps[..3], [84.0, 2.0 * WEEK_H, 84.0]);
    assert!(!asked.offers.iter().any(|offer| offer.id == "break"));
}

#[test]
fn a_break_is_offered_halfway_through_what_is_left() {
    let asked = asked(&planned(2, |_| {}).session(Skin::None).later(48.0).session(Skin::None));
    let draft = of(&asked, "break").0.draft.unwrap();
    assert_eq!(draft.pause, Some(Pause { after_sessions: 5, weeks: 2 }));
    let gaps: Vec<f64> = starts(&asked, "break").windows(2).map(|pair| pair[1] - pair[0]).collect();
    assert_eq!(gaps.iter().filter(|gap| **gap > 100.0).count(), 1);
}

#[test]
fn lighter_is_the_rules_own_step() {
    let asked = asked(&planned(2, |_| {}));
    let (offer, choice) = of(&asked, "lighter");
    assert_eq!(offer.draft.unwrap().applications[0].target, Target::Band(Band::Low));
    let force = choice.sessions[0].strokes[0].force;
    assert_eq!((force.low, force.high, force.provenance), (1.6, 3.5, Provenance::Banded));
}

#[test]
fn a_planned_range_of_newtons_is_the_force() {
    let asked = asked(&planned(2, |draft| draft.applications[0].target = Target::Newton { low: 4.0, high: 6.0 }));
    let force = of(&asked, "continue").1.sessions[0].strokes[0].force;
    assert_eq!((force.newton, force.low, force.high), (5.0, 4.0, 6.0));
}

#[test]
fn more_and_fewer_end_when_the_plan_would() {
    let built = planned(2, |_| {}).session(Skin::None).later(48.0).session(Skin::None);
    let asked = asked(&built);
    assert_eq!(starts(&asked, "continue").len(), 6);
    assert_eq!(starts(&asked, "more-often").len(), 10, "three weeks are left; the plan's whole weeks of three make 12");
    assert_eq!(starts(&asked, "fewer").len(), 3);
    let end = |id: &str| *starts(&asked, id).last().unwrap();
    assert!((end("fewer") - end("continue")).abs() < WEEK_H && (end("more-often") - end("continue")).abs() < WEEK_H);
}

#[test]
fn another_instrument_has_another_edge() {
    let asked = asked(&planned(2, |_| {}));
    let edge = |id: &str| of(&asked, id).1.sessions[0].strokes[0].edge.radius_mm;
    assert!((edge("continue") - edge("other-instrument")).abs() > 0.1);
    assert!(of(&asked, "other-instrument").0.says.contains("instead"));
}

#[test]
fn every_draft_is_a_plan_that_may_be_made() {
    let built = planned(2, |_| {});
    let clearance = built.record().clearance(catalog(), built.now()).unwrap();
    for offer in asked(&built).offers {
        if let Some(draft) = offer.draft {
            Plan::new(draft, &clearance, catalog()).unwrap_or_else(|errors| panic!("{}: {errors:?}", offer.id));
        }
    }
}

#[test]
fn a_hold_removes_every_choice_that_would_treat() {
    let bruised = planned(2, |_| {}).session(Skin::PainfulBruise);
    assert_eq!(ids(&bruised), ["stop"]);
    assert_eq!(ids(&planned(2, |_| {}).session(Skin::Broken)), ["stop"]);
    let healed = bruised.later(100.0).checkin(Some(Skin::None), None);
    assert!(ids(&healed).contains(&"continue".to_owned()), "seen clear");
}

#[test]
fn a_held_region_leaves_every_choice() {
    let built = planned(2, |draft| {
        let other = draft.applications[0].clone();
        draft
            .applications
            .push(xystra_care::plan::Planned { region: xystra_testkit::region("outer-elbow.back.left"), ..other });
    });
    let not_there = |session: &mut Session| {
        session.skin = Some(Skin::PainfulBruise);
        session.applications[1].done = false;
    };
    for (offer, choice) in {
        let asked = asked(&built.session_with(not_there));
        asked.offers.into_iter().zip(asked.choices)
    } {
        assert!(choice.sessions.iter().all(|session| session.strokes.len() == 1), "{}", offer.id);
        assert!(offer.draft.is_none_or(|draft| draft.applications.len() == 1), "{}", offer.id);
    }
}

#[test]
fn without_consent_clearance_or_plan_there_is_nothing_to_go_on_with() {
    assert_eq!(ids(&RecordBuilder::new("lateral-epicondylitis").measured("nprs", None, 6.0)), ["stop"]);
    let news =
        ready().measured("nprs", None, 6.0).later(48.0).session_with(|session| session.anything_new = Some(true));
    assert_eq!(ids(&news), ["stop"], "something new was reported: screen again");
    let lapsed = planned(2, |_| {}).later(300.0 * 24.0).measured("nprs", None, 5.0);
    assert_eq!(ids(&lapsed), ["stop"], "the clearance expired");
}

#[test]
fn looks_are_weekly_from_now_and_never_just_after_a_session() {
    let asked = asked(&planned(2, |_| {}).later(24.0).session(Skin::None));
    assert!((asked.times_h[0] - asked.case.now_h).abs() < 1e-9);
    let last =
        asked.choices.iter().flat_map(|choice| &choice.sessions).fold(0.0f64, |last, session| last.max(session.at_h));
    assert!(*asked.times_h.last().unwrap() >= last + 7.0 * WEEK_H && asked.times_h.len() <= 27);
    for session in asked.choices.iter().flat_map(|choice| &choice.sessions) {
        assert!(asked.times_h[1..].iter().all(|look| !(0.0..6.0).contains(&(look - session.at_h))), "{}", session.at_h);
    }
}

#[test]
fn the_same_record_asks_the_same_question_and_news_another() {
    let built = planned(2, |_| {});
    assert_eq!(asked(&built).made_from, asked(&built.clone().later(30.0)).made_from, "a day later nothing is new");
    assert_eq!(asked(&built).seed, asked(&built.clone().later(48.0).measured("nprs", None, 5.0)).seed);
    let others = [
        built.clone().later(1.0).measured("nprs", None, 6.0),
        built.clone().later(WEEK_H + 1.0),
        built.clone().intake(|intake| intake.since = None),
        built.clone().planned(|draft| draft.weeks = 7),
    ];
    for other in others {
        assert_ne!(asked(&built).made_from, asked(&other).made_from);
    }
}
