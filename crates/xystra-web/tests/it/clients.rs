//! Clients, their appointments, and their consent.

use axum::http::StatusCode;
use jiff::SignedDuration;
use uuid::Uuid;

use crate::support::{TestApp, start};

/// Writes down a client; their page's path.
pub(crate) async fn new_client(test: &TestApp, name: &str) -> String {
    let answer = test.post("/clients/new", &[("name", name), ("born", "1980-05-04")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location
}

/// The client agrees in words.
pub(crate) async fn agree(test: &TestApp, client: &str) {
    let fields = [("how", "spoken"), ("text_version", "1"), ("agreed", "yes")];
    let answer = test.post(&format!("{client}/consent"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

#[tokio::test]
async fn the_first_client_is_written_down_found_and_amended() {
    let test = TestApp::new().await;
    assert!(test.get("/clients").await.body.contains("Nobody is written down here yet"));
    let fields = [
        ("name", "Synthetic Ada"),
        ("born", "1980-05-04"),
        ("handed", "left"),
        ("skin", "dark"),
        ("allergies", "lanolin\n\nnickel"),
        ("medicines", "apixaban"),
        ("emergency_name", "Synthetic Bert"),
        ("emergency_reach", "555 0100"),
    ];
    let path = test.post("/clients/new", &fields).await.location;
    let page = test.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    for word in
        ["Synthetic Ada", "45 years", "left-handed", "lanolin", "nickel", "apixaban", "Synthetic Bert", "Not given yet"]
    {
        assert!(page.body.contains(word), "{word} is missing");
    }
    let form = test.get(&format!("{path}/edit")).await.body;
    assert!(form.contains("lanolin\nnickel") && form.contains("value=\"1980-05-04\""));
    let changed = [("version", "1"), ("name", "Synthetic Ada"), ("phone", "555 0199"), ("reason", "new telephone")];
    assert_eq!(test.post(&format!("{path}/edit"), &changed).await.location, path);
    assert!(test.get(&path).await.body.contains("555 0199"));
    assert!(test.get("/clients?find=0199").await.body.contains("Synthetic Ada"));
    assert!(test.get("/clients?find=nobody").await.body.contains("Nobody here matches"));
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_and_names_the_field() {
    let test = TestApp::new().await;
    let fields = [("name", ""), ("born", "1980-02-30"), ("phone", "555 0100")];
    let answer = test.post("/clients/new", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("1980-02-30 is no day of the calendar"));
    assert!(answer.body.contains("href=\"#f-name\"") && answer.body.contains("href=\"#f-born\""));
    assert!(answer.body.contains("value=\"555 0100\"") && answer.body.contains("value=\"1980-02-30\""));
    assert!(test.get("/clients").await.body.contains("Nobody is written down here yet"));
}

#[tokio::test]
async fn a_form_posted_twice_makes_one_client() {
    let test = TestApp::new().await;
    let operation = Uuid::now_v7().to_string();
    let first = test.post_as(&operation, "/clients/new", &[("name", "Synthetic Twice")]).await;
    let second = test.post_as(&operation, "/clients/new", &[("name", "Synthetic Twice")]).await;
    assert_eq!(first.location, second.location);
    assert!(test.get("/clients").await.body.contains("1 of 1 clients"));
}

#[tokio::test]
async fn a_namesake_is_kept_with_a_warning_and_can_be_struck_out() {
    let test = TestApp::new().await;
    let first = new_client(&test, "Synthetic Same").await;
    let second = new_client(&test, "synthetic same").await;
    let page = test.get(&second).await.body;
    assert!(page.contains("same name and the same birth date") && page.contains(&format!("href=\"{first}\"")));
    let struck = test.post(&format!("{second}/strike"), &[]).await;
    assert_eq!(struck.location, "/clients");
    assert_eq!(test.get(&second).await.status, StatusCode::NOT_FOUND);
    assert!(!test.get(&first).await.body.contains("same birth date"));
}

#[tokio::test]
async fn a_client_with_a_consent_is_not_struck_out() {
    let test = TestApp::new().await;
    let client = new_client(&test, "Synthetic Kept").await;
    agree(&test, &client).await;
    test.post(&format!("{client}/strike"), &[]).await;
    assert_eq!(test.get(&client).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_amendment_from_an_older_version_is_told_and_needs_a_reason() {
    let test = TestApp::new().await;
    let edit = format!("{}/edit", new_client(&test, "Synthetic Ada").await);
    let missing = test.post(&edit, &[("version", "1"), ("name", "Synthetic Ada B")]).await;
    assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(missing.body.contains("href=\"#f-reason\""));
    let fields = [("version", "1"), ("name", "Synthetic Ada B"), ("reason", "married")];
    assert_eq!(test.post(&edit, &fields).await.status, StatusCode::SEE_OTHER);
    let late = test.post(&edit, &fields).await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        late.body.contains("somebody saved version 2 meanwhile") && late.body.contains("name=\"version\" value=\"2\"")
    );
}

#[tokio::test]
async fn the_instant_find_answers_with_lines() {
    let test = TestApp::new().await;
    let path = new_client(&test, "Synthetic Ada").await;
    new_client(&test, "Synthetic Bert").await;
    let answer = test.get("/clients/find?q=ada").await;
    let found: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    assert_eq!(found, serde_json::json!([{ "href": path, "name": "Synthetic Ada, 45", "line": "No complaint yet" }]));
}

#[tokio::test]
async fn an_appointment_is_booked_and_called_off() {
    let test = TestApp::new().await;
    let client = new_client(&test, "Synthetic Ada").await;
    let book = format!("{client}/appointments");
    let past = test.post(&book, &[("at", "2025-03-12T10:30"), ("remark", "bring the splint")]).await;
    assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(past.body.contains("is in the past") && past.body.contains("value=\"bring the splint\""));
    let impossible = test.post(&book, &[("at", "2026-02-30T10:30")]).await;
    assert!(impossible.body.contains("2026-02-30T10:30 is no moment"));
    assert_eq!(test.post(&book, &[("at", "2026-03-12T10:30"), ("remark", "first visit")]).await.location, client);
    let page = test.get(&client).await.body;
    assert!(page.contains("Thu 12 March 2026, 10:30") && page.contains("first visit"));
    assert!(test.get("/clients").await.body.contains("Thu 12 March 2026, 10:30"));
    let thread = page.split("/appointments/").nth(1).and_then(|rest| rest.split('"').next()).expect("a form");
    let odd = test.post(&format!("/appointments/{thread}"), &[("state", "forgotten")]).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answer = test.post(&format!("/appointments/{thread}"), &[("state", "cancelled"), ("back", "/clients")]).await;
    assert_eq!(answer.location, "/clients");
    let page = test.get(&client).await.body;
    assert!(page.contains("Nothing is booked") && page.contains("Cancelled"));
}

#[tokio::test]
async fn consent_is_recorded_with_its_text_and_withdrawn() {
    let test = TestApp::new().await;
    let client = new_client(&test, "Synthetic Ada").await;
    let path = format!("{client}/consent");
    assert!(test.get(&path).await.body.contains("stop at any moment"));
    let untold = test.post(&path, &[("text_version", "1"), ("regions", "not the neck")]).await;
    assert_eq!(untold.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        untold.body.contains("#f-agreed") && untold.body.contains("#f-how") && untold.body.contains("not the neck")
    );
    let fields = [("how", "paper"), ("text_version", "1"), ("agreed", "yes"), ("next", "/episodes/x/screening")];
    assert_eq!(test.post(&path, &fields).await.location, "/episodes/x/screening");
    let page = test.get(&path).await.body;
    assert!(page.contains("text 1, on paper") && page.contains("Wed 11 March 2026"));
    let withdraw =
        page.split("action=\"").find_map(|rest| rest.split('"').next().filter(|path| path.ends_with("/withdraw")));
    test.clock.set(start() + SignedDuration::from_mins(30));
    test.post(withdraw.expect("a form that withdraws"), &[]).await;
    assert!(test.get(&path).await.body.contains("Withdrawn Wed 11 March 2026, 09:30"));
    assert!(test.get(&client).await.body.contains("No session can begin"));
}

#[tokio::test]
async fn consent_never_leads_to_another_site() {
    let test = TestApp::new().await;
    let path = format!("{}/consent", new_client(&test, "Synthetic Ada").await);
    let fields = [("how", "spoken"), ("text_version", "1"), ("agreed", "yes"), ("next", "//example.org/")];
    assert_eq!(test.post(&path, &fields).await.location, "/");
}

#[tokio::test]
async fn a_draft_is_shown_again() {
    let test = TestApp::new().await;
    let draft = r#"{"revision":0,"tab":"a","body":"name=Synthetic+Half&phone=555"}"#;
    let kept = test.send(axum::http::Method::PUT, "/drafts/client:new", "application/json", draft.into()).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    let page = test.get("/clients/new").await.body;
    assert!(page.contains("value=\"Synthetic Half\"") && page.contains("Here is what you typed"));
    test.post("/clients/new", &[("name", "Synthetic Half")]).await;
    assert!(!test.get("/clients/new").await.body.contains("Synthetic Half"));
}

#[tokio::test]
async fn what_is_not_in_this_practice_is_not_found() {
    let test = TestApp::new().await;
    let id = Uuid::now_v7();
    for path in ["", "/edit", "/consent", "/episodes/new"].map(|end| format!("/clients/{id}{end}")) {
        assert_eq!(test.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["intake", "screening"].map(|step| format!("/episodes/{id}/{step}")) {
        assert_eq!(test.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let settled = test.post(&format!("/appointments/{id}"), &[("state", "kept")]).await;
    assert_eq!(settled.status, StatusCode::NOT_FOUND);
    assert_eq!(test.post(&format!("/clients/{id}/appointments"), &[]).await.status, StatusCode::NOT_FOUND);
}
