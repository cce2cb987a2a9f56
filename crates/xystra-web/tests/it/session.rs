//! The session: opened, filled, finished, put right.

use axum::http::StatusCode;
use jiff::SignedDuration;
use xystra_care::Record;
use xystra_care::id::{EpisodeId, ThreadId};
use xystra_care::response::Skin;
use xystra_care::session::Force;
use xystra_catalog::course::Band;
use xystra_store::Batch;
use xystra_store::entries::About;
use xystra_testkit::{RecordBuilder, SITE};

use crate::support::TestApp;

/// Another region, that no plan of these tests knows.
const OTHER: &str = "forearm-extensors-lower.back.left";

/// Keeps a record as if it had been entered step by step.
pub(crate) async fn seed(test: &TestApp, built: &RecordBuilder) -> EpisodeId {
    let record = built.record();
    let whole = About::client(record.client_id);
    let one = About::episode(record.client_id, record.episode);
    let mut batch = Batch::default();
    batch.add_as(record.client.thread, whole, record.client.happened_at, &record.client.body);
    record.consents.iter().for_each(|entry| batch.add_as(entry.thread, whole, entry.happened_at, &entry.body));
    batch.add_as(record.intake.thread, one, record.intake.happened_at, &record.intake.body);
    record.screening.iter().for_each(|entry| batch.add_as(entry.thread, one, entry.happened_at, &entry.body));
    record.plan.iter().for_each(|entry| batch.add_as(entry.thread, one, entry.happened_at, &entry.body));
    record.sessions.iter().for_each(|entry| batch.add_as(entry.thread, one, entry.happened_at, &entry.body));
    record.checkins.iter().for_each(|entry| batch.add_as(entry.thread, one, entry.happened_at, &entry.body));
    test.app.store().save(&test.scope, &batch, test.clock.now()).await.expect("a record");
    record.episode
}

/// Tennis elbow with consent, clearance and plan.
pub(crate) fn elbow() -> RecordBuilder {
    RecordBuilder::new("lateral-epicondylitis").ready()
}

/// Opens a session; its path.
pub(crate) async fn open(test: &TestApp, episode: EpisodeId) -> String {
    let answer = test.post(&format!("/episodes/{episode}/sessions"), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(answer.location.starts_with("/sessions/"));
    answer.location
}

pub(crate) async fn record(test: &TestApp, episode: EpisodeId) -> Record {
    std::sync::Arc::unwrap_or_clone(test.app.store().record(&test.scope, episode).await.expect("a record"))
}

/// The id of the session at a path.
pub(crate) fn thread(path: &str) -> ThreadId {
    path.trim_start_matches("/sessions/").parse().expect("an id")
}

/// What a session on [`SITE`] says when everything was done as planned.
fn done(version: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("version", version),
        ("anything_new", "no"),
        ("applications", "1"),
        ("region_0", SITE),
        ("done_0", "yes"),
        ("instrument_0", "gt-3"),
        ("stroke_0", "sweep"),
        ("force_0", "low"),
        ("minutes_0", "3"),
        ("discomfort", "3"),
        ("skin", "redness"),
    ]
}

/// The same with some fields changed or added.
fn but(
    mut fields: Vec<(&'static str, &'static str)>,
    changes: &[(&'static str, &'static str)],
) -> Vec<(&'static str, &'static str)> {
    fields.retain(|(name, _)| !changes.iter().any(|(changed, _)| changed == name));
    fields.extend(changes);
    fields
}

#[tokio::test]
async fn without_its_ground_no_session_opens_and_the_page_says_what_does() {
    let without = [
        (RecordBuilder::numbered(1, "lateral-epicondylitis").consented().screened(), "/plan", "Make a plan"),
        (RecordBuilder::numbered(2, "lateral-epicondylitis").consented(), "/screening", "Go to the screening"),
        (
            RecordBuilder::numbered(3, "lateral-epicondylitis").ready().later(13.0 * 7.0 * 24.0),
            "/screening",
            "Go to the screening",
        ),
    ];
    for (built, opens, button) in without {
        let mut test = TestApp::new().await;
        test.clock.set(test.clock.now().max(built.now()));
        let episode = seed(&test, &built).await;
        test.sign_in().await;
        let answer = test.post(&format!("/episodes/{episode}/sessions"), &[]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.location);
        assert!(
            answer.body.contains(&format!("/episodes/{episode}{opens}")) && answer.body.contains(button),
            "{}",
            answer.body
        );
        assert!(record(&test, episode).await.sessions.is_empty());
    }
}

#[tokio::test]
async fn without_consent_no_session_opens() {
    let test = TestApp::new().await;
    let built = elbow().build();
    let episode = seed(&test, &elbow()).await;
    let consent = record(&test, episode).await.consents.remove(0);
    let mut batch = Batch::default();
    let withdrawn = xystra_care::consent::Consent { withdrawn_at: Some(test.clock.now()), ..consent.body.clone() };
    batch.amend(&consent, About::client(built.client_id), consent.happened_at, "withdrawn", &withdrawn);
    test.app.store().save(&test.scope, &batch, test.clock.now()).await.unwrap();
    let answer = test.post(&format!("/episodes/{episode}/sessions"), &[]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.body.contains("/consent\""));
}

