use jiff::SignedDuration;
use xystra_cohort::answer::Band;
use xystra_course::outlook::score::band_at;
use xystra_course::outlook::{Scores, Summary};
use xystra_testkit::RecordBuilder;

use crate::example::{asked, band, foretold};
use crate::ready;

const WEEK_H: f64 = 168.0;

/// Pain of 6, and the outlook that it stays there with a standard deviation of 1.
fn first() -> RecordBuilder {
    ready().measured("nprs", None, 6.0)
}

/// The scores after one more value some weeks later.
fn after(weeks: f64, value: f64) -> Scores {
    let before = foretold(&asked(&first()), |_, _| 0.0, None);
    Scores::default().after(Some(&before), &asked(&first().later(weeks * WEEK_H).measured("nprs", None, value)))
}

#[test]
fn a_value_is_held_against_the_band_given_before_it() {
    let scores = after(2.0, 5.5);
    let one = &scores.scored[0];
    assert_eq!((one.track.as_str(), one.value, one.inside_fifty, one.inside_ninety), ("nprs", 5.5, true, true));
    assert_eq!(one.at.duration_since(one.as_of), SignedDuration::from_hours(336));
    assert!((one.band.middle - 6.0).abs() < 1e-9 && one.outlook.len() == 64);
    let miss = &after(2.0, 3.0).scored[0];
    assert!(!miss.inside_fifty && !miss.inside_ninety && miss.error > one.error);
    let edge = &after(2.0, 5.0).scored[0];
    assert!(!edge.inside_fifty && edge.inside_ninety);
}

#[test]
fn what_was_known_is_not_scored_nor_what_nobody_foretold() {
    assert!(Scores::default().after(None, &asked(&first())).scored.is_empty(), "there was no outlook");
    let before = foretold(&asked(&first()), |_, _| 0.0, None);
    assert!(Scores::default().after(Some(&before), &asked(&first())).scored.is_empty(), "its own ground");
    assert!(after(60.0, 5.0).scored.is_empty(), "beyond the last look");
    let other = first().later(WEEK_H).measured("psfs", None, 5.0);
    assert!(
        Scores::default().after(Some(&before), &asked(&other)).scored.is_empty(),
        "a measure that it said nothing of"
    );
}

#[test]
fn a_value_is_scored_once_and_stays_scored() {
    let scores = after(2.0, 5.5);
    let second = asked(&first().later(2.0 * WEEK_H).measured("nprs", None, 5.5));
    let later = first().later(2.0 * WEEK_H).measured("nprs", None, 5.5).later(WEEK_H).measured("nprs", None, 4.0);
    let grown = scores.clone().after(Some(&foretold(&second, |_, _| 0.0, None)), &asked(&later));
    assert_eq!(grown.scored.iter().map(|one| one.value).collect::<Vec<_>>(), [5.5, 4.0]);
    assert_eq!(grown.scored[0], scores.scored[0]);
    assert!((grown.scored[1].last_value - 0.9).abs() < 0.5, "beside 5.5, not 6: {}", grown.scored[1].last_value);
}

#[test]
fn what_was_struck_out_since_counts_no_more() {
    let scores = after(2.0, 5.5);
    assert!(scores.after(None, &asked(&first())).scored.is_empty());
}

#[test]
fn beside_it_stand_no_change_and_the_mean_natural_course() {
    let steady = &after(6.0, 6.0).scored[0];
    let better = &after(6.0, 3.5).scored[0];
    assert!(steady.last_value < better.last_value);
    assert!(better.natural.unwrap() < steady.natural.unwrap(), "tennis elbow goes on by itself");
    let motion =
        |built: RecordBuilder, value| built.measured("wrist-flexion", Some(xystra_catalog::atlas::Side::Left), value);
    let before = motion(first(), 58.0);
    let after = asked(&motion(before.clone().later(WEEK_H), 60.0));
    let scores = Scores::default().after(Some(&foretold(&asked(&before), |_, _| 0.0, None)), &after);
    assert_eq!((scores.scored[0].track.as_str(), scores.scored[0].natural), ("wrist-flexion.left", None));
}

#[test]
fn scores_add_up_over_episodes() {
    let (hit, miss) = (after(2.0, 6.0), after(2.0, 2.0));
    let all = Summary::of(hit.scored.iter().chain(&miss.scored));
    assert_eq!((all.observations, all.inside_fifty, all.inside_ninety), (2, 1, 1));
    assert_eq!((all.last_value.observations, all.natural.observations), (2, 2));
    let mean = f64::midpoint(hit.scored[0].error, miss.scored[0].error) / hit.scored[0].measuring;
    assert!((all.last_value.outlook - mean).abs() < 1e-9);
    assert_eq!(Summary::of([]), Summary::default());
}

#[test]
fn scores_are_kept_as_they_are() {
    let scores = after(2.0, 5.5);
    assert_eq!(serde_json::from_str::<Scores>(&serde_json::to_string(&scores).unwrap()).unwrap(), scores);
}

#[test]
fn bands_between_two_looks_are_mixed_and_outside_there_are_none() {
    let bands = [band(0.0, 6.0, 1.0), band(10.0, 4.0, 2.0)];
    let middle: Band = band_at(&bands, 2.5).unwrap();
    assert!((middle.middle - 5.5).abs() < 1e-12 && (middle.ninety[1] - (5.5 + 1.645 * 1.25)).abs() < 1e-12);
    assert_eq!((band_at(&bands, -0.1), band_at(&bands, 10.1)), (None, None));
}
