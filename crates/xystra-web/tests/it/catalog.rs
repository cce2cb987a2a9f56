//! The catalog's pages.

use axum::http::StatusCode;
use xystra_catalog::catalog;

use crate::support::TestApp;

const PAGES: [&str; 9] = [
    "/catalog",
    "/catalog/measures",
    "/catalog/instruments",
    "/catalog/screening",
    "/catalog/advice",
    "/catalog/claims",
    "/catalog/questions",
    "/catalog/atlas",
    "/catalog/sources",
];

/// A mark, not the word alone: the word and its shape together.
const UNVERIFIED: &str = "icons.svg#question\"/></svg>unverified";

#[tokio::test]
async fn every_page_says_what_nobody_has_read() {
    let test = TestApp::new().await;
    for path in PAGES {
        let answer = test.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.body.contains(UNVERIFIED), "{path}");
        assert_eq!(answer.body.matches("<h1>").count(), 1, "{path}");
        assert!(answer.body.contains(&format!("href=\"{path}\" aria-current=\"page\"")), "{path} names itself");
    }
}

#[tokio::test]
async fn every_condition_has_its_page_with_its_natural_course_and_all_its_trials() {
    let test = TestApp::new().await;
    for condition in &catalog().conditions {
        let answer = test.get(&format!("/catalog/conditions/{}", condition.id)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", condition.id);
        let page = plain(&answer.body);
        assert!(page.contains(&condition.natural_course.says), "{}", condition.id);
        assert!(condition.trials.iter().all(|trial| page.contains(&trial.text)), "{}", condition.id);
        assert!(condition.red_flags.iter().all(|item| page.contains(&item.ask)), "{}", condition.id);
        assert!(page.contains(UNVERIFIED), "{}", condition.id);
    }
}

#[tokio::test]
async fn an_elbow_is_drawn_on_both_sides_and_says_whose_numbers_and_which_null_trials() {
    let test = TestApp::new().await;
    let page = test.get("/catalog/conditions/lateral-epicondylitis").await.body;
    assert!(page.contains("left outer elbow (back view), selected"));
    assert!(page.contains("right outer elbow (back view), selected"));
    assert!(page.contains("people left untreated"));
    assert!(page.contains("2 no better"));
    assert!(page.contains("M77.11"));
}

#[tokio::test]
async fn an_unknown_condition_is_not_found() {
    let test = TestApp::new().await;
    assert_eq!(test.get("/catalog/conditions/no-such").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_search_keeps_what_fits_and_says_when_nothing_does() {
    let test = TestApp::new().await;
    let found = test.get("/catalog?find=tennis").await.body;
    assert!(found.contains("/catalog/conditions/lateral-epicondylitis"));
    assert!(!found.contains("/catalog/conditions/neck-pain"));
    let none = test.get("/catalog?find=%3Cb%3Exyz").await.body;
    assert!(none.contains("No complaint in the catalog is called"));
    assert!(!none.contains("<b>xyz"), "what was typed is shown as text");
}

/// A link that leads nowhere is worse than none.
#[tokio::test]
async fn every_link_within_the_catalog_leads_somewhere() {
    let test = TestApp::new().await;
    let mut pages = std::collections::BTreeMap::new();
    for path in PAGES
        .iter()
        .map(ToString::to_string)
        .chain(catalog().conditions.iter().map(|one| format!("/catalog/conditions/{}", one.id)))
    {
        let body = test.get(&path).await.body;
        pages.insert(path, body);
    }
    for (from, body) in &pages {
        for link in body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let path = if path.is_empty() { from } else { path };
            let Some(target) = pages.get(path).filter(|_| !anchor.is_empty() && anchor != "main") else { continue };
            assert!(target.contains(&format!("id=\"{anchor}\"")), "{from} links to {link}");
        }
    }
}

#[tokio::test]
async fn no_id_stands_twice_on_a_page() {
    let test = TestApp::new().await;
    for path in PAGES {
        let body = test.get(path).await.body;
        let mut ids: Vec<&str> = body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{path}");
    }
}

/// The page's text without what HTML writes for quotes and the like.
fn plain(html: &str) -> String {
    html.replace("&#39;", "'").replace("&#34;", "\"").replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")
}
