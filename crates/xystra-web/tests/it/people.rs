//! People: joining, roles, and who is kept out at once.

use axum::http::StatusCode;
use jiff::SignedDuration;
use xystra_care::response::Skin;
use xystra_care::role::Role;
use xystra_testkit::RecordBuilder;

use crate::kept::{app_with, book};
use crate::person::{Person, joined};
use crate::support::{PASSWORD, TestApp, start};

const OTHER: &str = "seven quiet green chairs";

/// The address of the link that a page shows this once.
fn link(page: &str) -> String {
    let address = page.split("value=\"http://desk.example:8610").nth(1).expect("a link").split('"').next();
    address.expect("its end").to_owned()
}

async fn owner(test: &TestApp) -> Person {
    Person::signed_in(&test.app, "owner").await
}

async fn actions(test: &TestApp, count: u32) -> Vec<String> {
    let rows = test.app.store().journal(&test.scope, None, count).await.expect("a journal");
    rows.into_iter().map(|row| row.action).collect()
}

#[tokio::test]
async fn somebody_joins_by_a_link_that_serves_once() {
    let test = TestApp::new().await;
    let mut owner = owner(&test).await;
    let page = owner.post("/settings/people", &[("name", "Front desk"), ("role", "assistant")]).await;
    assert!(page.body.contains("Shown this once") && page.body.contains("class=\"qr\""), "{}", page.body);
    let link = link(&page.body);
    let list = owner.get("/settings/people").await.body;
    assert!(list.contains("to join as assistant") && !list.contains(&link), "shown once");

    let mut new = Person::new(&test.app);
    assert!(new.get(&link).await.body.contains("you are asked to join as assistant"));
    let fields = [("login", "desk"), ("password", OTHER), ("again", OTHER)];
    let answer = new.post(&link, &fields).await;
    assert_eq!(answer.location, "/sign-in?said=joined", "{}", answer.body);
    assert_eq!(new.get(&link).await.status, StatusCode::NOT_FOUND);
    assert_eq!(new.post(&link, &fields).await.status, StatusCode::NOT_FOUND);
    assert_eq!(new.sign_in("desk", OTHER).await.location, "/");
    assert_eq!(new.get("/clients").await.status, StatusCode::OK);
    assert_eq!(new.get("/settings/people").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_link_is_good_for_three_days_and_can_be_taken_back() {
    let test = TestApp::new().await;
    let mut owner = owner(&test).await;
    let fields = [("name", "Somebody"), ("role", "clinician")];
    let first = link(&owner.post("/settings/people", &fields).await.body);
    let page = owner.get("/settings/people").await.body;
    let hash =
        page.split("name=\"invitation\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a hash");
    owner.post("/settings/people/take-back", &[("invitation", hash)]).await;
    let mut new = Person::new(&test.app);
    assert_eq!(new.get(&first).await.status, StatusCode::NOT_FOUND);

    let second = link(&owner.post("/settings/people", &fields).await.body);
    test.clock.set(start() + SignedDuration::from_hours(71));
    assert_eq!(new.get(&second).await.status, StatusCode::OK);
    test.clock.set(start() + SignedDuration::from_hours(72));
    assert_eq!(new.get(&second).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_wrong_is_said_and_the_link_still_serves() {
    let test = TestApp::new().await;
    let mut owner = owner(&test).await;
    let silent = owner.post("/settings/people", &[("name", ""), ("role", "king")]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.body.contains("say who is asked to join") && silent.body.contains("choose what they may do"));
    let link = link(&owner.post("/settings/people", &[("name", "Dana Rivera"), ("role", "clinician")]).await.body);
    let mut new = Person::new(&test.app);
    for (login, password, again, said) in [
        ("", OTHER, OTHER, "choose a name to sign in with"),
        ("dana", "too short", "too short", "9 characters are too few"),
        ("dana", "password1234", "password1234", "what everybody tries first"),
        ("dana", "DanaRivera2026", "DanaRivera2026", "what everybody tries first"),
        ("dana", OTHER, PASSWORD, "the two passwords differ"),
        ("OWNER", OTHER, OTHER, "owner is taken"),
    ] {
        let answer = new.post(&link, &[("login", login), ("password", password), ("again", again)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
    }
    let answer = new.post(&link, &[("login", "dana"), ("password", OTHER), ("again", OTHER)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn whoever_is_disabled_is_out_with_the_next_click_and_the_answer_is_that_of_a_wrong_password() {
    let test = TestApp::new().await;
    let account = joined(&test.app, &test.scope, Role::Clinician).await;
    let (mut owner, mut clinician) = (owner(&test).await, Person::signed_in(&test.app, "clinician").await);
    assert_eq!(clinician.get("/clients").await.status, StatusCode::OK);
    let wrong = Person::new(&test.app).sign_in("clinician", "a wrong password").await;
    let page = format!("/settings/people/{}", account.id);
    assert_eq!(owner.post(&format!("{page}/disable"), &[]).await.location, format!("{page}?saved=disabled"));
    assert!(clinician.get("/clients").await.location.starts_with("/sign-in"));
    let kept_out = Person::new(&test.app).sign_in("clinician", PASSWORD).await;
    let unknown = Person::new(&test.app).sign_in("nobody", PASSWORD).await;
    for answer in [&wrong, &kept_out, &unknown] {
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("name or password do not fit: try again"));
    }
    assert_eq!(wrong.body, kept_out.body, "nothing tells that there is such an account");

    owner.post(&format!("{page}/enable"), &[]).await;
    assert_eq!(Person::new(&test.app).sign_in("clinician", PASSWORD).await.location, "/");
}

#[tokio::test]
async fn another_role_counts_at_once_and_the_last_owner_stays() {
    let test = TestApp::new().await;
    let account = joined(&test.app, &test.scope, Role::Clinician).await;
    let (mut owner, mut clinician) = (owner(&test).await, Person::signed_in(&test.app, "clinician").await);
    let page = format!("/settings/people/{}", account.id);
    owner.post(&format!("{page}/role"), &[("role", "auditor")]).await;
    assert!(clinician.get("/clients").await.location.starts_with("/sign-in"), "the old sign-in is over");
    clinician.sign_in("clinician", PASSWORD).await;
    assert_eq!(clinician.get("/clients").await.status, StatusCode::FORBIDDEN);
    assert!(actions(&test, 10).await.contains(&"set-role".to_owned()));

    let me = test.scope.author().account;
    for (change, field) in [("role", ("role", "clinician")), ("disable", ("", ""))] {
        let answer = owner.post(&format!("/settings/people/{me}/{change}"), &[field]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.body.contains("needs an owner who may come in"), "{}", answer.body);
    }
    assert_eq!(owner.get("/settings/people").await.status, StatusCode::OK);
}

#[tokio::test]
async fn who_is_locked_out_gets_a_link_from_the_owner_and_comes_in() {
    let test = TestApp::new().await;
    let account = joined(&test.app, &test.scope, Role::Clinician).await;
    let (mut owner, mut clinician) = (owner(&test).await, Person::new(&test.app));
    for _ in 0..5 {
        clinician.sign_in("clinician", "a wrong password").await;
    }
    let locked = clinician.sign_in("clinician", PASSWORD).await;
    assert!(locked.body.contains("too many tries: wait 30 seconds"), "{}", locked.body);
    assert!(locked.body.contains("ask the owner for a link") && locked.body.contains("xystra recover"));

    let page = owner.post(&format!("/settings/people/{}/password", account.id), &[]).await.body;
    let link = link(&page);
    let answer = clinician.post(&link, &[("password", OTHER), ("again", OTHER)]).await;
    assert_eq!(answer.location, "/sign-in?said=password-changed", "{}", answer.body);
    assert_eq!(clinician.sign_in("clinician", OTHER).await.location, "/");
    assert_eq!(Person::new(&test.app).sign_in("clinician", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_navigation_shows_what_the_role_may_take() {
    let test = TestApp::new().await;
    joined(&test.app, &test.scope, Role::Assistant).await;
    joined(&test.app, &test.scope, Role::Auditor).await;
    let mut desk = Person::signed_in(&test.app, "assistant").await;
    let page = desk.get("/clients").await.body;
    assert!(page.contains("href=\"/clients\"") && !page.contains("href=\"/recordings\""), "{page}");
    assert!(page.contains("Sign out assistant, assistant"));
    let about = desk.get("/settings/about").await.body;
    assert!(about.contains("href=\"/settings/password\"") && !about.contains("href=\"/settings/people\""));

    let mut auditor = Person::signed_in(&test.app, "auditor").await;
    assert_eq!(auditor.get("/").await.location, "/settings/journal");
    let journal = auditor.get("/settings/journal").await.body;
    assert!(!journal.contains("<a href=\"/clients\"") && !journal.contains("href=\"/settings/backup\""), "{journal}");
}

#[tokio::test]
async fn the_front_desk_sees_who_comes_and_nothing_clinical() {
    let built = RecordBuilder::new("lateral-epicondylitis").ready().session(Skin::Bruise).later(24.0);
    let built = built.checkin(Some(Skin::Bruise), Some(7)).later(24.0);
    let test = app_with(&built).await;
    book(&test, built.record(), built.now() + SignedDuration::from_hours(1)).await;
    joined(&test.app, &test.scope, Role::Assistant).await;
    let (mut owner, mut desk) = (owner(&test).await, Person::signed_in(&test.app, "assistant").await);
    let name = built.record().client.body.name.clone();
    let client = format!("/clients/{}", built.record().client_id);
    for path in ["/", &client] {
        let (full, plain) = (owner.get(path).await.body, desk.get(path).await.body);
        assert!(full.contains("/episodes/") && full.contains(&name), "{path}: {full}");
        assert!(plain.contains(&name), "{path}: {plain}");
        for clinical in ["/episodes/", "7 of 10", "#bruise", "ready to treat", "Make a backup"] {
            assert!(!plain.contains(clinical), "{path} shows {clinical} at the desk");
        }
    }
}
