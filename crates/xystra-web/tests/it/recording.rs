//! Recordings: brought to a session, analysed, shown.

use std::path::PathBuf;

use axum::http::{Method, StatusCode};
use xystra_care::session::Force;
use xystra_dose::Sweeps;

use crate::session::{elbow, open, record, seed, thread};
use crate::support::{Answer, TestApp};

/// Uploads a file for the first application, as a form that says nothing else.
async fn upload(test: &TestApp, session: &str, name: &str, content: &str) -> Answer {
    upload_with(test, session, name, content, test.csrf()).await
}

async fn upload_with(test: &TestApp, session: &str, name: &str, content: &str, csrf: &str) -> Answer {
    let operation = uuid::Uuid::now_v7().to_string();
    let fields = [("_csrf", csrf), ("_operation", operation.as_str()), ("application", "0")];
    let field = |(name, value): (&str, &str)| {
        format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields: String = fields.into_iter().map(field).collect();
    let file = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"file_0\"; filename=\"{name}\"\r\nContent-Type: text/csv\r\n\r\n"
    );
    let body = format!("{fields}{file}{content}\r\n--edge--\r\n");
    test.send(Method::POST, &format!("{session}/recordings"), "multipart/form-data; boundary=edge", body).await
}

async fn session() -> (TestApp, xystra_care::id::EpisodeId, String) {
    let test = TestApp::new().await;
    let episode = seed(&test, &elbow()).await;
    let path = open(&test, episode).await;
    (test, episode, path)
}

#[tokio::test]
async fn a_recording_becomes_the_measured_dose_of_its_region() {
    let (test, episode, path) = session().await;
    let answer = upload(&test, &path, "sweeps.csv", &Sweeps::default().to_csv()).await;
    assert_eq!((answer.status, &answer.location), (StatusCode::SEE_OTHER, &path), "{}", answer.body);
    let kept = test.app.store().recordings_of(&test.scope, thread(&path)).await.unwrap();
    assert_eq!(kept.len(), 1);
    let application = record(&test, episode).await.sessions[0].body.applications[0].clone();
    assert_eq!(application.force, Force::Measured(kept[0].id));
    assert!(test.get(&path).await.body.contains("measured"));

    let page = test.get(&format!("/recordings/{}", kept[0].id)).await.body;
    for said in [
        "20 strokes in 2 bursts",
        "Mean force",
        "measured at 100 Hz",
        &kept[0].sha256,
        "Synthetic",
        "role=\"img\"",
        "forearm extensors",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let list = test.get("/recordings").await.body;
    assert!(list.contains("sweeps.csv") && list.contains("Synthetic Client 1") && list.contains("20 strokes"));
}

#[tokio::test]
async fn a_part_is_measured_apart_and_changes_no_dose() {
    let (test, _, path) = session().await;
    upload(&test, &path, "sweeps.csv", &Sweeps::default().to_csv()).await;
    let id = test.app.store().recordings_of(&test.scope, thread(&path)).await.unwrap()[0].id;
    let part = test.get(&format!("/recordings/{id}?from=0&to=24")).await.body;
    assert!(part.contains("10 strokes in 1 burst,") && part.contains("Only a part"), "{part}");
    let outside = test.get(&format!("/recordings/{id}?from=900")).await.body;
    assert!(outside.contains("below is the whole recording") && outside.contains("20 strokes in 2 bursts"));
    assert!(test.get("/recordings").await.body.contains("20 strokes"));
}

#[tokio::test]
async fn strokes_leave_as_a_table_without_formulas() {
    let (test, _, path) = session().await;
    upload(&test, &path, "=cmd.csv", &Sweeps::default().to_csv()).await;
    let id = test.app.store().recordings_of(&test.scope, thread(&path)).await.unwrap()[0].id;
    let table = test.get(&format!("/recordings/{id}/strokes.csv")).await.body;
    let lines: Vec<&str> = table.lines().collect();
    assert_eq!(lines.len(), 21);
    assert!(lines[0].starts_with("recording,stroke,start_s"));
    assert!(lines[1].starts_with("'=cmd.csv,1,"), "{}", lines[1]);
}

#[tokio::test]
async fn what_is_no_recording_is_named_and_leaves_no_trace() {
    let (test, episode, path) = session().await;
    let files = [
        ("noise.csv", "lorem ipsum\ndolor sit\n".to_owned(), "column"),
        ("report.json", "{\"force\": [1, 2, 3]}".to_owned(), "not a table"),
        ("unit.csv", Sweeps::default().to_csv().replace("fz_N", "fz"), "does not say its unit"),
        ("cell.csv", Sweeps::default().to_csv().replacen("0.0100,", "0.0100,x", 1), "line 4"),
        ("empty.csv", String::new(), "empty"),
    ];
    for (name, content, says) in files {
        let answer = upload(&test, &path, name, &content).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.body.contains(name) && answer.body.contains(says), "{name}: {}", answer.body);
        assert!(answer.body.contains("href=\"#f-file_0\""));
        assert!(answer.body.contains("open><summary>More: edge"), "what is wrong stands open");
    }
    assert!(test.app.store().recordings_of(&test.scope, thread(&path)).await.unwrap().is_empty());
    assert_eq!(record(&test, episode).await.sessions[0].version, 1);
}

