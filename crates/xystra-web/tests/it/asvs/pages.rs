//! Every page that can be looked at, as the owner.

use xystra_testkit::{RecordBuilder, SITE};

use super::{Browser, Got};
use crate::kept::app_with;
use crate::support::TestApp;

/// A word that stands in a client's name and in a note, and nowhere else.
pub(super) const MARK: &str = "Quicksilver";

/// A practice with one client at every step of the loop, whose name holds the mark.
pub(super) async fn practice() -> (TestApp, RecordBuilder) {
    let built = RecordBuilder::new("lateral-epicondylitis")
        .client(|client| client.name = format!("{MARK} 1"))
        .ready()
        .found(SITE, xystra_care::finding::Kind::Tenderness)
        .measured("nprs", None, 6.0)
        .session(xystra_care::response::Skin::Redness)
        .noted(&format!("{MARK} sleeps better"), true);
    (app_with(&built).await, built)
}

/// Every page of the program that is about this record or about none, as the owner gets it.
pub(super) async fn walk() -> Vec<(String, Got)> {
    let (test, built) = practice().await;
    let browser = Browser::signed_in(&test).await;
    let mut seen = Vec::new();
    for (_, pattern) in xystra_web::ways_in().into_iter().filter(|(method, _)| *method == "GET") {
        let Some(path) = path(pattern, &built) else { continue };
        let got = browser.get(&path).await;
        seen.push((pattern.to_owned(), got));
    }
    assert!(seen.len() > 40, "{} pages were walked", seen.len());
    let marked = seen.iter().filter(|(_, got)| got.body.contains(MARK)).count();
    assert!(marked > 10, "{marked} pages show the client");
    seen
}

/// The address of a page for this record; `None` for what is no page of it.
fn path(pattern: &str, built: &RecordBuilder) -> Option<String> {
    let record = built.record();
    let thread = match pattern.split('/').nth(1)? {
        "findings" => record.findings.first()?.thread,
        "measurements" => record.measurements.first()?.thread,
        _ => record.sessions.first()?.thread,
    };
    let path = pattern
        .replace("{client}", &record.client_id.to_string())
        .replace("{episode}", &record.episode.to_string())
        .replace("{thread}", &thread.to_string())
        .replace("{id}", "lateral-epicondylitis");
    let other = pattern.starts_with("/settings/tools/") || path.contains('{') || pattern == "/trust/ca.crt";
    (!other).then_some(path)
}

#[tokio::test]
async fn no_browser_keeps_a_page() {
    for (path, got) in walk().await {
        assert_eq!(got.header("cache-control"), "no-store", "{path}");
    }
}

#[tokio::test]
async fn nothing_is_loaded_from_or_sent_to_anywhere_else() {
    for (path, got) in walk().await {
        let policy = got.header("content-security-policy");
        assert!(
            policy.starts_with("default-src 'none'") && !policy.contains("http") && !policy.contains('*'),
            "{path}: {policy}"
        );
        assert_eq!(got.header("referrer-policy"), "same-origin", "{path}");
        for attribute in ["src=\"", "action=\"", "<link rel=\"stylesheet\" href=\""] {
            for value in got.body.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap_or_default()) {
                assert!(
                    value.starts_with('/') || value.is_empty() || value.starts_with('#'),
                    "{path}: {attribute}{value}"
                );
            }
        }
    }
}

#[tokio::test]
async fn no_address_holds_what_stands_in_a_record() {
    for (path, got) in walk().await {
        let mark = MARK.to_lowercase();
        for attribute in ["href=\"", "action=\"", "src=\"", "data-draft=\"", "data-href=\""] {
            for value in got.body.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap_or_default()) {
                assert!(!value.to_lowercase().contains(&mark), "{path}: {attribute}{value}");
            }
        }
        assert!(!got.location().to_lowercase().contains(&mark), "{path}: {}", got.location());
    }
}

#[tokio::test]
async fn every_page_shows_the_way_out() {
    for (path, got) in walk().await {
        let is_page = got.body.contains("<main") && got.body.contains("data-idle-min");
        if is_page {
            assert!(got.body.contains("action=\"/sign-out\""), "{path}");
        }
    }
}

#[tokio::test]
async fn nobody_gets_a_page_without_signing_in() {
    let (test, built) = practice().await;
    let stranger = Browser::new(&test);
    for (_, pattern) in xystra_web::ways_in().into_iter().filter(|(method, _)| *method == "GET") {
        let Some(path) = path(pattern, &built) else { continue };
        let got = stranger.get(&path).await;
        assert!(!got.body.contains(MARK), "{path}");
    }
}
