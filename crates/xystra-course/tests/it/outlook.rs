use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use xystra_catalog::atlas::Side;
use xystra_catalog::catalog;
use xystra_catalog::condition::Arm;
use xystra_course::outlook::{Outlook, outlook, outlooks};
use xystra_testkit::RecordBuilder;

const WEEK_H: f64 = 168.0;

/// Pain measured once a week; the record begins on 2 March 2026.
fn pain(condition: &str, since: Option<Date>, values: &[f64]) -> RecordBuilder {
    let built = RecordBuilder::new(condition).intake(|intake| intake.since = since);
    values.iter().fold(built, |built, value| built.measured("nprs", None, *value).later(WEEK_H))
}

fn look(built: &RecordBuilder) -> Outlook {
    outlook(built.record(), catalog(), &TimeZone::UTC).expect("something was measured")
}

fn back(since: Option<Date>, values: &[f64]) -> Outlook {
    look(&pain("back-pain", since, values))
}

#[test]
fn without_a_measurement_there_is_no_outlook() {
    let built = RecordBuilder::new("back-pain");
    assert!(outlook(built.record(), catalog(), &TimeZone::UTC).is_none());
}

#[test]
fn under_three_observations_there_are_points_and_nothing_else() {
    let outlook = back(Some(date(2026, 2, 16)), &[6.0, 3.0]);
    assert_eq!(outlook.sentence, "2 observations: too few to say.");
    assert!(outlook.too_few() && outlook.natural.is_none());
    assert_eq!(
        outlook.points.iter().map(|point| (point.weeks, point.value)).collect::<Vec<_>>(),
        [(0.0, 6.0), (1.0, 3.0)]
    );
}

#[test]
fn the_published_course_is_carried_to_the_clients_own_start() {
    // Published 5.6 -> 2.6 at six weeks; from 7: 7 * 2.6 / 5.6 = 3.25, halfway there at three weeks.
    let outlook = back(Some(date(2026, 2, 16)), &[7.0, 6.0, 6.0, 6.0]);
    let natural = outlook.natural.as_ref().expect("a curve for the first six weeks");
    assert!((natural.at(6.0).unwrap() - 3.25).abs() < 1e-9);
    assert!((natural.at(3.0).unwrap() - 5.125).abs() < 1e-9);
    assert_eq!((natural.at(0.0), natural.at(52.1)), (Some(7.0), None));
    assert_eq!((natural.published[0].value, natural.arm), (5.6, Arm::UsualCare));
    assert!(natural.derived.starts_with("Derived") && natural.derived.contains("5.6, 2.6"), "{}", natural.derived);
    assert_eq!(
        outlook.sentence,
        "Pain is 1 point lower after 3 weeks. People like this, in usual care, were about 1.9 points lower by then, so \
         nobody can tell yet what the treatment added."
    );
}

#[test]
fn even_a_clear_lead_does_not_show_what_the_treatment_added() {
    let outlook = back(Some(date(2026, 2, 16)), &[7.0, 5.0, 3.0, 2.0]);
    assert!(
        outlook.sentence.ends_with("People differ, so that alone does not show what the treatment added."),
        "{}",
        outlook.sentence
    );
}

#[test]
fn the_curve_is_chosen_by_the_time_since_onset() {
    let who = |since| back(since, &[6.0, 6.0, 6.0]).natural.map(|natural| natural.who);
    assert_eq!(who(Some(date(2026, 2, 16))).as_deref(), Some("lasting under 6 weeks at the first visit"));
    assert_eq!(who(Some(date(2026, 1, 5))).as_deref(), Some("lasting 6 to 12 weeks at the first visit"));
    assert_eq!(who(Some(date(2024, 1, 5))), None, "years of pain have no published curve here");
    assert_eq!(who(None), None, "an onset that is not known fits no curve");
}

#[test]
fn known_in_words_but_without_a_curve() {
    let outlook = look(&pain("plantar-fasciitis", Some(date(2026, 1, 5)), &[6.8, 6.0, 5.1]));
    assert!(outlook.known && outlook.natural.is_none());
    assert!(!outlook.says.is_empty());
    assert!(
        outlook.sentence.starts_with("Pain at the first steps is 1.7 points lower after 2 weeks. No published course"),
        "{}",
        outlook.sentence
    );
    assert_eq!(outlook.counts_from, Some(4.9));
}

#[test]
fn not_known_is_said() {
    let outlook = look(&pain("medial-epicondylitis", None, &[5.0, 5.0, 5.0]));
    assert!(!outlook.known);
    assert_eq!(
        outlook.sentence,
        "Pain on gripping is the same as at the start after 2 weeks. What happens without treatment is not known for this condition."
    );
}

#[test]
fn beyond_the_published_course_nothing_is_made_up() {
    let built = pain("achilles-tendinitis", Some(date(2025, 1, 5)), &[8.0, 7.0])
        .later(20.0 * WEEK_H)
        .measured("nprs", None, 5.0);
    assert!(look(&built).sentence.contains("The published course ends at week 17"));
}

#[test]
fn where_more_is_better_the_distance_from_the_best_score_is_scaled() {
    // VISA-A 48 -> 55 of 100 leaves 45/52 of what was wrong; a client at 74 comes to 100 - 26 * 45/52 = 77.5.
    let built = RecordBuilder::new("achilles-tendinitis").intake(|intake| intake.since = Some(date(2025, 1, 5)));
    let built = [74.0, 74.0, 75.0]
        .iter()
        .fold(built, |built, value| built.measured("visa-a", Some(Side::Left), *value).later(WEEK_H));
    let natural = look(&built).natural.expect("a curve");
    assert!((natural.at(17.0).unwrap() - 77.5).abs() < 1e-9);
}

#[test]
fn one_outlook_for_each_measure_the_main_one_first() {
    let built = pain("lateral-epicondylitis", None, &[6.0]).measured("wrist-flexion", Some(Side::Left), 58.0);
    let built = built.measured("wrist-flexion", Some(Side::Right), 80.0);
    let all = outlooks(built.record(), catalog(), &TimeZone::UTC);
    assert_eq!(all.iter().map(|one| one.measure.id.as_str()).collect::<Vec<_>>(), ["nprs", "wrist-flexion"]);
}
