//! Chapter 16: what the journal tells, and what it must not.

use axum::http::StatusCode;
use xystra_store::journal::Row;

use super::pages::{MARK, practice};
use super::{Browser, file};
use crate::support::{PASSWORD, TestApp};

async fn journal(test: &TestApp) -> Vec<Row> {
    test.app.store().journal(&test.scope, None, 10_000).await.expect("a journal")
}

async fn actions(test: &TestApp) -> Vec<String> {
    journal(test).await.into_iter().map(|row| row.action).collect()
}

#[tokio::test]
async fn every_row_says_when_who_what_and_to_which() {
    let (test, built) = practice().await;
    let browser = Browser::signed_in(&test).await;
    browser.get(&format!("/clients/{}", built.record().client_id)).await;
    let rows = journal(&test).await;
    assert!(rows.len() > 5);
    assert_eq!(rows[0].at, test.clock.now(), "the newest row is of this moment");
    let owner = test.scope.author().account.to_string();
    for row in rows {
        assert_eq!(row.account, owner);
        assert!(!row.action.is_empty() && !row.subject_kind.is_empty() && !row.subject_id.is_empty(), "{row:?}");
    }
}

#[tokio::test]
async fn neither_secrets_nor_health_stand_in_the_journal() {
    let (test, _) = practice().await;
    let mut browser = Browser::signed_in(&test).await;
    let secret = browser.cookie.split_once('=').expect("a pair").1.to_owned();
    browser.get(&format!("/clients?find={MARK}")).await;
    browser.get(&format!("/clients/{MARK}")).await;
    browser.sign_in(MARK, "not the password").await;
    browser.sign_in("owner", MARK).await;
    let rows = format!("{:?}", journal(&test).await);
    for word in [MARK, PASSWORD, secret.as_str(), "epicondylitis", "argon2"] {
        assert!(!rows.contains(word), "{word} stands in the journal");
    }
}

#[tokio::test]
async fn signing_in_and_out_and_failing_to_is_journaled() {
    let test = TestApp::new().await;
    let before = actions(&test).await.len();
    let mut browser = Browser::new(&test);
    browser.sign_in("owner", "not the password").await;
    browser.sign_in("owner", PASSWORD).await;
    browser.post("/sign-out", &[]).await;
    let all = actions(&test).await;
    let mut new: Vec<&str> = all[..all.len() - before].iter().map(String::as_str).collect();
    new.reverse();
    assert_eq!(new, ["sign-in-failed", "sign-in", "sign-out"]);
}

#[tokio::test]
async fn a_form_of_another_browser_is_refused_and_journaled() {
    let (test, built) = practice().await;
    let (browser, other) = (Browser::signed_in(&test).await, Browser::signed_in(&test).await);
    let page = other.get("/settings/about").await.body;
    let form = format!("_csrf={}&_operation=1&name=Forged", super::csrf_of(&page));
    let path = format!("/clients/{}/edit", built.record().client_id);
    let got = browser.send(axum::http::Method::POST, &path, form).await;
    assert_eq!(got.status, StatusCode::FORBIDDEN);
    assert!(actions(&test).await.contains(&"refuse".to_owned()), "{:?}", actions(&test).await);
}

#[tokio::test]
async fn the_page_on_security_names_every_word_that_the_journal_used() {
    let (test, built) = practice().await;
    let mut browser = Browser::signed_in(&test).await;
    browser.get(&format!("/clients/{}", built.record().client_id)).await;
    browser.get(&format!("/clients/{}", uuid::Uuid::now_v7())).await;
    browser.post("/settings/backup", &[]).await;
    browser.sign_in("owner", "not the password").await;
    browser.sign_in("owner", PASSWORD).await;
    browser.post("/sign-out", &[]).await;
    let page = file("docs/security.md");
    for action in actions(&test).await {
        assert!(page.contains(&format!("`{action}`")), "docs/security.md does not tell of {action}");
    }
}
