//! Every way in, for every role, in the own practice and with ids of another: generated from the router's own list.

mod clinic;

use axum::http::{Method, StatusCode};
use xystra_care::role::Role;
use xystra_store::journal::Row;
use xystra_web::{RULES, Who, ways_in};

use crate::person::Person;
use crate::support::{Answer, PASSWORD, TestApp};
use clinic::{Clinic, WORD};

/// Parameters that are not the id of anything that a practice keeps.
const NO_ID: [&str; 6] = ["{token}", "{ticket}", "{*path}", "{form}", "{id}", "{name}"];

fn rule(method: &str, path: &str) -> Who {
    RULES.iter().find(|(known, address, _)| (*known, *address) == (method, path)).expect("a rule").2
}

/// Asks as a page or script of ours would; a form holds ids of `bodies` in every field that takes one.
async fn ask(person: &mut Person, method: &str, path: &str, bodies: &Clinic) -> Answer {
    match method {
        "GET" => person.get(path).await,
        "PUT" => {
            let draft = r#"{"revision":0,"tab":"t","body":"name=a"}"#.to_owned();
            person.send(Method::PUT, path, "application/json", draft).await
        }
        _ if path.ends_with("/recordings") => person.upload(path).await,
        _ => {
            let ids = bodies.fields();
            let fields: Vec<(&str, &str)> = ids.iter().map(|(name, value)| (*name, value.as_str())).collect();
            person.post(path, &fields).await
        }
    }
}

/// A route leads somewhere else than in or out: whoever is signed in is sent on.
fn ends_the_sign_in(path: &str) -> bool {
    matches!(path, "/sign-out" | "/sign-in" | "/demo/{ticket}")
}

/// The device was handed over: takes it back, so that the next page is not locked.
async fn take_back(person: &mut Person, path: &str) {
    if path == "/kiosk" {
        person.post("/kiosk/unlock", &[("password", PASSWORD)]).await;
    }
}

async fn newest(test: &TestApp) -> Row {
    test.app.store().journal(&test.scope, None, 1).await.expect("a journal").remove(0)
}

/// Somebody of this role asks for everything of their own practice.
async fn own(role: Role) {
    let test = TestApp::new().await;
    let mine = Clinic::of(&test, &test.scope, 1).await;
    let mut person = mine.person(&test, role).await;
    let (gets, posts): (Vec<_>, Vec<_>) = ways_in().into_iter().partition(|(method, _)| *method == "GET");
    for (method, path) in gets.into_iter().chain(posts).filter(|(_, path)| !ends_the_sign_in(path)) {
        let (who, filled) = (rule(method, path), mine.fill(path));
        let answer = ask(&mut person, method, &filled, &mine).await;
        take_back(&mut person, path).await;
        let said = format!("{} {method} {filled}: {} {}", role.word(), answer.status, answer.location);
        if who.admits(role) {
            assert_ne!(answer.status, StatusCode::FORBIDDEN, "{said}");
            let is_there = answer.status.is_success() || answer.status.is_redirection();
            assert!(method != "GET" || is_there || !path.contains('{') || who == Who::Anyone, "{said}: wrongly filled");
        } else if (path, role) == ("/", Role::Auditor) {
            assert_eq!(answer.location, "/settings/journal", "{said}");
        } else {
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{said}");
            let row = newest(&test).await;
            assert_eq!((row.action.as_str(), row.account == mine.account(role)), ("refuse", true), "{said}: {row:?}");
        }
    }
}

/// Somebody of this role asks for everything with the ids of another practice, in the address and in the form.
async fn foreign(role: Role) {
    let test = TestApp::new().await;
    let mine = Clinic::of(&test, &test.scope, 1).await;
    let theirs = Clinic::second(&test).await;
    let mut person = mine.person(&test, role).await;
    let before = test.app.store().fingerprint(&theirs.scope).await.expect("a fingerprint");
    for (method, path) in ways_in().into_iter().filter(|(_, path)| !ends_the_sign_in(path)) {
        let address = theirs.fill(path);
        let mut answer = ask(&mut person, method, &address, &theirs).await;
        take_back(&mut person, path).await;
        if method == "GET" && path.ends_with("}/recordings") && !answer.location.is_empty() {
            answer = person.get(&answer.location).await;
        }
        let said = format!("{} {method} {address}: {}", role.word(), answer.status);
        let is_theirs = path.contains('{') && rule(method, path) != Who::Anyone;
        assert!(!is_theirs || !answer.body.contains(WORD), "{said} shows {WORD}");
        let has_id = is_theirs && !NO_ID.iter().any(|name| path.ends_with(name) || path.contains(&format!("{name}/")));
        if !has_id {
            continue;
        }
        let refusals = [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN, StatusCode::UNPROCESSABLE_ENTITY];
        assert!(refusals.contains(&answer.status), "{said}");
        if answer.status == StatusCode::NOT_FOUND {
            let (row, id) = (newest(&test).await, address.split('/').rfind(|part| part.parse::<uuid::Uuid>().is_ok()));
            assert_eq!((row.action.as_str(), Some(row.subject_id.as_str())), ("not-found", id), "{said}: {row:?}");
        }
        let own_address = mine.fill(path);
        if method == "POST" && rule(method, path).admits(role) && !own_address.contains("/disable") {
            let answer = ask(&mut person, method, &own_address, &theirs).await;
            assert!(!answer.body.contains(WORD), "{said}: ids in the form show {WORD}");
        }
    }
    assert_eq!(test.app.store().fingerprint(&theirs.scope).await.expect("a fingerprint"), before, "{}", role.word());
}

#[tokio::test]
async fn an_owner_takes_every_way_that_is_theirs() {
    own(Role::Owner).await;
}

#[tokio::test]
async fn a_clinician_takes_every_way_that_is_theirs() {
    own(Role::Clinician).await;
}

#[tokio::test]
async fn an_assistant_takes_every_way_that_is_theirs() {
    own(Role::Assistant).await;
}

#[tokio::test]
async fn an_auditor_takes_every_way_that_is_theirs() {
    own(Role::Auditor).await;
}

#[tokio::test]
async fn an_owner_reaches_nothing_of_another_practice() {
    foreign(Role::Owner).await;
}

#[tokio::test]
async fn a_clinician_reaches_nothing_of_another_practice() {
    foreign(Role::Clinician).await;
}

#[tokio::test]
async fn an_assistant_reaches_nothing_of_another_practice() {
    foreign(Role::Assistant).await;
}

#[tokio::test]
async fn an_auditor_reaches_nothing_of_another_practice() {
    foreign(Role::Auditor).await;
}

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_the_door() {
    let test = TestApp::new().await;
    let mine = Clinic::of(&test, &test.scope, 1).await;
    let before = test.app.store().fingerprint(&test.scope).await.expect("a fingerprint");
    let mut stranger = Person::new(&test.app);
    for (method, path) in ways_in().into_iter().filter(|(method, path)| rule(method, path) != Who::Anyone) {
        let answer = ask(&mut stranger, method, &mine.fill(path), &mine).await;
        let said = format!("{method} {path}: {} {}", answer.status, answer.location);
        match method {
            "PUT" => assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{said}"),
            _ => assert!(answer.location.starts_with("/sign-in?next="), "{said}"),
        }
    }
    assert_eq!(test.app.store().fingerprint(&test.scope).await.expect("a fingerprint"), before);
}
