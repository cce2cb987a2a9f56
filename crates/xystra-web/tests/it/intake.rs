//! Intake.

use axum::http::StatusCode;

use crate::clients::{agree, new_client};
use crate::support::TestApp;

/// A tennis elbow on the left is taken in; the episode's path.
pub(crate) async fn tennis_elbow(test: &TestApp, client: &str) -> String {
    let fields = [("condition", "lateral-epicondylitis"), ("side", "left"), ("onset", "repeated-strain")];
    let answer = test.post(&format!("{client}/episodes/new"), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let at = answer.location.find("/episodes/").expect("leads to the episode");
    answer.location[at..].trim_end_matches("/screening").to_owned()
}

#[tokio::test]
async fn the_complaint_is_chosen_by_any_of_its_names() {
    let test = TestApp::new().await;
    let new = format!("{}/episodes/new", new_client(&test, "Synthetic Ada").await);
    let all = test.get(&new).await.body;
    assert_eq!(all.matches("?condition=").count(), xystra_catalog::catalog().conditions.len());
    let found = test.get(&format!("{new}?condition=&find=tennis")).await.body;
    assert!(found.contains("?condition=lateral-epicondylitis") && !found.contains("?condition=back-pain"));
    assert!(test.get(&format!("{new}?find=gout")).await.body.contains("Write it in your own words"));
    let form = test.get(&format!("{new}?condition=lateral-epicondylitis")).await.body;
    assert!(form.contains("Tennis elbow") && form.contains("<optgroup label=\"Left\">") && form.contains("M77.12"));
    assert!(!form.contains("No side"));
}

#[tokio::test]
async fn after_the_intake_comes_consent_then_screening() {
    let test = TestApp::new().await;
    let client = new_client(&test, "Synthetic Ada").await;
    let fields = [
        ("condition", "lateral-epicondylitis"),
        ("side", "left"),
        ("since", "2026-02-02"),
        ("onset", "repeated-strain"),
        ("irritability", "low"),
        ("code", "M77.12"),
        ("activity_0", "Lifting a full cup"),
        ("activity_2", "Turning a key"),
        ("goal_text_1", "Carry the shopping"),
        ("goal_measure_1", "nprs"),
        ("goal_target_1", "2"),
    ];
    let answer = test.post(&format!("{client}/episodes/new"), &fields).await;
    assert!(answer.location.starts_with(&format!("{client}/consent?next=/episodes/")), "{}", answer.location);
    let page = test.get(&client).await.body;
    assert!(page.contains("Tennis elbow, left") && page.contains("No consent"));
    let intake =
        format!("{}/intake", answer.location.split("next=").nth(1).expect("an episode").trim_end_matches("/screening"));
    let form = test.get(&intake).await.body;
    assert!(
        form.contains("value=\"Lifting a full cup\"") && form.contains("name=\"activity_1\" value=\"Turning a key\"")
    );
    assert!(form.contains("name=\"goal_text_0\" value=\"Carry the shopping\""));
    agree(&test, &client).await;
    let second = test.post(&format!("{client}/episodes/new"), &fields).await;
    assert!(second.location.starts_with("/episodes/") && second.location.ends_with("/screening"));
}

#[tokio::test]
async fn a_side_that_contradicts_the_code_is_refused_naming_both() {
    let test = TestApp::new().await;
    let new = format!("{}/episodes/new", new_client(&test, "Synthetic Ada").await);
    let fields = [
        ("condition", "lateral-epicondylitis"),
        ("side", "left"),
        ("onset", "injury"),
        ("code", "M77.11"),
        ("story", "fell off a ladder"),
    ];
    let answer = test.post(&new, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.body.contains("href=\"#f-code\"") && answer.body.contains("says right but the complaint is on: left")
    );
    assert!(answer.body.contains("fell off a ladder") && answer.body.contains("value=\"M77.11\" selected"));
}

#[tokio::test]
async fn what_is_impossible_or_missing_names_its_field() {
    let test = TestApp::new().await;
    let new = format!("{}/episodes/new", new_client(&test, "Synthetic Ada").await);
    let fields = [
        ("condition", "other"),
        ("since", "2026-02-30"),
        ("goal_text_2", "Sleep"),
        ("goal_measure_2", "nprs"),
        ("goal_target_2", "40"),
    ];
    let answer = test.post(&new, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["words", "since", "side", "onset", "goal_target_2"] {
        assert!(answer.body.contains(&format!("href=\"#f-{field}\"")), "{field} is not named");
        assert!(answer.body.contains(&format!("id=\"f-{field}\"")), "{field} has no place");
    }
    assert!(answer.body.contains("2026-02-30 is no day") && answer.body.contains("value=\"40\""));
    let future = [("condition", "neck-pain"), ("side", "middle"), ("onset", "injury"), ("since", "2027-01-01")];
    assert!(test.post(&new, &future).await.body.contains("2027-01-01 is in the future"));
    let unknown = test.post(&new, &[("condition", "no-such-thing")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!test.get(new.trim_end_matches("/episodes/new")).await.body.contains("another complaint,"));
}

#[tokio::test]
async fn an_intake_posted_twice_is_one_episode() {
    let test = TestApp::new().await;
    let client = new_client(&test, "Synthetic Ada").await;
    let fields = [("condition", "lateral-epicondylitis"), ("side", "left"), ("onset", "not-known")];
    let operation = uuid::Uuid::now_v7().to_string();
    let first = test.post_as(&operation, &format!("{client}/episodes/new"), &fields).await;
    let second = test.post_as(&operation, &format!("{client}/episodes/new"), &fields).await;
    assert_eq!(first.location, second.location);
    assert_eq!(test.get(&client).await.body.matches("<h3><a href=\"/episodes/").count(), 1);
}

#[tokio::test]
async fn a_draft_brings_its_condition_back() {
    let test = TestApp::new().await;
    let client = new_client(&test, "Synthetic Ada").await;
    let key = format!("intake:{}", client.trim_start_matches("/clients/"));
    let draft = r#"{"revision":0,"tab":"a","body":"condition=neck-pain&story=half+told"}"#;
    test.send(axum::http::Method::PUT, &format!("/drafts/{key}"), "application/json", draft.into()).await;
    assert!(test.get(&client).await.body.contains("An intake was begun and not saved"));
    let form = test.get(&format!("{client}/episodes/new")).await.body;
    assert!(form.contains("Neck pain") && form.contains("half told") && form.contains("Here is what you typed"));
    let other = test.get(&format!("{client}/episodes/new?condition=back-pain")).await.body;
    assert!(other.contains("value=\"back-pain\"") && other.contains("half told"));
}

#[tokio::test]
async fn an_amendment_is_a_new_version_with_a_reason() {
    let test = TestApp::new().await;
    let client = new_client(&test, "Synthetic Ada").await;
    let episode = tennis_elbow(&test, &client).await;
    let path = format!("{episode}/intake");
    let fields = [("version", "1"), ("condition", "lateral-epicondylitis"), ("side", "right"), ("onset", "injury")];
    let without = test.post(&path, &fields).await;
    assert!(without.status == StatusCode::UNPROCESSABLE_ENTITY && without.body.contains("#f-reason"));
    let with: Vec<(&str, &str)> = fields.into_iter().chain([("reason", "wrong side noted")]).collect();
    assert_eq!(test.post(&path, &with).await.location, episode);
    assert!(test.get(&client).await.body.contains("Tennis elbow, right"));
    assert!(test.get(&path).await.body.contains("name=\"version\" value=\"2\""));
}
