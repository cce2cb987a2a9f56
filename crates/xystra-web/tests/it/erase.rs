//! Erasing a client, and the list of those whose time is over.

use axum::http::StatusCode;
use jiff::SignedDuration;
use xystra_testkit::RecordBuilder;

use crate::clients::new_client;
use crate::kept::app_with;
use crate::support::{TestApp, start};

#[tokio::test]
async fn the_page_says_what_goes_and_what_stays() {
    let test = app_with(&RecordBuilder::new("lateral-epicondylitis").ready()).await;
    let client = first_client(&test).await;
    let page = test.get(&format!("{client}/erase")).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for words in
        ["This cannot be taken back", "Entries, every version of each", "keeps records for 10 years", "erased.txt"]
    {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(page.body.contains("Xystra knows of none"));
    assert_eq!(test.get(&client).await.status, StatusCode::OK, "asking erases nobody");
}

#[tokio::test]
async fn a_client_is_erased_by_name_and_the_proof_names_nobody() {
    let test = app_with(&RecordBuilder::new("lateral-epicondylitis").ready()).await;
    let client = first_client(&test).await;
    let erase = format!("{client}/erase");
    let refused = test.post(&erase, &[("name", "Synthetic Clyent 1")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("nothing was erased") && refused.body.contains("value=\"Synthetic Clyent 1\""));
    assert_eq!(test.get(&client).await.status, StatusCode::OK);

    let proof = test.post(&erase, &[("name", " Synthetic Client 1 ")]).await;
    assert_eq!(proof.status, StatusCode::OK, "{}", proof.body);
    let id = client.rsplit('/').next().unwrap_or_default();
    for words in ["Proof of erasure", id, "SHA-256", "<code>entry</code>"] {
        assert!(proof.body.contains(words), "{words}: {}", proof.body);
    }
    assert!(!proof.body.contains("Synthetic Client 1"));
    assert_eq!(test.get(&client).await.status, StatusCode::NOT_FOUND);
    assert!(test.get("/clients").await.body.contains("Nobody is written down here yet"));
    let again = test.get(&erase).await;
    assert!(again.status == StatusCode::OK && again.body.contains("Proof of erasure"), "{}", again.body);
    assert!(test.post(&erase, &[("name", "Synthetic Client 1")]).await.body.contains("Proof of erasure"));
    assert!(test.post("/settings/journal/check", &[]).await.body.contains("The journal is whole"));
}

#[tokio::test]
async fn nobody_is_erased_who_is_not_there() {
    let test = TestApp::new().await;
    let path = format!("/clients/{}/erase", uuid::Uuid::now_v7());
    assert_eq!(test.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(test.post(&path, &[("name", "")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whose_time_is_over_is_listed_and_a_child_is_kept_longer() {
    let mut test = TestApp::new().await;
    let grown = new_client(&test, "Synthetic Grown").await;
    test.post("/clients/new", &[("name", "Synthetic Child"), ("born", "2020-01-01")]).await;
    test.post("/clients/new", &[("name", "Synthetic Unknown")]).await;
    assert!(test.get("/clients/retention").await.body.contains("nobody’s time is over"));
    test.clock.set(start() + SignedDuration::from_hours(24 * 366 * 10));
    test.sign_in().await;
    let page = test.get("/clients/retention").await.body;
    assert!(page.contains("Synthetic Grown") && page.contains(&format!("href=\"{grown}/erase\"")), "{page}");
    assert!(page.contains("Synthetic Unknown") && page.contains("was the client a child?"));
    assert!(!page.contains("Synthetic Child"));
    let erase = test.get(&format!("{grown}/erase")).await.body;
    assert!(!erase.contains("keeps records for"), "its time is over");
}

/// The path of the only client.
async fn first_client(test: &TestApp) -> String {
    let found = test.app.store().find_clients(&test.scope, "", 1).await.expect("a list");
    format!("/clients/{}", found[0].id)
}
