//! The practice's own ways.

use axum::http::StatusCode;
use xystra_care::practice::{DateFormat, ForceUnit, Tool};

use crate::support::{Answer, PASSWORD, TestApp};

#[tokio::test]
async fn every_page_opens_and_names_itself() {
    let test = TestApp::new().await;
    for path in [
        "/settings",
        "/settings/tools",
        "/settings/backup",
        "/settings/people",
        "/settings/password",
        "/settings/second-factor",
        "/settings/devices",
        "/settings/journal",
        "/settings/about",
    ] {
        let answer = test.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.body.matches("<h1>").count(), 1, "{path}");
        assert!(answer.body.contains(&format!("href=\"{path}\" aria-current=\"page\"")), "{path} names itself");
    }
}

const PRACTICE: [(&str, &str); 5] = [
    ("name", "Elm Street"),
    ("time_zone", "Europe/Berlin"),
    ("dates", "iso"),
    ("force", "kilogram-force"),
    ("keep_years", "30"),
];

#[tokio::test]
async fn the_practice_writes_as_it_was_told() {
    let test = TestApp::new().await;
    let answer = test.post("/settings", &PRACTICE).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/settings?saved=practice"));
    let practice = test.app.store().practice(&test.scope).await.expect("a practice");
    assert_eq!((practice.name.as_str(), practice.time_zone.as_str()), ("Elm Street", "Europe/Berlin"));
    assert_eq!((practice.dates, practice.force, practice.keep_years), (DateFormat::Iso, ForceUnit::KilogramForce, 30));
}

#[tokio::test]
async fn a_time_zone_that_nobody_knows_is_refused_by_name_and_nothing_typed_is_lost() {
    let test = TestApp::new().await;
    let mut fields = PRACTICE;
    fields[1].1 = "Mars/Olympus";
    let answer = test.post("/settings", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("Mars/Olympus is no time zone known here"));
    assert!(answer.body.contains("value=\"Elm Street\""));
    let practice = test.app.store().practice(&test.scope).await.expect("a practice");
    assert_eq!(practice.name, "Test practice");
}

#[tokio::test]
async fn years_that_are_no_number_are_refused_once() {
    let test = TestApp::new().await;
    let mut fields = PRACTICE;
    fields[4].1 = "ten";
    let answer = test.post("/settings", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.body.matches("href=\"#f-keep_years\"").count(), 1);
}

async fn tools(test: &TestApp) -> Vec<xystra_care::Entry<Tool>> {
    test.app.store().of_practice::<Tool>(&test.scope).await.expect("tools")
}

#[tokio::test]
async fn a_tool_is_added_once_changed_with_a_reason_and_retired() {
    let test = TestApp::new().await;
    let fields = [("tool_name", "My board"), ("instrument", "gt-1"), ("mass_g", "210,5"), ("radius_mm", "1.5")];
    let first = test.post_as("the-same", "/settings/tools", &fields).await;
    let again = test.post_as("the-same", "/settings/tools", &fields).await;
    assert_eq!((first.status, &first.location), (StatusCode::SEE_OTHER, &again.location));
    let added = tools(&test).await;
    assert_eq!((added.len(), added[0].body.mass_g), (1, Some(210.5)));
    let path = format!("/settings/tools/{}", added[0].thread);
    assert!(test.get(&path).await.body.contains("value=\"My board\""));

    let retired = [&fields[..], &[("retired", "yes")]].concat();
    let silent = test.post(&path, &retired).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(silent.body.contains("say in a few words why this is changed"));
    let told = [&retired[..], &[("reason", "lost")]].concat();
    let elsewhere = test.post(&path, &[&told[..], &[("version", "7")]].concat()).await;
    assert!(elsewhere.body.contains("somebody saved version 1 meanwhile"));
    assert_eq!(test.post(&path, &told).await.status, StatusCode::SEE_OTHER);
    let now = tools(&test).await;
    assert_eq!((now.len(), now[0].version, now[0].body.retired, now[0].reason.as_deref()), (1, 2, true, Some("lost")));
}

