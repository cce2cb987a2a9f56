//! The door.

use axum::http::StatusCode;

use crate::support::TestApp;

#[tokio::test]
async fn an_unknown_page_says_so_and_helps_onward() {
    let test = TestApp::new().await;
    let answer = test.get("/no-such-page").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.body.contains("Go to Today"));
    assert!(!test.csrf().is_empty());
}
