use jiff::{Timestamp, ToSpan};
use xystra_care::Refusal;
use xystra_care::decision::{Decision, Ending};
use xystra_care::finding::Kind;
use xystra_care::response::Skin;
use xystra_care::screening::{Answer, items};
use xystra_catalog::catalog;
use xystra_catalog::screening::{Scope, Verdict};
use xystra_course::today::{Due, NextStep, checkins_due, visit};
use xystra_testkit::{RecordBuilder, SITE};

use crate::{facts_of, ready};

fn state(built: &RecordBuilder) -> (Due, NextStep) {
    let visit = visit(built.record(), &facts_of(built), catalog(), built.now(), None);
    (visit.due, visit.next)
}

fn word(built: &RecordBuilder) -> (&'static str, NextStep) {
    let (due, next) = state(built);
    (due.word(), next)
}

fn screening_item(verdict: Verdict) -> &'static str {
    let built = RecordBuilder::new("lateral-epicondylitis");
    let asked = items(&built.record().intake.body, catalog()).into_iter();
    let item = asked.into_iter().find(|item| item.verdict == verdict && item.scope == Scope::Client);
    item.expect("an item with that verdict").id.as_str()
}

#[test]
fn the_loop_from_consent_to_the_first_session() {
    let fresh = RecordBuilder::new("lateral-epicondylitis");
    assert_eq!(word(&fresh), ("No consent", NextStep::Consent));
    let consented = fresh.consented();
    assert_eq!(word(&consented), ("Screening open", NextStep::Screening));
    let screened = consented.screened();
    assert_eq!(word(&screened), ("No plan", NextStep::Findings));
    let found = screened.found(SITE, Kind::Restriction);
    assert_eq!(word(&found), ("No plan", NextStep::Plan));
    let planned = found.planned(|_| {});
    assert_eq!(word(&planned), ("Clear", NextStep::StartSession));
    assert_eq!(word(&planned.clone().open_session(|_| {})), ("Under way", NextStep::ContinueSession));
}

#[test]
fn an_unanswered_question_and_an_old_clearance_open_the_screening() {
    let (due, next) = state(&ready().unanswered(screening_item(Verdict::Precaution)));
    assert_eq!((due, next), (Due::ScreeningOpen { why: Refusal::Unanswered { count: 1 } }, NextStep::Screening));
    assert_eq!(word(&ready().later(12.0 * 168.0 + 1.0)), ("Screening open", NextStep::Screening));
}

#[test]
fn a_yes_is_a_precaution_or_forbids() {
    let answered = |verdict| {
        RecordBuilder::new("lateral-epicondylitis").consented().answered(&[(screening_item(verdict), Answer::yes())])
    };
    let (due, next) = state(&answered(Verdict::Precaution).planned(|_| {}));
    assert!(matches!(&due, Due::Precaution { change } if !change.is_empty()) && due.may_treat(), "{due:?}");
    assert_eq!(next, NextStep::StartSession);
    let (due, next) = state(&answered(Verdict::DoNotTreat));
    assert!(matches!(due, Due::DoNotTreat { .. }) && !due.may_treat() && due.reason().is_some());
    assert_eq!(next, NextStep::Screening);
}

#[test]
fn the_window_opens_after_48_hours_and_is_late_from_96() {
    let treated = ready().session(Skin::Redness);
    let hours = |hours: f64| word(&treated.clone().later(hours)).0;
    assert_eq!([1.0, 47.9, 48.0, 95.9, 96.0].map(hours), ["Too early", "Too early", "Clear", "Clear", "Late"]);
    let opens_at = treated.record().last_session_at().unwrap() + 48.hours();
    assert_eq!(state(&treated).0, Due::TooEarly { opens_at });
}

#[test]
fn a_longer_gap_in_the_plan_moves_the_window() {
    let weekly =
        RecordBuilder::new("lateral-epicondylitis").consented().screened().planned(|draft| draft.gap_hours = 160);
    let treated = weekly.session(Skin::Redness);
    assert_eq!(word(&treated.clone().later(100.0)).0, "Too early");
    assert_eq!(word(&treated.later(170.0)).0, "Clear");
}

