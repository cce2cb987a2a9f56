//! Measurements.

use axum::http::{Method, StatusCode};
use xystra_care::Record;
use xystra_catalog::atlas::Side;
use xystra_testkit::RecordBuilder;

use crate::kept::app_with;
use crate::support::TestApp;

const AT: (&str, &str) = ("at", "2026-03-02T08:30");

async fn with(condition: &str) -> (TestApp, RecordBuilder, String) {
    let built = RecordBuilder::new(condition);
    let path = format!("/episodes/{}/measurements", built.record().episode);
    (app_with(&built).await, built, path)
}

async fn record(test: &TestApp, built: &RecordBuilder) -> Record {
    std::sync::Arc::unwrap_or_clone(
        test.app.store().record(&test.scope, built.record().episode).await.expect("a record"),
    )
}

#[tokio::test]
async fn the_sheet_offers_the_complaints_measures_with_both_sides() {
    let (test, _, path) = with("lateral-epicondylitis").await;
    let page = test.get(&path).await.body;
    let places =
        ["Pain on gripping", "Lifting a full cup", "name=\"m_wrist-flexion_left\"", "name=\"m_wrist-flexion_right\""];
    assert!(places.iter().all(|place| page.contains(place)));
    assert!(page.contains("a change counts from 2.3 points") && page.contains("usual 80 degrees (AAOS)"));
    assert!(page.contains("name=\"rater_motion\" value=\"Test therapist\""));
    assert!(page.contains("value=\"2026-03-02T09:00\""), "the moment is now");
    assert!(page.contains("Nothing has been measured yet"));
}

#[tokio::test]
async fn one_sheet_is_many_measurements_and_posting_twice_writes_once() {
    let (test, built, path) = with("lateral-epicondylitis").await;
    let typed = [
        AT,
        ("m_nprs", "6"),
        ("m_psfs_0", "4,5"),
        ("m_wrist-flexion_left", "52,5"),
        ("m_wrist-flexion_right", "70"),
        ("tool_motion", "goniometer"),
        ("active_motion", "yes"),
        ("rater_motion", "Test therapist"),
        ("trials_motion", "3"),
    ];
    for _ in 0..2 {
        let answer = test.post_as("one-operation", &path, &typed).await;
        assert_eq!((answer.status, answer.location), (StatusCode::SEE_OTHER, format!("{path}#taken")));
    }
    let record = record(&test, &built).await;
    assert_eq!(record.measurements.len(), 4);
    let of =
        |id: &str, side| record.measurements.iter().find(|entry| entry.body.measure == id && entry.body.side == side);
    let left = of("wrist-flexion", Some(Side::Left)).expect("kept");
    assert_eq!((left.body.value, left.body.method.active, left.body.method.trials), (52.5, Some(true), Some(3)));
    assert_eq!(left.happened_at.to_string(), "2026-03-02T08:30:00Z");
    let own = of("psfs", None).expect("kept");
    assert_eq!(
        (own.body.value, own.body.activities.as_slice()),
        (4.5, [("Lifting a full cup".to_owned(), 4.5)].as_slice())
    );
    assert_eq!(of("nprs", None).expect("kept").body.method.tool, "");
    let page = test.get(&path).await.body;
    assert!(page.contains("active, goniometer, by Test therapist, mean of 3") && page.contains("last 52.5, 2 Mar"));
    assert!(page.contains("name=\"tool_motion\" value=\"goniometer\""), "as last time");
}

