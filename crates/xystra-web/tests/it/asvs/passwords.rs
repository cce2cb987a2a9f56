//! Chapter 6: passwords and the door.

use axum::http::StatusCode;
use jiff::SignedDuration;
use xystra_store::Store;
use xystra_web::auth::password;

use super::{Browser, file, files};
use crate::support::{PASSWORD, TestApp, start};

/// Changes the owner's password; what came back.
async fn change(test: &TestApp, current: &str, new: &str) -> super::Got {
    let mut browser = Browser::new(test);
    browser.sign_in("owner", current).await;
    browser.post("/settings/password", &[("current", current), ("password", new), ("again", new)]).await
}

#[tokio::test]
async fn a_password_may_be_long_and_of_any_signs_and_counts_as_typed() {
    let test = TestApp::new().await;
    let long = "stone lamp river cloud ".repeat(12);
    let mut current = PASSWORD.to_owned();
    for new in [
        long.as_str(),
        " otters sing at dusk ",
        "ωμέγα λίμνη άνεμος",
        "🦦🦦 swim 🌊 nightly",
        "\"';-- $(echo) <b>",
        "mmqxvtzkwjpl",
    ] {
        let got = change(&test, &current, new).await;
        assert_eq!(got.status, StatusCode::SEE_OTHER, "{new:?}: {}", got.body);
        new.clone_into(&mut current);
        for (typed, is_right) in
            [(new, true), (new.trim_end(), new.trim_end() == new), (&new.to_uppercase(), new.to_uppercase() == new)]
        {
            let mut browser = Browser::new(&test);
            let got = browser.sign_in("owner", typed).await;
            assert_eq!(got.status == StatusCode::SEE_OTHER, is_right, "{typed:?} for {new:?}");
        }
    }
}

#[tokio::test]
async fn a_new_password_needs_the_old_one_and_ends_every_other_sign_in() {
    let test = TestApp::new().await;
    let other = Browser::signed_in(&test).await;
    let wrong = change(&test, PASSWORD, "short").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let browser = Browser::signed_in(&test).await;
    let new = "otters sing at dusk";
    let fields = |current| [("current", current), ("password", new), ("again", new)];
    let got = browser.post("/settings/password", &fields("not the password")).await;
    assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "the old one is asked for");
    assert!(other.is_in().await);
    let got = browser.post("/settings/password", &fields(PASSWORD)).await;
    assert_eq!(got.status, StatusCode::SEE_OTHER, "{}", got.body);
    assert!(!other.is_in().await && !browser.is_in().await, "the old cookies still open the record");
    assert!(Browser::new(&test).sign_in("owner", PASSWORD).await.cookie().is_none(), "the old one still opens");
    assert!(Browser::new(&test).sign_in("owner", new).await.cookie().is_some());
}

#[tokio::test]
async fn a_password_does_not_age() {
    let test = TestApp::new().await;
    test.clock.set(start() + SignedDuration::from_hours(24 * 365 * 5));
    let mut browser = Browser::new(&test);
    browser.sign_in("owner", PASSWORD).await;
    assert!(browser.is_in().await);
}

#[tokio::test]
async fn what_everybody_knows_is_no_password() {
    let test = TestApp::new().await;
    for bad in [
        "short",
        "elevenchars",
        "passwordpassword",
        "123456789012",
        "Password1234",
        "unbelievable",
        "Xystra Xystra",
        "owner owner owner",
        "Test therapist",
        "Test practice 1",
    ] {
        let got = change(&test, PASSWORD, bad).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad} was taken");
    }
    assert!(password::complaint("otters sing at dusk").is_none());
}

#[tokio::test]
async fn a_new_record_has_no_account() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(folder.path(), start()).await.expect("a store");
    assert_eq!(store.owner().await.expect("an answer"), None);
    let browser = Browser { router: xystra_web::router(xystra_web::App::new(store)), cookie: String::new() };
    for login in ["", "owner", "admin", "root", "xystra"] {
        let got = browser.post("/sign-in", &[("login", login), ("password", login)]).await;
        assert_eq!(got.cookie(), None, "{login}");
    }
    assert_eq!(browser.get("/sign-in").await.location(), "/welcome");
}