#[test]
fn a_booked_visit_is_judged_at_its_time() {
    let treated = ready().session(Skin::Redness).later(40.0);
    let booked = treated.now() + 10.hours();
    let (record, facts) = (treated.record(), facts_of(&treated));
    let visit = |appointment| visit(record, &facts, catalog(), treated.now(), appointment);
    assert_eq!(visit(None).due.word(), "Too early");
    assert_eq!((visit(Some(booked)).due, visit(Some(booked)).hours_since_last), (Due::Clear, Some(50.0)));
    assert_eq!((visit(None).window.opens_h, visit(None).window.closes_h), (48.0, Some(96.0)));
    let mut day = [visit(None), visit(Some(booked)), visit(Some(treated.now() + 1.hours()))];
    day.sort_by_key(xystra_course::today::Visit::order);
    assert_eq!(day.map(|visit| visit.hours_since_last), [Some(41.0), Some(50.0), Some(40.0)]);
}

#[test]
fn skin_and_soreness_hold() {
    let hold = |built: RecordBuilder| match state(&built) {
        (Due::Hold { rule: Some(rule), .. }, next) => (rule.id.as_str(), next),
        other => panic!("{other:?}"),
    };
    assert_eq!(hold(ready().session(Skin::FewPetechiae).later(60.0)), ("wait-skin", NextStep::CheckSkin));
    assert_eq!(
        hold(ready().session(Skin::None).later(60.0).checkin(None, Some(4))),
        ("wait-soreness", NextStep::CheckSkin)
    );
    assert_eq!(hold(ready().session(Skin::PainfulBruise).later(60.0)), ("skin-4", NextStep::CheckSkin));
    assert_eq!(hold(ready().session(Skin::Broken).later(60.0)), ("skin-5", NextStep::Discharge));
    let soft = ready().session(Skin::FewPetechiae).later(60.0).checkin(Some(Skin::Redness), Some(3));
    assert_eq!(word(&soft), ("Clear", NextStep::StartSession));
}

#[test]
fn at_the_end_of_the_course_comes_a_measurement_and_then_the_discharge() {
    let short = RecordBuilder::new("lateral-epicondylitis").consented().screened().planned(|draft| {
        (draft.sessions_per_week, draft.weeks) = (1, 1);
    });
    let done = short.session(Skin::None).later(60.0).checkin(Some(Skin::None), Some(0));
    assert_eq!(word(&done), ("Clear", NextStep::Reassess));
    assert_eq!(word(&done.measured("nprs", None, 2.0)).1, NextStep::Discharge);
}

#[test]
fn a_closed_episode_is_closed() {
    let closed = Decision::Closed { outcome: Ending::ClientStopped, summary: String::new() };
    assert_eq!(word(&ready().decided(closed)), ("Closed", NextStep::Closed));
}

#[test]
fn check_ins_are_asked_for_at_24_and_48_hours() {
    let treated = ready().session(Skin::Redness);
    let due = |built: &RecordBuilder, hours: i64| {
        let now: Timestamp = treated.now() + hours.hours();
        checkins_due(built.record(), now).first().map(|due| due.after_hours)
    };
    assert_eq!(
        [17, 18, 35, 36, 71, 72].map(|hours| due(&treated, hours)),
        [None, Some(24), Some(24), Some(48), Some(48), None]
    );
    let told = treated.clone().later(20.0).checkin(Some(Skin::None), Some(1));
    assert_eq!([20, 35, 40].map(|hours| due(&told, hours)), [None, None, Some(48)]);
    let told_twice = told.later(25.0).checkin(Some(Skin::None), Some(0));
    assert_eq!(due(&told_twice, 50), None);
    assert_eq!(word(&treated.later(20.0)), ("Too early", NextStep::CheckSkin));
}
