//! The response: check-ins and the grade that follows.

use axum::http::StatusCode;
use jiff::SignedDuration;
use xystra_care::response::{How, Skin};

use crate::session::{elbow, open, record, seed};
use crate::support::TestApp;

/// A client whose first session ended with redness at the test's start minus so many hours.
async fn hours_after(hours: i64) -> (TestApp, xystra_care::id::EpisodeId, String) {
    let mut test = TestApp::new().await;
    let built = elbow().session(Skin::Redness);
    test.clock.set(built.now() + SignedDuration::from_hours(hours));
    let episode = seed(&test, &built).await;
    test.sign_in().await;
    let path = format!("/sessions/{}/response", record(&test, episode).await.sessions[0].thread);
    (test, episode, path)
}

#[tokio::test]
async fn a_call_after_a_day_settles_the_grade() {
    let (test, episode, path) = hours_after(30).await;
    assert!(test.get(&path).await.body.contains("Grade 1 so far"));
    let fields = [("when", "24"), ("how", "phone"), ("soreness", "2"), ("skin", "none"), ("redness", "no")];
    let answer = test.post(&path, &fields).await;
    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, path.as_str()));
    let record = record(&test, episode).await;
    let checkin = &record.checkins[0];
    assert_eq!(checkin.body.at, record.sessions[0].body.finished_at.unwrap() + SignedDuration::from_hours(24));
    assert_eq!(
        (checkin.body.how, checkin.body.soreness, checkin.body.redness_over_30_min),
        (How::Phone, Some(2), Some(false))
    );
    let page = test.get(&path).await.body;
    assert!(
        page.contains("Grade 1, final.")
            && page.contains("24 h after")
            && page.contains("our own grading, not published")
    );
}

#[tokio::test]
async fn what_has_not_come_yet_is_not_offered_and_refused() {
    let (test, episode, path) = hours_after(3).await;
    assert!(!test.get(&path).await.body.contains("24 h after"));
    let early = test.post(&path, &[("when", "24"), ("how", "phone"), ("skin", "none")]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.body.contains("this time has not come yet"));
    let nothing = test.post(&path, &[("when", "now"), ("how", "phone"), ("remark", "voice mail")]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.body.contains("voice mail"));
    assert!(record(&test, episode).await.checkins.is_empty());
}

#[tokio::test]
async fn a_check_in_is_put_right_with_a_reason_or_struck_out() {
    let (test, episode, path) = hours_after(60).await;
    test.post(&path, &[("when", "48"), ("how", "phone"), ("skin", "bruise")]).await;
    let thread = record(&test, episode).await.checkins[0].thread.to_string();
    let form = test.get(&format!("{path}?amend={thread}")).await.body;
    assert!(form.contains("Put this check-in right") && form.contains("value=\"bruise\" checked"));
    let changed = [("checkin", thread.as_str()), ("when", "48"), ("how", "phone"), ("skin", "redness")];
    assert_eq!(test.post(&path, &changed).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let with_reason = [&changed[..], &[("reason", "misread")]].concat();
    assert_eq!(test.post(&path, &with_reason).await.status, StatusCode::SEE_OTHER);
    assert_eq!(record(&test, episode).await.checkins[0].body.skin, Some(Skin::Redness));
    let struck = [("checkin", thread.as_str()), ("do", "strike"), ("reason", "another client")];
    assert_eq!(test.post(&path, &struck).await.status, StatusCode::SEE_OTHER);
    let record = record(&test, episode).await;
    assert!(record.checkins_of(record.sessions[0].thread).is_empty());
}

#[tokio::test]
async fn the_next_visit_asks_how_it_was_and_leads_back() {
    let (test, episode, path) = hours_after(60).await;
    let next = open(&test, episode).await;
    let page = test.get(&next).await.body;
    assert!(page.contains(&format!("{path}?next={next}")), "{page}");
    let form = test.get(&format!("{path}?next={next}")).await.body;
    assert!(form.contains("value=\"next-visit\" checked") && form.contains("value=\"24\" checked"));
    let told = [("next", next.as_str()), ("when", "24"), ("how", "next-visit"), ("soreness", "1")];
    assert_eq!(test.post(&path, &told).await.location, next);
    assert!(!test.get(&next).await.body.contains("Nobody has asked yet"));
}

#[tokio::test]
async fn a_session_that_goes_on_has_no_response_yet() {
    let test = TestApp::new().await;
    let episode = seed(&test, &elbow()).await;
    let path = open(&test, episode).await;
    assert_eq!(test.get(&format!("{path}/response")).await.location, path);
}
