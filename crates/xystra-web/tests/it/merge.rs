//! The same person entered twice.

use axum::http::StatusCode;

use crate::clients::{agree, new_client};
use crate::support::TestApp;

fn id(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Two records of one person, each with a consent.
async fn twice(test: &TestApp) -> (String, String) {
    let first = new_client(test, "Synthetic Twice").await;
    let second = new_client(test, "twice, synthetic").await;
    agree(test, &first).await;
    agree(test, &second).await;
    (first, second)
}

#[tokio::test]
async fn a_likely_double_is_shown_side_by_side() {
    let test = TestApp::new().await;
    let (first, second) = twice(&test).await;
    new_client(&test, "Synthetic Other").await;
    let other = [("name", "Synthetic Twice"), ("born", "1999-09-09"), ("allergies", "nickel")];
    test.post("/clients/new", &other).await;
    let page = test.get(&format!("{first}/merge")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("twice, synthetic") && page.body.contains("same name, same date of birth"));
    assert_eq!(page.body.matches("The dates of birth differ").count(), 1);
    assert!(page.body.contains("<td>nickel</td>"), "an allergy of the other record is not overlooked");
    assert!(page.body.contains(&format!("name=\"other\" value=\"{}\"", id(&second))));
    let found = test.get(&format!("{first}/merge?find=other")).await.body;
    assert!(found.contains("Synthetic Other") && !found.contains("twice, synthetic"));
    assert!(test.get(&format!("{first}/merge?find=nobody")).await.body.contains("Nobody else matches"));
}

#[tokio::test]
async fn two_records_become_one_and_two_again() {
    let test = TestApp::new().await;
    let (first, second) = twice(&test).await;
    let fields = [("other", id(&second)), ("keep", id(&first))];
    let merged = test.post(&format!("{first}/merge"), &fields).await;
    assert_eq!(merged.location, format!("{first}/merge?done=yes"), "{}", merged.body);
    let page = test.get(&merged.location).await.body;
    assert!(page.contains("The two records are one") && page.contains("twice, synthetic"), "{page}");
    assert_eq!(test.get(&second).await.status, StatusCode::NOT_FOUND);
    assert!(test.get("/clients").await.body.contains("1 of 1 clients"));
    let pressed_twice = test.post(&format!("{first}/merge"), &fields).await;
    assert_eq!(pressed_twice.location, merged.location, "{}", pressed_twice.body);

    let thread = page.split("name=\"merge\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let undo = [("merge", thread.expect("a way back"))];
    let undone = test.post(&format!("{first}/unmerge"), &undo).await;
    assert_eq!(undone.location, second, "{}", undone.body);
    assert_eq!(test.get(&second).await.status, StatusCode::OK);
    assert_eq!(test.post(&format!("{first}/unmerge"), &undo).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_record_to_keep_has_to_be_chosen_and_be_one_of_the_two() {
    let test = TestApp::new().await;
    let (first, second) = twice(&test).await;
    let third = new_client(&test, "Synthetic Third").await;
    let unsaid = test.post(&format!("{first}/merge"), &[("other", id(&second))]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.body.contains("choose which of the two records is kept"));
    let odd = test.post(&format!("{first}/merge"), &[("other", id(&second)), ("keep", id(&third))]).await;
    assert_eq!(odd.status, StatusCode::NOT_FOUND);
    let other = test.post(&format!("{first}/merge"), &[("other", id(&second)), ("keep", id(&second))]).await;
    assert_eq!(other.location, format!("{second}/merge?done=yes"));
}

#[tokio::test]
async fn the_history_tells_of_a_merge() {
    use xystra_testkit::RecordBuilder;
    let built = RecordBuilder::new("lateral-epicondylitis").ready();
    let test = crate::kept::app_with(&built).await;
    let client = format!("/clients/{}", built.record().client_id);
    let double = new_client(&test, "Synthetic Double").await;
    test.post(&format!("{client}/merge"), &[("other", id(&double)), ("keep", id(&client))]).await;
    let page = test.get(&format!("/episodes/{}/history", built.record().episode)).await.body;
    assert!(page.contains("Another record was put into this one: Synthetic Double"), "{page}");
}
