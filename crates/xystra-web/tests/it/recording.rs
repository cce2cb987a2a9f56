//! Recordings: brought to a session, analysed, shown.

use std::path::PathBuf;

use axum::http::{Method, StatusCode};
use xystra_care::session::Force;
use xystra_dose::Sweeps;
use xystra_dose::read::Reading;
use xystra_store::derived::Making;
use xystra_store::recording::{Place, Recording};

use crate::session::{elbow, open, record, seed, thread};
use crate::support::{Answer, TestApp};

/// Uploads a file for the first application, as a form that says nothing else.
async fn upload(test: &TestApp, session: &str, name: &str, content: &str) -> Answer {
    upload_with(test, session, name, content, test.csrf()).await
}

async fn upload_with(test: &TestApp, session: &str, name: &str, content: &str, csrf: &str) -> Answer {
    send(test, session, (name, content), csrf, &[("application", "0")]).await
}

/// Uploads a file for the first application with these fields beside it.
async fn upload_as(test: &TestApp, session: &str, name: &str, content: &str, said: &[(&str, &str)]) -> Answer {
    send(test, session, (name, content), test.csrf(), said).await
}

async fn send(
    test: &TestApp,
    session: &str,
    (name, content): (&str, &str),
    csrf: &str,
    said: &[(&str, &str)],
) -> Answer {
    let operation = uuid::Uuid::now_v7().to_string();
    let own = [("_csrf", csrf), ("_operation", operation.as_str())];
    let field = |(name, value): &(&str, &str)| {
        format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields: String = own.iter().chain(said).map(field).collect();
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
    assert!(lines[0].starts_with("recording,stroke,burst,motion,start_s,end_s,mean_force_N"));
    assert!(lines[1].starts_with("'=cmd.csv,1,"), "{}", lines[1]);
}

#[tokio::test]
async fn what_is_no_recording_is_named_and_leaves_no_trace() {
    let (test, episode, path) = session().await;
    let files = [
        ("noise.csv", "lorem ipsum\ndolor sit\n".to_owned(), "column"),
        ("report.json", "{\"force\": [1, 2, 3]}".to_owned(), "Nothing was kept"),
        ("unit.csv", without_unit(), "does not say its unit"),
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
    assert!(test.get(&path).await.body.contains(", 20 strokes"));
}

/// The table of sweeps, whose columns of force say no unit.
fn without_unit() -> String {
    Sweeps::default().to_csv().replace("fx_N,fy_N,fz_N", "fx,fy,fz")
}

#[tokio::test]
async fn a_unit_that_is_missing_is_asked_for_and_kept_for_the_tool() {
    let (test, episode, path) = session().await;
    let tool = [("tool_name", "Load stick"), ("instrument", "gt-3"), ("instrumented", "yes")];
    assert_eq!(test.post("/settings/tools", &tool).await.status, StatusCode::SEE_OTHER);
    let said = |more: &[(&'static str, &'static str)]| {
        let fields = [("applications", "1"), ("region_0", xystra_testkit::SITE), ("force_0", "guessed")];
        let how = [("instrument_0", "gt-3"), ("stroke_0", "sweep"), ("tool_0", "Load stick"), ("application", "0")];
        [&fields[..], &how[..], more].concat()
    };
    let asked = upload_as(&test, &path, "stick.csv", &without_unit(), &said(&[])).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        asked.body.contains("name=\"unit-force_0\"") && asked.body.contains("<option value=\"kgf\""),
        "{}",
        asked.body
    );
    assert!(asked.body.contains("choose the file again"));

    let answered = upload_as(&test, &path, "stick.csv", &without_unit(), &said(&[("unit-force_0", "kgf")])).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    let first = test.app.store().recordings_of(&test.scope, thread(&path)).await.unwrap().remove(0);
    assert_eq!(first.reading.units["force"], "kgf");
    assert!(test.get(&format!("/recordings/{}", first.id)).await.body.contains("force in kgf"));

    // The next file of that tool is read the same way without a question.
    let next = without_unit().replacen("0.0100,", "0.0101,", 1);
    let fields = said(&[("version", "2")]);
    assert_eq!(upload_as(&test, &path, "next.csv", &next, &fields).await.status, StatusCode::SEE_OTHER);
    let kept = test.app.store().recordings_of(&test.scope, thread(&path)).await.unwrap();
    assert_eq!((kept.len(), kept[1].reading.units["force"].as_str()), (2, "kgf"));
    let force = record(&test, episode).await.sessions[0].body.applications[0].force;
    assert_eq!(force, Force::Measured(kept[1].id));
}

#[tokio::test]
async fn a_dose_of_an_older_method_stands_until_it_is_computed_anew_and_stays_beside() {
    let (test, episode, path) = session().await;
    let store = test.app.store();
    let place = Place { client: record(&test, episode).await.client_id, episode, session: thread(&path) };
    let bytes = Sweeps::default().to_csv().into_bytes();
    let said = Reading::default();
    let id =
        store.add_recording(&test.scope, place, "sweeps.csv", &bytes, &said, crate::support::start()).await.unwrap();
    keep_old_dose(&test, &store.recording(&test.scope, id).await.unwrap()).await;
    let (id, address) = (id.to_string(), format!("/recordings/{id}"));
    let done = [("applications", "1"), ("region_0", xystra_testkit::SITE), ("done_0", "yes")];
    let how = [("instrument_0", "gt-3"), ("stroke_0", "sweep"), ("force_0", id.as_str()), ("version", "1")];
    let rest = [("anything_new", "no"), ("discomfort", "2"), ("skin", "none"), ("do", "finish")];
    assert_eq!(test.post(&path, &[&done[..], &how[..], &rest[..]].concat()).await.status, StatusCode::SEE_OTHER);
    assert!(test.get(&path).await.body.contains("2.2 N, 7 strokes"), "the session shows what is kept");
    let page = test.get(&address).await.body;
    assert!(page.contains("made by dose-1") && page.contains("20 strokes in 2 bursts"), "{page}");

    assert_eq!(test.post(&format!("{address}/recompute"), &[]).await.location, address);
    let page = test.get(&address).await.body;
    assert!(!page.contains("was made by dose-1") && page.contains("Earlier results"), "{page}");
    assert!(page.contains("2.2 N mean, 3 N largest, 7 strokes"));
    assert!(test.get(&path).await.body.contains(", 20 strokes"));
}

/// As if an older program had computed the only dose.
async fn keep_old_dose(test: &TestApp, recording: &Recording) {
    let dose = serde_json::json!({
        "provenance": "measured", "contact_s": 9.0, "strokes": 7, "rate_per_min": null, "mean_force_n": 2.22,
        "peak_force_n": 3.0, "mean_resultant_n": 2.5, "peak_resultant_n": 3.1, "impulse_ns": 20.0,
        "resultant_impulse_ns": 22.0,
    });
    let subject = recording.id.to_string();
    let (client, made_from) = (recording.client, recording.sha256.as_str());
    let making = Making { subject: &subject, kind: "dose", client, made_from, method: "dose-1", program: "0.1.0" };
    test.app.store().derive(&test.scope, &making, &dose, crate::support::start()).await.expect("kept");
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