#[tokio::test]
async fn the_door_does_not_tell_which_names_exist() {
    let test = TestApp::new().await;
    let mut browser = Browser::new(&test);
    let known = browser.sign_in("owner", "not the password").await;
    let unknown = browser.sign_in("nobody", "not the password").await;
    assert_eq!(known.status, unknown.status);
    assert_eq!(known.body.replace("owner", "NAME"), unknown.body.replace("nobody", "NAME").replace("owner", "NAME"));
    assert!(known.body.contains("name or password do not fit"));
}

#[tokio::test]
async fn guessing_is_slowed_and_stops_nobody_who_is_in() {
    let test = TestApp::new().await;
    let (inside, mut guesser) = (Browser::signed_in(&test).await, Browser::new(&test));
    for _ in 0..5 {
        assert!(guesser.sign_in("owner", "not the password").await.body.contains("do not fit"));
    }
    let got = guesser.sign_in("owner", PASSWORD).await;
    assert!(got.cookie().is_none() && got.body.contains("too many tries"), "{}", got.body);
    assert!(inside.is_in().await, "whoever is in stays in");
    test.clock.set(start() + SignedDuration::from_mins(16));
    assert!(guesser.sign_in("owner", PASSWORD).await.cookie().is_some(), "no wait is for ever");
}

#[test]
fn the_page_on_security_tells_the_limits_that_are_in_force() {
    let page = file("docs/security.md");
    assert!(page.contains(&format!("at least {} characters", password::SHORTEST)));
    let source = file("crates/xystra-store/src/attempt.rs");
    for (constant, words) in [
        ("const FREE: i64 = 5;", "Five wrong passwords"),
        ("const FIRST_WAIT_S: i64 = 30;", "30 seconds"),
        ("const LONGEST_WAIT_S: i64 = 15 * 60;", "15 minutes at most"),
    ] {
        assert!(source.contains(constant) && page.contains(words), "{constant} or {words:?}");
    }
}

#[test]
fn password_fields_hide_what_is_typed_and_help_password_managers() {
    let mut count = 0;
    for folder in ["door", "settings", "people", "client", "."] {
        let folder = format!("crates/xystra-web/templates/{folder}");
        if !std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(&folder).exists() {
            continue;
        }
        for (name, text) in files(&folder, ".html") {
            for tag in text.split("<input").skip(1).map(|rest| rest.split('>').next().unwrap_or_default()) {
                let asks = ["\"password\"", "\"again\"", "\"current\""].iter().any(|field| tag.contains(field));
                if asks {
                    count += 1;
                    assert!(tag.contains("type=\"password\"") && tag.contains("-password\""), "{name}: {tag}");
                }
                assert!(!asks || !tag.contains("readonly"), "{name}: {tag}");
            }
        }
    }
    assert!(count >= 6, "{count} fields were looked at");
}

#[test]
fn no_script_hinders_pasting() {
    for (name, text) in files("crates/xystra-web/static/js", ".js") {
        for word in ["\"paste\"", "\"copy\"", "\"beforeinput\"", "\"contextmenu\"", "\"drop\""] {
            assert!(!text.contains(word), "{name} listens to {word}");
        }
    }
}

#[test]
fn nobody_asks_for_a_hint_or_a_secret_question() {
    let words = ["maiden", "first pet", "secret question", "security question", "password hint", "Password hint"];
    for folder in ["door", "settings", "people"] {
        for (name, text) in files(&format!("crates/xystra-web/templates/{folder}"), ".html") {
            assert!(!words.iter().any(|word| text.contains(word)), "{name}");
        }
    }
    for (name, text) in files("crates/xystra-store/migrations", ".sql") {
        assert!(!text.contains("hint") && !text.contains("question"), "{name}");
    }
}
