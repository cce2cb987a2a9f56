//! What is foretold.

use xystra_cohort::answer::Answer;
use xystra_cohort::case::{Case, Choice, example};
use xystra_cohort::forecast::{answer, what_if};
use xystra_cohort::weigh::{Kept, weigh};

use super::{ahead, asked, effort, now, pain, width};

#[test]
fn every_track_has_each_choice_and_both_twins() {
    let (case, answer) = (example::case(), asked(&example::case()));
    assert_eq!(
        answer.tracks.iter().map(|track| track.track.as_str()).collect::<Vec<_>>(),
        ["nprs", "psfs", "cervical-rotation.left"]
    );
    for track in &answer.tracks {
        let ids: Vec<&str> = track.ahead.iter().map(|ahead| ahead.choice.as_str()).collect();
        assert_eq!(ids, ["continue", "stop", "untreated", "sham"]);
        let hours: Vec<f64> = ahead(track, "stop").bands.iter().map(|band| band.at_h).collect();
        assert_eq!(hours, example::times_h(&case));
        assert!(ahead(track, "untreated").bands[0].at_h < 1e-9, "twins are told from entry");
    }
}

#[test]
fn bands_hold_each_other_and_a_measurement_is_less_certain_than_a_level() {
    for track in &asked(&example::case()).tracks {
        for ahead in &track.ahead {
            for (level, measured) in ahead.bands.iter().zip(&ahead.measured) {
                assert!(level.ninety[0] <= level.fifty[0] && level.fifty[0] <= level.middle, "{level:?}");
                assert!(level.middle <= level.fifty[1] && level.fifty[1] <= level.ninety[1], "{level:?}");
                assert!(width(*measured) >= width(*level) - 1.0, "{level:?} {measured:?}");
            }
        }
    }
}

#[test]
fn chances_are_of_a_change_that_counts_and_none_is_told_where_it_is_not_known() {
    let mut case = example::case();
    case.tracks[1].important = None;
    let answer = asked(&case);
    assert!(ahead(&answer.tracks[1], "stop").chances.is_empty());
    let chances = &ahead(&answer.tracks[0], "continue").chances;
    assert!(chances.iter().all(|one| (0.0..=1.0).contains(&one.chance)) && chances[0].chance > 0.3, "{chances:?}");
}

#[test]
fn kept_clients_answer_as_the_whole_did() {
    let (case, times_h) = (example::case(), example::times_h(&example::case()));
    let (weighed, choices) = (weigh(&case, &effort()).unwrap(), example::choices(&case));
    let whole: Answer = answer(&case, &weighed, &choices, &times_h, &effort()).unwrap();
    let kept = weighed.kept(600);
    let read: Kept = serde_json::from_str(&serde_json::to_string(&kept).unwrap()).unwrap();
    assert!(read == kept && kept.size() == 600);
    for (id, found) in what_if(&case, &read, &choices[0], &times_h).unwrap() {
        let track = whole.tracks.iter().find(|track| track.track == id).unwrap();
        for (a, b) in found.bands.iter().zip(&ahead(track, "continue").bands) {
            assert!((a.middle - b.middle).abs() < 0.15 * width(*b) + 0.05, "{id} {a:?} {b:?}");
        }
    }
}

#[test]
fn clients_kept_for_another_case_are_refused() {
    let case = pain(&[6.0, 5.0]);
    let kept = weigh(&case, &effort()).unwrap().kept(100);
    let other = example::case();
    let error =
        what_if(&other, &kept, &example::choices(&other)[0], &example::times_h(&other)).unwrap_err().to_string();
    assert!(error.contains("weigh the case again"), "{error}");
}

#[test]
fn nothing_more_is_done_where_there_is_no_choice() {
    let case = pain(&[6.0, 5.0]);
    let weighed = weigh(&case, &effort()).unwrap();
    let answer = answer(&case, &weighed, &[], &example::times_h(&case), &effort()).unwrap();
    assert_eq!((answer.bruise, answer.designs.len(), answer.tracks[0].ahead.len()), (None, 0, 2));
}

#[test]
fn a_first_visit_has_an_answer_too() {
    let case = example::blank();
    let answer = asked(&case);
    assert!(width(now(&answer, 0)) > 3.0, "{:?}", now(&answer, 0));
    assert_eq!(answer.designs.len(), 4);
}

#[test]
fn harder_strokes_bruise_more() {
    let case = pain(&[6.0, 5.0, 5.0]);
    let weighed = weigh(&case, &effort()).unwrap();
    let bruise = |by: f64| {
        let mut choice: Vec<Choice> = example::choices(&case);
        for strokes in choice[0].sessions.iter_mut().flat_map(|session| &mut session.strokes) {
            let force = &mut strokes.force;
            (force.newton, force.low, force.high) = (force.newton * by, force.low * by, force.high * by);
        }
        answer(&case, &weighed, &choice[..1], &example::times_h(&case), &effort()).unwrap().bruise.unwrap()
    };
    assert!(bruise(0.5) < bruise(1.0) && bruise(1.0) + 0.05 < bruise(3.0));
}

#[test]
fn case_without_anything_to_follow_has_no_tracks() {
    let case = Case { tracks: Vec::new(), observations: Vec::new(), ..example::case() };
    assert!(asked(&case).tracks.is_empty());
}
