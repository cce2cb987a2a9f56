//! Findings on the body map.

use axum::http::{Method, StatusCode};
use xystra_care::finding::Kind;
use xystra_testkit::{RecordBuilder, SITE};

use crate::kept::app_with;
use crate::support::TestApp;

const TENDER: [(&str, &str); 4] = [("region", SITE), ("kind", "tenderness"), ("severity", "2"), ("how", "hand")];

async fn elbow() -> (TestApp, String) {
    let built = RecordBuilder::new("lateral-epicondylitis");
    let path = format!("/episodes/{}/findings", built.record().episode);
    (app_with(&built).await, path)
}

/// The addresses that lead to amending, one for each finding in the table.
fn amend_links(page: &str) -> Vec<String> {
    let parts = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    parts.filter(|href| href.ends_with("/amend")).map(str::to_owned).collect()
}

#[tokio::test]
async fn the_map_leads_to_a_form_that_says_side_and_view_in_words() {
    let (test, path) = elbow().await;
    let empty = test.get(&path).await.body;
    assert!(empty.contains("Touch a region on the map") && empty.contains(&format!("href=\"?region={SITE}#add\"")));
    let left = test.get(&format!("{path}?region={SITE}")).await.body;
    assert!(left.contains("Left forearm extensors, upper (back view)"), "{left}");
    assert!(left.contains("<b>left</b> side, seen from the <b>back</b>"));
    let right = SITE.replace("left", "right");
    assert!(left.contains(&format!("href=\"?region={right}#add\">The same place on the right")));
    let right = test.get(&format!("{path}?region={right}")).await.body;
    assert!(right.contains("<b>right</b> side, seen from the <b>back</b>"));
    let usual = empty.split("Usual here").nth(1).expect("quick links").split("</div>").next().expect("their end");
    assert!(usual.contains("outer-elbow.back.left") && !usual.contains(".right"));
}

#[tokio::test]
async fn a_sensitive_site_says_what_it_forbids() {
    let (test, path) = elbow().await;
    let page = test.get(&format!("{path}?region=neck-front.front.left")).await.body;
    assert!(page.contains("<b>No strokes here.</b>"), "{page}");
    let page = test.get(&format!("{path}?region=collarbone.front.left")).await.body;
    assert!(page.contains("<b>Light strokes only here.</b>"));
}

#[tokio::test]
async fn a_finding_is_kept_once_however_often_it_is_posted() {
    let (test, path) = elbow().await;
    for _ in 0..2 {
        let answer = test.post_as("one-operation", &path, &TENDER).await;
        assert_eq!((answer.status, answer.location), (StatusCode::SEE_OTHER, format!("{path}#found")));
    }
    let page = test.get(&path).await.body;
    assert_eq!(amend_links(&page).len(), 1);
    assert!(page.contains("finding 1") && page.contains("2 of 3") && page.contains("By hand"));
}

#[tokio::test]
async fn what_is_missing_is_said_and_what_was_typed_is_kept() {
    let (test, path) = elbow().await;
    let typed = [("region", SITE), ("severity", "4"), ("remark", "worse in the morning")];
    let answer = test.post(&path, &typed).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["say what was found", "say how it was found", "worse in the morning", "Left forearm extensors"] {
        assert!(answer.body.contains(said), "{said}");
    }
    let outside = [("region", SITE), ("kind", "scar"), ("severity", "4"), ("how", "hand")];
    assert!(test.post(&path, &outside).await.body.contains("4 is outside 1 to 3"));
    let nowhere = [("region", "elbow"), ("kind", "scar"), ("severity", "1"), ("how", "hand")];
    assert_eq!(test.post(&path, &nowhere).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn amending_asks_why_and_two_people_do_not_overwrite_each_other() {
    let (test, path) = elbow().await;
    test.post(&path, &TENDER).await;
    let amend = amend_links(&test.get(&path).await.body).remove(0);
    assert!(test.get(&amend).await.body.contains("Keep as version 2"));
    let changed = [TENDER[0], ("kind", "swelling"), TENDER[2], TENDER[3], ("version", "1")];
    let refused = test.post(&amend, &changed).await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("a new version needs a reason")
    );
    let with_reason = [&changed[..], &[("reason", "looked again")]].concat();
    for _ in 0..2 {
        assert_eq!(test.post_as("an-operation", &amend, &with_reason).await.status, StatusCode::SEE_OTHER);
    }
    let page = test.get(&path).await.body;
    assert!(page.contains("<td>Swollen</td>") && page.contains("version 2") && !page.contains("version 3"));
    assert_eq!(test.post(&amend, &with_reason).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn striking_out_asks_why_and_takes_it_off_the_map() {
    let (test, path) = elbow().await;
    test.post(&path, &TENDER).await;
    let strike = amend_links(&test.get(&path).await.body).remove(0).replace("amend", "strike");
    assert!(test.get(&strike).await.body.contains("Tender, 2 of 3"));
    assert!(test.post(&strike, &[("version", "1")]).await.body.contains("striking out needs a reason"));
    let answer = test.post(&strike, &[("version", "1"), ("reason", "wrong side")]).await;
    assert_eq!(answer.location, path);
    assert!(test.get(&path).await.body.contains("Nothing has been found yet"));
    assert_eq!(test.get(&strike).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_draft_comes_back_also_when_another_region_is_touched() {
    let (test, path) = elbow().await;
    let episode = path.split('/').nth(2).expect("an episode");
    let body = format!(r#"{{"revision":0,"tab":"t","body":"region={SITE}&kind=scar&remark=old+burn"}}"#);
    let kept = test.send(Method::PUT, &format!("/drafts/finding:{episode}"), "application/json", body).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.body);
    let page = test.get(&path).await.body;
    assert!(
        page.contains("Left forearm extensors")
            && page.contains("old burn")
            && page.contains("not saved to the record yet")
    );
    let page = test.get(&format!("{path}?region=outer-elbow.back.left#add")).await.body;
    assert!(page.contains("old burn") && page.contains("name=\"region\" value=\"outer-elbow.back.left\""));
    test.post(&path, &TENDER).await;
    assert!(!test.get(&path).await.body.contains("old burn"));
}

#[tokio::test]
async fn several_findings_are_numbered_as_on_the_map() {
    let built = RecordBuilder::new("lateral-epicondylitis")
        .found("outer-elbow.back.left", Kind::Tenderness)
        .found(SITE, Kind::Restriction);
    let test = app_with(&built).await;
    let page = test.get(&format!("/episodes/{}/findings", built.record().episode)).await.body;
    assert!(page.contains("<span class=\"tag\">2</span> Left forearm extensors, upper (back view)"));
    assert!(page.contains("left forearm extensors, upper (back view), finding 2"));
}
