//! A record opened in an emergency, and a device in a client's hands.

use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use xystra_care::role::Role;
use xystra_testkit::RecordBuilder;

use crate::kept::{app_with, batch_of};
use crate::person::{Person, joined};
use crate::support::{PASSWORD, TestApp};

const REASON: &str = "collapsed in the waiting room";

fn record(number: u32) -> RecordBuilder {
    RecordBuilder::numbered(number, "lateral-epicondylitis").consented().screened().planned(|_| {})
}

async fn actions(test: &TestApp, count: u32) -> Vec<String> {
    let rows = test.app.store().journal(&test.scope, None, count).await.expect("a journal");
    rows.into_iter().map(|row| row.action).collect()
}

#[tokio::test]
async fn an_assistant_reads_one_record_with_a_reason_and_the_owner_is_told() {
    let (one, two) = (record(1), record(2));
    let test = app_with(&one).await;
    let other = batch_of(two.record(), None);
    test.app.store().save(&test.scope, &other, test.clock.now()).await.expect("kept");
    joined(&test.app, &test.scope, Role::Assistant).await;
    let mut desk = Person::signed_in(&test.app, "assistant").await;
    let (mine, client) = (format!("/episodes/{}", one.record().episode), one.record().client_id.to_string());

    let refused = desk.get(&mine).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        refused.body.contains("What is the emergency?") && !refused.body.contains("Tennis elbow"),
        "{}",
        refused.body
    );
    let fields = |reason| [("client", client.as_str()), ("back", mine.as_str()), ("reason", reason)];
    let short = desk.post("/emergencies", &fields("why not")).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(desk.get(&mine).await.status, StatusCode::FORBIDDEN);

    assert_eq!(desk.post("/emergencies", &fields(REASON)).await.location, mine);
    let page = desk.get(&mine).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("Opened in an emergency, until"));
    assert_eq!(desk.post(&format!("{mine}/notes"), &[("text", "x")]).await.status, StatusCode::FORBIDDEN);
    let elsewhere = format!("/episodes/{}", two.record().episode);
    assert_eq!(desk.get(&elsewhere).await.status, StatusCode::FORBIDDEN, "no other client");
    assert_eq!(desk.get("/recordings").await.status, StatusCode::FORBIDDEN, "no list");
    let done = actions(&test, 20).await;
    assert!(done.contains(&"emergency".into()) && done.contains(&"read".into()) && done.contains(&"refuse".into()));

    let mut owner = Person::signed_in(&test.app, "owner").await;
    let told = owner.get("/settings/people").await.body;
    assert!(told.contains(REASON) && told.contains("assistant opened the record of"), "{told}");
    let seen = told.split("action=\"/emergencies/").nth(1).and_then(|rest| rest.split('"').next()).expect("a form");
    owner.post(&format!("/emergencies/{seen}"), &[]).await;
    assert!(!owner.get("/settings/people").await.body.contains(REASON));

    test.clock.set(test.clock.now() + SignedDuration::from_mins(60));
    assert_eq!(desk.get(&mine).await.status, StatusCode::FORBIDDEN, "the hour is over");
}

/// A browser whose device is in a client's hands; the page that is open, and another.
async fn handed_over() -> (TestApp, Person, String, String) {
    let built = record(1);
    let test = app_with(&built).await;
    let mut person = Person::signed_in(&test.app, "owner").await;
    let client = format!("/clients/{}", built.record().client_id);
    let page = format!("{client}/page");
    assert_eq!(person.post("/kiosk", &[("path", &page)]).await.location, page);
    (test, person, page, client)
}

#[tokio::test]
async fn a_device_in_a_clients_hands_opens_one_page_and_nothing_else() {
    let (test, mut person, page, client) = handed_over().await;
    let open = person.get(&page).await;
    assert_eq!(open.status, StatusCode::OK, "{}", open.body);
    assert!(!open.body.contains("aria-label=\"Main\"") && open.body.contains("Give it back"));
    for path in ["/", "/clients", client.as_str(), "/settings/people", "/kiosk/unlock", "/recordings"] {
        let answer = person.get(path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert!(answer.body.contains("This device is handed over"), "{path}");
    }
    let body = r#"{"revision":0,"tab":"t","body":""}"#.to_owned();
    let script = person.send(Method::PUT, "/drafts/client", "application/json", body).await;
    assert_eq!(script.status, StatusCode::FORBIDDEN);
    assert_eq!(person.post("/clients/new", &[("name", "A")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(person.post("/sign-out", &[]).await.status, StatusCode::FORBIDDEN);
    let mut elsewhere = Person::signed_in(&test.app, "owner").await;
    assert_eq!(elsewhere.get("/clients").await.status, StatusCode::OK, "another browser is not locked");
}

#[tokio::test]
async fn the_password_takes_the_device_back_and_guessing_waits() {
    let (test, mut person, page, _) = handed_over().await;
    for _ in 0..5 {
        let wrong = person.post("/kiosk/unlock", &[("password", "a wrong password")]).await;
        assert!(wrong.body.contains("this is not your password now"), "{}", wrong.body);
    }
    let waits = person.post("/kiosk/unlock", &[("password", PASSWORD)]).await;
    assert!(waits.body.contains("too many tries: wait 30 seconds"), "{}", waits.body);
    test.clock.set(test.clock.now() + SignedDuration::from_secs(31));
    assert_eq!(person.post("/kiosk/unlock", &[("password", PASSWORD)]).await.location, page);
    assert_eq!(person.get("/clients").await.status, StatusCode::OK);
    assert_eq!(actions(&test, 20).await.iter().filter(|action| *action == "hand-over").count(), 1);
}

#[tokio::test]
async fn only_a_page_for_clients_is_handed_over() {
    let test = TestApp::new().await;
    let mut person = Person::signed_in(&test.app, "owner").await;
    for path in ["/", "/clients", "https://example.org/clients/a/page", ""] {
        assert_eq!(person.post("/kiosk", &[("path", path)]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(person.get("/clients").await.status, StatusCode::OK);
}
