//! Today: who is due, who may be treated, what waits.

use jiff::{SignedDuration, Timestamp};
use xystra_care::finding::Kind;
use xystra_care::response::Skin;
use xystra_testkit::{RecordBuilder, SITE};

use crate::kept::{app_with, book, keep};
use crate::support::TestApp;

fn elbow() -> RecordBuilder {
    RecordBuilder::new("lateral-epicondylitis").ready()
}

fn in_hours(built: &RecordBuilder, hours: i64) -> Timestamp {
    built.now() + SignedDuration::from_hours(hours)
}

#[tokio::test]
async fn an_empty_practice_has_one_sentence_and_one_button() {
    let test = TestApp::new().await;
    let page = test.get("/").await.body;
    assert!(page.contains("The day’s clients will stand here") && page.contains("href=\"/clients/new\""));
    assert!(!page.contains("Make a backup"), "there is nothing to lose yet");
}

#[tokio::test]
async fn somebody_booked_in_the_window_is_ready_to_treat() {
    let built = elbow().session(Skin::None).later(50.0);
    let test = app_with(&built).await;
    book(&test, built.record(), in_hours(&built, 1)).await;
    let page = test.get("/").await.body;
    assert!(page.contains("One person today, ready to treat"), "{page}");
    assert!(page.contains(">12:30</p>") && page.contains("Tennis elbow, left · session 2 of 10"), "{page}");
    assert!(page.contains(&format!("action=\"/episodes/{}/sessions\"", built.record().episode)));
    assert!(page.contains("51 hours since the last session; the window is 48 to 96 hours"));
}

#[tokio::test]
async fn too_early_says_when_it_is_not() {
    let built = elbow().session(Skin::None).later(20.0);
    let test = app_with(&built).await;
    book(&test, built.record(), in_hours(&built, 2)).await;
    let page = test.get("/").await.body;
    assert!(page.contains("Too early") && page.contains("Opens Wed 4 March 2026, 09:30"), "{page}");
    assert!(page.contains("One person today</h1>"));
}

#[tokio::test]
async fn a_bruise_holds_and_waits_for_a_decision() {
    let built = elbow().session(Skin::PainfulBruise).later(50.0);
    let test = app_with(&built).await;
    let page = test.get("/").await.body;
    assert!(page.contains("Hold</span>") && page.contains("Check skin"), "{page}");
    assert!(page.contains("Synthetic Client 1: hold a region"));
    assert!(!page.contains("/sessions\""), "nobody may start: {page}");
}

#[tokio::test]
async fn a_course_comes_round_without_an_appointment() {
    let built = elbow().session(Skin::None).later(60.0);
    let test = app_with(&built).await;
    let page = test.get("/").await.body;
    assert!(page.contains("no time") && page.contains("Start session 2"), "{page}");
    let early = elbow().session(Skin::None).later(1.0);
    let page = app_with(&early).await.get("/").await.body;
    assert!(page.contains("Nobody is due today"), "{page}");
}

#[tokio::test]
async fn whoever_is_looked_through_and_not_shown_is_not_noted_as_seen() {
    let due = elbow().session(Skin::None).later(60.0);
    let early = RecordBuilder::numbered(2, "neck-pain").later(59.0).ready().session(Skin::None).later(1.0);
    let mut test = app_with(&due).await;
    keep(&mut test, &early, None).await;
    let page = test.get("/").await.body;
    assert!(page.contains("Synthetic Client 1") && !page.contains("Synthetic Client 2"), "{page}");
    let rows = test.app.store().journal(&test.scope, None, 50).await.expect("rows");
    let read: Vec<&str> = rows.iter().filter(|row| row.action == "read").map(|row| row.subject_id.as_str()).collect();
    assert!(read.iter().any(|ids| ids.contains(&due.record().client_id.to_string())), "{read:?}");
    assert!(!read.iter().any(|ids| ids.contains(&early.record().client_id.to_string())), "{read:?}");
}

#[tokio::test]
async fn what_was_written_a_moment_ago_stands_on_the_page() {
    let built = elbow().session(Skin::None).later(60.0);
    let mut test = app_with(&built).await;
    assert!(test.get("/").await.body.contains("Start session 2"));
    let going_on = built.clone().open_session(|_| {});
    keep(&mut test, &going_on, Some(built.record())).await;
    let page = test.get("/").await.body;
    assert!(page.contains("Continue session") && !page.contains("Start session 2"), "{page}");
}

#[tokio::test]
async fn somebody_booked_after_a_long_time_is_not_new() {
    let built = elbow().session(Skin::None);
    let mut test = app_with(&built).await;
    let back = built.clone().later(100.0 * 24.0);
    book(&test, built.record(), in_hours(&back, 1)).await;
    test.clock.set(back.now());
    test.sign_in().await;
    let page = test.get("/").await.body;
    assert!(page.contains("Tennis elbow, left") && !page.contains("no complaint on record"), "{page}");
}

#[tokio::test]
async fn somebody_new_who_is_booked_leads_to_the_intake() {
    let built = elbow();
    let mut test = app_with(&built).await;
    let client = crate::clients::new_client(&test, "Somebody New").await;
    let at = in_hours(&built, 3);
    let local = at.strftime("%Y-%m-%dT%H:%M").to_string();
    test.post(&format!("{client}/appointments"), &[("at", &local)]).await;
    test.sign_in().await;
    let page = test.get("/").await.body;
    assert!(page.contains("Somebody New") && page.contains(&format!("{client}/episodes/new")), "{page}");
}

#[tokio::test]
async fn check_ins_are_asked_for_and_come_back() {
    let built = elbow().session(Skin::Redness).later(24.0);
    let test = app_with(&built).await;
    let page = test.get("/").await.body;
    assert!(page.contains("24 h after session 1") && page.contains("/response\">Record the check-in"), "{page}");
    let told = built.checkin(Some(Skin::Bruise), Some(5));
    let page = app_with(&told).await.get("/").await.body;
    assert!(!page.contains("24 h after session 1") && page.contains("a bruise") && page.contains("5 of 10"), "{page}");
}

#[tokio::test]
async fn what_was_begun_leads_back() {
    let built = RecordBuilder::new("lateral-epicondylitis").consented().screened().found(SITE, Kind::Tenderness);
    let test = app_with(&built).await;
    let episode = built.record().episode;
    let draft = format!("note:{episode}");
    test.app.store().keep_draft(&test.scope, &draft, 0, "tab", "text=half", test.clock.now()).await.expect("kept");
    let page = test.get("/").await.body;
    assert!(
        page.contains("Note, Synthetic Client 1") && page.contains(&format!("/episodes/{episode}#notes")),
        "{page}"
    );
    assert!(page.contains("no plan yet; next: make a plan"), "{page}");
}

#[tokio::test]
async fn records_without_a_backup_are_warned_about() {
    let test = app_with(&elbow()).await;
    let page = test.get("/").await.body;
    assert!(page.contains("There is no backup yet.") && page.contains("action=\"/settings/backup\""), "{page}");
}
