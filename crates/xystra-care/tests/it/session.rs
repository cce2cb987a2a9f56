use xystra_care::response::Skin;
use xystra_care::session::{Force, Session};
use xystra_care::{FieldError, Refusal};
use xystra_catalog::catalog;
use xystra_catalog::course::Band;
use xystra_testkit::{RecordBuilder, SITE, region};

use crate::message;

fn ready() -> RecordBuilder {
    RecordBuilder::new("lateral-epicondylitis").ready().later(24.0)
}

/// The errors of a session opened now and changed.
fn errors(built: &RecordBuilder, change: impl FnOnce(&mut Session)) -> Vec<FieldError> {
    let record = built.record();
    let held = record.held_regions();
    let clearance = record.clearance(catalog(), built.now()).unwrap();
    let ground = record.ground(&clearance, &held, built.now()).unwrap();
    let mut session = Session::open(ground, record.next_number(), built.now());
    session.applications.iter_mut().for_each(|application| application.done = true);
    change(&mut session);
    session.check(ground, catalog())
}

#[test]
fn a_session_begins_with_what_was_planned_and_nothing_done() {
    let record = ready().open_session(|_| {}).build();
    let session = &record.open_session().unwrap().body;
    assert_eq!((session.number, session.plan_version), (1, 1));
    assert_eq!(session.plan, record.plan.as_ref().unwrap().thread);
    assert_eq!(session.applications[0].region, region(SITE));
    assert!(matches!(session.applications[0].force, Force::Banded(_)));
    assert_eq!(session.done().count(), 0);
}

#[test]
fn a_planned_force_in_newtons_is_only_a_target() {
    let built = ready().planned(|draft| {
        draft.applications[0].target = xystra_care::plan::Target::Newton { low: 2.0, high: 4.0 };
    });
    let record = built.open_session(|_| {}).build();
    assert_eq!(record.open_session().unwrap().body.applications[0].force, Force::Guessed);
}

#[test]
fn the_ground_names_what_is_missing() {
    let missing = |built: RecordBuilder| {
        let clearance = built.record().clearance(catalog(), built.now()).unwrap();
        built.record().ground(&clearance, &[], built.now()).map(|_| ()).unwrap_err()
    };
    let screened = RecordBuilder::new("lateral-epicondylitis").screened();
    assert_eq!(missing(screened.clone()), Refusal::NoPlan);
    assert_eq!(missing(screened.planned(|_| {})), Refusal::NoConsent);
}

#[test]
fn a_withdrawn_consent_grounds_nothing() {
    let built = ready();
    let mut record = built.record().clone();
    record.consents[0].body.withdrawn_at = Some(built.now());
    assert_eq!(record.consent(built.now()), Err(Refusal::NoConsent));
    let before = built.now() - jiff::SignedDuration::from_secs(1);
    assert!(record.consent(before).is_ok());
}

#[test]
fn a_struck_plan_grounds_nothing() {
    let mut record = ready().build();
    record.plan.as_mut().unwrap().struck = true;
    assert_eq!(record.plan(), Err(Refusal::NoPlan));
}

#[test]
fn what_was_done_is_checked_with_value_and_unit() {
    let errors = errors(&ready(), |session| {
        session.discomfort = Some(11);
        session.home_done = Some(4);
        session.applications[0].minutes = Some(90.0);
        session.applications[0].strokes = Some(6000);
        session.applications[0].stroke = "poke".into();
    });
    assert_eq!(message(&errors, "discomfort"), "11 is outside 0 to 10");
    assert_eq!(message(&errors, "home_done"), "4 is outside 0 to 3");
    assert_eq!(message(&errors, "minutes_0"), "90 min is outside 0 to 60 min");
    assert!(message(&errors, "strokes_0").starts_with("6000 strokes"));
    assert_eq!(message(&errors, "stroke_0"), "choose a stroke");
}

#[test]
fn a_region_added_at_the_table_meets_the_same_limits_as_a_planned_one() {
    let no_strokes = errors(&ready(), |session| session.applications[0].region = region("armpit.front.left"));
    assert!(message(&no_strokes, "region_0").contains("no strokes here"));
    let at_elbow_point = |force| {
        errors(&ready(), move |session| {
            session.applications[0].region = region("elbow-point.back.left");
            session.applications[0].force = force;
        })
    };
    assert!(message(&at_elbow_point(Force::Banded(Band::Medium)), "region_0").contains("light strokes only"));
    assert_eq!(at_elbow_point(Force::Banded(Band::Low)), []);
    assert_eq!(at_elbow_point(Force::Guessed), []);
}

#[test]
fn what_was_not_done_is_not_checked() {
    let errors = errors(&ready(), |session| {
        session.applications[0].done = false;
        session.applications[0].minutes = Some(90.0);
    });
    assert_eq!(errors, []);
}

#[test]
fn a_region_on_hold_is_left_out_and_refused() {
    let bruised = ready().session(Skin::PainfulBruise).later(72.0);
    let record = bruised.clone().open_session(|_| {}).build();
    assert_eq!(record.open_session().unwrap().body.applications, []);
    let errors = errors(&bruised, |session| {
        let done = bruised.record().sessions[0].body.applications[0].clone();
        session.applications.push(done);
    });
    assert!(message(&errors, "region_0").contains("on hold since session 1: reaction grade 4"), "{errors:?}");
}

#[test]
fn finishing_asks_for_news_discomfort_skin_and_something_done() {
    let record = ready().open_session(|_| {}).build();
    let fields: Vec<String> =
        record.open_session().unwrap().body.check_finish().into_iter().map(|error| error.field).collect();
    assert_eq!(fields, ["anything_new", "done_0", "discomfort", "skin"]);
    let finished = ready().session(Skin::Redness).build();
    assert_eq!(finished.finished_sessions()[0].body.check_finish(), []);
}