#[tokio::test]
async fn too_large_a_recording_is_told_its_size_and_leaves_no_trace() {
    let (test, _, path) = session().await;
    let answer = upload(&test, &path, "long.csv", &"0.0,0.0\n".repeat(65 * 1024 * 1024 / 8)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("long.csv is 65 MB, larger than 64 MB"));
    assert!(test.app.store().recordings_of(&test.scope, thread(&path)).await.unwrap().is_empty());
}

#[tokio::test]
async fn only_our_own_form_brings_a_recording() {
    let (test, _, path) = session().await;
    let answer = upload_with(&test, &path, "sweeps.csv", &Sweeps::default().to_csv(), "forged").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(test.app.store().recordings_of(&test.scope, thread(&path)).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_finished_session_may_get_its_recording_later() {
    let (test, episode, path) = session().await;
    let done = [
        ("applications", "1"),
        ("region_0", xystra_testkit::SITE),
        ("done_0", "yes"),
        ("instrument_0", "gt-3"),
        ("stroke_0", "sweep"),
    ];
    let how = [
        ("anything_new", "no"),
        ("force_0", "guessed"),
        ("discomfort", "2"),
        ("skin", "none"),
        ("do", "finish"),
        ("version", "1"),
    ];
    assert_eq!(test.post(&path, &[&done[..], &how[..]].concat()).await.status, StatusCode::SEE_OTHER);
    assert_eq!(upload(&test, &path, "sweeps.csv", &Sweeps::default().to_csv()).await.location, path);
    let entry = record(&test, episode).await.sessions.remove(0);
    assert_eq!(entry.reason.as_deref(), Some("recording sweeps.csv attached"));
    assert!(matches!(entry.body.applications[0].force, Force::Measured(_)));
    assert!(test.get(&path).await.body.contains("N mean"));
}

/// A real recording of wiping motions, when the shared data are there.
#[tokio::test]
async fn a_real_recording_is_shown_with_its_quality() {
    let shared = std::env::var_os("XYSTRA_SHARED")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let Ok(content) = std::fs::read_to_string(shared.join("data/wiping/csv/rim_1.csv")) else { return };
    let (test, _, path) = session().await;
    let answer = upload(&test, &path, "rim_1.csv", &content).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let id = test.app.store().recordings_of(&test.scope, thread(&path)).await.unwrap()[0].id;
    let page = test.get(&format!("/recordings/{id}")).await.body;
    assert!(page.contains("Where this comes from") && page.contains("rim_1.csv") && !page.contains("NaN"));
}

#[tokio::test]
async fn a_recording_that_was_refused_may_be_brought_again_from_the_same_page() {
    let (test, _, path) = session().await;
    assert_eq!(upload(&test, &path, "noise.csv", "lorem ipsum\n").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(test.get(&format!("{path}/recordings")).await.location, path);
    assert_eq!(upload(&test, &path, "sweeps.csv", &Sweeps::default().to_csv()).await.location, path);
    assert_eq!(test.app.store().recordings_of(&test.scope, thread(&path)).await.unwrap().len(), 1);
}
