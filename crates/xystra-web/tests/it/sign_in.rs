//! Signing in: slowed guessing, the second factor, browsers, and when a sign-in ends.

use axum::http::{Method, StatusCode};
use jiff::SignedDuration;
use xystra_care::practice::Practice;
use xystra_care::role::Role;

use crate::person::{Person, joined};
use crate::support::{PASSWORD, TestApp, start};

fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

async fn actions(test: &TestApp, count: u32) -> Vec<String> {
    let rows = test.app.store().journal(&test.scope, None, count).await.expect("a journal");
    rows.into_iter().map(|row| row.action).collect()
}

#[tokio::test]
async fn guessing_waits_longer_each_time_whatever_the_browser() {
    let test = TestApp::new().await;
    for _ in 0..5 {
        assert!(Person::new(&test.app).sign_in("owner", "a wrong password").await.body.contains("do not fit"));
    }
    let right = Person::new(&test.app).sign_in(" Owner ", PASSWORD).await;
    assert!(right.body.contains("wait 30 seconds"), "the right password has to wait too: {}", right.body);
    test.clock.set(start() + SignedDuration::from_secs(31));
    assert!(Person::new(&test.app).sign_in("owner", "a wrong password").await.body.contains("do not fit"));
    assert!(Person::new(&test.app).sign_in("owner", PASSWORD).await.body.contains("wait 60 seconds"));
    test.clock.set(start() + minutes(2));
    assert_eq!(Person::new(&test.app).sign_in("owner", PASSWORD).await.location, "/");
    let done = actions(&test, 20).await;
    assert_eq!(done.iter().filter(|action| *action == "sign-in-failed").count(), 6, "{done:?}");
}

#[tokio::test]
async fn a_password_that_was_typed_as_a_name_is_kept_nowhere() {
    let test = TestApp::new().await;
    Person::new(&test.app).sign_in("my secret password", "x").await;
    let file = std::fs::read(test.app.store().folder().join("xystra.db")).expect("the database");
    let log = std::fs::read(test.app.store().folder().join("xystra.db-wal")).unwrap_or_default();
    for bytes in [file, log] {
        assert!(!bytes.windows(18).any(|part| part == b"my secret password"));
    }
}