#[tokio::test]
async fn sizes_kinds_and_days_that_cannot_be_are_refused() {
    let test = TestApp::new().await;
    let fields =
        [("tool_name", "My board"), ("instrument", "no-such"), ("radius_mm", "9999"), ("calibrated", "2026-03-12")];
    let answer = test.post("/settings/tools", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for message in ["9999 mm is outside 0 to 200 mm", "choose which kind of instrument", "2026-03-12 lies ahead"] {
        assert!(answer.body.contains(message), "{message}");
    }
    assert!(tools(&test).await.is_empty());
    assert_eq!(test.get("/settings/tools/019cdb6e-0000-7000-8000-000000000000").await.status, StatusCode::NOT_FOUND);
}

/// Makes one backup; the fixed clock names it.
async fn back_up(test: &TestApp) -> Answer {
    test.post("/settings/backup", &[]).await
}

const BACKUP: &str = "xystra-20260311-090000.xystra";

/// The backup on the shelf of the practice.
async fn shelved(test: &TestApp) -> std::path::PathBuf {
    let owner = test.app.store().owner().await.expect("a store").expect("an owner");
    test.app.store().folder().join("backups").join(owner.practice.to_string()).join(BACKUP)
}

#[tokio::test]
async fn a_backup_is_made_shown_whole_and_downloaded_as_it_is() {
    let test = TestApp::new().await;
    assert!(test.get("/settings/backup").await.body.contains("There is no backup yet"));
    let made = back_up(&test).await;
    assert_eq!(
        (made.status, made.location.as_str()),
        (StatusCode::SEE_OTHER, "/settings/backup?check=xystra-20260311-090000.xystra")
    );
    let file = shelved(&test).await;
    let contents = xystra_store::backup::read_back(&file).expect("a whole backup");
    let page = test.get(&made.location).await.body;
    for said in [
        format!("<h2 id=\"checked\">{BACKUP}</h2>"),
        "whole</span>".to_owned(),
        contents.sha256.clone(),
        format!("<dd>{}</dd>", contents.rows),
    ] {
        assert!(page.contains(&said), "{said}");
    }
    assert!(page.contains("The last one is from just now"));

    let download = test.get(&format!("/settings/backup/{BACKUP}")).await;
    assert_eq!(download.status, StatusCode::OK);
    let copy = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(copy.path(), &download.body).expect("written");
    assert_eq!(xystra_store::backup::read_back(copy.path()).expect("a whole copy"), contents);
}

#[tokio::test]
async fn a_damaged_backup_is_called_damaged() {
    let test = TestApp::new().await;
    back_up(&test).await;
    let file = shelved(&test).await;
    let whole = std::fs::read_to_string(&file).expect("a backup");
    std::fs::write(&file, whole.replace("Test practice", "Best practice")).expect("written");
    let page = test.get(&format!("/settings/backup?check={BACKUP}")).await.body;
    assert!(page.contains("is not whole"));
}

#[tokio::test]
async fn nothing_but_a_backup_can_be_downloaded() {
    let test = TestApp::new().await;
    back_up(&test).await;
    let elsewhere = [
        "xystra.db",
        "..%2Fxystra.db",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e%2fxystra.db",
        "..",
        "%2Fetc%2Fpasswd",
        "..%5Cxystra.db",
        "%00",
        BACKUP_THAT_IS_NOT,
    ];
    for name in elsewhere {
        let answer = test.get(&format!("/settings/backup/{name}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
        let check = test.get(&format!("/settings/backup?check={name}")).await;
        assert_eq!(check.status, StatusCode::NOT_FOUND, "{name}");
    }
}

const BACKUP_THAT_IS_NOT: &str = "xystra-20200101-000000.xystra";

#[tokio::test]
async fn a_new_password_needs_the_old_one() {
    let test = TestApp::new().await;
    let new = [("password", "five other plain words here"), ("again", "five other plain words here")];
    let wrong = test.post("/settings/password", &[&[("current", "not the password")], &new[..]].concat()).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("this is not your password now"));
    assert!(!wrong.body.contains("five other"), "a password is never sent back");
    let short =
        test.post("/settings/password", &[("current", PASSWORD), ("password", "short"), ("again", "other")]).await;
    assert!(short.body.contains("5 characters are too few") && short.body.contains("the two passwords differ"));
    assert_eq!(test.get("/settings").await.status, StatusCode::OK, "still signed in");

    let changed = test.post("/settings/password", &[&[("current", PASSWORD)], &new[..]].concat()).await;
    assert_eq!(
        (changed.status, changed.location.as_str()),
        (StatusCode::SEE_OTHER, "/settings/password?saved=password")
    );
    assert_eq!(test.get("/settings").await.status, StatusCode::SEE_OTHER, "the cookie of before opens nothing");
    let account = test.app.store().owner().await.expect("a store").expect("an owner");
    let fits = |word: &str| xystra_web::auth::password::verify(word.to_owned(), Some(account.password_hash.clone()));
    assert!(fits("five other plain words here").await);
    assert!(!fits(PASSWORD).await);
}

#[tokio::test]
async fn the_journal_tells_what_was_done_and_that_it_is_whole() {
    let test = TestApp::new().await;
    back_up(&test).await;
    let page = test.get("/settings/journal").await.body;
    assert!(page.contains("<td>made a backup</td>") && page.contains("<td>Test therapist</td>"));
    let checked = test.post("/settings/journal/check", &[]).await;
    assert_eq!(checked.status, StatusCode::OK);
    assert!(checked.body.contains("The journal is whole"));
}

#[tokio::test]
async fn about_says_where_and_what_not() {
    let test = TestApp::new().await;
    let page = test.get("/settings/about").await.body;
    assert!(page.contains(&test.app.store().folder().display().to_string()));
    for said in
        [env!("CARGO_PKG_VERSION"), "MIT OR Apache-2.0", "schema 3", "not a medical device", "Graston Technique"]
    {
        assert!(page.contains(said), "{said}");
    }
}
