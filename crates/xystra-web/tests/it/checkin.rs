//! The client's own check-in: a link opens one form, once, for nobody who is signed in.

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, REFERRER_POLICY, SET_COOKIE};
use axum::http::{HeaderMap, Request, StatusCode};
use jiff::SignedDuration;
use tower::ServiceExt;
use xystra_care::consent::Consent;
use xystra_care::id::EpisodeId;
use xystra_care::response::{How, Skin};
use xystra_store::Batch;
use xystra_store::entries::About;
use xystra_web::router;

use crate::session::{elbow, record, seed};
use crate::support::TestApp;

/// What a phone without a cookie got.
pub(crate) struct Got {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// A browser that was never signed in, at its own address.
pub(crate) struct Phone(Router);

impl Phone {
    pub(crate) fn of(test: &TestApp, last: u8) -> Self {
        let address = std::net::SocketAddr::from(([192, 168, 1, last], 50_000));
        Self(router(test.app.clone()).layer(axum::Extension(ConnectInfo(address))))
    }

    pub(crate) async fn open(&self, path: &str) -> Got {
        self.ask(Request::get(path).body(Body::empty()).expect("an answer")).await
    }

    pub(crate) async fn send(&self, path: &str, fields: &[(&str, &str)]) -> Got {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = Request::post(path).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(body)).expect("an answer")).await
    }

    async fn ask(&self, request: Request<Body>) -> Got {
        let response = self.0.clone().oneshot(request).await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("an answer");
        Got { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }
}

/// A client whose first session ended so many hours ago, and the path of its response page.
async fn hours_after(hours: i64) -> (TestApp, EpisodeId, String) {
    let mut test = TestApp::new().await;
    let built = elbow().client(|client| client.phone = "0555 0101".into()).session(Skin::Redness);
    test.clock.set(built.now() + SignedDuration::from_hours(hours));
    let episode = seed(&test, &built).await;
    test.sign_in().await;
    let path = format!("/sessions/{}", record(&test, episode).await.sessions[0].thread);
    (test, episode, path)
}

/// The link's path, read from the page that shows it once.
pub(crate) fn link_in(page: &str) -> String {
    let after = page.split("value=\"http://").nth(1).expect("an address to copy");
    let address = after.split('"').next().expect("its end");
    address[address.find('/').expect("a path")..].to_owned()
}

async fn made(test: &TestApp, session: &str, after: &str) -> String {
    let answer = test.post(&format!("{session}/link"), &[("after", after)]).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    link_in(&answer.body)
}

#[tokio::test]
async fn a_client_answers_once_and_the_clinician_sees_it() {
    let (test, episode, session) = hours_after(26).await;
    let (link, phone) = (made(&test, &session, "24").await, Phone::of(&test, 7));
    let form = phone.open(&link).await;
    assert_eq!(form.status, StatusCode::OK);
    for said in ["How are you after your visit?", "On dark skin", "Test practice", "sweating or breathlessness"] {
        assert!(form.body.to_lowercase().contains(&said.to_lowercase()), "{said}: {}", form.body);
    }

    let answers = [("soreness", "3"), ("skin", "redness"), ("remark", "warm at night")];
    let thanks = phone.send(&link, &answers).await;
    assert_eq!(thanks.status, StatusCode::OK);
    assert!(thanks.body.contains("Nothing to do for now"), "{}", thanks.body);
    let kept = record(&test, episode).await;
    let told = &kept.checkins[0];
    assert_eq!((told.body.how, told.body.soreness, told.body.skin), (How::ClientForm, Some(3), Some(Skin::Redness)));
    assert_eq!((told.body.at, told.author.name.as_str()), (test.clock.now(), "client, by own form"));

    let again = phone.open(&link).await;
    assert!(again.body.contains("Thank you, it has arrived") && !again.body.contains("Test practice"));
    let twice = phone.send(&link, &[("soreness", "9")]).await;
    assert!(twice.body.contains("Thank you, it has arrived"));
    assert_eq!(record(&test, episode).await.checkins.len(), 1);

    let response = test.get(&format!("{session}/response")).await.body;
    assert!(response.contains("own form") && response.contains("warm at night"), "{response}");
    let today = test.get("/").await.body;
    assert!(today.contains("by the client’s own form") && today.contains("warm at night"), "{today}");
}

