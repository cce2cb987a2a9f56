//! Chapter 7: what a sign-in is, and how it ends.

use std::collections::HashSet;

use axum::http::StatusCode;
use jiff::SignedDuration;
use xystra_care::practice::Practice;
use xystra_care::role::Role;

use super::{Browser, file};
use crate::person::{Person, joined};
use crate::support::{PASSWORD, TestApp, start};

#[tokio::test]
async fn a_cookie_holds_256_random_bits_and_the_record_only_their_hash() {
    let test = TestApp::new().await;
    let mut secrets = HashSet::new();
    for _ in 0..8 {
        let browser = Browser::signed_in(&test).await;
        let secret = browser.cookie.split_once('=').expect("a pair").1.to_owned();
        assert_eq!(secret.len(), 64, "{secret}");
        assert!(secret.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(test.app.store().signed_in(&secret).await.expect("an answer"), None, "the secret itself is kept");
        secrets.insert(secret);
    }
    assert_eq!(secrets.len(), 8, "two browsers got the same secret");
    let ones: u32 =
        secrets.iter().flat_map(|secret| secret.chars()).filter_map(|c| c.to_digit(16)).map(u32::count_ones).sum();
    assert!((880..=1170).contains(&ones), "{ones} of 2048 bits are set");
}

#[tokio::test]
async fn no_script_and_no_other_site_gets_the_cookie() {
    let test = TestApp::new().await;
    let mut browser = Browser::new(&test);
    let got = browser.sign_in("owner", PASSWORD).await;
    let cookie = got.cookie().expect("a cookie").to_owned();
    for word in ["HttpOnly", "SameSite=Strict", "Path=/"] {
        assert!(cookie.split("; ").any(|part| part == word), "{word} is missing: {cookie}");
    }
}

#[tokio::test]
async fn a_made_up_cookie_opens_nothing() {
    let test = TestApp::new().await;
    let mut browser = Browser::signed_in(&test).await;
    assert!(browser.is_in().await);
    let last = browser.cookie.pop().expect("a digit");
    browser.cookie.push(if last == '0' { '1' } else { '0' });
    assert!(!browser.is_in().await);
}

#[tokio::test]
async fn signing_in_again_makes_a_new_secret_and_ends_the_old_one() {
    let test = TestApp::new().await;
    let mut browser = Browser::signed_in(&test).await;
    let old = Browser { cookie: browser.cookie.clone(), ..Browser::new(&test) };
    browser.sign_in("owner", PASSWORD).await;
    assert_ne!(browser.cookie, old.cookie);
    assert!(browser.is_in().await && !old.is_in().await);
}

#[tokio::test]
async fn a_sign_in_that_was_ended_opens_nothing() {
    let test = TestApp::new().await;
    let (browser, other) = (Browser::signed_in(&test).await, Browser::signed_in(&test).await);
    let got = browser.post("/sign-out", &[]).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER);
    assert!(!browser.is_in().await, "the cookie still opens the record");
    assert!(other.is_in().await, "another browser stays signed in");
}

#[tokio::test]
async fn what_scripts_kept_goes_when_somebody_signs_out() {
    let test = TestApp::new().await;
    let browser = Browser::signed_in(&test).await;
    assert_eq!(browser.get("/clients").await.header("clear-site-data"), "");
    assert!(
        browser.get("/clients").await.body.contains("data-idle-min=\"60\""),
        "the script is told when to put the page away"
    );
    let got = browser.post("/sign-out", &[]).await;
    assert_eq!(got.header("clear-site-data"), "\"storage\"");
}

#[tokio::test]
async fn a_sign_in_that_nobody_uses_ends() {
    let test = TestApp::new().await;
    let idle = SignedDuration::from_mins(Practice::default().idle_min.into());
    let browser = Browser::signed_in(&test).await;
    test.clock.set(start() + idle);
    assert!(browser.is_in().await, "used within its time");
    test.clock.set(start() + idle + idle + SignedDuration::from_secs(1));
    assert!(!browser.is_in().await);
    test.clock.set(start() + idle);
    assert!(!browser.is_in().await, "ended is ended");
}

#[tokio::test]
async fn a_sign_in_ends_after_its_hours_however_much_it_is_used() {
    let test = TestApp::new().await;
    let hours = SignedDuration::from_hours(Practice::default().absolute_h.into());
    let browser = Browser::signed_in(&test).await;
    let half = SignedDuration::from_mins(30);
    let mut at = start();
    while at + half < start() + hours {
        at += half;
        test.clock.set(at);
        assert!(browser.is_in().await, "{at}");
    }
    test.clock.set(start() + hours);
    assert!(!browser.is_in().await);
}

#[tokio::test]
async fn the_owner_ends_the_sign_ins_of_somebody() {
    let test = TestApp::new().await;
    let account = joined(&test.app, &test.scope, Role::Clinician).await;
    let (mut one, mut other) =
        (Person::signed_in(&test.app, "clinician").await, Person::signed_in(&test.app, "clinician").await);
    let owner = Browser::signed_in(&test).await;
    let got = owner.post(&format!("/settings/people/{}/sign-out", account.id), &[]).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.body);
    for person in [&mut one, &mut other] {
        assert!(person.get("/clients").await.location.starts_with("/sign-in"));
    }
    assert!(owner.is_in().await);
}

#[tokio::test]
async fn no_page_signs_anybody_in_by_being_looked_at() {
    let test = TestApp::new().await;
    let browser = Browser::new(&test);
    for (_, path) in xystra_web::ways_in().into_iter().filter(|(method, _)| *method == "GET") {
        let got = browser.get(&path.replace(['{', '}', '*'], "")).await;
        assert_eq!(got.cookie(), None, "{path}");
    }
}

#[test]
fn the_page_on_security_tells_the_ends_that_are_in_force() {
    let (page, practice) = (file("docs/security.md"), Practice::default());
    for words in [
        format!("after {} minutes without a request", practice.idle_min),
        format!("after {} hours in any case", practice.absolute_h),
    ] {
        assert!(page.contains(&words), "{words}");
    }
}
