//! The episode: what it shows, what is decided there, and its notes.

use axum::http::StatusCode;
use xystra_care::Record;
use xystra_care::decision::Decision;
use xystra_care::finding::Kind;
use xystra_care::plan::Target;
use xystra_care::response::Skin;
use xystra_catalog::course::Band;
use xystra_testkit::{RecordBuilder, SITE};

use crate::kept::{app_with, keep};
use crate::support::TestApp;

fn elbow() -> RecordBuilder {
    RecordBuilder::new("lateral-epicondylitis")
        .found(SITE, Kind::Tenderness)
        .measured("nprs", None, 6.8)
        .consented()
        .screened()
        .planned(|draft| draft.applications[0].target = Target::Band(Band::Medium))
}

/// Two sessions that each left petechiae which run together.
fn too_intense() -> RecordBuilder {
    elbow().session(Skin::ManyPetechiae).later(50.0).session(Skin::ManyPetechiae).later(50.0)
}

fn path(built: &RecordBuilder) -> String {
    format!("/episodes/{}", built.record().episode)
}

async fn record(test: &TestApp, built: &RecordBuilder) -> Record {
    std::sync::Arc::unwrap_or_clone(
        test.app.store().record(&test.scope, built.record().episode).await.expect("a record"),
    )
}

async fn decide(test: &TestApp, built: &RecordBuilder, fields: &[(&str, &str)]) -> crate::support::Answer {
    let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("rules", "skin-3-twice")]).collect();
    test.post(&format!("{}/plan/proposal", path(built)), &fields).await
}

