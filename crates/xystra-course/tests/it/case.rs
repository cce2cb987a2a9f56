use jiff::Timestamp;
use jiff::tz::TimeZone;
use xystra_care::decision::{Decision, Ending};
use xystra_care::response::Skin;
use xystra_care::session::Force;
use xystra_catalog::atlas::Side;
use xystra_catalog::catalog;
use xystra_catalog::course::Band;
use xystra_cohort::case::{Case, Quantity};
use xystra_course::Error;
use xystra_course::outlook::case::{Doses, Known, known};
use xystra_dose::{Dose, Estimate, Provenance};
use xystra_testkit::{RecordBuilder, region};

use crate::ready;

const WEEK_H: f64 = 168.0;

fn known_at(built: &RecordBuilder, doses: &Doses, now: Timestamp) -> Result<Known, Error> {
    known(built.record(), doses, catalog(), &TimeZone::UTC, now)
}

fn case(built: &RecordBuilder) -> Case {
    known_at(built, &Doses::new(), built.now()).expect("something was measured").case
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn without_a_measurement_there_is_no_case() {
    assert_eq!(known_at(&ready(), &Doses::new(), ready().now()), Err(Error::NothingMeasured));
}

#[test]
fn a_measure_that_the_model_has_no_output_for_makes_no_case() {
    let girth = ready().measured("girth", Some(Side::Left), 27.0);
    let error = known_at(&girth, &Doses::new(), girth.now()).unwrap_err();
    assert!(error.to_string().contains("Girth"), "{error}");
}

#[test]
fn hours_count_from_the_first_visit() {
    let case = case(
        &ready().measured("nprs", None, 6.0).later(48.0).session(Skin::None).later(WEEK_H).measured("nprs", None, 4.0),
    );
    let seen: Vec<(f64, f64)> = case.observations.iter().map(|one| (one.at_h, one.value)).collect();
    assert_eq!(seen, [(0.0, 6.0), (48.5 + WEEK_H, 4.0)]);
    assert!(near(case.sessions[0].at_h, 48.0) && near(case.now_h, 48.5 + WEEK_H));
    assert_eq!(case.entry_weeks, Some(4.0), "since 2 February, first seen on 2 March");
}

#[test]
fn an_onset_that_nobody_knows_stays_unknown() {
    let built = ready().intake(|intake| intake.since = None).measured("nprs", None, 6.0);
    assert_eq!(case(&built).entry_weeks, None);
}

#[test]
fn a_condition_has_its_tissue_and_its_own_natural_course() {
    let case = case(&ready().measured("nprs", None, 6.0));
    assert_eq!((case.tissue.as_str(), case.condition.as_str()), ("human-tendon", "tennis-elbow"));
    assert_eq!(case.course, "lateral-epicondylitis");
}

#[test]
fn without_a_tissue_of_its_own_the_treated_part_decides() {
    let of = |at: &str| {
        let built = RecordBuilder::new("myofascial-pain").consented().screened().planned(|draft| {
            draft.applications[0].region = region(at);
        });
        case(&built.measured("nprs", None, 6.0)).tissue
    };
    assert_eq!(of("upper-trapezius.back.left"), "human-neck");
    assert_eq!(of("low-back-lower.back.left"), "human-back");
    assert_eq!(of("forearm-extensors-upper.back.left"), "human-ligament");
    assert_eq!(
        of("jaw.front.left"),
        "human-muscle",
        "no part of the table: the fallback, not where the condition usually sits"
    );
}

#[test]
fn tracks_follow_the_condition_with_published_errors() {
    let built = ready().measured("psfs", None, 4.0).measured("wrist-flexion", Some(Side::Left), 58.0);
    let case = case(&built.measured("nprs", None, 6.0).measured("ppt", Some(Side::Left), 200.0));
    let quantity = |id: &str| case.tracks.iter().find(|track| track.id == id).unwrap_or_else(|| panic!("{id}"));
    assert_eq!(case.tracks[0].id, "nprs");
    assert_eq!(quantity("nprs").quantity, Quantity::Pain);
    assert!((quantity("nprs").error - 2.0 / (1.96 * 2f64.sqrt())).abs() < 1e-9, "the first of the same rater, 95 %");
    assert_eq!(quantity("psfs").quantity, Quantity::Function);
    assert!(quantity("psfs").scale.more_is_better && !quantity("nprs").scale.more_is_better);
    assert_eq!(quantity("wrist-flexion.left").quantity, Quantity::Motion);
    assert!(quantity("wrist-flexion.left").normal.is_some_and(|full| full >= 60.0));
    assert_eq!(quantity("ppt.left").quantity, Quantity::Threshold);
    assert!(quantity("ppt.left").normal.is_none());
    assert_eq!(quantity("nprs").important, Some(2.3), "the condition's own");
}

#[test]
fn the_sound_side_is_left_out() {
    let built =
        ready().measured("wrist-flexion", Some(Side::Left), 58.0).measured("wrist-flexion", Some(Side::Right), 80.0);
    let case = case(&built);
    assert_eq!(case.tracks.iter().map(|track| track.id.as_str()).collect::<Vec<_>>(), ["wrist-flexion.left"]);
    assert_eq!(case.observations.len(), 1);
}

#[test]
fn different_people_measuring_have_the_larger_error() {
    let motion = |raters: [&str; 2]| {
        let built = ready().measured("wrist-flexion", Some(Side::Left), 58.0).later(1.0).measured(
            "wrist-flexion",
            Some(Side::Left),
            59.0,
        );
        let mut record = built.build();
        for (entry, rater) in record.measurements.iter_mut().zip(raters) {
            entry.body.method.rater = rater.to_owned();
        }
        let now = record.measurements[1].happened_at;
        known(&record, &Doses::new(), catalog(), &TimeZone::UTC, now).unwrap().case.tracks[0].error
    };
    assert!(motion(["A", "B"]) > motion(["A", "A"]));
}

#[test]
fn a_struck_measurement_and_a_struck_session_count_nowhere() {
    let built =
        ready().measured("nprs", None, 6.0).later(1.0).session(Skin::None).later(1.0).measured("nprs", None, 9.0);
    let mut record = built.build();
    record.measurements[1].struck = true;
    record.sessions[0].struck = true;
    let now = record.measurements[1].happened_at;
    let known = known(&record, &Doses::new(), catalog(), &TimeZone::UTC, now).unwrap();
    assert_eq!((known.case.observations.len(), known.case.sessions.len()), (1, 0));
    assert!(near(known.case.now_h, 0.0), "{}", known.case.now_h);
}

#[test]
fn a_session_that_goes_on_is_not_known_yet() {
    let built = ready().measured("nprs", None, 6.0).open_session(|_| {});
    assert!(case(&built).sessions.is_empty());
}

#[test]
fn a_force_stays_as_wide_as_it_is_known() {
    let case = case(&ready().measured("nprs", None, 6.0).session_with(|session| {
        session.applications[0].force = Force::Guessed;
        let again = session.applications[0].clone();
        session.applications.push(xystra_care::session::Application { force: Force::Banded(Band::Low), ..again });
    }));
    let forces: Vec<_> = case.sessions[0].strokes.iter().map(|strokes| strokes.force).collect();
    assert_eq!(
        forces.iter().map(|force| force.provenance).collect::<Vec<_>>(),
        [Provenance::Guessed, Provenance::Banded]
    );
    assert_eq!((forces[0].newton, forces[0].low, forces[0].high), (4.5, 1.6, 10.0));
    assert_eq!((forces[1].low, forces[1].high), (1.6, 3.5));
}

#[test]
fn a_recording_says_force_time_and_speed_and_without_a_dose_it_is_a_guess() {
    let id = xystra_care::id::RecordingId(uuid::Uuid::from_u128(7));
    let built = ready().measured("nprs", None, 6.0).session_with(|session| {
        session.applications[0].force = Force::Measured(id);
        session.applications[0].minutes = None;
    });
    let of = |doses: &Doses| known_at(&built, doses, built.now()).unwrap().case.sessions[0].strokes[0].clone();
    let one = Estimate::exact(1.0);
    let dose = Dose {
        provenance: Provenance::Measured,
        contact_s: Estimate::exact(72.0),
        strokes: Estimate::exact(40.0),
        rate_per_min: None,
        duty: None,
        mean_force_n: Estimate::new(6.0, 5.8, 6.2),
        peak_force_n: one,
        mean_resultant_n: None,
        peak_resultant_n: None,
        impulse_ns: one,
        resultant_impulse_ns: None,
        force_cv: None,
        length_m: Some(Estimate::exact(3.6)),
    };
    let measured = of(&Doses::from([(id, dose)]));
    assert_eq!((measured.force.provenance, measured.force.high), (Provenance::Measured, 6.2));
    assert!(near(measured.minutes, 1.2 / 0.6) && near(measured.speed_mm_s.unwrap(), 50.0), "{measured:?}");
    let guessed = of(&Doses::new());
    assert_eq!((guessed.force.provenance, guessed.speed_mm_s), (Provenance::Guessed, None));
    assert!(near(guessed.minutes, 2.2), "{guessed:?}");
}

#[test]
fn an_edge_is_the_catalogs_and_the_named_one_counts() {
    let instrument = catalog()
        .instruments
        .iter()
        .find(|one| one.edges.len() > 1 && one.edges[0].radius_mm != one.edges[1].radius_mm);
    let instrument = instrument.expect("an instrument with two different edges");
    let edge = |n: usize| {
        let built = ready().measured("nprs", None, 6.0).session_with(|session| {
            session.applications[0].instrument.clone_from(&instrument.id);
            session.applications[0].edge.clone_from(&instrument.edges[n].id);
        });
        case(&built).sessions[0].strokes[0].edge
    };
    for n in [0, 1] {
        let radius = instrument.edges[n].radius_mm;
        assert!(near(edge(n).radius_mm, (radius.low * radius.high).sqrt()));
        assert!(edge(n).length_mm.is_some_and(|length| length <= 60.0));
    }
}

#[test]
fn strokes_elsewhere_or_on_the_other_side_leave_a_visit() {
    let case = case(&ready().measured("nprs", None, 6.0).session_with(|session| {
        let here = session.applications[0].clone();
        let at = |place: &str| xystra_care::session::Application { region: region(place), ..here.clone() };
        session.applications = vec![at("forearm-extensors-upper.back.right"), at("calf-inner.back.left")];
    }));
    assert!(case.sessions[0].strokes.is_empty() && near(case.sessions[0].belief, 1.0));
    assert!(case.reactions.is_empty());
}

#[test]
fn every_region_of_the_complaint_counts() {
    let case = case(&ready().measured("nprs", None, 6.0).session_with(|session| {
        let here = session.applications[0].clone();
        session
            .applications
            .push(xystra_care::session::Application { region: region("outer-elbow.back.left"), ..here.clone() });
        session.applications.push(xystra_care::session::Application { done: false, ..here });
    }));
    assert_eq!(case.sessions[0].strokes.len(), 2, "what was not done was not done");
}

#[test]
fn only_final_grades_are_reactions() {
    let first = ready().measured("nprs", None, 6.0).session(Skin::Redness);
    assert!(case(&first).reactions.is_empty(), "a later look may change it");
    let seen = first.later(48.0).checkin(Some(Skin::None), None);
    let second = seen.later(24.0).session(Skin::Bruise).later(48.0).checkin(Some(Skin::None), None);
    let grades: Vec<(usize, u8)> = case(&second).reactions.iter().map(|one| (one.session, one.grade)).collect();
    assert_eq!(grades, [(0, 1), (1, 3)]);
}

#[test]
fn exercise_at_home_counts_by_what_was_said() {
    let said = |done| {
        let built = ready().measured("nprs", None, 6.0).session(Skin::None).later(71.5);
        let case = case(&built.session_with(|session| session.home_done = done));
        assert!(near(case.sessions[0].exercise_h, 0.0), "nothing is known before the first");
        case.sessions[1].exercise_h
    };
    assert!(near(said(Some(3)), 3.0 * 10.0 / 60.0), "three days of ten minutes");
    assert!(near(said(Some(0)), 0.0));
    assert!(said(None) > 0.0 && said(None) < said(Some(3)), "nobody asked: half of it");
}

#[test]
fn a_silent_record_is_looked_at_again_once_a_week_and_a_closed_one_never() {
    let built = ready().measured("nprs", None, 6.0);
    let now_h = |built: &RecordBuilder, hours: f64| {
        let later = built.clone().later(hours);
        known_at(built, &Doses::new(), later.now()).unwrap().case.now_h
    };
    assert!(
        near(now_h(&built, 100.0), 0.0)
            && near(now_h(&built, 170.0), WEEK_H)
            && near(now_h(&built, 3.5 * WEEK_H), 3.0 * WEEK_H)
    );
    let closed = built.decided(Decision::Closed { outcome: Ending::GoalMet, summary: String::new() });
    assert!(near(now_h(&closed, 3.5 * WEEK_H), 0.0));
}