#[tokio::test]
async fn four_hundred_degrees_are_refused_where_they_stand() {
    let (test, built, path) = with("lateral-epicondylitis").await;
    let answer = test.post(&path, &[AT, ("m_wrist-flexion_left", "400"), ("m_nprs", "6")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let at_field = answer.body.split("id=\"e-m_wrist-flexion_left\">").nth(1).expect("said at the field");
    assert!(at_field.starts_with("wrist flexion of 400 degrees is outside"), "{at_field:.80}");
    assert!(answer.body.contains("value=\"400\"") && record(&test, &built).await.measurements.is_empty());
}

#[tokio::test]
async fn words_future_and_nothing_are_refused() {
    let (test, _, path) = with("lateral-epicondylitis").await;
    let said = [
        (vec![AT, ("m_nprs", "much")], "much is not a number"),
        (vec![AT, ("m_psfs_0", "12")], "Lifting a full cup: 12 is outside 0 to 10"),
        (vec![("at", "2026-03-03T09:00"), ("m_nprs", "6")], "is in the future"),
        (vec![("m_nprs", "6")], "say when it was measured"),
        (vec![AT], "fill in at least one value"),
    ];
    for (typed, expected) in said {
        let answer = test.post(&path, &typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{expected}");
        assert!(answer.body.contains(expected), "{expected}");
    }
}

async fn scores(test: &TestApp, built: &RecordBuilder) -> Vec<String> {
    record(test, built).await.measurements.iter().map(|entry| entry.body.value.to_string()).collect()
}

#[tokio::test]
async fn ticked_sentences_are_counted_here() {
    let (test, built, path) = with("back-pain").await;
    let typed = [AT, ("ticks_rmdq", "0"), ("ticks_rmdq", "3"), ("ticks_rmdq", "3"), ("ticks_rmdq", "99")];
    assert_eq!(test.post(&path, &typed).await.status, StatusCode::SEE_OTHER);
    assert_eq!(scores(&test, &built).await, ["2"]);
    let both = [AT, ("ticks_rmdq", "0"), ("m_rmdq", "7")];
    assert!(test.post(&path, &both).await.body.contains("7 was typed, but 1 sentences are ticked"));
    assert_eq!(test.post(&path, &[AT, ("asked_rmdq", "yes")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(scores(&test, &built).await, ["2", "0"]);
}

#[tokio::test]
async fn another_measure_joins_the_sheet_and_keeps_what_was_typed() {
    let (test, built, path) = with("lateral-epicondylitis").await;
    let typed = [AT, ("m_nprs", "6"), ("another", "knee-flexion"), ("more", "yes")];
    let answer = test.post(&path, &typed).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(
        answer.body.contains("name=\"m_knee-flexion_left\"")
            && answer.body.contains("name=\"also\" value=\"knee-flexion\"")
    );
    assert!(answer.body.contains("name=\"m_nprs\" value=\"6\" checked"));
    let typed = [AT, ("also", "knee-flexion"), ("m_knee-flexion_left", "120")];
    assert_eq!(test.post(&path, &typed).await.status, StatusCode::SEE_OTHER);
    assert_eq!(record(&test, &built).await.measurements[0].body.measure, "knee-flexion");
    assert!(test.get(&path).await.body.contains("name=\"m_knee-flexion_left\""), "measured before, so on the sheet");
}

#[tokio::test]
async fn a_measurement_is_amended_with_a_reason_and_struck_out_with_one() {
    let (test, built, path) = with("lateral-epicondylitis").await;
    test.post(&path, &[AT, ("m_wrist-flexion_left", "52")]).await;
    let thread = record(&test, &built).await.measurements[0].thread;
    let amend = format!("/measurements/{thread}/amend");
    let page = test.get(&amend).await.body;
    assert!(page.contains("Keep as version 2") && page.contains("value=\"52\""));
    let changed = [AT, ("value", "25"), ("side", "right"), ("version", "1")];
    assert!(test.post(&amend, &changed).await.body.contains("a new version needs a reason"));
    let far = [AT, ("value", "400"), ("side", "right"), ("version", "1"), ("reason", "typing")];
    assert!(test.post(&amend, &far).await.body.contains("of 400 degrees is outside"));
    let changed = [&changed[..], &[("reason", "digits swapped")]].concat();
    assert_eq!(test.post(&amend, &changed).await.status, StatusCode::SEE_OTHER);
    let now = record(&test, &built).await;
    assert_eq!((now.measurements[0].body.value, now.measurements[0].body.side), (25.0, Some(Side::Right)));
    let strike = format!("/measurements/{thread}/strike");
    assert_eq!(test.post(&strike, &[("version", "2"), ("reason", "not hers")]).await.location, path);
    assert!(record(&test, &built).await.measurements[0].struck);
}

#[tokio::test]
async fn a_draft_comes_back() {
    let (test, built, path) = with("lateral-epicondylitis").await;
    let body =
        r#"{"revision":0,"tab":"t","body":"m_nprs=7&m_wrist-flexion_left=48&also=knee-flexion&at=2026-03-01T10:00"}"#;
    let draft = format!("/drafts/measurements:{}", built.record().episode);
    assert_eq!(test.send(Method::PUT, &draft, "application/json", body.to_owned()).await.status, StatusCode::OK);
    let page = test.get(&path).await.body;
    assert!(page.contains("value=\"48\"") && page.contains("2026-03-01T10:00") && page.contains("m_knee-flexion_left"));
    test.post(&path, &[AT, ("m_nprs", "7")]).await;
    assert!(!test.get(&path).await.body.contains("value=\"48\""));
}