#[tokio::test]
async fn the_page_shows_the_whole_loop() {
    let built = elbow().session(Skin::Redness).later(24.0).checkin(Some(Skin::None), Some(2)).later(26.0);
    let test = app_with(&built).await;
    let page = test.get(&path(&built)).await.body;
    for words in [
        "Tennis elbow, left",
        "Intake",
        "Outlook",
        "Start session 2",
        "of 10 sessions done",
        "banded",
        "2 (after 24 h)",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(page.contains("aria-label=\"Findings and treated regions, front and back view"));
    assert!(page.contains("1 observation: too few to say."));
}

#[tokio::test]
async fn no_id_stands_twice_and_every_form_has_its_own_operation() {
    let built = too_intense().noted("open", false).noted("signed", true);
    let test = app_with(&built).await;
    let page = test.get(&path(&built)).await.body;
    for begin in [" id=\"", "name=\"_operation\" value=\""] {
        let mut values: Vec<&str> = page.split(begin).skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let many = values.len();
        values.sort_unstable();
        values.dedup();
        assert_eq!(values.len(), many, "{begin} {values:?}");
    }
}

#[tokio::test]
async fn the_outlook_says_what_changed_and_shows_the_numbers() {
    let built = elbow().later(24.0).measured("nprs", None, 6.9).later(24.0).measured("nprs", None, 5.1);
    let test = app_with(&built).await;
    let page = test.get(&path(&built)).await.body;
    assert!(page.contains("1.7 points lower after 2 days"), "{page}");
    assert!(page.contains("least change that counts") && page.contains("3 observations of this client."));
    assert!(page.contains("Same as a table") && page.contains("<td class=\"r\">6.9</td>"));
    assert!(page.contains("chart only-wide") && page.contains("chart only-narrow"));
}

#[tokio::test]
async fn a_measure_is_chosen_by_its_address() {
    let built = elbow().measured("psfs", None, 4.0);
    let test = app_with(&built).await;
    let page = test.get(&format!("{}?measure=psfs", path(&built))).await.body;
    let head = page.split("id=\"outlook\">").nth(1).and_then(|rest| rest.split("</h2>").next()).unwrap_or_default();
    assert!(head.contains("ctivities"), "{head}");
    assert_eq!(test.get(&format!("{}?measure=%3Cb%3E", path(&built))).await.status, StatusCode::OK);
}

#[tokio::test]
async fn two_grade_three_sessions_propose_a_lighter_plan_that_names_its_rule() {
    let built = too_intense();
    let test = app_with(&built).await;
    let page = test.get(&path(&built)).await.body;
    assert!(page.contains("Accept as version 2") && page.contains("/catalog/advice#skin-3-twice"), "{page}");
    assert!(page.contains("only under your name, Test therapist"));

    let answer = decide(&test, &built, &[("decision", "accept")]).await;
    assert_eq!((answer.status, answer.location), (StatusCode::SEE_OTHER, path(&built)));
    let kept = record(&test, &built).await;
    let plan = kept.plan.as_ref().expect("a plan");
    assert_eq!((plan.version, plan.reason.as_deref()), (2, Some("proposal: skin-3-twice")));
    assert_eq!(kept.decisions[0].body, Decision::Accepted { rules: vec!["skin-3-twice".into()], plan_version: 2 });
    assert_eq!(plan.body.draft().applications[0].target, Target::Band(Band::Low));
    assert!(!test.get(&path(&built)).await.body.contains("Accept as version"));
}

#[tokio::test]
async fn a_proposal_accepted_twice_is_one_version() {
    let built = too_intense();
    let test = app_with(&built).await;
    let fields = [("rules", "skin-3-twice"), ("decision", "accept")];
    for _ in 0..2 {
        let answer = test.post_as("the-same", &format!("{}/plan/proposal", path(&built)), &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(record(&test, &built).await.plan.expect("a plan").version, 2);
}

#[tokio::test]
async fn only_what_was_shown_is_accepted() {
    let built = too_intense();
    let test = app_with(&built).await;
    let answer =
        test.post(&format!("{}/plan/proposal", path(&built)), &[("rules", "skin-4"), ("decision", "accept")]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert_eq!(record(&test, &built).await.plan.expect("a plan").version, 1);
}

#[tokio::test]
async fn a_declined_proposal_is_gone_until_the_next_session() {
    let built = too_intense();
    let mut test = app_with(&built).await;
    let refused = decide(&test, &built, &[("decision", "decline")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("say in a few words why not"));

    let answer = decide(&test, &built, &[("decision", "decline"), ("reason", "the client wants it so")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(!test.get(&path(&built)).await.body.contains("Accept as version 2"));

    let next = built.clone().session(Skin::ManyPetechiae).later(50.0);
    keep(&mut test, &next, Some(built.record())).await;
    assert!(test.get(&path(&built)).await.body.contains("Accept as version 2"));
}

#[tokio::test]
async fn a_signed_note_only_takes_addenda() {
    let built = elbow();
    let test = app_with(&built).await;
    assert_eq!(
        test.post(&format!("{}/notes", path(&built)), &[("text", " ")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let answer = test.post(&format!("{}/notes", path(&built)), &[("text", "First words"), ("sign", "yes")]).await;
    assert_eq!(answer.location, format!("{}#notes", path(&built)));
    let note = record(&test, &built).await.notes[0].clone();

    let amend = [("text", "Other words"), ("reason", "second thoughts"), ("version", "1")];
    let refused = test.post(&format!("/notes/{}/amend", note.thread), &amend).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("a signed note is not changed: write an addendum")
            && refused.body.contains("Other words")
    );

    let answer = test.post(&format!("/notes/{}/addendum", note.thread), &[("text", "And one more thing")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = test.get(&path(&built)).await.body;
    assert!(page.contains("First words") && page.contains("And one more thing") && page.contains("Addendum"), "{page}");
    assert!(!page.contains("Other words"));
}

#[tokio::test]
async fn an_open_note_is_amended_with_a_reason_then_signed() {
    let built = elbow().noted("First words", false);
    let test = app_with(&built).await;
    let note = &built.record().notes[0];
    let without =
        test.post(&format!("/notes/{}/amend", note.thread), &[("text", "Better words"), ("version", "1")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    let amend = [("text", "Better words"), ("reason", "clearer"), ("version", "1")];
    assert_eq!(test.post(&format!("/notes/{}/amend", note.thread), &amend).await.status, StatusCode::SEE_OTHER);
    let stale = test.post(&format!("/notes/{}/amend", note.thread), &amend).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "somebody was faster");
    assert_eq!(
        test.post(&format!("/notes/{}/sign", note.thread), &[("version", "2")]).await.status,
        StatusCode::SEE_OTHER
    );
    let kept = record(&test, &built).await.notes[0].clone();
    assert_eq!((kept.body.text.as_str(), kept.version), ("Better words", 3));
    assert!(kept.body.signed_at.is_some());
}

#[tokio::test]
async fn an_episode_ends_with_how_and_why() {
    let built = elbow().session(Skin::None).later(50.0);
    let test = app_with(&built).await;
    let close = format!("{}/close", path(&built));
    let refused = test.post(&close, &[("summary", "well")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("choose how it ended") && refused.body.contains(">well</textarea>"));
    let answer = test.post(&close, &[("outcome", "goal-met"), ("summary", "Lifts the kettle again")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let page = test.get(&path(&built)).await.body;
    assert!(
        page.contains("Goal met.") && page.contains("Lifts the kettle again") && !page.contains("Start session"),
        "{page}"
    );
    assert_eq!(test.post(&close, &[("outcome", "referred")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(record(&test, &built).await.decisions.len(), 1, "it ends once");
}

#[tokio::test]
async fn an_open_session_is_finished_before_the_episode_ends() {
    let built = elbow().open_session(|_| {});
    let test = app_with(&built).await;
    let refused = test.post(&format!("{}/close", path(&built)), &[("outcome", "referred")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("session 1 is under way: finish it first"));
    assert!(test.get(&path(&built)).await.body.contains("Continue session"));
}

#[tokio::test]
async fn an_unknown_episode_is_not_found() {
    let test = TestApp::new().await;
    let path = format!("/episodes/{}", uuid::Uuid::now_v7());
    assert_eq!(test.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_long_course_shows_its_latest_and_leads_to_all() {
    let mut built = RecordBuilder::new("lateral-epicondylitis").ready();
    for number in 1..=35 {
        built = built.session(Skin::None).later(47.5).noted(&format!("Note no. {number}."), true);
    }
    let test = app_with(&built).await;
    let path = format!("/episodes/{}", built.record().episode);
    let rows = |page: &str| (page.matches("<ul class=\"bydose\">").count(), page.matches("Note no.").count());
    let page = test.get(&path).await.body;
    assert_eq!(rows(&page), (30, 30));
    assert!(page.contains("Note no. 35.") && !page.contains("Note no. 5."), "{page}");
    assert!(page.contains(&format!("href=\"{path}?all=1#sessions\">All 35 sessions</a>")));
    assert!(page.contains(&format!("href=\"{path}?all=1#notes\">All 35 notes</a>")));
    let page = test.get(&format!("{path}?all=1")).await.body;
    assert_eq!(rows(&page), (35, 35));
    assert!(page.contains("Note no. 5.") && !page.contains("All 35"));
}
