use jiff::Timestamp;
use xystra_care::finding::Kind;
use xystra_care::response::Skin;
use xystra_catalog::catalog;
use xystra_course::stepper::{StepState, steps};
use xystra_testkit::{RecordBuilder, SITE};

use crate::facts_of;

fn day(at: Timestamp) -> String {
    at.strftime("%-d %b").to_string()
}

fn shown(built: &RecordBuilder) -> Vec<(&'static str, StepState, String)> {
    let steps = steps(built.record(), &facts_of(built), catalog(), built.now(), day);
    steps.into_iter().map(|step| (step.name, step.state, step.caption)).collect()
}

fn step(name: &'static str, state: StepState, caption: &str) -> (&'static str, StepState, String) {
    (name, state, caption.to_owned())
}

#[test]
fn a_new_episode_waits_for_consent() {
    let all = shown(&RecordBuilder::new("lateral-epicondylitis"));
    assert_eq!(all[0], step("Intake", StepState::Warn, "no consent in force"));
    assert_eq!(all[1], step("Screening", StepState::Todo, "not yet"));
    assert!(all[2..].iter().all(|(_, state, _)| *state == StepState::Todo), "{all:?}");
}

#[test]
fn an_episode_between_two_sessions() {
    let built = RecordBuilder::new("lateral-epicondylitis").consented().screened().found(SITE, Kind::Restriction);
    let built = built.found(SITE, Kind::Tenderness).measured("nprs", None, 6.0).planned(|_| {});
    let built = built.session(Skin::Redness).later(40.0).checkin(Some(Skin::None), Some(1));
    let built = built.later(20.0).measured("nprs", None, 5.0).measured("nprs", None, 5.0);
    assert_eq!(
        shown(&built),
        [
            step("Intake", StepState::Done, "2 Mar"),
            step("Screening", StepState::Done, "clear to 25 May"),
            step("Findings", StepState::Done, "1 region"),
            step("Plan", StepState::Done, "version 1"),
            step("Session", StepState::Now, "2 of 10 is next"),
            step("Response", StepState::Done, "grade 1"),
            step("Outlook", StepState::Done, "3 observations"),
        ]
    );
}

#[test]
fn what_needs_an_eye_warns() {
    let bruised = RecordBuilder::new("lateral-epicondylitis").ready().session(Skin::PainfulBruise);
    assert_eq!(shown(&bruised)[5], step("Response", StepState::Warn, "grade 4"));
    let old = RecordBuilder::new("lateral-epicondylitis").ready().later(13.0 * 168.0);
    assert_eq!(shown(&old)[1], step("Screening", StepState::Warn, "expired 25 May"));
    let waiting = RecordBuilder::new("lateral-epicondylitis").ready().session(Skin::Redness).later(20.0);
    assert_eq!(shown(&waiting)[5], step("Response", StepState::Warn, "grade 1, ask at 24 h"));
    let blind = RecordBuilder::new("lateral-epicondylitis").ready().session_with(|session| session.skin = None);
    assert_eq!(shown(&blind)[5], step("Response", StepState::Warn, "skin not looked at"));
}

#[test]
fn a_session_that_is_open_is_where_the_episode_is() {
    let open = RecordBuilder::new("lateral-epicondylitis").ready().open_session(|_| {});
    assert_eq!(shown(&open)[4], step("Session", StepState::Now, "1 is under way"));
}
