use xystra_care::intake::ComplaintSide;
use xystra_care::outcome::{Series, series};
use xystra_care::response::Skin;
use xystra_catalog::atlas::Side;
use xystra_catalog::catalog;
use xystra_testkit::RecordBuilder;

const ELBOW: &str = "lateral-epicondylitis";

/// The series of one measure and side, once the record is built.
fn with<T>(built: &RecordBuilder, measure: &str, side: Option<Side>, see: impl FnOnce(&Series<'_>) -> T) -> T {
    let series = series(built.record(), catalog().condition(ELBOW));
    let found = series.iter().find(|one| one.measure.id == measure && one.side == side);
    see(found.unwrap_or_else(|| panic!("no series of {measure}")))
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn the_baseline_is_the_mean_of_what_came_before_the_first_session() {
    let built = RecordBuilder::new(ELBOW)
        .measured("nprs", None, 7.0)
        .ready()
        .later(24.0)
        .measured("nprs", None, 5.0)
        .session(Skin::None)
        .later(72.0)
        .measured("nprs", None, 3.0);
    with(&built, "nprs", None, |one| {
        assert!(close(one.baseline, 6.0) && close(one.latest, 3.0) && close(one.gain(), 3.0));
        assert_eq!((one.baseline_count, one.points.len()), (2, 3));
    });
}

#[test]
fn without_a_value_from_before_the_first_one_is_the_baseline() {
    let built = RecordBuilder::new(ELBOW).ready().session(Skin::None).later(24.0).measured("nprs", None, 6.0);
    with(&built, "nprs", None, |one| assert_eq!((one.baseline, one.baseline_count), (6.0, 1)));
}

#[test]
fn where_lower_is_better_the_change_counts_below_the_baseline() {
    let built = RecordBuilder::new(ELBOW).measured("nprs", None, 6.0).later(1.0).measured("nprs", None, 1.4);
    with(&built, "nprs", None, |one| {
        assert!(close(one.important.as_ref().unwrap().value, 2.3), "the elbow's own value comes first");
        assert!(close(one.counts_from().unwrap(), 3.7));
        assert!(close(one.gain_in_changes().unwrap(), 2.0));
    });
}

#[test]
fn where_higher_is_better_the_change_counts_above_the_baseline() {
    let built = RecordBuilder::new(ELBOW).measured("psfs", None, 4.0).later(1.0).measured("psfs", None, 3.0);
    with(&built, "psfs", None, |one| {
        assert!(close(one.counts_from().unwrap(), 6.3));
        assert!(close(one.gain(), -1.0) && one.gain_in_changes().unwrap() < 0.0, "worse is a negative gain");
    });
}

#[test]
fn the_value_from_which_a_change_counts_is_one_change_of_gain() {
    for measure in &catalog().measures {
        let built = RecordBuilder::new("other").measured(&measure.id, measure.sided.then_some(Side::Left), 5.0);
        let series = series(built.record(), None);
        let Some(from) = series[0].counts_from() else { continue };
        let gain = measure.better.gain(series[0].baseline, from);
        assert!(close(gain, series[0].important.as_ref().unwrap().value), "{}", measure.id);
    }
}

#[test]
fn each_side_has_its_own_line_and_the_sound_side_is_not_the_complaint() {
    let built = RecordBuilder::new(ELBOW).measured("elbow-extension", Some(Side::Left), -10.0).measured(
        "elbow-extension",
        Some(Side::Right),
        2.0,
    );
    let of_side = |side| {
        with(&built, "elbow-extension", Some(side), |one| {
            (one.latest, one.concerns(ComplaintSide::Left), one.label.clone())
        })
    };
    let (left, left_counts, label) = of_side(Side::Left);
    let (right, right_counts, _) = of_side(Side::Right);
    assert_eq!((left, left_counts, right, right_counts), (-10.0, true, 2.0, false));
    assert!(label.ends_with(", left"));
    with(&built, "elbow-extension", Some(Side::Right), |one| assert!(one.concerns(ComplaintSide::Both)));
}

#[test]
fn a_struck_value_is_no_point() {
    let mut record = RecordBuilder::new(ELBOW).measured("nprs", None, 7.0).measured("nprs", None, 2.0).build();
    record.measurements[1].struck = true;
    let series = series(&record, catalog().condition(ELBOW));
    assert_eq!((series.len(), series[0].points.len(), series[0].latest), (1, 1, 7.0));
}

#[test]
fn measures_stand_in_the_conditions_order() {
    let built = RecordBuilder::new(ELBOW)
        .measured("knee-flexion", Some(Side::Left), 120.0)
        .measured("psfs", None, 4.0)
        .measured("nprs", None, 4.0);
    let series = series(built.record(), catalog().condition(ELBOW));
    let ids: Vec<&str> = series.iter().map(|one| one.measure.id.as_str()).collect();
    assert_eq!(ids, ["nprs", "psfs", "knee-flexion"]);
}

#[test]
fn values_taken_in_different_ways_carry_a_warning() {
    let mut record =
        RecordBuilder::new(ELBOW).measured("nprs", None, 7.0).later(1.0).measured("nprs", None, 2.0).build();
    record.measurements[1].body.method.rater = "Somebody else".into();
    let series = series(&record, catalog().condition(ELBOW));
    assert_eq!(series[0].warnings, ["taken by different people"]);
}
