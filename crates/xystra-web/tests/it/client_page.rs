//! The client's own page: plain progress, what to expect, what is known; nothing that clinicians write for each other.

use axum::http::StatusCode;
use jiff::SignedDuration;
use xystra_care::appointment::{Appointment, State};
use xystra_care::id::ClientId;
use xystra_care::intake::Goal;
use xystra_care::response::Skin;
use xystra_store::Batch;
use xystra_store::entries::About;
use xystra_testkit::{RecordBuilder, SITE};

use crate::checkin::{Phone, link_in};
use crate::session::{elbow, seed};
use crate::support::TestApp;

/// Words that are the clinician's, each in another place of the record.
const NOT_THEIRS: [&str; 6] = ["story-word", "finding-word", "session-word", "plan-word", "client-remark", "note-word"];

/// A course half way, with something private wherever one can write.
fn course() -> RecordBuilder {
    elbow()
        .client(|client| client.remarks = "client-remark".into())
        .intake(|intake| {
            intake.story = "story-word".into();
            intake.goals = vec![Goal { text: "play the violin".into(), measure: None, target: None }];
        })
        .planned(|draft| draft.remark = "plan-word".into())
        .later(24.0)
        .session_with(|session| {
            session.skin = Some(Skin::Redness);
            session.remark = "session-word".into();
        })
}

/// The course with its measurements, a finding and a note, as a client's id and the test.
async fn half_way() -> (TestApp, ClientId, String) {
    let mut test = TestApp::new().await;
    let built = course();
    test.clock.set(built.now() + SignedDuration::from_hours(24 * 14));
    let episode = seed(&test, &built).await;
    let record = built.record();
    let about = About::episode(record.client_id, episode);
    let more = RecordBuilder::new("lateral-epicondylitis")
        .measured("nprs", None, 7.0)
        .found(SITE, xystra_care::finding::Kind::Tenderness)
        .noted("note-word", true)
        .later(24.0 * 7.0)
        .measured("nprs", None, 6.0)
        .later(24.0 * 7.0)
        .measured("nprs", None, 4.0)
        .build();
    let mut batch = Batch::default();
    for entry in &more.measurements {
        batch.add(about, entry.happened_at, &entry.body);
    }
    let mut finding = more.findings[0].body.clone();
    finding.remark = "finding-word".into();
    batch.add(about, more.findings[0].happened_at, &finding);
    batch.add(about, more.notes[0].happened_at, &more.notes[0].body);
    let at = test.clock.now() + SignedDuration::from_hours(24);
    let next = Appointment { at, episode: Some(episode), state: State::Booked, remark: "ground floor".into() };
    batch.add(About::client(record.client_id), at, &next);
    test.app.store().save(&test.scope, &batch, test.clock.now()).await.expect("kept");
    test.sign_in().await;
    (test, record.client_id, format!("/episodes/{episode}"))
}

#[tokio::test]
async fn it_says_how_it_goes_what_to_expect_and_what_is_known() {
    let (test, client, _) = half_way().await;
    let got = test.get(&format!("/clients/{client}/page")).await;
    assert_eq!(got.status, StatusCode::OK);
    for said in [
        "Tennis elbow, left",
        "<span class=\"quiet\">7</span>",
        "4 of 10",
        "better by 3: a change that counts",
        "Would it have got better anyway?",
        "Half of those still affected recover every 3 to 4 months",
        "<b>1 of 10</b> planned sessions",
        "play the violin",
        "Your next visit",
        "Wrist extensor stretch",
        "Will I get bruises?",
        "It releases toxins.",
        "does not replace the advice",
        "You may stop at any moment",
        "Same as a table",
    ] {
        assert!(got.body.contains(said), "{said}: {}", got.body);
    }
}

#[tokio::test]
async fn nothing_that_clinicians_write_for_each_other_stands_there() {
    let (test, client, episode) = half_way().await;
    let own = test.get(&episode).await.body;
    assert!(own.contains("note-word") && own.contains("finding-word"), "the words are in the record");
    let link = link_in(&test.post(&format!("{episode}/link"), &[]).await.body);
    let by_link = Phone::of(&test, 7).open(&link).await;
    assert_eq!(by_link.status, StatusCode::OK);
    assert!(by_link.body.contains("Tennis elbow, left") && by_link.body.contains("4 of 10"));
    for page in [test.get(&format!("/clients/{client}/page")).await.body, by_link.body.clone()] {
        for hidden in NOT_THEIRS {
            assert!(!page.contains(hidden), "{hidden}");
        }
    }
    for hidden in ["/episodes/", "/clients/", "_csrf", "<script", "ground floor"] {
        assert!(!by_link.body.contains(hidden), "{hidden}");
    }
}

#[tokio::test]
async fn its_link_opens_for_thirty_days_as_often_as_one_likes_and_takes_no_form() {
    let (test, client, episode) = half_way().await;
    let link = link_in(&test.post(&format!("{episode}/link"), &[]).await.body);
    let phone = Phone::of(&test, 7);
    for _ in 0..3 {
        assert_eq!(phone.open(&link).await.status, StatusCode::OK);
    }
    assert_eq!(phone.send(&link, &[("skin", "none")]).await.status, StatusCode::NOT_FOUND);
    let opened = test.app.store().journal(&test.scope, None, 20).await.unwrap();
    let opened: Vec<_> = opened.iter().filter(|row| row.action == "open-link").collect();
    assert_eq!(opened.iter().map(|row| row.subject_id.clone()).collect::<Vec<_>>(), [client.to_string()]);
    assert!(test.get(&format!("/clients/{client}/links")).await.body.contains("Last opened"));
    test.clock.set(test.clock.now() + SignedDuration::from_hours(24 * 29));
    assert_eq!(phone.open(&link).await.status, StatusCode::OK);
    test.clock.set(test.clock.now() + SignedDuration::from_hours(24));
    assert_eq!(phone.open(&link).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_clinician_hands_it_over_and_nothing_is_handed_out_without_consent() {
    let (mut test, client, _) = half_way().await;
    let page = test.get(&format!("/clients/{client}/page")).await.body;
    assert!(page.contains("action=\"/kiosk\"") && page.contains(&format!("value=\"/clients/{client}/page?episode=")));

    let bare = RecordBuilder::numbered(2, "lateral-epicondylitis");
    seed(&test, &bare).await;
    test.sign_in().await;
    let page = test.get(&format!("/clients/{}/page", bare.record().client_id)).await.body;
    assert!(page.contains("no consent in force") && !page.contains("/kiosk\""), "{page}");
    let refused = test.post(&format!("/episodes/{}/link", bare.record().episode), &[]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn another_clients_complaint_is_not_found() {
    let (test, client, _) = half_way().await;
    let other = RecordBuilder::numbered(2, "neck-pain");
    let episode = seed(&test, &other).await;
    assert_eq!(test.get(&format!("/clients/{client}/page?episode={episode}")).await.status, StatusCode::NOT_FOUND);
    let nobody = ClientId(uuid::Uuid::nil());
    assert_eq!(test.get(&format!("/clients/{nobody}/page")).await.status, StatusCode::NOT_FOUND);
}