#[tokio::test]
async fn each_sign_in_has_a_new_secret_and_the_former_one_opens_nothing() {
    let test = TestApp::new().await;
    let mut person = Person::signed_in(&test.app, "owner").await;
    let former = person.cookies();
    person.sign_in("owner", PASSWORD).await;
    assert_ne!(person.cookies(), former);
    let mut thief = Person::new(&test.app);
    thief.with_cookies(former);
    assert!(thief.get("/clients").await.location.starts_with("/sign-in"));
    assert_eq!(person.get("/clients").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_new_password_signs_out_everywhere_else_and_changes_the_secret_here() {
    let test = TestApp::new().await;
    let (mut here, mut there) =
        (Person::signed_in(&test.app, "owner").await, Person::signed_in(&test.app, "owner").await);
    let former = here.cookies();
    let new = "seven quiet green chairs";
    let fields = [("current", PASSWORD), ("password", new), ("again", new)];
    assert_eq!(here.post("/settings/password", &fields).await.location, "/settings/password?saved=password");
    assert_eq!(here.get("/clients").await.status, StatusCode::OK);
    assert_ne!(here.cookies(), former);
    assert!(there.get("/clients").await.location.starts_with("/sign-in"));
    there.with_cookies(former);
    assert!(there.get("/clients").await.location.starts_with("/sign-in"));
    assert_eq!(there.sign_in("owner", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(there.sign_in("owner", new).await.location, "/");
}

/// Turns the second factor on; gives the secret and the recovery codes.
async fn second_factor(person: &mut Person, test: &TestApp) -> (String, Vec<String>) {
    person.post("/settings/second-factor", &[("current", PASSWORD)]).await;
    let secret = test.app.store().second_factor(&test.scope).await.expect("a store").expect("a secret").secret;
    let code = code(&secret, test);
    let page = person.post("/settings/second-factor/confirm", &[("code", &code)]).await.body;
    let codes = page.split("<li><code>").skip(1).filter_map(|rest| rest.split('<').next()).map(str::to_owned);
    person.look().await;
    (secret, codes.collect())
}

/// What an authenticator app shows now.
fn code(secret: &str, test: &TestApp) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret).expect("base 32");
    let totp = totp_rs::Builder::new().with_secret(secret).build().expect("a secret of 20 bytes");
    totp.generate(u64::try_from(test.clock.now().as_second()).expect("after 1970")).to_string()
}

#[tokio::test]
async fn the_password_alone_opens_nothing_once_a_second_factor_is_on() {
    let test = TestApp::new().await;
    let mut person = Person::signed_in(&test.app, "owner").await;
    let (secret, codes) = second_factor(&mut person, &test).await;
    assert_eq!(codes.len(), 10);
    assert_eq!(person.get("/clients").await.status, StatusCode::OK, "this browser stays");

    let mut other = Person::new(&test.app);
    assert_eq!(other.sign_in("owner", PASSWORD).await.location, "/sign-in/code?next=%2F");
    assert!(other.get("/clients").await.location.starts_with("/sign-in"), "half a sign-in is none");
    let used = code(&secret, &test);
    assert!(other.post("/sign-in/code", &[("code", &used)]).await.body.contains("does not fit, or served before"));
    test.clock.set(start() + minutes(1));
    let fresh = code(&secret, &test);
    assert_eq!(other.post("/sign-in/code", &[("code", &fresh), ("next", "/clients")]).await.location, "/clients");
    assert_eq!(other.get("/clients").await.status, StatusCode::OK);

    let mut third = Person::new(&test.app);
    third.sign_in("owner", PASSWORD).await;
    assert_eq!(third.post("/sign-in/code", &[("code", &codes[0].to_uppercase())]).await.location, "/");
    let mut fourth = Person::new(&test.app);
    fourth.sign_in("owner", PASSWORD).await;
    assert_eq!(fourth.post("/sign-in/code", &[("code", &codes[0])]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn codes_are_not_guessed_and_half_a_sign_in_ends_soon() {
    let test = TestApp::new().await;
    let mut person = Person::signed_in(&test.app, "owner").await;
    let (secret, _) = second_factor(&mut person, &test).await;
    test.clock.set(start() + minutes(1));
    for _ in 0..5 {
        let mut guesser = Person::new(&test.app);
        guesser.sign_in("owner", PASSWORD).await;
        assert!(guesser.post("/sign-in/code", &[("code", "000000")]).await.body.contains("does not fit"));
    }
    let mut guesser = Person::new(&test.app);
    guesser.sign_in("owner", PASSWORD).await;
    let fresh = code(&secret, &test);
    assert!(guesser.post("/sign-in/code", &[("code", &fresh)]).await.body.contains("wait 30 seconds"));

    test.clock.set(start() + minutes(12));
    let late = code(&secret, &test);
    assert_eq!(guesser.post("/sign-in/code", &[("code", &late)]).await.location, "/sign-in");
    assert_eq!(Person::new(&test.app).get("/sign-in/code").await.location, "/sign-in");
}

#[tokio::test]
async fn the_second_factor_is_turned_off_by_password_and_code_or_by_the_owner() {
    let test = TestApp::new().await;
    let mut person = Person::signed_in(&test.app, "owner").await;
    let (secret, _) = second_factor(&mut person, &test).await;
    test.clock.set(start() + minutes(1));
    let without = [("current", PASSWORD), ("code", "000000")];
    assert_eq!(person.post("/settings/second-factor/off", &without).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fresh = code(&secret, &test);
    let wrong = [("current", "a wrong password"), ("code", &fresh)];
    assert_eq!(person.post("/settings/second-factor/off", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = [("current", PASSWORD), ("code", &fresh)];
    assert_eq!(person.post("/settings/second-factor/off", &right).await.status, StatusCode::SEE_OTHER);
    assert_eq!(Person::new(&test.app).sign_in("owner", PASSWORD).await.location, "/");
    person.look().await;

    let (_, _) = second_factor(&mut person, &test).await;
    let me = test.scope.author().account;
    person.post(&format!("/settings/people/{me}/second-factor"), &[]).await;
    assert_eq!(Person::new(&test.app).sign_in("owner", PASSWORD).await.location, "/");
}

#[tokio::test]
async fn a_browser_that_was_left_somewhere_is_signed_out_from_here() {
    let test = TestApp::new().await;
    joined(&test.app, &test.scope, Role::Clinician).await;
    let mut here = Person::signed_in(&test.app, "clinician").await;
    let mut there = Person::signed_in(&test.app, "clinician").await;
    let page = here.get("/settings/devices").await.body;
    assert!(page.contains("Firefox on Linux") && page.matches("this one").count() == 1, "{page}");
    let hash = page.split("name=\"device\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a hash");
    assert_eq!(there.get("/clients").await.status, StatusCode::OK);
    here.post("/settings/devices", &[("device", hash)]).await;
    assert!(there.get("/clients").await.location.starts_with("/sign-in"));

    there.sign_in("clinician", PASSWORD).await;
    here.post("/settings/devices", &[]).await;
    assert!(there.get("/clients").await.location.starts_with("/sign-in"));
    assert_eq!(here.get("/clients").await.status, StatusCode::OK);
    assert_eq!(here.post("/settings/devices", &[("device", "no-such")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_sign_in_ends_by_idleness_by_age_and_by_a_clock_set_back() {
    let test = TestApp::new().await;
    let open = async |person: &mut Person| person.get("/clients").await.status == StatusCode::OK;
    let mut idle = Person::signed_in(&test.app, "owner").await;
    test.clock.set(start() + minutes(60));
    assert!(open(&mut idle).await);
    test.clock.set(start() + minutes(121));
    assert!(!open(&mut idle).await, "an hour and a minute without a request");

    test.clock.set(start());
    let mut busy = Person::signed_in(&test.app, "owner").await;
    for half_hours in 1..24 {
        test.clock.set(start() + minutes(30 * half_hours));
        assert!(open(&mut busy).await, "{half_hours}");
    }
    test.clock.set(start() + minutes(12 * 60));
    assert!(!open(&mut busy).await, "twelve hours are over, however busy");

    let mut early = Person::signed_in(&test.app, "owner").await;
    test.clock.set(start() + minutes(12 * 60 - 5));
    assert!(open(&mut early).await, "a clock may be put right by a little");
    test.clock.set(start() + minutes(12 * 60 - 6));
    assert!(!open(&mut early).await, "a sign-in of the future must not live for ever");
}

#[tokio::test]
async fn the_practice_says_how_long_a_sign_in_may_rest() {
    let test = TestApp::new().await;
    let ways = Practice { name: "Test practice".into(), idle_min: 5, absolute_h: 1, ..Practice::default() };
    test.app.store().set_practice(&test.scope, &ways, start()).await.expect("kept");
    let mut person = Person::signed_in(&test.app, "owner").await;
    test.clock.set(start() + minutes(5));
    assert_eq!(person.get("/clients").await.status, StatusCode::OK);
    test.clock.set(start() + minutes(11));
    assert_eq!(person.get("/clients").await.status, StatusCode::SEE_OTHER);
    let outside = [("name", "Test"), ("time_zone", "UTC"), ("dates", "iso"), ("force", "newton"), ("keep_years", "10")];
    person.sign_in("owner", PASSWORD).await;
    let answer = person.post("/settings", &[&outside[..], &[("idle_min", "600"), ("absolute_h", "0")]].concat()).await;
    assert!(answer.body.contains("5 to 120 minutes") && answer.body.contains("1 to 24 hours"), "{}", answer.body);
}

#[tokio::test]
async fn a_script_is_told_and_a_person_led_to_the_door_when_nobody_is_signed_in() {
    let test = TestApp::new().await;
    let mut nobody = Person::new(&test.app);
    let body = r#"{"revision":0,"tab":"t","body":""}"#.to_owned();
    let script = nobody.send(Method::PUT, "/drafts/client", "application/json", body).await;
    assert_eq!(script.status, StatusCode::UNAUTHORIZED);
    assert_eq!(nobody.get("/clients?find=a").await.location, "/sign-in?next=%2Fclients%3Ffind%3Da");
}