#[tokio::test]
async fn a_session_is_opened_once_and_gone_on_with() {
    let test = TestApp::new().await;
    let episode = seed(&test, &elbow()).await;
    let path = open(&test, episode).await;
    assert_eq!(open(&test, episode).await, path);
    let record = record(&test, episode).await;
    assert_eq!(record.sessions.len(), 1);
    assert_eq!(record.sessions[0].happened_at, test.clock.now());
    let page = test.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("session 1") && page.body.contains("forearm extensors"), "{}", page.body);
}

#[tokio::test]
async fn a_session_is_kept_step_by_step_and_finished() {
    let test = TestApp::new().await;
    let episode = seed(&test, &elbow()).await;
    let path = open(&test, episode).await;
    assert_eq!(test.post(&path, &but(done("1"), &[("do", "save"), ("skin", "")])).await.location, path);
    let kept = record(&test, episode).await.sessions.remove(0);
    assert_eq!((kept.version, kept.reason.as_deref(), kept.body.finished_at), (2, Some("continued"), None));
    assert_eq!(kept.body.applications[0].force, Force::Banded(Band::Low));
    test.clock.set(test.clock.now() + SignedDuration::from_mins(20));
    let answer = test.post(&path, &but(done("2"), &[("do", "finish")])).await;
    assert_eq!(answer.location, format!("/episodes/{episode}"), "{}", answer.body);
    let finished = record(&test, episode).await.sessions.remove(0);
    assert_eq!(finished.body.finished_at, Some(test.clock.now()));
    assert_eq!((finished.body.discomfort, finished.body.skin), (Some(3), Some(Skin::Redness)));
    let page = test.get(&path).await.body;
    assert!(page.contains("What was done") && page.contains("banded") && page.contains("Save as version 4"));
}

