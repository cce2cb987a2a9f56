//! What the journal says of a visit.

use axum::http::StatusCode;
use xystra_store::journal::Row;

use crate::support::TestApp;

async fn rows(test: &TestApp, action: &str) -> Vec<Row> {
    let rows = test.app.store().journal(&test.scope, None, 1000).await.expect("a journal");
    rows.into_iter().filter(|row| row.action == action).collect()
}

/// A new client; their page's address and id.
async fn client(test: &TestApp, name: &str) -> (String, String) {
    let answer = test.post("/clients/new", &[("name", name)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let id = answer.location.trim_start_matches("/clients/").split('/').next().expect("an id").to_owned();
    (format!("/clients/{id}"), id)
}

#[tokio::test]
async fn a_page_about_a_client_is_journaled_before_it_is_shown() {
    let test = TestApp::new().await;
    let (page, id) = client(&test, "Demo client 1").await;
    for _ in 0..3 {
        assert_eq!(test.get(&page).await.status, StatusCode::OK);
    }
    let read = rows(&test, "read").await;
    assert_eq!(read.len(), 1, "three looks within a quarter of an hour are one reading: {read:?}");
    assert_eq!((read[0].subject_kind.as_str(), read[0].subject_id.as_str()), ("client", id.as_str()));

    test.clock.set(crate::support::start() + jiff::SignedDuration::from_mins(16));
    test.get(&page).await;
    assert_eq!(rows(&test, "read").await.len(), 2);
}

#[tokio::test]
async fn a_list_is_journaled_with_everybody_on_it() {
    let test = TestApp::new().await;
    let (_, one) = client(&test, "Demo client 1").await;
    let (_, two) = client(&test, "Demo client 2").await;
    test.get("/clients").await;
    let read = rows(&test, "read").await;
    let ids: Vec<&str> = read.iter().flat_map(|row| row.subject_id.split(' ')).collect();
    assert!(ids.contains(&one.as_str()) && ids.contains(&two.as_str()), "{ids:?}");
}

#[tokio::test]
async fn an_id_that_is_not_ours_is_journaled_and_what_was_typed_is_not() {
    let test = TestApp::new().await;
    let stranger = uuid::Uuid::now_v7().to_string();
    assert_eq!(test.get(&format!("/clients/{stranger}")).await.status, StatusCode::NOT_FOUND);
    test.get("/clients/quicksilver").await;
    let missed = rows(&test, "not-found").await;
    assert_eq!(missed.len(), 1, "{missed:?}");
    assert_eq!((missed[0].subject_kind.as_str(), missed[0].subject_id.as_str()), ("client", stranger.as_str()));
    let all = test.app.store().journal(&test.scope, None, 1000).await.expect("a journal");
    assert!(!format!("{all:?}").contains("quicksilver"));
}