#[tokio::test]
async fn no_cookie_is_set_and_the_secret_stands_in_no_referrer() {
    let (test, _, session) = hours_after(26).await;
    let (link, phone) = (made(&test, &session, "24").await, Phone::of(&test, 7));
    let answers = [phone.open(&link).await, phone.send(&link, &[("skin", "none")]).await, phone.open(&link).await];
    for got in &answers {
        assert!(got.headers.get(SET_COOKIE).is_none());
        assert_eq!(got.headers.get(REFERRER_POLICY).unwrap(), "strict-origin");
        assert_eq!(got.headers.get("cache-control").unwrap(), "no-store");
        assert!(!got.body.contains("<script") && !got.body.contains("href=\"/\""), "{}", got.body);
    }
}

#[tokio::test]
async fn the_form_says_no_name_no_number_and_no_other_page() {
    let (test, _, session) = hours_after(26).await;
    let got = Phone::of(&test, 7).open(&made(&test, &session, "24").await).await;
    for hidden in ["Synthetic Client", "0555 0101", "Tennis", "/clients/", "/sessions/", "/episodes/", "Test therapist"]
    {
        assert!(!got.body.contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn whatever_opens_nothing_gets_the_same_answer() {
    let (test, episode, session) = hours_after(26).await;
    let over = made(&test, &session, "24").await;
    test.clock.set(test.clock.now() + SignedDuration::from_hours(24 * 7 + 1));
    let mut test = test;
    test.sign_in().await;
    let taken = made(&test, &session, "48").await;
    let client = record(&test, episode).await.client_id;
    let hash = test.app.store().links_of(&test.scope, client).await.unwrap()[0].hash().to_owned();
    let list = test.get(&format!("/clients/{client}/links")).await.body;
    assert!(list.contains("Check-in two days after the session: session 1") && list.contains(&hash), "{list}");
    let answer = test.post(&format!("/clients/{client}/links"), &[("link", &hash)]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);

    let phone = Phone::of(&test, 7);
    let unknown = phone.open(&format!("/c/{}", "0".repeat(64))).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert!(unknown.body.contains("This link opens nothing"));
    for gone in [over, taken, "/c/x".to_owned(), format!("/c/{hash}")] {
        let got = phone.open(&gone).await;
        assert_eq!((got.status, &got.body), (StatusCode::NOT_FOUND, &unknown.body), "{gone}");
        assert_eq!(phone.send(&gone, &[("skin", "none")]).await.status, StatusCode::NOT_FOUND);
    }
    assert!(record(&test, episode).await.checkins.is_empty());
}

#[tokio::test]
async fn who_tries_many_links_has_to_wait() {
    let (test, _, session) = hours_after(26).await;
    let link = made(&test, &session, "24").await;
    let (stranger, phone) = (Phone::of(&test, 66), Phone::of(&test, 7));
    let mut tries = 0;
    while stranger.open(&format!("/c/{tries}")).await.status == StatusCode::NOT_FOUND {
        tries += 1;
        assert!(tries < 100, "nobody stops a stranger");
    }
    assert_eq!(stranger.open(&link).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(phone.open(&link).await.status, StatusCode::OK);
    test.clock.set(test.clock.now() + SignedDuration::from_secs(31));
    assert_eq!(stranger.open(&link).await.status, StatusCode::OK);
}

#[tokio::test]
async fn it_is_not_asked_before_its_time() {
    let (test, episode, session) = hours_after(20).await;
    let (link, phone) = (made(&test, &session, "48").await, Phone::of(&test, 7));
    let early = phone.open(&link).await.body;
    assert!(early.contains("Not yet") && early.contains("call the practice or a doctor"), "{early}");
    assert!(phone.send(&link, &[("skin", "none")]).await.body.contains("Not yet"));
    assert!(record(&test, episode).await.checkins.is_empty());
    test.clock.set(test.clock.now() + SignedDuration::from_hours(17));
    assert!(phone.open(&link).await.body.contains("How are you after your visit?"));
}

#[tokio::test]
async fn what_cannot_wait_is_told_at_once_and_stands_in_the_record() {
    let (test, episode, session) = hours_after(30).await;
    let (link, phone) = (made(&test, &session, "24").await, Phone::of(&test, 7));
    let answers = [("skin", "broken"), ("soreness", "8"), ("alarm", "lateral-epicondylitis-heart"), ("alarm", "x")];
    let told = phone.send(&link, &answers).await.body;
    for said in ["emergency department now", "Call Test practice today", "Sorer than it should be"] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let remark = &record(&test, episode).await.checkins[0].body.remark;
    assert!(remark.starts_with("Said yes to: Does the left arm ache"), "{remark}");
    assert!(test.get("/").await.body.contains("Said yes to"));
}

#[tokio::test]
async fn an_answer_that_is_wrong_is_sent_back_with_what_was_typed() {
    let (test, episode, session) = hours_after(26).await;
    let (link, phone) = (made(&test, &session, "24").await, Phone::of(&test, 7));
    for wrong in [vec![("remark", "only words")], vec![("remark", "only words"), ("soreness", "11")]] {
        let got = phone.send(&link, &wrong).await;
        assert_eq!(got.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(got.body.contains("Not sent yet") && got.body.contains("only words"), "{}", got.body);
    }
    let long = "x".repeat(17 * 1024);
    assert_eq!(phone.send(&link, &[("remark", &long)]).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(record(&test, episode).await.checkins.is_empty());
    assert!(phone.send(&link, &[("soreness", "1")]).await.body.contains("Thank you"));
}

#[tokio::test]
async fn a_form_from_a_strangers_page_is_refused() {
    let (test, episode, session) = hours_after(26).await;
    let (link, phone) = (made(&test, &session, "24").await, Phone::of(&test, 7));
    let request = Request::post(&link).header("origin", "https://evil.example").header("host", "desk.local");
    let got = phone.ask(request.body(Body::from("skin=none")).unwrap()).await;
    assert_eq!(got.status, StatusCode::FORBIDDEN);
    assert!(record(&test, episode).await.checkins.is_empty());
}

#[tokio::test]
async fn without_consent_nobody_is_asked() {
    let (test, episode, session) = hours_after(26).await;
    let link = made(&test, &session, "24").await;
    let kept = record(&test, episode).await;
    let given = &kept.consents[0];
    let withdrawn = Consent { withdrawn_at: Some(test.clock.now()), ..given.body.clone() };
    let mut batch = Batch::default();
    batch.amend(given, About::client(kept.client_id), given.happened_at, "withdrawn", &withdrawn);
    test.app.store().save(&test.scope, &batch, test.clock.now()).await.unwrap();
    let got = Phone::of(&test, 7).open(&link).await;
    assert_eq!(got.status, StatusCode::NOT_FOUND);
    assert!(got.body.contains("This link opens nothing"));
    let refused = test.post(&format!("{session}/link"), &[("after", "24")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.to_lowercase().contains("consent"), "{}", refused.body);
}

#[tokio::test]
async fn a_link_is_made_only_for_what_there_is() {
    let (test, _, session) = hours_after(26).await;
    for after in ["", "25", "x"] {
        assert_eq!(test.post(&format!("{session}/link"), &[("after", after)]).await.status, StatusCode::NOT_FOUND);
    }
    let nobody = uuid::Uuid::nil();
    assert_eq!(test.post(&format!("/sessions/{nobody}/link"), &[("after", "24")]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(test.get(&format!("/clients/{nobody}/links")).await.status, StatusCode::NOT_FOUND);
    let made = test.post(&format!("{session}/link"), &[("after", "24")]).await.body;
    assert!(made.contains("A phone cannot open this address") && made.contains("class=\"qr\""), "{made}");
}