#[tokio::test]
async fn finishing_names_everything_that_is_missing_and_keeps_what_was_typed() {
    let test = TestApp::new().await;
    let episode = seed(&test, &elbow()).await;
    let path = open(&test, episode).await;
    let missing = [
        ("do", "finish"),
        ("discomfort", ""),
        ("skin", ""),
        ("anything_new", ""),
        ("done_0", ""),
        ("remark", "warm hands"),
    ];
    let answer = test.post(&path, &but(done("1"), &missing)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["discomfort", "skin", "anything_new", "done_0"] {
        assert!(answer.body.contains(&format!("href=\"#f-{field}\"")), "{field}");
        assert!(answer.body.contains(&format!("id=\"f-{field}\"")), "{field}");
    }
    assert!(answer.body.contains("warm hands"));
    assert_eq!(record(&test, episode).await.sessions[0].version, 1);
}

#[tokio::test]
async fn posting_twice_writes_once_and_leads_to_the_same_place() {
    let test = TestApp::new().await;
    let episode = seed(&test, &elbow()).await;
    let path = open(&test, episode).await;
    let fields = but(done("1"), &[("do", "finish")]);
    let first = test.post_as("finish-1", &path, &fields).await;
    let second = test.post_as("finish-1", &path, &fields).await;
    assert_eq!((second.status, &second.location), (first.status, &first.location), "{}", second.body);
    assert_eq!(record(&test, episode).await.sessions[0].version, 2);
}

#[tokio::test]
async fn somebody_slower_is_told_and_loses_nothing() {
    let test = TestApp::new().await;
    let episode = seed(&test, &elbow()).await;
    let path = open(&test, episode).await;
    test.post(&path, &but(done("1"), &[("do", "save")])).await;
    let slower = test.post(&path, &but(done("1"), &[("do", "save"), ("remark", "typed on the other tablet")])).await;
    assert_eq!(slower.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        slower.body.contains("saved version 2 of this session meanwhile")
            && slower.body.contains("typed on the other tablet")
    );
    assert!(slower.body.contains("name=\"version\" value=\"2\""));
}

#[tokio::test]
async fn a_held_region_is_left_out_and_refused() {
    let test = TestApp::new().await;
    let built = elbow().planned(|draft| {
        let mut second = draft.applications[0].clone();
        second.region = OTHER.parse().expect("a region");
        draft.applications.push(second);
    });
    let built = built.session_with(|session| {
        session.skin = Some(Skin::PainfulBruise);
        session.applications[1].done = false;
    });
    let episode = seed(&test, &built).await;
    let path = open(&test, episode).await;
    let opened = record(&test, episode).await.open_session().expect("it is open").clone();
    assert_eq!(opened.body.applications.len(), 1);
    assert_eq!(opened.body.applications[0].region.to_string(), OTHER);
    let answer = test.post(&path, &but(done("1"), &[("do", "save")])).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("on hold since session 1"), "{}", answer.body);
    let added =
        test.post(&path, &[("version", "1"), ("applications", "0"), ("do", "more"), ("more_region", SITE)]).await;
    assert_eq!(added.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(added.body.contains("on hold since session 1"));
}

#[tokio::test]
async fn news_do_not_stop_this_session_but_the_next_one() {
    let test = TestApp::new().await;
    let episode = seed(&test, &elbow()).await;
    let path = open(&test, episode).await;
    let news = [("do", "finish"), ("anything_new", "yes"), ("news", "a new medicine")];
    assert_eq!(test.post(&path, &but(done("1"), &news)).await.status, StatusCode::SEE_OTHER);
    let next = test.post(&format!("/episodes/{episode}/sessions"), &[]).await;
    assert_eq!(next.status, StatusCode::CONFLICT);
    assert!(next.body.contains("Something new was reported"));
}

#[tokio::test]
async fn strong_discomfort_is_answered_by_the_rule() {
    let test = TestApp::new().await;
    let episode = seed(&test, &elbow()).await;
    let path = open(&test, episode).await;
    test.post(&path, &but(done("1"), &[("do", "save"), ("discomfort", "7")])).await;
    let page = test.get(&path).await.body;
    let note = page.split("role=\"alert\"").nth(1).expect("a note");
    assert!(note.contains("no more strokes on this region today"));
}

#[tokio::test]
async fn buttons_bring_the_last_session_back_and_mark_all_as_done() {
    let test = TestApp::new().await;
    let built = elbow().session_with(|session| {
        session.applications[0].minutes = Some(7.5);
        session.applications[0].force = Force::Banded(Band::High);
        session.skin = Some(Skin::None);
    });
    let episode = seed(&test, &built).await;
    let path = open(&test, episode).await;
    test.post(&path, &but(done("1"), &[("do", "same"), ("done_0", "")])).await;
    let again = record(&test, episode).await.open_session().expect("it is open").clone();
    let application = &again.body.applications[0];
    assert_eq!(
        (application.minutes, application.force, application.done),
        (Some(7.5), Force::Banded(Band::High), false)
    );
    test.post(&path, &but(done("2"), &[("do", "all"), ("done_0", "")])).await;
    assert!(record(&test, episode).await.open_session().expect("it is open").body.applications[0].done);
    test.post(&path, &but(done("3"), &[("do", "more"), ("more_region", OTHER)])).await;
    assert_eq!(record(&test, episode).await.open_session().expect("it is open").body.applications.len(), 2);
}

#[tokio::test]
async fn a_finished_session_is_changed_only_with_a_reason() {
    let test = TestApp::new().await;
    let episode = seed(&test, &elbow()).await;
    let path = open(&test, episode).await;
    test.post(&path, &but(done("1"), &[("do", "finish")])).await;
    let without = test.post(&path, &but(done("2"), &[("discomfort", "4")])).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.body.contains("say why this finished session is changed"));
    let with = test.post(&path, &but(done("2"), &[("discomfort", "4"), ("reason", "misheard")])).await;
    assert_eq!(with.location, path, "{}", with.body);
    let entry = record(&test, episode).await.sessions.remove(0);
    assert_eq!((entry.version, entry.reason.as_deref(), entry.body.discomfort), (3, Some("misheard"), Some(4)));
    assert!(entry.body.finished_at.is_some());
}

#[tokio::test]
async fn a_session_that_never_was_is_struck_out() {
    let test = TestApp::new().await;
    let episode = seed(&test, &elbow()).await;
    let path = open(&test, episode).await;
    let without = test.post(&path, &[("do", "strike")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.body.contains("name=\"region_0\""), "the session's own form is still there");
    let answer = test.post(&path, &[("do", "strike"), ("strike_reason", "wrong client")]).await;
    assert_eq!(answer.location, format!("/episodes/{episode}"));
    assert!(record(&test, episode).await.open_session().is_none());
    assert!(test.get(&path).await.body.contains("struck out"));
    let revived = but(done("2"), &[("do", "save"), ("reason", "by mistake")]);
    assert_eq!(test.post(&path, &revived).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_typed_is_found_again() {
    let test = TestApp::new().await;
    let episode = seed(&test, &elbow()).await;
    let path = open(&test, episode).await;
    let body = "applications=1&region_0=forearm-extensors-upper.back.left&minutes_0=4.5&remark=half+a+sentence";
    let key = format!("session:{}", thread(&path));
    test.app.store().keep_draft(&test.scope, &key, 0, "tab", body, test.clock.now()).await.unwrap();
    let page = test.get(&path).await.body;
    assert!(
        page.contains("half a sentence")
            && page.contains("value=\"4.5\"")
            && page.contains("not saved to the record yet")
    );
    test.post(&path, &but(done("1"), &[("do", "save")])).await;
    assert!(test.app.store().draft(&test.scope, &key).await.unwrap().is_none());
}
